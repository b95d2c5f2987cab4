// Methods that return their receiver.
package main

import (
	"fmt"
	"strings"
)

type sb struct {
	parts  []string
	indent int
}

func (b *sb) add(s string) *sb { b.parts = append(b.parts, strings.Repeat(" ", b.indent)+s); return b }
func (b *sb) in() *sb          { b.indent += 2; return b }
func (b sb) with(s string) sb  { b.indent++; b.parts = append([]string{s}, b.parts...); return b }

func main() {
	b := (&sb{}).add("a").in().add("b").in().add("c")
	fmt.Println(strings.Join(b.parts, "|"), b.indent)
	c := b.with("x").with("y")
	fmt.Println(c.parts, c.indent, len(b.parts))
}
