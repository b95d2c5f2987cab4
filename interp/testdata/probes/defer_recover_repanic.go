// Panics in deferred functions.
package main

import "fmt"

func inner() {
	defer func() {
		r := recover()
		fmt.Println("inner", r)
		panic(fmt.Sprint("again ", r))
	}()
	panic("first")
}

func outer() (s string) {
	defer func() {
		if r := recover(); r != nil {
			s = fmt.Sprint("outer ", r)
		}
	}()
	defer fmt.Println("between")
	inner()
	return "not reached"
}

func replaced() {
	defer func() { fmt.Println(recover()) }()
	defer func() { panic("second") }()
	panic("first")
}

func none() { defer func() { fmt.Println(recover()) }() }

func main() {
	fmt.Println(outer())
	replaced()
	none()
	func() {
		defer func() {
			defer func() { fmt.Println("nested", recover()) }()
			panic("deep")
		}()
	}()
	fmt.Println("end")
}
