// Declaring variables.
package main

import (
	"fmt"
)

var a, b = 1, "two"
var (
	c    int
	d    = 3.5
	e, f bool
)

func main() {
	var x, y int = 1, 2
	var z = "z"
	var (
		p = 1
		q string
	)
	m, n := 5, "n"
	m, o := 6, true
	_ = o
	fmt.Println(a, b, c, d, e, f, x, y, z, p, q == "", m, n, o)
}
