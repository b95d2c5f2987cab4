// Panics of several kinds through several functions.
package main

import (
	"errors"
	"fmt"
)

type E struct{ code int }

func (e *E) Error() string { return fmt.Sprint("E", e.code) }
func a(n int) (err error) {
	defer func() {
		if r := recover(); r != nil {
			var e *E
			switch x := r.(type) {
			case *E:
				err = fmt.Errorf("a: %w", x)
			case error:
				if errors.As(x, &e) {
					err = e
				} else {
					err = x
				}
			default:
				panic(r)
			}
		}
	}()
	b(n)
	return nil
}
func b(n int) { defer func() { fmt.Print("b", n, " ") }(); c(n) }
func c(n int) {
	switch n {
	case 0:
		panic(&E{1})
	case 1:
		panic(fmt.Errorf("w %w", &E{2}))
	case 2:
		var m map[int]int
		m[0] = 1
	case 3:
		panic("str")
	case 4:
		panic([]int{1})
	}
}
func cleanup() (log []string) {
	defer func() { log = append(log, "1") }()
	defer func() { log = append(log, "2"); recover() }()
	defer func() { log = append(log, "3"); panic("second") }()
	log = append(log, "0")
	panic("first")
}

func main() {
	for i := range 6 {
		func() {
			defer func() {
				if r := recover(); r != nil {
					fmt.Print("outer ", r, "; ")
				}
			}()
			err := a(i)
			var e *E
			fmt.Print(err, " ", errors.As(err, &e), "; ")
		}()
	}
	fmt.Println()
	fmt.Println(cleanup())
	func() {
		defer func() { r := recover(); err, ok := r.(error); fmt.Println(ok, err) }()
		var f func(int) int
		f(1)
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		defer func() { panic(fmt.Sprint("re-", recover())) }()
		panic(1)
	}()
}
