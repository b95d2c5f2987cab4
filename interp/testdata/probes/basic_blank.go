// The blank identifier.
package main

import (
	"fmt"
)

type i interface{ m() }
type t struct{}

func (t) m() {}

var _ i = t{}
var _ = fmt.Sprint()

func f(_ int, _ string) (_ int, err error) { return 1, nil }

func main() {
	_, err := f(1, "x")
	for _, v := range []int{1} {
		_ = v
	}
	for range 2 {
	}
	var _ int = 5
	_ = err
	x, _ := f(2, "")
	fmt.Println(x, err)
	type s struct {
		_ int
		a int
	}
	fmt.Println(s{a: 1}.a)
}
