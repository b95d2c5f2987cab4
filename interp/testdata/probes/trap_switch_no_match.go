// Switch corner cases.
package main

import (
	"fmt"
)

type e interface{ Error() string }

func k(x any) string {
	switch x := x.(type) {
	case nil:
		return "nil"
	case interface{ Foo() }:
		return "foo"
	case fmt.Stringer:
		return "str"
	case e:
		return "err " + x.Error()
	case []any:
		return fmt.Sprint("l", len(x))
	case func(int) int:
		return fmt.Sprint(x(2))
	case chan int:
		return "ch"
	case [2]int:
		return fmt.Sprint(x[1])
	case *int:
		return fmt.Sprint(*x)
	case struct{ A int }:
		return fmt.Sprint("A", x.A)
	case uint8, int8:
		return fmt.Sprintf("small %v", x)
	case bool:
		if x {
			return "T"
		}
		return "F"
	}
	return "?"
}
func n(i int) (s string) {
	switch {
	default:
		s += "d"
		fallthrough
	case i > 100:
		s += "h"
	case i > 10:
		s += "t"
		switch {
		case i > 50:
			s += "f"
			break
		case i > 5:
			s += "x"
		}
		s += "e"
	}
	return
}

func main() {
	v := 7
	for _, x := range []any{nil, fmt.Errorf("q"), []any{1}, func(i int) int { return i * i }, make(chan int), [2]int{1, 5}, &v, struct{ A int }{3}, uint8(1), int8(-1), true, false, 1.5, map[int]int{}} {
		fmt.Print(k(x), "; ")
	}
	fmt.Println()
	fmt.Println(n(1), n(11), n(60), n(200))
	switch x := v; {
	case x > 5 && x < 10:
		fmt.Println("mid")
	}
	switch f := func() int { return 3 }; f() {
	case 1, 2:
		fmt.Println("12")
	case 3:
		fmt.Println("3")
	}
	switch v {
	}
	switch {
	case false:
	}
	switch i := any(v).(type) {
	default:
		fmt.Printf("%T\n", i)
	}
}
