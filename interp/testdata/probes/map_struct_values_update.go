// Updating map entries of all kinds.
package main

import (
	"fmt"
)

type c struct {
	n int
	l []int
}

func main() {
	m := map[string]c{}
	for _, k := range []string{"a", "b", "a"} {
		e := m[k]
		e.n++
		e.l = append(e.l, e.n)
		m[k] = e
	}
	fmt.Println(m)
	f := map[string]float64{"x": 1}
	f["x"] /= 4
	f["y"] -= 2
	f["x"]++
	s := map[int]string{}
	s[1] += "a"
	s[1] += "b"
	b := map[string]bool{}
	b["t"] = !b["t"]
	b["u"] = b["t"] && len(s) > 0
	i := map[string]any{}
	i["n"] = 1 + 2
	i["s"] = "a" + "b"
	i["neg"] = -5
	i["not"] = !false
	i["f"] = func() int { return 3 }
	i["cmp"] = 1 < 2
	u := map[uint8]int8{}
	u[255]--
	u[255] <<= 2
	u[1] |= 6
	u[1] &^= 2
	a := map[string][2]int{"k": {1, 2}}
	fmt.Println(f, s, b, i["n"], i["s"], i["neg"], i["not"], i["f"].(func() int)(), i["cmp"], u, a["k"][1])
}
