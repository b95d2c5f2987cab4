// Ambiguity and depth.
package main

import (
	"fmt"
)

type a struct {
	X int
	N string
}

func (a) Hi() string { return "a" }

type b struct{ X int }

func (b) Ho() string { return "b" }

type c struct {
	a
	*b
	X string
}
type d struct {
	c
	N int
}

func main() {
	v := d{c{a{1, "n"}, &b{2}, "x"}, 3}
	fmt.Println(v.X, v.a.X, v.b.X, v.N, v.c.N, v.Hi(), v.Ho())
	v.b.X++
	v.a.X--
	v.c.a.N = "changed"
	fmt.Println(v.c.b.X, v.a.X, v.a.N)
	fmt.Printf("%v\n", v.a)
}
