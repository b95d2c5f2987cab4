// Functions with many results and named ones.
package main

import (
	"errors"
	"fmt"
)

func f() (a int, b string, c []int, d map[string]int, e error, g func() int) {
	defer func() {
		a *= 2
		if e != nil {
			b = "err"
		}
	}()
	a = 1
	c = append(c, a)
	d = map[string]int{"k": a}
	g = func() int { return a }
	e = errors.New("e")
	return a + 1, "b", c, d, e, g
}
func sw(a, b int) (b2, a2 int) { b2, a2 = b, a; return }
func sw2(a, b int) (x, y int)  { x, y = a, b; return y, x }
func rec(n int) (s string, depth int) {
	if n == 0 {
		return "end", 0
	}
	s, depth = rec(n - 1)
	return s + ".", depth + 1
}

func main() {
	a, b, c, d, e, g := f()
	fmt.Println(a, b, c, d, e, g())
	fmt.Println(sw(1, 2))
	fmt.Println(sw2(1, 2))
	fmt.Println(rec(3))
	var x, y = sw(3, 4)
	x, y = y, x
	x, z := sw2(x, y)
	fmt.Println(x, y, z)
}
