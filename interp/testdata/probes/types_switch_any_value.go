// Switching over the value of an any.
package main

import "fmt"

type level string

func f(v any) string {
	switch v {
	case "x":
		return "string x"
	case level("x"):
		return "level x"
	case 1:
		return "one"
	case nil:
		return "nil"
	case true:
		return "yes"
	}
	return "none"
}

func main() {
	fmt.Println(f("x"), f(level("x")), f(1), f(nil), f(true), f(2), f(1.0))
}
