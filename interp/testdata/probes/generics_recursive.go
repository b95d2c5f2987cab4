// Generic containers that refer to themselves.
package main

import (
	"fmt"
	"iter"
	"strings"
)

type node[T any] struct {
	val  T
	next *node[T]
}
type linked[T any] struct {
	head, tail *node[T]
	n          int
}

func (l *linked[T]) push(v T) *linked[T] {
	x := &node[T]{val: v}
	if l.tail == nil {
		l.head, l.tail = x, x
	} else {
		l.tail.next = x
		l.tail = x
	}
	l.n++
	return l
}
func (l *linked[T]) all() iter.Seq2[int, T] {
	return func(yield func(int, T) bool) {
		i := 0
		for n := l.head; n != nil; n = n.next {
			if !yield(i, n.val) {
				return
			}
			i++
		}
	}
}
func mapSeq[A, B any](seq iter.Seq2[int, A], f func(A) B) []B {
	var out []B
	for _, v := range seq {
		out = append(out, f(v))
	}
	return out
}

type cache[K comparable, V any] struct {
	data  map[K]*entry[K, V]
	order []K
	max   int
	onEv  func(K, V)
}
type entry[K comparable, V any] struct {
	key K
	val V
}

func newCache[K comparable, V any](max int, f func(K, V)) *cache[K, V] {
	return &cache[K, V]{data: make(map[K]*entry[K, V]), max: max, onEv: f}
}
func (c *cache[K, V]) put(k K, v V) {
	if _, ok := c.data[k]; !ok {
		if len(c.order) == c.max {
			old := c.data[c.order[0]]
			delete(c.data, old.key)
			c.order = c.order[1:]
			c.onEv(old.key, old.val)
		}
		c.order = append(c.order, k)
	}
	c.data[k] = &entry[K, V]{k, v}
}

type result[T any] struct {
	val T
	err error
}

func try[T any](f func() (T, error)) (r result[T]) {
	defer func() {
		if x := recover(); x != nil {
			r.err = fmt.Errorf("panic: %v", x)
		}
	}()
	v, err := f()
	return result[T]{v, err}
}

func main() {
	var l linked[string]
	l.push("a").push("b").push("c")
	for i, v := range l.all() {
		fmt.Print(i, v, " ")
	}
	fmt.Println(mapSeq(l.all(), strings.ToUpper), mapSeq(l.all(), func(s string) int { return len(s) }))
	c := newCache(2, func(k string, v int) { fmt.Println("evicted", k, v) })
	c.put("x", 1)
	c.put("y", 2)
	c.put("x", 3)
	c.put("z", 4)
	fmt.Println(c.data["z"].val, len(c.data), c.data["x"] == nil)
	fmt.Println(try(func() (int, error) { return 5, nil }))
	r := try(func() (string, error) { panic("boom") })
	fmt.Println(r.val == "", r.err)
	type pair[A, B any] struct {
		a A
		b B
	}
	fmt.Printf("%v %+v\n", pair[int, string]{1, "x"}, pair[bool, []int]{true, nil})
}
