// Constants in functions and groups.
package main

import (
	"fmt"
)

type w int

const (
	a w = iota * 2
	b
	c
)
const x, y = 3, "y"

func main() {
	const n = 5
	const (
		p = iota + n
		q
		_
		r
	)
	var arr [n + q]int
	fmt.Println(len(arr), p, q, r, a, b, c, x, y)
	{
		const n = "inner"
		fmt.Println(n, len(n))
	}
	for i := range n {
		const k = 2
		if i == k {
			fmt.Println("k")
		}
	}
	const f = 1.0 * n / 2
	var i8 int8 = n
	var u = uint(n) << 2
	fmt.Println(f, i8, u, n/2, n%3, n<<3, -n, ^n, n == 5.0, w(n)+c)
	const big = 1 << 62
	fmt.Println(uint64(big)*2, big/7)
	switch w(2) {
	case a:
		fmt.Println("a")
	case b:
		fmt.Println("b")
	}
}
