// Names of generic types, of anonymous structs, and generic methods.
package main

import "fmt"

type nested struct {
	a struct{ b []struct{ c int } }
	m map[string]struct{ x int }
	f func()
	p *int
	i interface{ Foo() }
}
type Celsius float64
type Temp interface{ ~float64 }

func avg[T Temp](ts ...T) T {
	var s T
	for _, t := range ts {
		s += t
	}
	return s / T(len(ts))
}

type ID[T any] string
type Pair[A, B any] struct {
	A A
	B B
}
type Num interface{ int | float64 }
type Vec[T Num] []T

func (v Vec[T]) Dot(o Vec[T]) (r T) {
	for i := range v {
		r += v[i] * o[i]
	}
	return
}
func MapKV[K comparable, V any, R any](m map[K]V, f func(K, V) R) (out []R) {
	for k, v := range m {
		out = append(out, f(k, v))
	}
	return
}
func Must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
func parse(s string) (int, error) {
	var n int
	_, err := fmt.Sscanf(s, "%d", &n)
	return n, err
}

func main() {
	n := nested{}
	n.a.b = append(n.a.b, struct{ c int }{3})
	n.m = map[string]struct{ x int }{"k": {1}}
	fmt.Printf("%v\n%+v\n%T\n", n, n, n)
	fmt.Printf("%#v\n", n)
	fmt.Println(avg(Celsius(1), 2, 4.5), avg(1.0, 2))
	fmt.Printf("%T %T %T\n", ID[int]("x"), Pair[string, []Celsius]{}, Pair[Pair[int, error], any]{})
	fmt.Printf("%v %+v %#v\n", Pair[int, string]{1, "a"}, Pair[int, ID[int]]{1, "a"}, Pair[int, ID[int]]{1, "a"})
	fmt.Println(Vec[int]{1, 2}.Dot(Vec[int]{3, 4}), Vec[float64]{.5}.Dot([]float64{4}))
	fmt.Println(MapKV(map[string]int{"a": 1}, func(k string, v int) string { return fmt.Sprint(k, v) }))
	fmt.Println(Must(parse("12")))
	defer func() { r := recover(); fmt.Printf("%T %v\n", r, r); _, isErr := r.(error); fmt.Println(isErr) }()
	Must(parse("zz"))
}
