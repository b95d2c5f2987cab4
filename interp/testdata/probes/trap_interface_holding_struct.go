// Copies in interfaces.
package main

import (
	"fmt"
)

type p struct{ x int }

func (v p) Get() int   { return v.x }
func (v *p) Set(n int) { v.x = n }

type g interface{ Get() int }

func main() {
	a := p{1}
	var i g = a
	a.x = 2
	fmt.Println(i.Get(), a.Get())
	var j g = &a
	a.x = 3
	fmt.Println(j.Get())
	j.(*p).Set(9)
	fmt.Println(a.x, i.(p).x)
	l := []any{a, &a, [2]int{1, 2}, []int{1}}
	a.x = 10
	arr := l[2].([2]int)
	arr[0] = 99
	l[3].([]int)[0] = 99
	fmt.Println(l[0].(p).x, l[1].(*p).x, l[2], l[3])
	f := i.Get
	i = p{77}
	fmt.Println(f(), i.Get())
}
