// Anonymous structs.
package main

import "fmt"

func main() {
	p := struct {
		Name string
		Tags []string
	}{"a", []string{"x", "y"}}
	p.Tags[0] = "z"
	fmt.Printf("%v %+v\n", p, p)
	list := []struct{ K, V int }{{1, 2}, {3, 4}}
	for _, e := range list {
		e.K = 100
		fmt.Print(e.K+e.V, " ")
	}
	fmt.Println(list)
	fmt.Printf("%T\n", p)
	m := map[string]struct{ N int }{"a": {1}}
	fmt.Println(m["a"].N, m["b"].N)
}
