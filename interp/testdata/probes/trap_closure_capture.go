// Captured variables of every kind.
package main

import (
	"fmt"
)

type s struct {
	n int
	l []int
}

func mk() (r []func() int) {
	for i, j := 0, 10; i < 3; i, j = i+1, j-1 {
		k := i * j
		r = append(r, func() int { k++; i += 100; return i + j + k })
	}
	return
}
func named() (n int, f func()) { f = func() { n++ }; n = 5; f(); return n, f }

func main() {
	for _, f := range mk() {
		fmt.Print(f(), " ", f(), " ")
	}
	n, f := named()
	f()
	fmt.Println(n)
	x := s{1, nil}
	g := func() { x.n++; x.l = append(x.l, x.n) }
	g()
	g()
	y := x
	g()
	fmt.Println(x, y)
	var fs []func()
	for _, p := range []*s{{n: 1}, {n: 2}} {
		fs = append(fs, func() { p.n *= 10; fmt.Print(p.n, " ") })
	}
	for k, v := range map[string]int{"z": 26} {
		fs = append(fs, func() { fmt.Print(k, v, " ") })
	}
	for i := range 2 {
		defer func() { fmt.Print("d", i, " ") }()
		for j := range 2 {
			fs = append(fs, func() { fmt.Print(i, j, " ") })
		}
	}
	for _, f := range fs {
		f()
	}
	a := [3]int{1, 2, 3}
	h := func() int { a[0]++; return a[0] }
	b := a
	fmt.Println(h(), b, a)
}
