// Methods on nil.
package main

import (
	"fmt"
)

type l struct {
	v    int
	next *l
}

func (x *l) sum() int {
	if x == nil {
		return 0
	}
	return x.v + x.next.sum()
}

type m map[string]int

func (x m) get(k string) int { return x[k] }

type s []int

func (x s) n() int { return len(x) }

type i interface{ sum() int }

func main() {
	var x *l
	fmt.Println(x.sum(), (&l{1, &l{2, nil}}).sum(), m(nil).get("a"), s(nil).n())
	var y i = x
	fmt.Println(y.sum(), y != nil)
}
