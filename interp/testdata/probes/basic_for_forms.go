// Loops.
package main

import (
	"fmt"
)

func main() {
	i := 0
	for i < 3 {
		i++
	}
	for {
		i++
		if i > 5 {
			break
		}
	}
	for i, j := 0, 10; i < j; i, j = i+1, j-2 {
		fmt.Print(i, j, " ")
	}
	for ; i < 8; i++ {
		if i%2 == 0 {
			continue
		}
		fmt.Print(i, " ")
	}
	for i := range 3 {
		for j := range i {
			fmt.Print(i*j, ";")
		}
	}
	fmt.Println(i)
}
