// Generics in odd corners.
package main

import (
	"cmp"
	"errors"
	"fmt"
	"sort"
)

type Num interface{ ~int | ~float64 }
type Named[T any] struct {
	Name string
	Val  T
}
type Alias = Named[int]
type Pair[A, B any] struct {
	A A
	B B
}

func (p Pair[A, B]) Swap() Pair[B, A] { return Pair[B, A]{p.B, p.A} }

type Tree[K cmp.Ordered, V any] struct {
	root *tn[K, V]
	size int
}
type tn[K cmp.Ordered, V any] struct {
	k    K
	v    V
	l, r *tn[K, V]
}

func (t *Tree[K, V]) Put(k K, v V) {
	p := &t.root
	for *p != nil {
		switch {
		case k < (*p).k:
			p = &(*p).l
		case k > (*p).k:
			p = &(*p).r
		default:
			(*p).v = v
			return
		}
	}
	*p = &tn[K, V]{k: k, v: v}
	t.size++
}
func (t *Tree[K, V]) Walk(f func(K, V) bool) {
	var w func(*tn[K, V]) bool
	w = func(n *tn[K, V]) bool { return n == nil || w(n.l) && f(n.k, n.v) && w(n.r) }
	w(t.root)
}
func MapKV[K comparable, V, R any](m map[K]V, f func(K, V) R) []R {
	var out []R
	for k, v := range m {
		out = append(out, f(k, v))
	}
	return out
}
func Must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
func Apply[T any, F ~func(T) T](v T, fs ...F) T {
	for _, f := range fs {
		v = f(v)
	}
	return v
}

type inc func(int) int

func Count[T comparable](s ...T) map[T]int {
	m := make(map[T]int)
	for _, x := range s {
		m[x]++
	}
	return m
}

type Stringish interface {
	~string
	Len() int
}
type S string

func (s S) Len() int { return len(s) }
func Total[T Stringish](s []T) (n int, all string) {
	for _, x := range s {
		n += x.Len()
		all += string(x)
	}
	return
}
func Default[T comparable](v, d T) T {
	var z T
	if v == z {
		return d
	}
	return v
}
func SortKeys[M ~map[K]V, K cmp.Ordered, V any](m M) []K {
	ks := make([]K, 0, len(m))
	for k := range m {
		ks = append(ks, k)
	}
	sort.Slice(ks, func(i, j int) bool { return ks[i] < ks[j] })
	return ks
}

func main() {
	fmt.Println(Pair[int, string]{1, "x"}.Swap().A, Alias{"n", 5}, Named[[]string]{Val: []string{"q"}})
	var t Tree[string, int]
	for i, k := range []string{"m", "c", "x", "a", "m"} {
		t.Put(k, i)
	}
	t.Walk(func(k string, v int) bool { fmt.Print(k, v, " "); return k != "m" })
	fmt.Println(t.size, MapKV(map[string]int{"a": 1}, func(k string, v int) string { return fmt.Sprint(k, v) }))
	fmt.Println(Apply(1, inc(func(i int) int { return i + 1 }), func(i int) int { return i * 5 }), Count("a", "b", "a"), Default("", "d"), Default(3, 4), SortKeys(map[S]bool{"b": true, "a": false}))
	fmt.Println(Total([]S{"ab", "c"}))
	func() { defer func() { fmt.Println("must:", recover()) }(); Must(0, errors.New("bad")) }()
	fmt.Println(Must(fmt.Sprint("ok"), nil))
	type local struct{ x int }
	fmt.Println(Count(local{1}, local{1}), Pair[local, *local]{local{2}, nil}.A.x)
	fmt.Printf("%T %T %v\n", Pair[int, S]{}, t.root, Named[Pair[int, bool]]{"n", Pair[int, bool]{1, true}})
}
