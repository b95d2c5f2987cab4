// What shares and what does not.
package main

import (
	"fmt"
)

type in struct{ n int }
type s struct {
	v in
	p *in
	l []int
	a [2]in
	m map[string]int
}

func byVal(x s)  { x.v.n = 1; x.p.n = 1; x.l[0] = 1; x.a[0].n = 1; x.m["k"] = 1 }
func byPtr(x *s) { x.v.n = 2; x.a[1].n = 2; *x.p = in{22} }

func main() {
	x := s{p: &in{}, l: []int{0}, m: map[string]int{}}
	byVal(x)
	fmt.Println(x.v, *x.p, x.l, x.a, x.m)
	byPtr(&x)
	fmt.Println(x.v, *x.p, x.l, x.a)
	y := x
	y.v.n = 9
	y.a[0].n = 9
	z := []s{x, y}
	w := z[0]
	w.v.n = 5
	fmt.Println(x.v, y.v, z[0].v, w.v, x.a, z[1].a)
	ch := make(chan s, 1)
	ch <- x
	x.v.n = 100
	fmt.Println((<-ch).v)
	fn := func() s { return x }
	r := fn()
	r.v.n++
	fmt.Println(x.v, r.v, fn().v)
	var i any = x
	x.v.n = 0
	fmt.Println(i.(s).v)
}
