// Strings are immutable and comparable.
package main

import (
	"fmt"
)

func main() {
	s := "a"
	t := s
	s += "b"
	for range 3 {
		s += string("xyz"[len(s)%3])
	}
	fmt.Println(s, t, s > t, s[1:3], s[len(s)-1:], len(s), s == "ab"+"xyx"[:0])
	b := []byte(s)
	b[0] = 'Z'
	fmt.Println(s, string(b))
	var e string
	fmt.Println(e == "", len(e), e+"x" < "y")
	multi := `line1
line2 "q"`
	fmt.Println(multi, len(multi))
}
