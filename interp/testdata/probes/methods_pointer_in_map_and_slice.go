// Methods through elements.
package main

import "fmt"

type acc struct{ sum int }

func (a *acc) add(n int) { a.sum += n }

func main() {
	list := make([]acc, 2)
	list[0].add(3)
	list[1].add(4)
	for i := range list {
		list[i].add(10)
	}
	m := map[string]*acc{"a": {1}}
	m["a"].add(1)
	arr := [2]acc{}
	arr[1].add(5)
	p := &arr
	p[0].add(6)
	fmt.Println(list, m["a"].sum, arr)
}
