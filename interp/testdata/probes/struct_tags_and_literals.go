// Literals of structs.
package main

import (
	"fmt"
)

type a struct {
	X, Y int `json:"x"`
	Z    string
}
type b struct {
	A   a
	P   *a
	L   []a
	M   map[string]a
	Arr [2]a
	LP  []*a
	MP  map[a]*a
}

func main() {
	v := b{A: a{1, 2, "z"}, P: &a{X: 5}, L: []a{{}, {Z: "q"}}, M: map[string]a{"k": {Y: 7}}, Arr: [2]a{1: {X: 9}}, LP: []*a{{X: 1}, nil}, MP: map[a]*a{{X: 3}: {Y: 4}}}
	fmt.Println(v.A, v.P.X, v.L, v.M, v.Arr, v.LP[0].X, v.LP[1] == nil, v.MP[a{X: 3}].Y)
	fmt.Println(b{}.A, (&b{}).P == nil, a{Z: "only"})
}
