// Variables of each iteration.
package main

import "fmt"

func main() {
	var fs []func() int
	for i := 0; i < 3; i++ {
		fs = append(fs, func() int { i += 10; return i })
	}
	for _, f := range fs {
		fmt.Print(f(), " ", f(), " ")
	}
	fmt.Println()
	var ps []*int
	for i, v := range []int{7, 8, 9} {
		ps = append(ps, &i, &v)
	}
	for _, p := range ps {
		fmt.Print(*p, " ")
	}
	fmt.Println()
	for i := 0; i < 6; i++ {
		f := func() { i++ }
		f()
		fmt.Print(i, " ")
	}
	fmt.Println()
	var gs []func()
	for i := range 3 {
		j := i * i
		gs = append(gs, func() { j++; fmt.Print(i, j, " ") })
	}
	for _, g := range gs {
		g()
		g()
	}
	fmt.Println()
	for k := range map[string]int{"only": 1} {
		defer func() { fmt.Println("deferred", k) }()
	}
}
