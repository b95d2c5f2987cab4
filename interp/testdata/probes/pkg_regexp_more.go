// More regular expressions.
package main

import (
	"fmt"
	"regexp"
	"strings"
)

func main() {
	re := regexp.MustCompile(`(\w+)=(\d+)`)
	m := map[string]string{}
	for _, g := range re.FindAllStringSubmatch("a=1, b=22, c=x", -1) {
		m[g[1]] = g[2]
	}
	fmt.Println(m, re.NumSubexp(), re.String())
	fmt.Println(re.ReplaceAllString("a=1", "${2}=$1"), string(re.ReplaceAll([]byte("k=9"), []byte("x"))), re.FindStringSubmatch("none") == nil)
	fmt.Println(regexp.MustCompile(`(?i)^hello\b`).MatchString("HELLO world"), regexp.MustCompile(`[^a-z]+`).ReplaceAllStringFunc("a1b22c", func(s string) string { return strings.Repeat("*", len(s)) }))
	loc := regexp.MustCompile(`\d+`).FindAllStringIndex("a12b345", -1)
	fmt.Println(loc, regexp.MustCompile(`,\s*`).Split("a, b,c", 2))
}
