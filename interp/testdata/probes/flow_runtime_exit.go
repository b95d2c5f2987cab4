// An unrecovered run-time error ends the program.
package main

import (
	"fmt"
)

func main() {
	defer fmt.Println("deferred")
	x := []int{1}
	i := 2
	fmt.Println("start")
	fmt.Println(x[i])
}
