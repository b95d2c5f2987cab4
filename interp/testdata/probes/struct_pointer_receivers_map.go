// Maps of structs must be replaced.
package main

import (
	"fmt"
)

type st struct{ n int }

func (s *st) inc()         { s.n++ }
func (s st) plus(k int) st { s.n += k; return s }

func main() {
	m := map[string]st{"a": {1}}
	m["a"] = m["a"].plus(5)
	v := m["a"]
	v.inc()
	m["b"] = v
	fmt.Println(m)
	pm := map[int]*st{}
	for i := range 3 {
		pm[i] = &st{i}
	}
	for _, p := range pm {
		p.inc()
	}
	fmt.Println(pm[0].n, pm[1].n, pm[2].n)
}
