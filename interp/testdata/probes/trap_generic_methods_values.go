// Method values of generic types.
package main

import (
	"fmt"
)

type box[T any] struct {
	v    T
	subs []func(T)
}

func (b *box[T]) Set(v T) {
	b.v = v
	for _, s := range b.subs {
		s(v)
	}
}
func (b *box[T]) On(f func(T)) *box[T] { b.subs = append(b.subs, f); return b }
func (b box[T]) Get() T                { return b.v }

type getter[T any] interface{ Get() T }
type pair[A, B any] struct {
	a box[A]
	b *box[B]
}

func mk[A, B any](a A, b B) pair[A, B] { return pair[A, B]{box[A]{v: a}, &box[B]{v: b}} }
func all[T any](g ...getter[T]) (out []T) {
	for _, x := range g {
		out = append(out, x.Get())
	}
	return
}

func main() {
	b := (&box[int]{}).On(func(n int) { fmt.Print("got ", n, " ") })
	set := b.Set
	set(4)
	get := b.Get
	set(5)
	fmt.Println(get(), b.Get())
	f := (*box[int]).Set
	f(b, 6)
	p := mk("x", 2.5)
	p.b.Set(3.5)
	q := p
	q.a.Set("y")
	fmt.Println(p.a.Get(), q.a.Get(), q.b.Get(), all[int](b, box[int]{v: 9}))
	var g getter[float64] = p.b
	fmt.Printf("%T %v %T\n", g, g.Get(), p)
	m := map[string]getter[string]{"a": p.a}
	fmt.Println(m["a"].Get())
}
