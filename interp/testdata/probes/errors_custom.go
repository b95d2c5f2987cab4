// errors.Is and As with types of the program.
package main

import (
	"errors"
	"fmt"
)

type notFound struct{ key string }

func (e *notFound) Error() string { return "not found: " + e.key }

type temporary struct{ err error }

func (t temporary) Error() string   { return "temporary: " + t.err.Error() }
func (t temporary) Unwrap() error   { return t.err }
func (t temporary) Temporary() bool { return true }

type code int

func (c code) Error() string        { return fmt.Sprintf("code %d", int(c)) }
func (c code) Is(target error) bool { return target == errAny }

var errAny = errors.New("any")
var errBase = errors.New("base")

func get(k string) error { return fmt.Errorf("get: %w", &notFound{k}) }

func main() {
	err := get("k")
	var nf *notFound
	fmt.Println(err, errors.As(err, &nf), nf.key)
	err = temporary{fmt.Errorf("wrapped: %w", errBase)}
	fmt.Println(errors.Is(err, errBase), errors.Is(err, errAny), errors.Unwrap(err))
	var tmp interface{ Temporary() bool }
	fmt.Println(errors.As(fmt.Errorf("x: %w", err), &tmp), tmp.Temporary())
	fmt.Println(errors.Is(fmt.Errorf("q: %w", code(5)), errAny), errors.Is(code(5), code(5)), errors.Is(code(5), code(6)))
	var c code
	fmt.Println(errors.As(errors.Join(errBase, code(7)), &c), int(c))
	fmt.Println(errors.Join(errBase, nil, code(1)))
	fmt.Println(err == error(temporary{nil}), error(code(1)) == error(code(1)))
}
