// Order of evaluation in assignments.
package main

import "fmt"

type t struct{ n int }

func get(name string, v int) int { fmt.Print(name, " "); return v }

func main() {
	a, b := 1, 2
	a, b = b, a
	fmt.Println(a, b)
	s := []int{1, 2, 3}
	i := 0
	i, s[i] = 2, 9
	fmt.Println(i, s)
	s[0], s[1], s[2] = s[2], s[0], s[1]
	fmt.Println(s)
	p := &t{1}
	p, p.n = &t{5}, 7
	fmt.Println(p.n)
	m := map[string]int{}
	m["a"], m["b"] = len(m), len(m)+1
	fmt.Println(m)
	arr := [3]int{}
	arr[get("i", 1)] = get("v", 5)
	fmt.Println(arr)
	arr[get("j", 2)] += get("w", 3)
	fmt.Println(arr)
	x := []int{1, 2, 3}
	for i, x[i] = range x {
	}
	fmt.Println(i, x)
	var c, d = get("c", 1), get("d", 2)
	fmt.Println(c, d, get("e", 1)+get("f", 2)*get("g", 3))
	_, _ = get("h", 0), get("k", 1)
	ok := get("l", 1) == 1 || get("m", 1) == 1
	ok2 := get("n", 0) == 1 && get("o", 1) == 1
	fmt.Println(ok, ok2)
}
