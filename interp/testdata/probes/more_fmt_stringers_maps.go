// Sorting of map keys when printing.
package main

import (
	"fmt"
)

type k string

func (x k) String() string { return "K" + string(x) }

type s struct {
	a int
	b string
}

func main() {
	fmt.Println(map[k]int{"b": 1, "a": 2}, map[s]bool{{2, "x"}: true, {1, "z"}: false, {1, "a"}: true})
	fmt.Println(map[any]int{"b": 1, 2: 2, 1: 3, "a": 4, 1.5: 5, true: 6})
	fmt.Printf("%v %+v\n", map[string]map[int]s{"x": {2: {1, "q"}, 1: {}}}, map[float64][]k{2.5: {"z"}, -1: nil})
	fmt.Printf("%d %s %q\n", map[string]int{"z": 1, "y": 2}, map[int]string{2: "b", 1: "a"}, map[k]k{"m": "n"})
	fmt.Printf("%#v %#v\n", map[string]int{"b": 1, "a": 2}, []map[int]bool{{1: true}})
	fmt.Println(map[*int]int{nil: 1}, map[[2]int]string{{2, 1}: "x", {1, 9}: "y"}, map[bool]int{true: 1, false: 0})
}
