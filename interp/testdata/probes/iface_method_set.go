// Which types implement what.
package main

import (
	"fmt"
)

type r interface{ R() }
type w interface{ W() }
type rw interface {
	r
	w
}
type t struct{}

func (t) R()  {}
func (*t) W() {}

func main() {
	check := func(v any) { _, a := v.(r); _, b := v.(w); _, c := v.(rw); fmt.Print(a, b, c, " ") }
	check(t{})
	check(&t{})
	check(5)
	check(nil)
	fmt.Println()
	var x rw = &t{}
	x.R()
	x.W()
	var y r = x
	_, ok := y.(rw)
	fmt.Println(ok)
}
