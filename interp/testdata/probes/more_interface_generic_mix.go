// Interfaces with type parameters.
package main

import (
	"errors"
	"fmt"
	"sort"
	"strings"
)

type Store[K comparable, V any] interface {
	Get(K) (V, error)
	Put(K, V)
	Each(func(K, V))
}
type mem[K comparable, V any] struct {
	m     map[K]V
	order []K
}

func newMem[K comparable, V any]() Store[K, V] { return &mem[K, V]{m: map[K]V{}} }

var errMissing = errors.New("missing")

func (s *mem[K, V]) Get(k K) (V, error) {
	v, ok := s.m[k]
	if !ok {
		return v, fmt.Errorf("%v: %w", k, errMissing)
	}
	return v, nil
}
func (s *mem[K, V]) Put(k K, v V) {
	if _, ok := s.m[k]; !ok {
		s.order = append(s.order, k)
	}
	s.m[k] = v
}
func (s *mem[K, V]) Each(f func(K, V)) {
	for _, k := range s.order {
		f(k, s.m[k])
	}
}

type cached[K comparable, V any] struct {
	Store[K, V]
	hits int
}

func (c *cached[K, V]) Get(k K) (V, error)           { c.hits++; return c.Store.Get(k) }
func Copy[K comparable, V any](dst, src Store[K, V]) { src.Each(dst.Put) }

type less[T any] interface{ Less(T) bool }
type ver struct{ a, b int }

func (v ver) Less(o ver) bool { return v.a < o.a || v.a == o.a && v.b < o.b }
func Sort[T less[T]](s []T)   { sort.Slice(s, func(i, j int) bool { return s[i].Less(s[j]) }) }
func Max[T less[T]](s ...T) (m T) {
	for i, x := range s {
		if i == 0 || m.Less(x) {
			m = x
		}
	}
	return
}

func main() {
	s := newMem[string, int]()
	s.Put("a", 1)
	s.Put("b", 2)
	c := &cached[string, int]{Store: s}
	v, err := c.Get("a")
	_, err2 := c.Get("zz")
	fmt.Println(v, err, err2, errors.Is(err2, errMissing), c.hits)
	d := newMem[string, int]()
	Copy[string, int](d, c)
	var parts []string
	d.Each(func(k string, v int) { parts = append(parts, fmt.Sprint(k, v)) })
	fmt.Println(strings.Join(parts, ","))
	vs := []ver{{1, 2}, {0, 5}, {1, 0}}
	Sort(vs)
	fmt.Println(vs, Max(vs...), Max[ver]())
	var x Store[string, int] = c
	_, ok := x.(*cached[string, int])
	_, no := x.(*mem[string, int])
	fmt.Println(ok, no)
	fmt.Printf("%T\n", x)
}
