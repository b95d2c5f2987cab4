// Nested containers.
package main

import (
	"fmt"
	"sort"
)

type rec struct {
	tags  []string
	attrs map[string]any
}

func main() {
	idx := map[string][]int{}
	for i, w := range []string{"a", "b", "a"} {
		idx[w] = append(idx[w], i)
	}
	fmt.Println(idx)
	r := map[string]*rec{}
	for _, k := range []string{"x", "y"} {
		r[k] = &rec{attrs: map[string]any{}}
	}
	r["x"].tags = append(r["x"].tags, "t1", "t2")
	r["x"].attrs["n"] = len(r["x"].tags)
	r["y"].attrs["m"] = map[string]int{"k": 1}
	r["y"].attrs["m"].(map[string]int)["k"]++
	fmt.Println(*r["x"], r["y"].attrs)
	g := map[string]map[string]bool{}
	add := func(a, b string) {
		if g[a] == nil {
			g[a] = map[string]bool{}
		}
		g[a][b] = true
	}
	add("a", "b")
	add("a", "c")
	add("b", "c")
	var ks []string
	for k, v := range g {
		ks = append(ks, fmt.Sprint(k, len(v)))
	}
	sort.Strings(ks)
	fmt.Println(ks)
}
