// Generic iterators.
package main

import (
	"fmt"
	"iter"
	"maps"
	"slices"
)

func Filter[V any](s iter.Seq[V], f func(V) bool) iter.Seq[V] {
	return func(yield func(V) bool) {
		for v := range s {
			if f(v) && !yield(v) {
				return
			}
		}
	}
}
func Take[V any](s iter.Seq[V], n int) iter.Seq[V] {
	return func(yield func(V) bool) {
		if n <= 0 {
			return
		}
		i := 0
		for v := range s {
			if !yield(v) {
				return
			}
			if i++; i == n {
				return
			}
		}
	}
}
func Nat() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; yield(i); i++ {
		}
	}
}
func Enum[V any](s iter.Seq[V]) iter.Seq2[int, V] {
	return func(yield func(int, V) bool) {
		i := 0
		for v := range s {
			if !yield(i, v) {
				return
			}
			i++
		}
	}
}

func main() {
	fmt.Println(slices.Collect(Take(Filter(Nat(), func(n int) bool { return n%3 == 0 }), 4)))
	for i, v := range Enum(slices.Values([]string{"a", "b"})) {
		fmt.Print(i, v, " ")
	}
	m := maps.Collect(slices.All([]string{"x", "y"}))
	fmt.Println(m, slices.Sorted(maps.Values(m)))
	for v := range Nat() {
		if v > 2 {
			break
		}
		fmt.Print(v)
	}
	fmt.Println(slices.Collect(maps.Keys(map[string]int{"only": 1})))
}
