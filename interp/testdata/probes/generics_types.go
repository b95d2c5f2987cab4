// Types with type parameters.
package main

import (
	"cmp"
	"errors"
	"fmt"
)

type Stack[T any] struct{ items []T }

func (s *Stack[T]) Push(v T) { s.items = append(s.items, v) }
func (s *Stack[T]) Len() int { return len(s.items) }
func (s *Stack[T]) Pop() (T, error) {
	var zero T
	if len(s.items) == 0 {
		return zero, errors.New("empty")
	}
	v := s.items[len(s.items)-1]
	s.items = s.items[:len(s.items)-1]
	return v, nil
}

type Pair[K comparable, V any] struct {
	Key K
	Val V
}

func (p Pair[K, V]) String() string { return fmt.Sprintf("%v=>%v", p.Key, p.Val) }

type Tree[T cmp.Ordered] struct {
	left, right *Tree[T]
	val         T
}

func (t *Tree[T]) Insert(v T) *Tree[T] {
	if t == nil {
		return &Tree[T]{val: v}
	}
	switch c := cmp.Compare(v, t.val); {
	case c < 0:
		t.left = t.left.Insert(v)
	case c > 0:
		t.right = t.right.Insert(v)
	}
	return t
}

func (t *Tree[T]) Each(f func(T)) {
	if t != nil {
		t.left.Each(f)
		f(t.val)
		t.right.Each(f)
	}
}

type List[T any] []Pair[string, T]

func main() {
	var s Stack[string]
	s.Push("a")
	s.Push("b")
	v, err := s.Pop()
	fmt.Println(v, err, s.Len())
	_, _ = s.Pop()
	_, err = s.Pop()
	fmt.Println(err)
	fmt.Println(Pair[string, int]{"a", 1}, &Pair[int, bool]{2, true})
	fmt.Printf("%T %T\n", s, Pair[string, []int]{})
	var t *Tree[string]
	for _, w := range []string{"m", "c", "x", "c", "a"} {
		t = t.Insert(w)
	}
	t.Each(func(s string) { fmt.Print(s, " ") })
	fmt.Println()
	l := List[float64]{{"x", 1.5}, {"y", 2.5}}
	fmt.Println(l, len(l), l[1].Val)
}
