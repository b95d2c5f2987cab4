// Arrays in structs.
package main

import (
	"fmt"
)

type g struct {
	cells [3][3]rune
	n     int
}

func (b *g) set(r, c int, v rune) { b.cells[r][c] = v; b.n++ }
func (b g) String() string {
	s := ""
	for _, row := range b.cells {
		for _, c := range row {
			if c == 0 {
				c = '.'
			}
			s += string(c)
		}
		s += "/"
	}
	return s
}

func main() {
	var b g
	b.set(0, 0, 'X')
	c := b
	c.set(1, 1, 'O')
	b.cells[2] = c.cells[1]
	fmt.Println(b, c, b.n, c.n, b == c)
}
