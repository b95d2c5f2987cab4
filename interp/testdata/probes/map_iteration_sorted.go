// Going through maps in order.
package main

import (
	"fmt"
	"maps"
	"slices"
)

func main() {
	m := map[string]int{"b": 2, "a": 1, "c": 3}
	for _, k := range slices.Sorted(maps.Keys(m)) {
		fmt.Print(k, m[k], " ")
	}
	sum := 0
	for _, v := range m {
		sum += v
	}
	inv := make(map[int]string, len(m))
	for k, v := range m {
		inv[v] = k
	}
	fmt.Println(sum, inv, len(inv))
	for k, v := range m {
		if v > 1 {
			delete(m, k)
		}
	}
	fmt.Println(m)
	for k := range m {
		m[k] = 100
	}
	fmt.Println(m)
}
