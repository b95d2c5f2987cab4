// Text and runes.
package main

import (
	"fmt"
	"unicode"
	"unicode/utf8"
)

func reverse(s string) string {
	r := []rune(s)
	for i, j := 0, len(r)-1; i < j; i, j = i+1, j-1 {
		r[i], r[j] = r[j], r[i]
	}
	return string(r)
}

func main() {
	s := "héllo, 世界\xff"
	fmt.Println(len(s), utf8.RuneCountInString(s), utf8.ValidString(s), reverse("héllo"))
	r, n := utf8.DecodeRuneInString("世")
	fmt.Println(r, n, string(r), utf8.RuneLen('é'), utf8.AppendRune(nil, 'é'))
	fmt.Println(unicode.IsLetter('é'), unicode.IsSpace('\t'), unicode.ToUpper('ß'), unicode.Is(unicode.Han, '世'))
	b := []byte("abc")
	b[0] = 'X'
	fmt.Println(string(b), s[1], s[1:3], s[:1]+"x", "a" < "b", "abc"[1], string(rune(0x4e16)))
	for i := 0; i < 3; i++ {
		fmt.Printf("%c %x ", s[i], s[i])
	}
	fmt.Printf("%q %+q %x\n", s, s, "é")
	var r2 rune = 'a'
	r2 += 2
	fmt.Println(r2, string(r2), 'a'+1, `raw\n`, "tab\tend", '\'', "\u00e9\U0001F600")
	fmt.Println([]byte("é"), []rune("é!"), string([]rune{72, 105}), string([]byte{72, 105}))
	const c = "const"
	fmt.Println(c[0], len(c), c[1:])
}
