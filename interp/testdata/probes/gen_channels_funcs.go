// Generic helpers over functions.
package main

import (
	"fmt"
)

func Memo[K comparable, V any](f func(K) V) func(K) V {
	m := map[K]V{}
	return func(k K) V {
		if v, ok := m[k]; ok {
			return v
		}
		v := f(k)
		m[k] = v
		return v
	}
}
func Pipe[T any](fs ...func(T) T) func(T) T {
	return func(v T) T {
		for _, f := range fs {
			v = f(v)
		}
		return v
	}
}
func Zip[A, B any](a []A, b []B) []struct {
	L A
	R B
} {
	var out []struct {
		L A
		R B
	}
	for i := range min(len(a), len(b)) {
		out = append(out, struct {
			L A
			R B
		}{a[i], b[i]})
	}
	return out
}
func Fold[A, B any](l []A, z B, f func(B, A) B) B {
	for _, x := range l {
		z = f(z, x)
	}
	return z
}
func Drain[T any](c chan T) (out []T) {
	for {
		select {
		case v := <-c:
			out = append(out, v)
		default:
			return
		}
	}
}

func main() {
	n := 0
	sq := Memo(func(x int) int { n++; return x * x })
	fmt.Println(sq(3), sq(3), n, Pipe(func(s string) string { return s + "a" }, func(s string) string { return s + "b" })("x"))
	fmt.Println(Zip([]int{1, 2, 3}, []string{"a", "b"}), Fold([]int{1, 2, 3}, "", func(s string, i int) string { return fmt.Sprint(s, i) }))
	c := make(chan int, 3)
	c <- 1
	c <- 2
	fmt.Println(Drain(c))
}
