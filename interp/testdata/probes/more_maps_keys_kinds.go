// Keys of all kinds.
package main

import (
	"fmt"
)

type id [2]byte
type pt struct {
	x, y float64
	n    string
}
type en int

func (e en) String() string { return [...]string{"A", "B", "C"}[e] }

func main() {
	m1 := map[id]int{{1, 2}: 1}
	m1[id{1, 2}]++
	m2 := map[pt][]int{{1, 2, "a"}: {1}}
	m2[pt{1, 2, "a"}] = append(m2[pt{1, 2, "a"}], 2)
	m3 := map[en]string{2: "c", 0: "a"}
	m4 := map[*int]bool{}
	n := 5
	m4[&n] = true
	m5 := map[bool]map[rune]int{true: {'x': 1}}
	m5[true]['y'] += 2
	m6 := map[[2]string]struct{}{{"a", "b"}: {}}
	_, ok := m6[[2]string{"a", "b"}]
	m7 := map[float64]string{0.5: "half", 1: "one"}
	m8 := map[any]int{en(1): 1, 1: 2, "1": 3, pt{}: 4, [1]int{1}: 5}
	m9 := map[interface{ String() string }]int{en(0): 10}
	fmt.Println(m1, m2, m3, m4[&n], m5, ok, m7[0.5], m8[en(1)], m8[1], m8[pt{}], m8[[1]int{1}], m9[en(0)], m9[en(1)])
	fmt.Println(len(m8))
}
