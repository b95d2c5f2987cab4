// More of package strings.
package main

import (
	"fmt"
	"strings"
)

func main() {
	fmt.Println(strings.Fields("  a b  "), strings.SplitAfter("a,b", ","), strings.TrimRight("xx--", "-"), strings.TrimPrefix("prefix-x", "prefix-"), strings.ToTitle("abc"))
	fmt.Println(strings.ContainsAny("hello", "xyz"), strings.ContainsRune("hello", 'e'), strings.IndexByte("abc", 'c'), strings.IndexAny("golang", "ny"), strings.LastIndexByte("abcabc", 'b'))
	fmt.Printf("%q %q %q\n", strings.SplitN("a:b:c", ":", -1), strings.Split("", ","), strings.Split("abc", ""))
	if a, ok := strings.CutPrefix("foobar", "foo"); ok {
		fmt.Println(a)
	}
	fmt.Println(strings.EqualFold("ß", "SS"), strings.Count("aaa", ""), strings.Repeat("=", 5), strings.TrimFunc("  x ", func(r rune) bool { return r == ' ' }))
	r := strings.NewReader("abcdef")
	b := make([]byte, 4)
	r.Read(b)
	fmt.Println(string(b), r.Len(), strings.ToValidUTF8("a\xffb", "?"))
	var sb strings.Builder
	sb.Grow(10)
	for i := range 3 {
		sb.WriteString(fmt.Sprint(i))
	}
	fmt.Println(sb.String(), sb.Len(), strings.Compare("a", "b"))
}
