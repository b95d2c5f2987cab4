// Control flow with panic.
package main

import (
	"errors"
	"fmt"
)

var errStop = errors.New("stop")

func each(l []int, f func(int)) (err error) {
	defer func() {
		if r := recover(); r != nil {
			if e, ok := r.(error); ok && errors.Is(e, errStop) {
				err = e
				return
			}
			panic(r)
		}
	}()
	for _, v := range l {
		f(v)
	}
	return nil
}

func main() {
	n := 0
	fmt.Println(each([]int{1, 2, 3}, func(v int) {
		n += v
		if v == 2 {
			panic(errStop)
		}
	}), n)
	fmt.Println(each([]int{1}, func(int) {}))
	func() {
		defer func() { fmt.Println("outer", recover()) }()
		each([]int{1}, func(int) { panic("other") })
	}()
}
