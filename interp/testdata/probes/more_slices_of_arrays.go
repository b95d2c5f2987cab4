// Arrays inside slices, maps and structs.
package main

import (
	"fmt"
)

type c struct {
	g [2][2]int
	h []([2]string)
}

func main() {
	s := make([][3]int, 2)
	s[0][1] = 5
	t := s[0]
	t[1] = 9
	fmt.Println(s, t)
	for i, a := range s {
		a[0] = 100
		s[i][2] = i + 1
	}
	fmt.Println(s)
	x := c{h: make([][2]string, 1)}
	x.g[1][0]++
	x.h[0][1] = "z"
	y := x
	y.g[1][0] = 7
	y.h[0][0] = "shared"
	fmt.Println(x, y)
	m := map[string][2]int{"a": {1, 2}}
	v := m["a"]
	v[0] = 50
	m["b"] = v
	fmt.Println(m, m["zz"])
	p := &x.g[1]
	p[1] = 3
	row := x.g[1][:]
	row[0] = 8
	fmt.Println(x.g, len(x.g), cap(row))
	f := func(a [2]int) [2]int { a[0]++; return a }
	fmt.Println(f(x.g[1]), x.g[1], f(f([2]int{})))
	ptrs := [2]*int{&x.g[0][0], &x.g[0][1]}
	*ptrs[0], *ptrs[1] = 11, 22
	fmt.Println(x.g[0], [...][2]int{{1}, {2, 3}}, [2]bool{} == [2]bool{false, false})
}
