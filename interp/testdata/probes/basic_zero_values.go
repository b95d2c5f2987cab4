// Zero values of all kinds.
package main

import (
	"fmt"
)

type s struct {
	a int
	b string
	c *int
	d []int
	e map[string]int
	f func()
	g any
	h error
	i [2]bool
}

func main() {
	var x s
	fmt.Println(x.a, x.b == "", x.c == nil, x.d == nil, x.e == nil, x.f == nil, x.g == nil, x.h == nil, x.i)
	var i8 int8
	var f32 float32
	var c complex64
	var r rune
	var b byte
	var st string
	var bo bool
	fmt.Printf("%v %v %v %v %v %q %v\n", i8, f32, c, r, b, st, bo)
}
