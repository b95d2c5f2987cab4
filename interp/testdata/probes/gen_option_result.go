// Option and Result types.
package main

import (
	"errors"
	"fmt"
)

type Option[T any] struct{ v *T }

func Some[T any](v T) Option[T] { return Option[T]{&v} }
func None[T any]() Option[T]    { return Option[T]{} }
func (o Option[T]) Get() (T, bool) {
	if o.v == nil {
		var z T
		return z, false
	}
	return *o.v, true
}
func (o Option[T]) OrElse(f func() T) T {
	if v, ok := o.Get(); ok {
		return v
	}
	return f()
}
func Then[T, U any](o Option[T], f func(T) Option[U]) Option[U] {
	if v, ok := o.Get(); ok {
		return f(v)
	}
	return None[U]()
}

type Result[T any] struct {
	Val T
	Err error
}

func Try[T any](v T, err error) Result[T] { return Result[T]{v, err} }
func parse(s string) (int, error) {
	if s == "" {
		return 0, errors.New("empty")
	}
	return len(s), nil
}

func main() {
	o := Then(Some(5), func(n int) Option[string] {
		if n > 3 {
			return Some(fmt.Sprint("big", n))
		}
		return None[string]()
	})
	fmt.Println(o.Get())
	fmt.Println(None[float64]().OrElse(func() float64 { return 1.5 }), Then(None[int](), func(int) Option[bool] { return Some(true) }).OrElse(func() bool { return false }))
	fmt.Println(Try(parse("abc")), Try(parse("")).Err)
}
