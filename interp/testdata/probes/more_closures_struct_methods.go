// Closures that keep receivers and fields.
package main

import (
	"fmt"
)

type ev struct {
	name string
	h    []func() string
}

func (e *ev) on(s string)        { e.h = append(e.h, func() string { e.name += s; return e.name }) }
func (e ev) snap() func() string { return func() string { e.name += "?"; return e.name } }

type acc func(int) int

func newAcc() acc             { t := 0; return func(n int) int { t += n; return t } }
func (a acc) twice(n int) int { a(n); return a(n) }
func gen() (func() int, func(int)) {
	n := 0
	return func() int { n++; return n }, func(v int) { n = v }
}
func deep() func() func() int {
	a := 1
	return func() func() int {
		b := a * 2
		a++
		return func() func() int { c := a + b; return func() int { c++; a++; return a*100 + b*10 + c } }()
	}
}

func main() {
	e := &ev{name: "n"}
	e.on("1")
	e.on("2")
	s := e.snap()
	for _, h := range e.h {
		fmt.Print(h(), " ")
	}
	fmt.Println(s(), s(), e.name)
	a := newAcc()
	fmt.Println(a(1), a.twice(5), a(0))
	next, set := gen()
	next()
	set(10)
	fmt.Println(next(), next())
	d := deep()()
	fmt.Println(d())
	fns := map[string]func(...int) int{}
	for _, op := range []string{"+", "*"} {
		fns[op] = func(n ...int) int {
			r := map[string]int{"+": 0, "*": 1}[op]
			for _, x := range n {
				if op == "+" {
					r += x
				} else {
					r *= x
				}
			}
			return r
		}
	}
	fmt.Println(fns["+"](1, 2, 3), fns["*"](2, 3, 4))
	var tree func(int) string
	tree = func(n int) string {
		if n == 0 {
			return "."
		}
		return "(" + tree(n-1) + tree(n-1) + ")"
	}
	fmt.Println(tree(2))
}
