// print and println go to stderr.
package main

import (
	"fmt"
)

func main() {
	println("not on stdout", 1)
	print("neither")
	fmt.Println("only this")
}
