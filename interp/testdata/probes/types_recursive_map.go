// A map type that contains itself.
package main

import "fmt"

type tree map[string]tree

func (t tree) add(path ...string) {
	if len(path) == 0 {
		return
	}
	if t[path[0]] == nil {
		t[path[0]] = tree{}
	}
	t[path[0]].add(path[1:]...)
}

func (t tree) count() int {
	n := len(t)
	for _, sub := range t {
		n += sub.count()
	}
	return n
}

type list []list

func depth(l list) int {
	d := 0
	for _, x := range l {
		d = max(d, depth(x))
	}
	return d + 1
}

func main() {
	t := tree{}
	t.add("a", "b", "c")
	t.add("a", "d")
	fmt.Println(t.count(), len(t["a"]), t)
	fmt.Println(depth(list{{}, {{}, {}}}))
}
