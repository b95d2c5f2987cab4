// A generic set.
package main

import (
	"fmt"
	"slices"
	"strings"
)

type Set[T comparable] map[T]struct{}

func Of[T comparable](v ...T) Set[T] {
	s := Set[T]{}
	for _, x := range v {
		s.Add(x)
	}
	return s
}
func (s Set[T]) Add(v T)      { s[v] = struct{}{} }
func (s Set[T]) Has(v T) bool { _, ok := s[v]; return ok }
func (s Set[T]) Union(o Set[T]) Set[T] {
	r := Of[T]()
	for k := range s {
		r.Add(k)
	}
	for k := range o {
		r.Add(k)
	}
	return r
}
func (s Set[T]) Slice(cmp func(a, b T) int) []T {
	var l []T
	for k := range s {
		l = append(l, k)
	}
	slices.SortFunc(l, cmp)
	return l
}

func main() {
	a, b := Of("x", "y"), Of("y", "z")
	u := a.Union(b)
	fmt.Println(len(u), u.Has("z"), a.Has("z"), u.Slice(strings.Compare))
	fmt.Printf("%T %v\n", a, Of(1))
}
