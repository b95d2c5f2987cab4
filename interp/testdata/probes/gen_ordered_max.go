// Constraints from package cmp.
package main

import (
	"cmp"
	"fmt"
)

func Max[T cmp.Ordered](a, b T) T {
	if a > b {
		return a
	}
	return b
}

type age int

func Clamp[T cmp.Ordered](v, lo, hi T) T { return max(lo, min(v, hi)) }
func SortBy[T any, K cmp.Ordered](s []T, key func(T) K) []T {
	out := append([]T{}, s...)
	for i := 1; i < len(out); i++ {
		for j := i; j > 0 && key(out[j]) < key(out[j-1]); j-- {
			out[j], out[j-1] = out[j-1], out[j]
		}
	}
	return out
}

func main() {
	fmt.Println(Max(1, 2), Max("a", "b"), Max(age(3), 2), Clamp(15, 0, 10), Clamp(-0.5, 0, 1))
	fmt.Println(SortBy([]string{"ccc", "a", "bb"}, func(s string) int { return len(s) }))
	fmt.Printf("%T\n", Max(age(1), age(2)))
}
