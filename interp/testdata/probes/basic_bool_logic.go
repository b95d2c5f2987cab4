// Booleans.
package main

import (
	"fmt"
)

type flag bool

func main() {
	a, b := true, false
	fmt.Println(a && b, a || b, !a, a != b, a == !b)
	var f flag = true
	f = f && flag(b)
	fmt.Println(f, !f)
	c := 5 > 3 == true
	fmt.Println(c)
}
