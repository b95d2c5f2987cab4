// Lists, trees and graphs.
package main

import "fmt"

type node struct {
	val         int
	left, right *node
}

func (n *node) insert(v int) *node {
	if n == nil {
		return &node{val: v}
	}
	if v < n.val {
		n.left = n.left.insert(v)
	} else {
		n.right = n.right.insert(v)
	}
	return n
}

func (n *node) walk(f func(int)) {
	if n != nil {
		n.left.walk(f)
		f(n.val)
		n.right.walk(f)
	}
}

type person struct {
	name     string
	children []*person
	friends  map[string]*person
	self     func() *person
}

func main() {
	var root *node
	for _, v := range []int{5, 2, 8, 1, 9, 3} {
		root = root.insert(v)
	}
	sum := 0
	root.walk(func(v int) { sum += v; fmt.Print(v, " ") })
	fmt.Println(sum)
	a := &person{name: "a"}
	b := &person{name: "b", children: []*person{a}, friends: map[string]*person{"a": a}}
	a.self = func() *person { return b }
	fmt.Println(b.children[0].self().friends["a"].name)
}
