// Mistakes in formats.
package main

import (
	"fmt"
)

type t struct {
	a int
	b string
}

func main() {
	fmt.Printf("%d %s %z\n", t{1, "x"}, t{2, "y"}, 5)
	fmt.Printf("%d\n")
	fmt.Printf("%s %s\n", 1)
	fmt.Printf("%[3]d\n", 1)
	fmt.Printf("%.2d|%!|%\n", 5)
	fmt.Printf("no args", 1, "a")
	fmt.Println()
	fmt.Printf("%v %v\n", t{}, &t{3, "p"})
	fmt.Println(fmt.Errorf("%d %w", 1, fmt.Errorf("in")), fmt.Sprintf("%s", nil), fmt.Sprintf("%d", "s"))
}
