// Failed assertions.
package main

import "fmt"

type foo struct{}
type barer interface{ Bar() }

func try(f func()) {
	defer func() {
		r := recover()
		_, isErr := r.(error)
		fmt.Println(r, isErr)
	}()
	f()
}

func main() {
	var v any = "text"
	try(func() { _ = v.(int) })
	try(func() { _ = v.(fmt.Stringer) })
	try(func() { _ = v.(barer) })
	v = foo{}
	try(func() { _ = v.(*foo) })
	try(func() { _ = v.(barer) })
	v = nil
	try(func() { _ = v.(string) })
	var e error = fmt.Errorf("x")
	try(func() { _ = e.(barer) })
}
