// Appending and aliasing.
package main

import (
	"fmt"
)

func app(s []int) []int { s = append(s, 100); s[0] = 50; return s }

func main() {
	a := make([]int, 2, 3)
	b := append(a, 1)
	c := append(a, 2)
	fmt.Println(a, b, c, len(b), cap(b))
	d := app(a)
	fmt.Println(a, d, b)
	e := append(d, 7)
	e[0] = 9
	fmt.Println(d[0], e[0], cap(a[1:]), len(a[:3]))
	f := append([]int(nil), a...)
	f[1] = 77
	fmt.Println(a, f)
	var g [][]int
	for i := range 3 {
		g = append(g, make([]int, i))
	}
	g[2][1] = 5
	fmt.Println(g)
}
