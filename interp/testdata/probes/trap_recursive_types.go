// Types that contain themselves.
package main

import (
	"fmt"
)

type tree map[string]tree
type list []list
type fn func(int) fn
type node struct {
	kids []node
	by   map[string]node
	up   *node
	f    func(node) node
	i    interface{ Depth() int }
}

func (n node) Depth() int {
	d := 0
	for _, k := range n.kids {
		d = max(d, k.Depth())
	}
	return d + 1
}

type a struct{ b *b }
type b struct {
	a []a
	c map[string]*c
}
type c struct{ a a }

func main() {
	t := tree{"x": {"y": nil}}
	t["x"]["z"] = tree{}
	fmt.Println(len(t["x"]), t)
	l := list{{}, {{}}}
	fmt.Println(len(l[1]), l)
	n := 0
	var f fn
	f = func(i int) fn {
		n += i
		if i > 2 {
			return nil
		}
		return f
	}
	for g, i := f, 0; g != nil; i++ {
		g = g(i)
	}
	fmt.Println(n)
	x := node{kids: []node{{}, {kids: []node{{}}}}}
	x.kids[0].up = &x
	x.by = map[string]node{"q": x.kids[1]}
	x.i = x
	x.f = func(m node) node { m.kids = nil; return m }
	fmt.Println(x.Depth(), x.by["q"].Depth(), x.i.Depth(), x.f(x).Depth(), len(x.kids[0].up.kids))
	y := a{&b{a: []a{{}}, c: map[string]*c{"k": {a{}}}}}
	y.b.c["k"].a.b = y.b
	fmt.Println(y.b.c["k"].a.b == y.b, y.b.a[0].b == nil)
}
