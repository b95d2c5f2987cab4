// new with a value.
package main

import (
	"fmt"
)

type t struct{ n int }

func main() {
	p := new(42)
	q := new("s")
	*p++
	r := new(t{5})
	r.n++
	var ps []*int
	for i := range 3 {
		ps = append(ps, new(i*i))
	}
	fmt.Println(*p, *q, *r, *ps[0], *ps[2], *new(int), new([]int{1}) != nil, *new(fmt.Sprint(1)))
}
