// Printing nested values.
package main

import (
	"errors"
	"fmt"
)

type inner struct {
	A int
	b string
}
type outer struct {
	In   inner
	P    *inner
	L    []inner
	M    map[string]inner
	I    any
	E    error
	F    func()
	c    [2]bool
	Next *outer
}

func main() {
	o := outer{In: inner{1, "x"}, L: []inner{{2, "y"}}, M: map[string]inner{"k": {3, "z"}}, I: inner{4, "w"}, E: errors.New("err")}
	fmt.Printf("%v\n%+v\n", o.In, o.In)
	fmt.Printf("%v %+v\n", o.L, o.M)
	fmt.Printf("%#v\n", o.In)
	fmt.Printf("%#v\n", o.L)
	fmt.Printf("%#v\n", o.M)
	fmt.Printf("%v %+v\n", &o.In, &o.L)
	fmt.Printf("%v %v\n", o.I, []any{o.I, 1, "s", nil, []any{inner{}}})
	fmt.Printf("%+v\n", struct {
		X any
		Y []inner
	}{o.I, nil})
	fmt.Println(o.P, o.Next, o.c, o.F == nil)
	fmt.Printf("%d %s|%5v|%-8v|\n", o.In, o.In, o.In, o.In)
	fmt.Printf("%x %q\n", inner{255, "hi"}, []inner{{1, "q"}})
	fmt.Printf("%v %v\n", map[inner]int{{1, "a"}: 1, {0, "b"}: 2}, [2]inner{})
	fmt.Printf("%T %T %T %T\n", o, &o, o.L, o.M)
	var e error
	var ip *inner
	fmt.Println(e, ip == nil, []error{nil, o.E})
	fmt.Printf("%v %+v %#v %T\n", ip, ip, ip, ip)
	fmt.Printf("%6.2f|%v|%+v\n", []float64{1, 2.5}, [][]int{{1}, {2, 3}}, map[string]*int{"n": nil})
	type local struct{ V int }
	fmt.Printf("%v %+v %T\n", local{1}, &local{2}, local{})
	fmt.Println(struct{}{}, []struct{}{{}}, &struct{ A []int }{})
}
