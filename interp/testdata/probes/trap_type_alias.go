// Aliases are the same type.
package main

import (
	"fmt"
	"sort"
)

type A = int
type S = []string
type st struct{ n int }
type Al = st

func (s st) Get() int { return s.n }

type M = map[string]Al
type F = func(A) A
type E interface{ Get() A }

func main() {
	var a A = 5
	var i int = a
	var s S = []string{"b", "a"}
	sort.Strings(s)
	m := M{"x": st{1}, "y": Al{2}}
	var f F = func(n int) int { return n + i }
	var e E = m["y"]
	fmt.Println(a, s, m, f(1), e.Get())
	fmt.Printf("%T %T %T %T\n", a, s, m["x"], f)
	var v any = Al{3}
	_, ok := v.(st)
	fmt.Println(ok)
}
