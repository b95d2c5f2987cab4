// Method expressions of interfaces and embedded types.
package main

import (
	"fmt"
)

type i interface{ M(int) string }
type a struct{ s string }

func (x a) M(n int) string { return fmt.Sprint(x.s, n) }

type b struct {
	a
	k int
}

func (x *b) V(f ...int) int { return len(f) + x.k }

func main() {
	f := i.M
	fmt.Println(f(a{"x"}, 1), f(b{a{"y"}, 0}, 2))
	g := b.M
	h := (*b).M
	bb := &b{a{"z"}, 3}
	fmt.Println(g(*bb, 3), h(bb, 4), (*b).V(bb, 1, 2), bb.V())
	fs := []func(int) string{bb.M, a{"q"}.M, i(bb).M}
	bb.s = "changed"
	for _, f := range fs {
		fmt.Print(f(9), " ")
	}
	v := bb.V
	bb.k = 100
	fmt.Println(v(1))
}
