// Arrays are values, slices share.
package main

import "fmt"

func change(a [3]int, s []int) {
	a[0] = 100
	s[0] = 100
}

func main() {
	a := [3]int{1, 2, 3}
	s := a[:]
	change(a, s)
	fmt.Println(a, s)
	b := [...]string{2: "c", 0: "a"}
	fmt.Println(len(b), b)
	t := s[1:2]
	t = append(t, 50)
	fmt.Println(s, t, len(t), cap(t))
	u := s[0:1:1]
	u = append(u, 7)
	fmt.Println(s, u)
	grid := [2][3]int{{1, 2, 3}, {4, 5, 6}}
	g2 := grid
	g2[1][2] = 0
	fmt.Println(grid, g2, grid == g2)
	m := make([][]int, 3)
	for i := range m {
		m[i] = make([]int, i+1)
		for j := range m[i] {
			m[i][j] = i * j
		}
	}
	fmt.Println(m, len(m[2]))
	p := &a
	p[1] = 9
	for i := range p {
		p[i]++
	}
	fmt.Println(a, *p, len(p))
	var nilS []int
	fmt.Println(nilS == nil, len(nilS), append(nilS, 1), nilS[:0] == nil)
	copy(s[1:], s)
	fmt.Println(s, copy(s, []int{8, 9}), s)
	bs := append([]byte("ab"), "cd"...)
	n := copy(bs, "xy")
	fmt.Println(string(bs), n)
	arr := [4]int(append([]int{1, 2, 3, 4}, 5))
	fmt.Println(arr)
	var e [0]int
	fmt.Println(e, len(e))
	funcs := [2]func() int{func() int { return 1 }, nil}
	fmt.Println(funcs[0](), funcs[1] == nil)
	pa := []*[2]int{{1, 2}, {3, 4}}
	pa[0][1] = 5
	fmt.Println(*pa[0], pa[1][0])
}
