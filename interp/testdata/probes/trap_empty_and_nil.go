// Nil and empty containers.
package main

import (
	"encoding/json"
	"fmt"
)

type t struct {
	A []int
	B map[string]int
	C *int
	D any
	E []byte
	F [0]int
	G struct{}
}

func main() {
	var s []int
	var m map[string]int
	var f func()
	var e error
	var p *t
	var i interface{ X() }
	fmt.Println(s == nil, m == nil, f == nil, e == nil, p == nil, i == nil, len(s), len(m), s[:0] == nil, append(s, s...) == nil)
	for range s {
		fmt.Println("no")
	}
	for range m {
		fmt.Println("no")
	}
	out, _ := json.Marshal(t{})
	fmt.Println(string(out))
	out, _ = json.Marshal(t{A: []int{}, B: map[string]int{}, E: []byte{}})
	fmt.Println(string(out))
	fmt.Printf("%v %+v\n", t{}, t{A: []int{}})
	fmt.Println([]int{} == nil, []string(nil), map[int]int{}, [0]int{}, struct{}{}, "")
	m2 := map[string][]int{}
	m2["a"] = append(m2["a"], s...)
	v, ok := m2["a"]
	fmt.Println(v == nil, ok, len(m2))
}
