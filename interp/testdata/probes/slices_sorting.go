// Sorting with package slices.
package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

type person struct {
	Name string
	Age  int
}

func main() {
	s := []int{3, 1, 2}
	slices.Sort(s)
	slices.Reverse(s)
	fmt.Println(s, slices.Contains(s, 2), slices.Index(s, 1), slices.Max(s), slices.Min(s))
	people := []person{{"Al", 30}, {"Bo", 25}, {"Cy", 30}}
	slices.SortFunc(people, func(a, b person) int {
		return cmp.Or(cmp.Compare(b.Age, a.Age), strings.Compare(a.Name, b.Name))
	})
	fmt.Println(people)
	i, found := slices.BinarySearch([]string{"a", "c", "e"}, "c")
	fmt.Println(i, found)
	m := map[string]int{"z": 26, "a": 1, "m": 13}
	keys := slices.Sorted(maps.Keys(m))
	fmt.Println(keys, slices.Collect(maps.Values(map[int]int{1: 2})))
	for i, k := range slices.Backward(keys) {
		fmt.Print(i, k, " ")
	}
	fmt.Println(slices.Equal(keys, []string{"a", "m", "z"}), slices.IndexFunc(people, func(p person) bool { return p.Age < 30 }))
	c := maps.Clone(m)
	c["a"] = 100
	fmt.Println(m["a"], c["a"], maps.Equal(m, c))
	fmt.Println(slices.Insert([]int{1, 4}, 1, 2, 3), slices.Delete([]int{1, 2, 3}, 0, 2), slices.Compact([]int{1, 1, 2, 2, 1}))
	fmt.Println(slices.Concat([]int{1}, []int{2, 3}), slices.Repeat([]string{"x"}, 3), slices.ContainsFunc(s, func(n int) bool { return n > 2 }))
	for chunk := range slices.Chunk([]int{1, 2, 3, 4, 5}, 2) {
		fmt.Print(chunk)
	}
	fmt.Println(slices.MaxFunc(people, func(a, b person) int { return cmp.Compare(a.Name, b.Name) }))
	maps.DeleteFunc(m, func(k string, v int) bool { return v > 10 })
	fmt.Println(m, min(3, 1, 2), max(2.5, 1), min("b", "a"))
	type names []string
	n := names{"b", "a"}
	slices.Sort(n)
	fmt.Printf("%v %T\n", n, n)
}
