// Append of several values at once: which array they land in, and when they are evaluated.
package main

import "fmt"

// append order and aliasing
func app() []int    { fmt.Print("app "); return make([]int, 1, 8) }
func val(n int) int { fmt.Print("v", n, " "); return n }

func main() {
	s := append(app(), val(1), val(2))
	fmt.Println(s, len(s), cap(s))
	t := append(s[:1], val(9), val(8), val(7))
	fmt.Println(s, t)
	var e []int
	fmt.Println(append(e), append(e) == nil, append([]int{}, e...) == nil)
	g := append([]int{1, 2, 3}, 4, 5, 6, 7)
	fmt.Println(len(g), cap(g))
	h := append([]int{}, 1, 2, 3)
	fmt.Println(len(h))
	x := []int{1, 2, 3, 4}
	x = append(x[:1], x[2:]...)
	fmt.Println(x, x[:4])
	x = append(x, x...)
	fmt.Println(x)
	b := make([]byte, 0, 4)
	c := append(b, "ab"...)
	d := append(b, "cd"...)
	fmt.Println(string(c), string(d))
	ii := append([]any{}, 1, "x", nil, []int{1})
	fmt.Println(ii...)
	ss := [][]int{{1}, {2}}
	tt := append([][]int(nil), ss...)
	tt[0][0] = 100
	tt[1] = []int{5}
	fmt.Println(ss, tt)
	y := []int{1, 2, 3}
	y = append(y[:2], y[0]+10, y[2]+10)
	fmt.Println(y)
	z := make([]int, 3, 5)
	z2 := append(z, 1, 2, 3)
	z3 := append(z, 7)
	fmt.Println(z[:5], z2, z3)
	p := &z
	*p = append(*p, 4, 5)
	fmt.Println(*p, len(z))
	type T struct{ xs []int }
	q := T{}
	q.xs = append(q.xs, 1, 2, 3, 4, 5)
	fmt.Println(q, cap(q.xs))
}
