// An unrecovered panic ends the program.
package main

import (
	"fmt"
)

func g() { defer fmt.Println("deferred runs"); panic("bye") }

func main() {
	fmt.Println("before")
	g()
	fmt.Println("never")
}
