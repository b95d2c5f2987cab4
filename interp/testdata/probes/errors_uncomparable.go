// errors.Is and As over types that have their own idea of them, or cannot be compared.
package main

import (
	"errors"
	"fmt"
	"io"

	"strings"
)

var ErrA = errors.New("a")

type Op struct {
	Name string
	Err  error
}

func (o *Op) Error() string   { return o.Name + ": " + o.Err.Error() }
func (o *Op) Unwrap() error   { return o.Err }
func (o *Op) Is(t error) bool { x, ok := t.(*Op); return ok && x.Name == o.Name }

type multi []error

func (m multi) Error() string {
	var s []string
	for _, e := range m {
		s = append(s, e.Error())
	}
	return strings.Join(s, ";")
}
func (m multi) Unwrap() []error { return m }

type temp interface{ Temporary() bool }
type netErr struct{}

func (netErr) Error() string   { return "net" }
func (netErr) Temporary() bool { return true }

type cmpErr struct{ xs []int }

func (cmpErr) Error() string { return "cmp" }

func main() {
	e := fmt.Errorf("top: %w", &Op{"read", fmt.Errorf("mid: %w", io.EOF)})
	fmt.Println(e, errors.Is(e, io.EOF), errors.Is(e, &Op{Name: "read"}), errors.Is(e, &Op{Name: "write"}))
	var op *Op
	fmt.Println(errors.As(e, &op), op.Name, errors.Unwrap(op))
	m := multi{ErrA, netErr{}, e}
	fmt.Println(errors.Is(m, ErrA), errors.Is(m, io.EOF), m)
	var t temp
	fmt.Println(errors.As(fmt.Errorf("x %w", m), &t), t.Temporary())
	var n netErr
	fmt.Println(errors.As(m, &n), n == netErr{})
	var mm multi
	fmt.Println(errors.As(fmt.Errorf("q: %w", m), &mm), len(mm))
	fmt.Println(errors.Is(cmpErr{}, cmpErr{}), errors.Is(nil, ErrA), errors.Is(ErrA, nil))
	j := errors.Join(ErrA, m)
	u, ok := j.(interface{ Unwrap() []error })
	fmt.Println(ok, len(u.Unwrap()), j)
	fmt.Printf("%v|%s|%q|%+v\n", op, op, ErrA, netErr{})
	w := fmt.Errorf("%w and %w", ErrA, op)
	fmt.Println(errors.Is(w, ErrA), errors.Is(w, io.EOF), errors.Unwrap(w))
	fmt.Println(fmt.Errorf("%w", nil), fmt.Errorf("%d %w", 1, "str"))
	if at, ok := errors.AsType[*Op](e); ok {
		fmt.Println(at.Name)
	}
	defer func() {
		r := recover()
		err, ok := r.(error)
		fmt.Println(ok, err, errors.Is(err, ErrA))
	}()
	panic(fmt.Errorf("p: %w", ErrA))
}
