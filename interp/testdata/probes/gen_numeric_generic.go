// Arithmetic over type sets.
package main

import (
	"fmt"
)

type Num interface {
	~int | ~int8 | ~uint8 | ~float32 | ~float64
}

func Sum[T Num](s []T) (t T) {
	for _, v := range s {
		t += v
	}
	return
}
func Avg[T Num](s []T) float64 { return float64(Sum(s)) / float64(len(s)) }
func Conv[A, B Num](a A) B     { return B(a) }
func Pow[T Num](x T, n int) T {
	r := T(1)
	for range n {
		r *= x
	}
	return r
}

type Vec[T Num] []T

func (v Vec[T]) Dot(o Vec[T]) (s T) {
	for i := range v {
		s += v[i] * o[i]
	}
	return
}

type temp float64

func main() {
	fmt.Println(Sum([]int8{100, 27, 1}), Sum([]uint8{200, 100}), Sum([]temp{1.5, 2}), Avg([]int{1, 2}), Conv[float64, int](3.9), Conv[int, uint8](300), Pow(2, 10), Pow(1.5, 2))
	fmt.Println(Vec[int]{1, 2}.Dot(Vec[int]{3, 4}), Vec[float32]{0.5}.Dot(Vec[float32]{4}))
}
