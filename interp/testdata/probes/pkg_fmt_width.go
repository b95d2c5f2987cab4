// Widths, padding and alignment.
package main

import (
	"fmt"
)

type row struct {
	n string
	v float64
}

func main() {
	for _, r := range []row{{"a", 1.5}, {"longer", 22.75}} {
		fmt.Printf("|%-8s|%8.2f|%08.3f|%+.1e|\n", r.n, r.v, r.v, r.v)
	}
	fmt.Printf("%5t|%-7t|%q|%-5q|%5c|\n", true, false, "a", "b", 'c')
	fmt.Printf("%x %X %#x %o %#o %b %08b\n", 255, 255, 255, 8, 8, 5, 5)
	fmt.Printf("%3d|%-3d|%03d|% d|%+d\n", 5, 5, 5, 5, 5)
	fmt.Printf("%s|%10s|%-10s|%.1s|%5.1s|\n", "abc", "abc", "abc", "abc", "abc")
	fmt.Printf("%v|%6v|%-6v|%06d\n", 42, 42, 42, -42)
	fmt.Printf("%6.2f%%|%e|%g\n", 99.5, 1234.5, 1e-9)
	fmt.Printf("%p\n", nil)
	fmt.Printf("%5v|%-5v|%05v\n", []int{1, 2}, []string{"a"}, [2]int{3, 4})
	fmt.Printf("%t %v %d\n", []bool{true}, [][]string{{"a"}, {"b", "c"}}, map[string]int{"z": 1, "a": 2})
}
