// Package sort.
package main

import (
	"fmt"
	"sort"
)

type emp struct {
	name string
	age  int
}
type byAge []emp

func (b byAge) Len() int           { return len(b) }
func (b byAge) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }
func (b byAge) Less(i, j int) bool { return b[i].age < b[j].age }

func main() {
	e := []emp{{"a", 3}, {"b", 1}, {"c", 2}, {"d", 1}}
	sort.Stable(byAge(e))
	fmt.Println(e)
	sort.Sort(sort.Reverse(byAge(e)))
	fmt.Println(e[0], sort.IsSorted(byAge(e)))
	sort.Slice(e, func(i, j int) bool { return e[i].name < e[j].name })
	fmt.Println(e)
	s := sort.StringSlice{"z", "x"}
	s.Sort()
	n := []int{5, 2, 8}
	sort.Ints(n)
	fmt.Println(s, n, sort.SearchInts(n, 5), sort.Search(10, func(i int) bool { return i*i >= 50 }))
	f := []float64{2.5, -1}
	sort.Float64s(f)
	sort.Sort(sort.Reverse(sort.IntSlice(n)))
	fmt.Println(f, n)
	sort.SliceStable(e, func(i, j int) bool { return e[i].age > e[j].age })
	fmt.Println(e)
}
