// Anonymous and named struct types meet.
package main

import (
	"fmt"
)

type P struct{ X, Y int }
type L []struct {
	K string
	V int
}

func f(p struct{ X, Y int }) int { return p.X + p.Y }
func g() (r struct {
	A int
	B []string
}) {
	r.A = 1
	r.B = append(r.B, "b")
	return
}

func main() {
	p := P{1, 2}
	var a struct{ X, Y int } = p
	a.X = 10
	p = a
	fmt.Println(p, f(p), f(a), P(a) == p, a == struct{ X, Y int }{10, 2})
	l := L{{"a", 1}, {V: 2}}
	l = append(l, struct {
		K string
		V int
	}{"c", 3})
	for i := range l {
		l[i].V *= 2
	}
	fmt.Println(l, g())
	m := map[string]struct {
		n int
		f func() int
	}{"a": {1, func() int { return 5 }}}
	fmt.Println(m["a"].f()+m["a"].n, m["zz"].f == nil)
	x := struct {
		P
		Name string
	}{P{1, 2}, "n"}
	fmt.Println(x.X, x)
	var i any = a
	_, isP := i.(P)
	_, isA := i.(struct{ X, Y int })
	fmt.Println(isP, isA)
}
