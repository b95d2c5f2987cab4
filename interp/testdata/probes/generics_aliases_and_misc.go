// Aliases, inference and instantiated functions as values.
package main

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
)

type set[T comparable] = map[T]struct{}
type vec[T any] []T

func (v vec[T]) each(f func(int, T)) {
	for i, x := range v {
		f(i, x)
	}
}

func mapv[T, U any](v vec[T], f func(T) U) vec[U] {
	out := make(vec[U], len(v))
	v.each(func(i int, x T) { out[i] = f(x) })
	return out
}

func groupBy[T any, K comparable](s []T, key func(T) K) map[K][]T {
	m := map[K][]T{}
	for _, v := range s {
		k := key(v)
		m[k] = append(m[k], v)
	}
	return m
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func maxOf[T cmp.Ordered](first T, rest ...T) T {
	m := first
	for _, v := range rest {
		if v > m {
			m = v
		}
	}
	return m
}

type matrix[T ~int | ~float64] [2][2]T

func (m matrix[T]) det() T { return m[0][0]*m[1][1] - m[0][1]*m[1][0] }

func curry[A, B, C any](f func(A, B) C) func(A) func(B) C {
	return func(a A) func(B) C { return func(b B) C { return f(a, b) } }
}

func main() {
	s := set[string]{"a": {}}
	s["b"] = struct{}{}
	fmt.Println(len(s), sortedKeys(s))
	fmt.Println(mapv(vec[int]{1, 2}, strconv.Itoa), mapv(vec[string]{"x"}, func(s string) bool { return s == "x" }))
	g := groupBy([]int{1, 2, 3, 4, 5}, func(i int) string {
		if i%2 == 0 {
			return "even"
		}
		return "odd"
	})
	fmt.Println(g, maxOf(3, 9, 2), maxOf("a", "c", "b"), maxOf(1.5))
	fmt.Println(matrix[int]{{1, 2}, {3, 4}}.det(), matrix[float64]{{1.5, 0}, {0, 2}}.det())
	fmt.Println(curry(func(a int, b string) string { return b + strconv.Itoa(a) })(5)("n"))
	f := maxOf[int]
	fmt.Println(f(1, 2), slices.MaxFunc([]string{"aa", "b"}, func(a, b string) int { return cmp.Compare(len(a), len(b)) }))
}
