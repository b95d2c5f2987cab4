// Pointers to all kinds of things.
package main

import "fmt"

type t struct {
	n    int
	next *t
	arr  [3]int
}

func swap(a, b *int)        { *a, *b = *b, *a }
func setp(p **int, q *int)  { *p = q }
func grow(s *[]int)         { *s = append(*s, 1, 2) }
func put(m *map[string]int) { (*m)["k"] = 1 }

func main() {
	a, b := 1, 2
	swap(&a, &b)
	fmt.Println(a, b)
	p := &a
	setp(&p, &b)
	*p = 10
	fmt.Println(a, b, *p, p == &b, p != &a)
	var s []int
	grow(&s)
	m := map[string]int{}
	put(&m)
	fmt.Println(s, m)
	x := t{n: 1}
	pn := &x.n
	*pn += 5
	pa := &x.arr[1]
	*pa = 7
	x.next = &t{n: 2}
	x.next.next = &x
	fmt.Println(x.n, x.arr, x.next.next.n, x.next.next == &x)
	q := &s[1]
	*q = 50
	fmt.Println(s)
	y := x
	y.arr[0] = 1
	(*&y).n++
	fmt.Println(x.arr, y.arr, y.n)
	np := new(int)
	*np++
	pp := &np
	**pp += 2
	fmt.Println(*np)
	var nilp *t
	fmt.Println(nilp == nil)
	ps := []*t{{n: 1}, {n: 2}}
	for _, e := range ps {
		e.n *= 10
	}
	fmt.Println(ps[0].n, ps[1].n)
	st := struct{ p *int }{&a}
	*st.p = 77
	fmt.Println(a)
	type inner struct{ v int }
	type outer struct{ *inner }
	o := outer{&inner{1}}
	o.v = 9
	fmt.Println(o.inner.v)
	arrp := &[3]int{1, 2, 3}
	for i, v := range arrp {
		arrp[i] = v * 2
	}
	sl := arrp[1:]
	sl[0] = 100
	fmt.Println(*arrp, len(arrp), cap(sl))
	e := new(t)
	e.n = 3
	fmt.Println(*e == t{n: 3}, e.next == nil)
}
