// Defers in loops and their order.
package main

import (
	"fmt"
)

func f() {
	for i := range 3 {
		defer func() { fmt.Print("a", i, " ") }()
		defer func(n int) { fmt.Print("b", n, " ") }(i)
	}
	fmt.Print("body ")
}

func main() {
	f()
	fmt.Println()
	func() {
		for _, s := range []string{"x", "y"} {
			defer fmt.Print(s, " ")
		}
	}()
	fmt.Println()
}
