// Looking at a type parameter's type.
package main

import "fmt"

type id string

func name[T any](v T) string {
	switch any(v).(type) {
	case int:
		return "int"
	case string:
		return "string"
	case id:
		return "id"
	case []T:
		return "slice of T"
	case error:
		return "error"
	}
	return fmt.Sprintf("%T", v)
}

func zero[T any]() T { var z T; return z }

func equal[T comparable](a, b T) bool { return a == b }

type opt[T any] struct {
	v  T
	ok bool
}

func some[T any](v T) opt[T] { return opt[T]{v, true} }
func (o opt[T]) or(d T) T {
	if o.ok {
		return o.v
	}
	return d
}

func main() {
	fmt.Println(name(1), name("s"), name(id("x")), name(1.5), name(fmt.Errorf("e")), name([]int{}))
	fmt.Println(zero[int](), zero[string]() == "", zero[*int]() == nil, zero[[]int]() == nil)
	fmt.Println(equal(1, 1), equal("a", "b"), equal(id("q"), "q"), equal[any](1, 1.0))
	fmt.Println(some(3).or(4), opt[string]{}.or("default"))
}
