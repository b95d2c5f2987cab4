// Generic types inside others.
package main

import (
	"fmt"
)

type Base[T any] struct {
	val T
	log []string
}

func (b *Base[T]) Set(v T) { b.val = v; b.log = append(b.log, fmt.Sprintf("set %v", v)) }
func (b Base[T]) Get() T   { return b.val }

type Named struct {
	Base[int]
	name string
}
type Both[A, B any] struct {
	Base[A]
	Other Base[B]
}
type Getter[T any] interface{ Get() T }

func Read[T any](g Getter[T]) T { return g.Get() }

func main() {
	n := Named{name: "n"}
	n.Set(5)
	fmt.Println(n.Get(), n.val, n.log, Read[int](n))
	var b Both[string, []int]
	b.Set("s")
	b.Other.Set([]int{1})
	fmt.Println(b.Get(), b.Other.Get(), Read[string](b), len(b.log))
	var g Getter[int] = n
	fmt.Println(g.Get())
	fmt.Printf("%T %T\n", b.Base, g)
}
