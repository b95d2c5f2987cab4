// Looking at run-time errors.
package main

import (
	"errors"
	"fmt"
	"strings"
)

func safe(f func()) (err error) {
	defer func() {
		if r := recover(); r != nil {
			if e, ok := r.(error); ok {
				err = e
			} else {
				err = fmt.Errorf("%v", r)
			}
		}
	}()
	f()
	return
}

func main() {
	var m map[string][]int
	var p *struct{ f func() }
	z := 0
	for _, f := range []func(){func() { m["a"] = nil }, func() { p.f() }, func() { _ = 5 % z }, func() { _ = []int{}[z] }, func() { _ = "abc"[z+3] }, func() { var a any = "x"; _ = a.(fmt.Stringer) }, func() { var e error; _ = e.Error() }, func() { _ = make([]int, 2)[1:z] }, func() { close((chan int)(nil)) }, func() { _ = [3]int([]int{1}) }, func() { panic(errors.New("mine")) }, func() { panic(fmt.Sprint("s", 1)) }} {
		err := safe(f)
		fmt.Println(err, strings.Contains(err.Error(), "runtime error"))
	}
}
