// Containers.
package main

import (
	"container/heap"
	"container/list"
	"container/ring"
	"fmt"
)

type item struct {
	name string
	prio int
	idx  int
}
type queue []*item

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return q[i].prio > q[j].prio }
func (q queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i]; q[i].idx, q[j].idx = i, j }
func (q *queue) Push(x any)        { it := x.(*item); it.idx = len(*q); *q = append(*q, it) }
func (q *queue) Pop() any {
	old := *q
	n := len(old)
	it := old[n-1]
	*q = old[:n-1]
	return it
}

type ints []int

func (h ints) Len() int           { return len(h) }
func (h ints) Less(i, j int) bool { return h[i] < h[j] }
func (h ints) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *ints) Push(x any)        { *h = append(*h, x.(int)) }
func (h *ints) Pop() any {
	o := *h
	x := o[len(o)-1]
	*h = o[:len(o)-1]
	return x
}

func main() {
	q := &queue{}
	heap.Init(q)
	for i, n := range []string{"low", "high", "mid"} {
		heap.Push(q, &item{name: n, prio: []int{1, 9, 5}[i]})
	}
	it := (*q)[2]
	it.prio = 100
	heap.Fix(q, it.idx)
	for q.Len() > 0 {
		x := heap.Pop(q).(*item)
		fmt.Print(x.name, x.prio, " ")
	}
	h := &ints{5, 2, 8}
	heap.Init(h)
	heap.Push(h, 1)
	fmt.Println(heap.Pop(h), heap.Pop(h), *h)
	l := list.New()
	l.PushBack(item{name: "x"})
	l.PushFront("front")
	l.InsertAfter(3, l.Front())
	for e := l.Front(); e != nil; e = e.Next() {
		switch v := e.Value.(type) {
		case item:
			fmt.Print("item ", v.name, " ")
		default:
			fmt.Print(v, " ")
		}
	}
	fmt.Println(l.Len())
	r := ring.New(3)
	for i := range 3 {
		r.Value = i
		r = r.Next()
	}
	r.Do(func(v any) { fmt.Print(v, " ") })
	fmt.Println()
}
