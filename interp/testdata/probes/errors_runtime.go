// Run-time errors and their texts.
package main

import "fmt"

type t struct{ n int }

func try(name string, f func()) {
	defer func() {
		r := recover()
		e, ok := r.(error)
		fmt.Println(name, ok)
		if ok {
			fmt.Println(e)
		}
	}()
	f()
}

func main() {
	s := []int{1, 2, 3}
	i := 5
	zero := 0
	var p *t
	var m map[string]int
	a := [2]int{}
	str := "abc"
	try("index", func() { fmt.Println(s[i]) })
	try("negative", func() { fmt.Println(s[zero-1]) })
	try("array", func() { fmt.Println(a[i]) })
	try("string", func() { fmt.Println(str[i]) })
	try("slice", func() { fmt.Println(s[2:i]) })
	try("slice2", func() { fmt.Println(s[i-2 : zero+1]) })
	try("substring", func() { fmt.Println(str[i:]) })
	try("substring2", func() { fmt.Println(str[:i]) })
	try("nil pointer", func() { fmt.Println(p.n) })
	try("nil map", func() { m["a"] = 1 })
	try("divide", func() { fmt.Println(1 / zero) })
	try("nil func", func() { var f func(); f() })
	try("set index", func() { s[i] = 1 })
	try("make", func() { _ = make([]int, zero-1) })
	fmt.Println(m["x"], len(m))
}
