// What a comma-ok form gives where there is nothing, after an iteration where there was something.
package main

import "fmt"

type T struct{ a int }

func main() {
	m := map[string]int{"a": 1}
	mt := map[string]T{"a": {5}}
	ms := map[string][]int{"a": {5}}
	mf := map[string]func() int{"a": func() int { return 1 }}
	mp := map[string]*T{"a": {1}}
	mi := map[string]any{"a": 1}
	for _, k := range []string{"a", "q"} {
		v, ok := m[k]
		w, ok2 := mt[k]
		x, ok3 := ms[k]
		f, ok4 := mf[k]
		p, ok5 := mp[k]
		i, ok6 := mi[k]
		s, ok7 := mi[k].(string)
		n, ok8 := mi[k].(int)
		fmt.Println(v, ok, w, ok2, x, ok3, f == nil, ok4, p == nil, ok5, i, ok6, s, ok7, n, ok8)
	}
	c := make(chan int, 2)
	cf := make(chan func(), 2)
	c <- 7
	cf <- func() {}
	close(c)
	close(cf)
	for range 2 {
		v, ok := <-c
		f, ok2 := <-cf
		fmt.Println(v, ok, f == nil, ok2)
	}
	for _, x := range []any{func() {}, 3} {
		f, ok := x.(func())
		fmt.Println(f == nil, ok)
	}
}
