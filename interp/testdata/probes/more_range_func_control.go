// Jumps, defers and returns in loops over functions.
package main

import (
	"fmt"
	"iter"
)

func seq(n int) iter.Seq[int] {
	return func(y func(int) bool) {
		for i := range n {
			if !y(i) {
				fmt.Print("stop ")
				return
			}
		}
		fmt.Print("end ")
	}
}
func f() (s string, n int) {
	defer func() { s += "!" }()
	for i := range seq(5) {
		defer fmt.Print("d", i, " ")
		switch {
		case i == 1:
			continue
		case i == 3:
			return fmt.Sprint("ret", i), i
		}
		for j := range seq(3) {
			if j == 1 {
				break
			}
			n += j + 1
			if i == 99 {
				return
			}
		}
	}
	return "none", n
}
func g() (r []int) {
outer:
	for i := range seq(4) {
		for j := range seq(4) {
			if j == 2 {
				continue outer
			}
			if i == 2 {
				break outer
			}
			for k := range seq(2) {
				if k == 1 {
					continue outer
				}
				r = append(r, i*10+j)
			}
		}
	}
	return
}
func h() func() int {
	for i := range seq(3) {
		return func() int { i += 10; return i }
	}
	return nil
}
func noResult() {
	for i := range seq(3) {
		if i == 1 {
			return
		}
		fmt.Print("n", i, " ")
	}
}

func main() {
	fmt.Println(f())
	fmt.Println(g())
	c := h()
	fmt.Println(c(), c())
	noResult()
	var k int
	for k = range seq(3) {
		if k == 1 {
			break
		}
	}
	fmt.Println(k)
	sum := 0
	for range seq(4) {
		sum++
	}
	fmt.Println(sum)
	func() {
		defer func() { fmt.Println("rec", recover()) }()
		for i := range seq(3) {
			if i == 1 {
				panic("in loop")
			}
		}
	}()
	for i := range seq(2) {
		go_ := func() int { return i }
		fmt.Print(go_(), " ")
	}
	fmt.Println()
	for i := range seq(3) {
		select {
		default:
			if i == 1 {
				break
			}
			fmt.Print("s", i, " ")
		}
		switch i {
		case 0:
			continue
		}
		fmt.Print("e", i, " ")
	}
	fmt.Println()
}
