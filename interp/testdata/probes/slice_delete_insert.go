// Slice tricks.
package main

import (
	"fmt"
)

func del(s []string, i int) []string { return append(s[:i], s[i+1:]...) }
func ins(s []string, i int, v string) []string {
	s = append(s, "")
	copy(s[i+1:], s[i:])
	s[i] = v
	return s
}
func uniq(s []int) []int {
	seen := map[int]bool{}
	out := s[:0]
	for _, v := range s {
		if !seen[v] {
			seen[v] = true
			out = append(out, v)
		}
	}
	return out
}
func chunk(s []int, n int) (out [][]int) {
	for n < len(s) {
		s, out = s[n:], append(out, s[:n:n])
	}
	return append(out, s)
}

func main() {
	s := []string{"a", "b", "c", "d"}
	s = del(s, 1)
	s = ins(s, 1, "X")
	fmt.Println(s, uniq([]int{3, 1, 3, 2, 1}), chunk([]int{1, 2, 3, 4, 5}, 2))
	st := []int{}
	st = append(st, 1, 2, 3)
	top := st[len(st)-1]
	st = st[:len(st)-1]
	q := []int{1, 2, 3}
	head, q := q[0], q[1:]
	fmt.Println(top, st, head, q)
	for i, j := 0, len(s)-1; i < j; i, j = i+1, j-1 {
		s[i], s[j] = s[j], s[i]
	}
	fmt.Println(s, s[1:3], s[:0], len(s[4:]))
}
