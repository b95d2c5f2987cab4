// Slices of different things.
package main

import (
	"fmt"
)

type n interface{ v() int }
type a int

func (x a) v() int { return int(x) }

type b []n

func (x b) v() (s int) {
	for _, e := range x {
		s += e.v()
	}
	return
}

func main() {
	t := b{a(1), b{a(2), a(3)}, b{}}
	fmt.Println(t.v(), len(t), t)
	t = append(t, a(10))
	t[0] = b{a(5)}
	var x []n = t
	fmt.Println(x[0].v(), b(x[1:]).v())
	copy(x, []n{a(0)})
	fmt.Println(t.v())
	anys := []any{}
	for _, e := range t {
		anys = append(anys, e)
	}
	fmt.Println(len(anys), anys[0].(n).v())
}
