// Formatting tables.
package main

import (
	"fmt"
	"strings"
)

type cell interface{ Render(w int) string }
type num float64
type txt string

func (n num) Render(w int) string { return fmt.Sprintf("%*.1f", w, float64(n)) }
func (t txt) Render(w int) string { return fmt.Sprintf("%-*s", w, string(t)) }

type table struct {
	head []string
	rows [][]cell
}

func (t table) String() string {
	w := make([]int, len(t.head))
	for i, h := range t.head {
		w[i] = len(h) + 2
	}
	var b strings.Builder
	for i, h := range t.head {
		fmt.Fprintf(&b, "%*s|", w[i], h)
	}
	for _, r := range t.rows {
		b.WriteString("\n")
		for i, c := range r {
			b.WriteString(c.Render(w[i]) + "|")
		}
	}
	return b.String()
}

func main() {
	fmt.Println(table{[]string{"name", "v"}, [][]cell{{txt("a"), num(1.25)}, {txt("bb"), num(-3)}}})
}
