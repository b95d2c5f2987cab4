// Closures that share and keep variables.
package main

import "fmt"

func counter() (inc func() int, get func() int) {
	n := 0
	inc = func() int { n++; return n }
	get = func() int { return n }
	return
}

func adder(base int) func(int) func() int {
	return func(x int) func() int {
		base += x
		return func() int { base++; return base }
	}
}

func main() {
	i1, g1 := counter()
	i2, _ := counter()
	i1()
	i1()
	i2()
	fmt.Println(g1(), i2())
	a := adder(100)
	b := a(1)
	c := a(10)
	fmt.Println(b(), c(), b())
	var fib func(int) int
	fib = func(n int) int {
		if n < 2 {
			return n
		}
		return fib(n-1) + fib(n-2)
	}
	fmt.Println(fib(12))
	x := 1
	func() {
		x := x + 1
		x++
		fmt.Println(x)
	}()
	fmt.Println(x)
}
