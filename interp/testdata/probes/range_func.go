// Iterators.
package main

import (
	"fmt"
	"iter"
)

func count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer fmt.Println("done", n)
		for i := 0; i < n; i++ {
			if !yield(i) {
				return
			}
		}
	}
}

func pairs(s ...string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for i, v := range s {
			if !yield(i, v) {
				return
			}
		}
	}
}

func find(want int) (found bool, at int) {
	for i := range count(10) {
		if i == want {
			return true, i
		}
		if i == 8 {
			break
		}
	}
	return false, -1
}

func nested() string {
outer:
	for i := range count(3) {
		for j := range count(3) {
			if j == 1 {
				continue outer
			}
			if i == 2 {
				break outer
			}
			if i == 5 {
				return "never"
			}
			fmt.Print(i, j, "; ")
		}
	}
	return "end"
}

func main() {
	for i := range count(4) {
		if i == 1 {
			continue
		}
		fmt.Println(i)
	}
	fmt.Println(find(3))
	fmt.Println(find(9))
	for i, s := range pairs("a", "b") {
		fmt.Print(i, s, " ")
	}
	fmt.Println(nested())
	for range func(yield func() bool) { _ = yield() && yield() } {
		fmt.Print("tick ")
	}
	fmt.Println()
	var fs []func() int
	for i := range count(2) {
		fs = append(fs, func() int { i++; return i })
	}
	fmt.Println(fs[0](), fs[1](), fs[0]())
}
