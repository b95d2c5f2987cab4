// copy, clear, min and max.
package main

import (
	"fmt"
)

type f float64

func main() {
	a := []int{1, 2, 3, 4}
	n := copy(a[1:], a)
	fmt.Println(n, a)
	clear(a[:2])
	m := map[string]int{"x": 1}
	clear(m)
	fmt.Println(a, m, min(3, 1, 2), max(1.5, 2), min("b", "a"), max(f(1), 2))
	x, y := 10, 3
	fmt.Println(min(x, y), max(x, y, 50), min(x, 4.0))
	s := make([]byte, 3)
	fmt.Println(copy(s, "hello"), string(s))
}
