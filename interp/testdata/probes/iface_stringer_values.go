// Stringer with value and pointer receivers.
package main

import (
	"fmt"
)

type v struct{ n int }

func (x v) String() string { return fmt.Sprintf("v%d", x.n) }

type w struct{ n int }

func (x *w) String() string { return fmt.Sprintf("w%d", x.n) }

type h struct {
	V  v
	W  w
	PV *v
	PW *w
}

func main() {
	fmt.Println(v{1}, &v{2}, w{3}, &w{4})
	fmt.Printf("%v %s %+v\n", v{1}, &v{2}, []any{v{3}, &w{4}})
	fmt.Println(map[string]v{"a": {5}}, []*w{{6}})
	x := h{V: v{7}, W: w{8}}
	fmt.Printf("%v %+v\n", x, x)
	var s fmt.Stringer = &w{9}
	fmt.Println(s, s.String())
	if st, ok := any(w{1}).(fmt.Stringer); ok {
		fmt.Println(st)
	} else {
		fmt.Println("w is none")
	}
}
