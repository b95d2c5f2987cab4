// Names of packages, types and functions reused.
package main

import (
	"fmt"
	"strings"
)

type string_ string

var len_ = 5

func new(n int) int { return n * 2 }

type T struct{ T int }

func (t T) t() T { return t }

func main() {
	fmt.Println(new(4), T{1}.t().T)
	strings := strings.ToUpper("x")
	fmt.Println(strings)
	func() { fmt := "shadow"; _ = fmt }()
	T := T{T: 3}
	fmt.Println(T.T)
	nil := 5
	fmt.Println(nil)
	var error string = "e"
	cap := func() int { return 1 }
	fmt.Println(error, cap(), len_, string_("q"))
	for fmt := range 1 {
		_ = fmt
	}
	if true := 1 > 2; !true {
		fmt.Println("odd")
	}
}
