// Grids and boards.
package main

import (
	"fmt"
	"strings"
)

type board [][]byte

func parse(s string) board {
	var b board
	for _, l := range strings.Split(s, "\n") {
		b = append(b, []byte(l))
	}
	return b
}
func (b board) neighbours(r, c int) (n int) {
	for dr := -1; dr <= 1; dr++ {
		for dc := -1; dc <= 1; dc++ {
			if (dr != 0 || dc != 0) && r+dr >= 0 && r+dr < len(b) && c+dc >= 0 && c+dc < len(b[0]) && b[r+dr][c+dc] == '#' {
				n++
			}
		}
	}
	return
}
func (b board) step() board {
	out := make(board, len(b))
	for r := range b {
		out[r] = make([]byte, len(b[r]))
		for c := range b[r] {
			n := b.neighbours(r, c)
			switch {
			case n == 3, n == 2 && b[r][c] == '#':
				out[r][c] = '#'
			default:
				out[r][c] = '.'
			}
		}
	}
	return out
}
func (b board) String() string {
	var l []string
	for _, r := range b {
		l = append(l, string(r))
	}
	return strings.Join(l, "\n")
}

func main() {
	b := parse(".....\n..#..\n..#..\n..#..\n.....")
	fmt.Println(b.step())
	fmt.Println(b.step().step().String() == b.String())
}
