// What a defer statement keeps.
package main

import (
	"fmt"
)

type t struct{ n int }

func (x t) V()  { fmt.Print("V", x.n, " ") }
func (x *t) P() { fmt.Print("P", x.n, " ") }

type i interface{ V() }

func get(n int) *t { fmt.Print("get", n, " "); return &t{n} }

func main() {
	func() {
		x := t{1}
		defer x.V()
		defer x.P()
		f := x.V
		defer f()
		x.n = 2
		var y i = x
		defer y.V()
		y = t{9}
	}()
	fmt.Println()
	func() { defer get(1).P(); defer get(2).V(); fmt.Print("body ") }()
	fmt.Println()
	func() {
		f := func() { fmt.Print("one ") }
		defer f()
		f = func() { fmt.Print("two ") }
		m := map[string]int{"a": 1}
		defer fmt.Print(len(m), " ")
		m["b"] = 2
		defer delete(m, "a")
	}()
	fmt.Println()
	func() { s := []int{1}; defer fmt.Println(s, len(s)); s[0] = 5; s = append(s, 6) }()
}
