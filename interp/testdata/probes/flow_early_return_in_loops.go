// Returns from nested statements.
package main

import (
	"fmt"
)

func find(m [][]string, w string) (int, int, bool) {
	for i, r := range m {
		for j, s := range r {
			if s == w {
				return i, j, true
			}
		}
	}
	return -1, -1, false
}
func first(m map[string]int, p func(int) bool) string {
	for k, v := range m {
		if p(v) {
			return k
		}
	}
	return "none"
}
func sw(n int) string {
	for {
		switch {
		case n > 10:
			return "done"
		default:
			n += 4
		}
	}
}

func main() {
	fmt.Println(find([][]string{{"a"}, {"b", "c"}}, "c"))
	fmt.Println(find(nil, "x"))
	fmt.Println(first(map[string]int{"q": 5}, func(n int) bool { return n > 4 }), sw(1))
}
