// Wrapping and justifying text.
package main

import (
	"fmt"
	"strings"
)

func wrap(s string, w int) (lines []string) {
	var cur []string
	n := 0
	for _, word := range strings.Fields(s) {
		if n+len(word)+len(cur) > w {
			lines = append(lines, just(cur, w))
			cur, n = nil, 0
		}
		cur = append(cur, word)
		n += len(word)
	}
	if len(cur) > 0 {
		lines = append(lines, strings.Join(cur, " "))
	}
	return
}
func just(ws []string, w int) string {
	if len(ws) == 1 {
		return ws[0]
	}
	total := 0
	for _, x := range ws {
		total += len(x)
	}
	gaps := len(ws) - 1
	space := w - total
	var b strings.Builder
	for i, x := range ws {
		b.WriteString(x)
		if i < gaps {
			n := space / gaps
			if i < space%gaps {
				n++
			}
			b.WriteString(strings.Repeat(" ", n))
		}
	}
	return b.String()
}

func main() {
	for _, l := range wrap("the quick brown fox jumps over the lazy dog again", 16) {
		fmt.Printf("|%-16s|\n", l)
	}
}
