// Types declared in functions.
package main

import (
	"fmt"
	"sort"
)

func main() {
	type kv struct {
		k string
		v int
	}
	m := map[string]int{"a": 3, "b": 1, "c": 2}
	var l []kv
	for k, v := range m {
		l = append(l, kv{k, v})
	}
	sort.Slice(l, func(i, j int) bool { return l[i].v < l[j].v })
	fmt.Println(l)
	{
		type kv int
		var x kv = 5
		fmt.Printf("%v %T\n", x, x)
	}
	fmt.Printf("%T\n", l[0])
	type list []kv
	fmt.Println(list(l)[0].k, len(list{{"z", 1}}))
}
