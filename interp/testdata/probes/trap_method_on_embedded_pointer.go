// Promotion through pointers and interfaces.
package main

import (
	"fmt"
)

type base struct{ n int }

func (b *base) Inc() *base { b.n++; return b }
func (b base) N() int      { return b.n }

type mid struct{ *base }
type top struct {
	mid
	extra int
}
type incr interface {
	Inc() *base
	N() int
}
type holder struct{ incr }

func main() {
	b := &base{1}
	t := top{mid{b}, 5}
	t.Inc().Inc()
	fmt.Println(t.N(), b.n, t.mid.base.n, t.n)
	var i incr = t
	i.Inc()
	h := holder{i}
	h.Inc()
	fmt.Println(h.N(), t.N())
	f := t.Inc
	f()
	g := (*base).Inc
	g(b)
	k := top.N
	fmt.Println(k(t), b.n)
	u := t
	u.Inc()
	fmt.Println(t.n == u.n)
}
