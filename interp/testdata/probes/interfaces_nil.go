// Typed and untyped nil.
package main

import "fmt"

type thing struct{}

func (t *thing) Name() string {
	if t == nil {
		return "nil thing"
	}
	return "thing"
}

type namer interface{ Name() string }

func find(ok bool) namer {
	var t *thing
	if ok {
		t = &thing{}
	}
	return t
}

type myErr struct{}

func (*myErr) Error() string { return "my error" }

func run() error {
	var e *myErr
	return e
}

func main() {
	n := find(false)
	fmt.Println(n == nil, n.Name())
	var z namer
	fmt.Println(z == nil)
	err := run()
	fmt.Println(err == nil, err != nil)
	var a any
	fmt.Println(a == nil)
	a = (*thing)(nil)
	fmt.Println(a == nil, a.(*thing) == nil)
	var m map[string]int
	a = m
	fmt.Println(a == nil)
}
