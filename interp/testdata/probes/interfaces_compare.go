// Comparing interface values.
package main

import "fmt"

type a struct{ n int }
type b struct{ n int }
type id int

func main() {
	var x, y any = a{1}, b{1}
	fmt.Println(x == y, x == any(a{1}))
	x, y = 1, id(1)
	fmt.Println(x == y, x == 1, y == id(1))
	m := map[any]string{1: "int", id(1): "id", "1": "string", a{1}: "a", b{1}: "b", 1.0: "float"}
	fmt.Println(m[1], m[id(1)], m["1"], m[a{1}], m[b{1}], m[1.0], len(m))
	p, q := &a{1}, &a{1}
	x, y = p, q
	fmt.Println(x == y, x == any(p))
	defer func() { fmt.Println("recovered:", recover()) }()
	x = []int{1}
	fmt.Println(x == x)
}
