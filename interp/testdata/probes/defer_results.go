// Named results and return values.
package main

import (
	"errors"
	"fmt"
)

func a() (x int) {
	defer func() { x++ }()
	return 5
}

func b() int {
	x := 5
	defer func() { x++ }()
	return x
}

func c() (x, y int) {
	x, y = 1, 2
	return y, x
}

func d(fail bool) (s string, err error) {
	defer func() {
		if err != nil {
			s = "failed"
		}
	}()
	if fail {
		return "ok", errors.New("e")
	}
	s = "fine"
	return
}

func e() (n int) {
	for i := 0; i < 5; i++ {
		defer func() { n += i }()
	}
	return 100
}

func main() {
	fmt.Println(a(), b())
	fmt.Println(c())
	fmt.Println(d(true))
	fmt.Println(d(false))
	fmt.Println(e())
}
