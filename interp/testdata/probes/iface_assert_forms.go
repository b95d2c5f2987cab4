// Assertions in all positions.
package main

import (
	"fmt"
)

type a struct{ n int }

func (x a) Get() int { return x.n }

type g interface{ Get() int }

func main() {
	var v any = a{5}
	if x, ok := v.(a); ok {
		fmt.Println(x.n)
	}
	if _, ok := v.(*a); !ok {
		fmt.Println("no ptr")
	}
	fmt.Println(v.(g).Get()+v.(a).n, v.(interface{ Get() int }).Get())
	m := map[string]any{"n": 1, "l": []any{"x", map[string]any{"deep": true}}}
	fmt.Println(m["l"].([]any)[1].(map[string]any)["deep"].(bool), m["n"].(int)+1)
	s, _ := m["none"].(string)
	fmt.Printf("%q\n", s)
	n, ok := m["n"].(float64)
	fmt.Println(n, ok)
}
