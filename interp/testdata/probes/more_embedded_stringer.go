// Embedded Stringers and errors.
package main

import (
	"errors"
	"fmt"
)

type n struct{ s string }

func (x n) String() string { return "n:" + x.s }

type o struct {
	n
	k int
}
type q struct {
	*n
	k int
}
type er struct {
	error
	code int
}
type both struct {
	n
	er
}

func main() {
	fmt.Println(o{n{"a"}, 1}, &o{n{"b"}, 2}, q{&n{"c"}, 3}, []o{{n{"d"}, 4}})
	fmt.Printf("%v %+v %s %d\n", o{n{"e"}, 5}, o{n{"f"}, 6}, o{n{"g"}, 7}, o{n{"h"}, 8}.k)
	e := er{errors.New("inner"), 7}
	fmt.Println(e, e.Error(), errors.Is(fmt.Errorf("w %w", e), e))
	var err error = e
	var t er
	fmt.Println(errors.As(err, &t), t.code)
	fmt.Println(o{n{"z"}, 0}.String(), both{n{"x"}, e}.code)
	fmt.Printf("%v\n", struct {
		A n
		B error
	}{n{"in"}, err})
}
