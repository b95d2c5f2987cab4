// Interfaces as map keys.
package main

import (
	"fmt"
)

type id struct{ n int }
type k interface{ key() string }

func (i id) key() string { return fmt.Sprint(i.n) }

type nm string

func (n nm) key() string { return string(n) }

func main() {
	m := map[k]int{id{1}: 10, nm("a"): 20}
	m[id{1}]++
	m[nm("b")] = 30
	fmt.Println(m[id{1}], m[nm("a")], m[nm("zz")], len(m))
	delete(m, nm("a"))
	_, ok := m[nm("a")]
	fmt.Println(ok, k(id{1}) == k(id{1}), k(nm("1")) == k(id{1}))
	var n k
	fmt.Println(n == nil, m[n])
}
