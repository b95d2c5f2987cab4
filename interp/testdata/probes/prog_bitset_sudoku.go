// Backtracking.
package main

import (
	"fmt"
)

type queens struct {
	n            int
	cols, d1, d2 map[int]bool
	sol          []int
	count        int
}

func (q *queens) place(r int) {
	if r == q.n {
		q.count++
		return
	}
	for c := range q.n {
		if q.cols[c] || q.d1[r+c] || q.d2[r-c] {
			continue
		}
		q.cols[c], q.d1[r+c], q.d2[r-c] = true, true, true
		q.sol = append(q.sol, c)
		q.place(r + 1)
		q.sol = q.sol[:len(q.sol)-1]
		delete(q.cols, c)
		delete(q.d1, r+c)
		delete(q.d2, r-c)
	}
}
func subsets(s []int) (out [][]int) {
	for m := range 1 << len(s) {
		var sub []int
		for i, v := range s {
			if m&(1<<i) != 0 {
				sub = append(sub, v)
			}
		}
		out = append(out, sub)
	}
	return
}
func combos(n, k int) (r [][]int) {
	var rec func(int, []int)
	rec = func(from int, cur []int) {
		if len(cur) == k {
			r = append(r, append([]int(nil), cur...))
			return
		}
		for i := from; i <= n; i++ {
			rec(i+1, append(cur, i))
		}
	}
	rec(1, nil)
	return
}

func main() {
	q := &queens{n: 5, cols: map[int]bool{}, d1: map[int]bool{}, d2: map[int]bool{}}
	q.place(0)
	fmt.Println(q.count, subsets([]int{1, 2, 3}), combos(4, 2))
}
