// Fallthrough chains.
package main

import (
	"fmt"
)

func f(n int) (s string) {
	switch n {
	case 0:
		s += "0"
		fallthrough
	case 1:
		s += "1"
		fallthrough
	case 2:
		s += "2"
	case 3:
		s += "3"
		fallthrough
	default:
		s += "d"
	}
	return
}

func main() {
	for i := range 5 {
		fmt.Print(f(i), " ")
	}
	fmt.Println()
}
