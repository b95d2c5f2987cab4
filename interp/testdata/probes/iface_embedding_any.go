// An interface field, replaced at run time.
package main

import (
	"fmt"
)

type st interface {
	next() st
	name() string
}
type a struct{}
type b struct{ n int }

func (a) next() st     { return b{1} }
func (a) name() string { return "a" }
func (x b) next() st {
	if x.n > 2 {
		return nil
	}
	return b{x.n + 1}
}
func (x b) name() string { return fmt.Sprint("b", x.n) }

type m struct {
	cur  st
	hist []st
}

func main() {
	x := m{cur: a{}}
	for x.cur != nil {
		x.hist = append(x.hist, x.cur)
		x.cur = x.cur.next()
	}
	for _, s := range x.hist {
		fmt.Print(s.name(), " ")
	}
	fmt.Println(len(x.hist), x.cur == nil, x.hist[0] == st(a{}), x.hist[1] == st(b{1}))
}
