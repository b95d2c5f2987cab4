// Sorting structs by several keys.
package main

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"
)

type r struct {
	name string
	age  int
	tags []string
}
type by func(a, b *r) bool
type sorter struct {
	l  []r
	by by
}

func (s *sorter) Len() int           { return len(s.l) }
func (s *sorter) Swap(i, j int)      { s.l[i], s.l[j] = s.l[j], s.l[i] }
func (s *sorter) Less(i, j int) bool { return s.by(&s.l[i], &s.l[j]) }
func (b by) sort(l []r)              { sort.Stable(&sorter{l, b}) }

func main() {
	l := []r{{"c", 3, nil}, {"a", 1, []string{"x"}}, {"b", 3, nil}, {"d", 1, nil}, {"e", 2, nil}}
	by(func(a, b *r) bool { return a.age < b.age }).sort(l)
	for _, x := range l {
		fmt.Print(x.name, x.age, " ")
	}
	sort.SliceStable(l, func(i, j int) bool { return len(l[i].tags) > len(l[j].tags) })
	slices.SortStableFunc(l[1:], func(a, b r) int { return -cmp.Compare(a.age, b.age) })
	for _, x := range l {
		fmt.Print(x.name, x.age, " ")
	}
	slices.SortFunc(l, func(a, b r) int { return strings.Compare(a.name, b.name) })
	fmt.Println(l)
	i, ok := slices.BinarySearchFunc(l, "d", func(x r, n string) int { return strings.Compare(x.name, n) })
	fmt.Println(i, ok, sort.SliceIsSorted(l, func(i, j int) bool { return l[i].name < l[j].name }))
	n := make([]int, 50)
	for i := range n {
		n[i] = (i * 37) % 50
	}
	slices.Sort(n)
	fmt.Println(slices.IsSorted(n), n[:5], n[45:])
}
