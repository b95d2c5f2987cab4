// Converting between struct types.
package main

import (
	"fmt"
)

type a struct {
	X int
	Y string
}
type b struct {
	X int
	Y string
}
type c struct {
	X int `json:"x"`
	Y string
}

func (v b) String() string { return "b:" + v.Y }

func main() {
	v := a{1, "y"}
	w := b(v)
	fmt.Println(v, w, a(w) == v)
	u := struct {
		X int
		Y string
	}{2, "u"}
	v = u
	fmt.Println(v, b(u), a(c{3, "c"}))
	p := (*b)(&v)
	p.X = 50
	fmt.Println(v.X, p)
}
