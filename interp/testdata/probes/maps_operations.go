// Maps.
package main

import (
	"fmt"
	"sort"
)

type pos struct{ x, y int }

func main() {
	m := map[string][]int{}
	m["a"] = append(m["a"], 1, 2)
	m["a"][0] = 9
	m["b"] = nil
	v, ok := m["b"]
	fmt.Println(m, v == nil, ok, len(m))
	_, ok = m["zz"]
	fmt.Println(ok)
	counts := map[rune]int{}
	for _, r := range "hello" {
		counts[r]++
	}
	fmt.Println(counts['l'], counts['z'], len(counts))
	nested := map[string]map[string]int{}
	if nested["x"] == nil {
		nested["x"] = map[string]int{}
	}
	nested["x"]["y"] += 5
	nested["x"]["y"] *= 2
	fmt.Println(nested)
	grid := map[pos]bool{{1, 2}: true}
	grid[pos{3, 4}] = !grid[pos{1, 2}]
	fmt.Println(grid[pos{1, 2}], grid[pos{3, 4}], len(grid))
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	fmt.Println(keys)
	structs := map[string]pos{"a": {1, 1}}
	p := structs["a"]
	p.x = 50
	structs["a"] = p
	fmt.Println(structs["a"].x, structs["none"].y)
	ptrs := map[string]*pos{"q": {7, 8}}
	ptrs["q"].x++
	fmt.Println(*ptrs["q"])
	fs := map[string]func(int) int{"double": func(i int) int { return i * 2 }}
	fmt.Println(fs["double"](4))
	var nilMap map[string]int
	fmt.Println(nilMap["x"], len(nilMap), nilMap == nil)
	delete(nilMap, "x")
	mm := map[any]any{1: "a", "b": 2.5, nil: nil}
	fmt.Println(mm[1], mm["b"], mm[nil], len(mm))
	clear(m)
	fmt.Println(len(m))
	b := map[bool]string{true: "yes", false: "no"}
	fmt.Println(b[1 > 0], b)
}
