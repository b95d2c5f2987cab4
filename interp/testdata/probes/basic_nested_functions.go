// Functions in functions.
package main

import (
	"fmt"
)

func main() {
	outer := func(n int) func() int {
		inner := func(m int) int { return m * n }
		return func() int { n++; return inner(10) }
	}
	f := outer(2)
	fmt.Println(f(), f())
	var even, odd func(int) bool
	even = func(n int) bool {
		if n == 0 {
			return true
		}
		return odd(n - 1)
	}
	odd = func(n int) bool {
		if n == 0 {
			return false
		}
		return even(n - 1)
	}
	fmt.Println(even(10), odd(7), even(3))
}
