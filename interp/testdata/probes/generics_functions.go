// Functions with type parameters.
package main

import (
	"fmt"
	"sort"
	"strings"
)

type number interface {
	~int | ~int64 | ~float64
}

func Map[T, U any](s []T, f func(T) U) []U {
	out := make([]U, 0, len(s))
	for _, v := range s {
		out = append(out, f(v))
	}
	return out
}

func Filter[S ~[]E, E any](s S, keep func(E) bool) S {
	var out S
	for _, v := range s {
		if keep(v) {
			out = append(out, v)
		}
	}
	return out
}

func Reduce[T, A any](s []T, init A, f func(A, T) A) A {
	acc := init
	for _, v := range s {
		acc = f(acc, v)
	}
	return acc
}

func Sum[T number](s ...T) (t T) {
	for _, v := range s {
		t += v
	}
	return
}

func Keys[M ~map[K]V, K ~string, V any](m M) []K {
	keys := make([]K, 0)
	for k := range m {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool { return keys[i] < keys[j] })
	return keys
}

type meters float64
type list []int

func main() {
	fmt.Println(Map([]int{1, 2, 3}, func(i int) string { return strings.Repeat("x", i) }))
	fmt.Println(Filter(list{1, 2, 3, 4}, func(i int) bool { return i%2 == 0 }))
	fmt.Printf("%T\n", Filter(list{1}, func(int) bool { return true }))
	fmt.Println(Reduce([]string{"a", "bb"}, 0, func(n int, s string) int { return n + len(s) }))
	fmt.Println(Sum(1, 2, 3), Sum(1.5, 2.5), Sum[meters](1, 2), Sum[int]())
	fmt.Println(Keys(map[string]bool{"b": true, "a": false}))
	f := Map[int, float64]
	fmt.Println(f([]int{1}, func(i int) float64 { return float64(i) / 2 }))
}
