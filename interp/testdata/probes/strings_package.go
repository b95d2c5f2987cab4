// Package strings.
package main

import (
	"fmt"
	"strings"
	"unicode"
)

func main() {
	s := "  Hello, World  "
	fmt.Println(strings.TrimSpace(s), strings.ToUpper(s), strings.Contains(s, "World"), strings.Index(s, "o"), strings.LastIndex(s, "o"))
	fmt.Println(strings.Split("a,b,c", ","), strings.SplitN("a,b,c", ",", 2), strings.Fields(" a  b c "), strings.Join([]string{"x", "y"}, "-"))
	fmt.Println(strings.Replace("aaa", "a", "b", 2), strings.ReplaceAll("aaa", "a", "b"), strings.Repeat("ab", 3), strings.Title("go lang"))
	fmt.Println(strings.HasPrefix("golang", "go"), strings.HasSuffix("golang", "ng"), strings.Count("cheese", "e"), strings.EqualFold("Go", "GO"))
	fmt.Println(strings.Map(func(r rune) rune {
		if unicode.IsUpper(r) {
			return unicode.ToLower(r)
		}
		return unicode.ToUpper(r)
	}, "Hello"), strings.TrimLeft("xxhixx", "x"), strings.TrimFunc("123abc456", unicode.IsDigit))
	var b strings.Builder
	for i := 3; i > 0; i-- {
		fmt.Fprintf(&b, "%d...", i)
	}
	b.WriteString("go")
	b.WriteByte('!')
	b.WriteRune('é')
	fmt.Println(b.String(), b.Len())
	before, after, ok := strings.Cut("key=value", "=")
	fmt.Println(before, after, ok)
	r := strings.NewReplacer("<", "&lt;", ">", "&gt;")
	fmt.Println(r.Replace("<b>"))
	for part := range strings.SplitSeq("x-y-z", "-") {
		fmt.Print(part, ";")
	}
	for line := range strings.Lines("one\ntwo\n") {
		fmt.Printf("%q ", line)
	}
	fmt.Println(strings.FieldsFunc("a1b2c", unicode.IsDigit), strings.IndexFunc("abc1", unicode.IsDigit), strings.Compare("a", "b"))
	rd := strings.NewReader("abc")
	buf := make([]byte, 2)
	n, _ := rd.Read(buf)
	fmt.Println(n, string(buf[:n]), rd.Len())
}
