// Addresses of loop variables.
package main

import (
	"fmt"
)

type n struct {
	v    int
	next *n
}

func main() {
	var ps []*int
	for i := 0; i < 3; i++ {
		ps = append(ps, &i)
	}
	for _, p := range ps {
		*p += 10
		fmt.Print(*p, " ")
	}
	var head *n
	for _, v := range []int{1, 2, 3} {
		x := n{v: v}
		x.next = head
		head = &x
	}
	for h := head; h != nil; h = h.next {
		fmt.Print(h.v, " ")
	}
	m := map[int]*[2]int{}
	for i := range 3 {
		a := [2]int{i, i * i}
		m[i] = &a
	}
	m[1][0] = 50
	fmt.Println(*m[0], *m[1], *m[2])
	var arrs [][]int
	for i := range 2 {
		var b [3]int
		b[i] = 7
		arrs = append(arrs, b[:])
	}
	fmt.Println(arrs)
}
