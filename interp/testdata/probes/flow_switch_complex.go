// Switches with calls, types and strings.
package main

import (
	"fmt"
	"strings"
)

type op int

const (
	add op = iota
	sub
	mul
)

func (o op) apply(a, b int) int {
	switch o {
	case add:
		return a + b
	case sub:
		return a - b
	}
	return a * b
}

func main() {
	for _, s := range []string{"GET /x", "POST /y", "", "DELETE"} {
		switch m, rest, ok := strings.Cut(s, " "); {
		case !ok && m == "":
			fmt.Print("empty;")
		case m == "GET", m == "HEAD":
			fmt.Print("read ", rest, ";")
		case strings.HasPrefix(m, "P"):
			fmt.Print("write;")
		default:
			fmt.Print("other ", m, ";")
		}
	}
	fmt.Println(add.apply(1, 2), sub.apply(1, 2), mul.apply(3, 4))
	switch x := 5; {
	case x > 3:
		fmt.Print("a ")
		if x == 5 {
			break
		}
		fmt.Print("no")
	case x > 1:
		fmt.Print("b")
	}
	for i := 0; i < 3; i++ {
		switch i {
		case 1:
			continue
		case 2:
			break
		default:
			fmt.Print("d")
		}
		fmt.Print(i, " ")
	}
	fmt.Println()
}
