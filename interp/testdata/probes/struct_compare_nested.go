// Equality of nested values.
package main

import (
	"fmt"
)

type in struct {
	a [2]int
	s string
}
type o struct {
	i in
	p *int
	e any
}

func main() {
	n := 1
	x := o{in{[2]int{1, 2}, "s"}, &n, "v"}
	y := x
	fmt.Println(x == y, x.i == y.i)
	y.i.a[1] = 3
	fmt.Println(x == y, x != y)
	y = x
	y.e = 5
	fmt.Println(x == y)
	m := map[o]int{x: 1}
	m[x]++
	fmt.Println(m[x], len(m))
	fmt.Println([2]in{} == [2]in{{}, {}}, struct{ A int }{1} == struct{ A int }{1})
}
