// Deferred calls, their arguments and results.
package main

import "fmt"

func f() (n int, err error) {
	defer func() {
		n *= 2
		if r := recover(); r != nil {
			err = fmt.Errorf("recovered %v", r)
		}
	}()
	for i := 0; i < 3; i++ {
		defer fmt.Println("deferred", i)
	}
	n = 21
	panic("oops")
}

func g() int {
	x := 1
	defer fmt.Println("x was", x)
	x = 2
	defer func(v int) { fmt.Println("v", v, "x", x) }(x)
	x = 3
	return x
}

type res struct{ name string }

func (r *res) Close()    { fmt.Println("close", r.name) }
func (r res) show(n int) { fmt.Println("show", r.name, n) }

func h() {
	r := &res{"a"}
	defer r.Close()
	v := res{"v"}
	defer v.show(len(v.name))
	v.name = "changed"
	r.name = "b"
}

func main() {
	fmt.Println(f())
	fmt.Println(g())
	h()
}
