// Variables that a call in the same list of operands changes.
package main

import "fmt"

type S struct {
	n  int
	xs []int
	s  string
	e  error
	a  any
}

func (s *S) inc() int                     { s.n += 10; s.xs = append(s.xs, s.n); s.s += "x"; s.a = s.n; return s.n }
func two(a, b int) string                 { return fmt.Sprint(a, " ", b) }
func three(a any, b int, c ...any) string { return fmt.Sprint(a, " ", b, c) }

var g = 1

func setg() int { g += 100; return g }

func main() {
	x := 1
	f := func() int { x += 10; return x }
	fmt.Println(x, f())
	fmt.Println(two(x, f()))
	fmt.Println(x+f(), f()+x)
	fmt.Println([]int{x, f(), x})
	fmt.Println(struct{ a, b int }{x, f()})
	fmt.Println(map[string]int{"a": x, "b": f()}["a"])
	s := &S{}
	fmt.Println(s.n, s.inc(), s.n)
	fmt.Println(two(s.n, s.inc()))
	fmt.Println(s.xs, s.inc(), len(s.xs))
	fmt.Println(s.s, s.inc(), s.a, s.s+"y")
	v := S{}
	fmt.Println(v.n, v.inc(), v)
	arr := []int{1, 2}
	h := func() int { arr[0] += 5; return arr[0] }
	fmt.Println(arr[0], h(), arr[0]*2)
	fmt.Println(two(arr[0], h()))
	fmt.Println(g, setg(), two(g, setg()))
	fmt.Println(three(x, f(), x, x+1))
	a, b := x, f()
	fmt.Println(a, b)
	var i any = x
	j := func() int { i = "changed"; return 0 }
	fmt.Println(i, j())
	ret := func() (int, int) { return x, f() }
	fmt.Println(ret())
	y := 5
	k := func(p *int) int { *p = 50; return 0 }
	fmt.Println(y, k(&y))
	m := map[string]int{"a": 1}
	l := func() int { m["a"] = 9; return 0 }
	fmt.Println(m["a"], l())
	fmt.Println(two(m["a"], func() int { m["a"] = 77; return 1 }()))
	z := x == f()
	fmt.Println(z, -x+f(), x*2+f())
	fmt.Println(fmt.Sprint(x) + fmt.Sprint(f()) + fmt.Sprint(x))
	ar := append([]int{x}, f(), x)
	fmt.Println(ar)
}
