// Untyped rune constants of compiled packages.
package main

import (
	"fmt"
	"unicode"
	"unicode/utf8"
)

func main() {
	r := utf8.RuneError
	fmt.Printf("%T %v %q %T\n", r, r, r, unicode.MaxRune)
	for _, c := range "a\xff" {
		fmt.Print(c == r, c == utf8.RuneError, " ")
	}
	fmt.Println(string(r), unicode.MaxASCII, utf8.RuneSelf)
}
