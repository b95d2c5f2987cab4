// Recursion to some depth.
package main

import (
	"fmt"
)

func sum(n int) int {
	if n == 0 {
		return 0
	}
	return n + sum(n-1)
}
func ack(m, n int) int {
	switch {
	case m == 0:
		return n + 1
	case n == 0:
		return ack(m-1, 1)
	}
	return ack(m-1, ack(m, n-1))
}
func collatz(n, d int) int {
	if n == 1 {
		return d
	}
	if n%2 == 0 {
		return collatz(n/2, d+1)
	}
	return collatz(3*n+1, d+1)
}

type l struct{ n *l }

func (x *l) len() int {
	if x == nil {
		return 0
	}
	return 1 + x.n.len()
}

func main() {
	var x *l
	for range 500 {
		x = &l{x}
	}
	fmt.Println(sum(800), ack(2, 3), collatz(27, 0), x.len())
	for range 3 {
		sum(700)
	}
	fmt.Println(sum(900))
}
