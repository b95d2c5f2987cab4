// Conversions copy.
package main

import (
	"fmt"
)

func main() {
	b := []byte("hello")
	s := string(b)
	b[0] = 'J'
	fmt.Println(s, string(b))
	r := []rune(s)
	r[1] = 'é'
	fmt.Println(s, string(r), len(string(r)))
	m := map[string]int{string(b): 1}
	b[0] = 'x'
	fmt.Println(m, m["Jello"])
	bb := [][]byte{[]byte("a"), b[1:3]}
	b[1] = 'Z'
	fmt.Printf("%s %q\n", bb, bb)
	t := s[1:3]
	fmt.Println(t, t == "el", s[len(s)-1] == 'o', string(s[0])+"x")
	for i, c := range []byte("hé") {
		fmt.Print(i, c, " ")
	}
	fmt.Println(append([]byte(nil), "xyz"[1:]...), []byte("") == nil, len([]rune("héé")))
	type bs []byte
	type str string
	fmt.Println(string(bs("ab")), str(bs("cd")), []byte(str("ef")), bs(str("g")))
}
