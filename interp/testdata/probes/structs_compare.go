// Comparing structs, also as map keys.
package main

import "fmt"

type key struct {
	a string
	b int
}

func main() {
	m := map[key]string{{"x", 1}: "first", {"y", 2}: "second"}
	fmt.Println(m[key{"x", 1}], m[key{"y", 2}], m[key{"z", 3}] == "")
	k1, k2 := key{"x", 1}, key{"x", 1}
	fmt.Println(k1 == k2, &k1 == &k2, k1 != key{"x", 2})
	delete(m, k2)
	fmt.Println(len(m))
	var i, j any = k1, k2
	fmt.Println(i == j, i == any(key{"q", 0}))
}
