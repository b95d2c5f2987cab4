// Errors as values.
package main

import (
	"errors"
	"fmt"
)

type kind int

const (
	notFound kind = iota
	denied
)

func (k kind) String() string { return [...]string{"not found", "denied"}[k] }

type E struct {
	k   kind
	op  string
	err error
}

func (e *E) Error() string {
	s := e.op + ": " + e.k.String()
	if e.err != nil {
		s += ": " + e.err.Error()
	}
	return s
}
func (e *E) Unwrap() error   { return e.err }
func (e *E) Is(t error) bool { x, ok := t.(*E); return ok && x.k == e.k && x.op == "" }

var ErrX = errors.New("x")

func open(s string) error {
	if s == "" {
		return &E{notFound, "open", ErrX}
	}
	return nil
}

func main() {
	err := fmt.Errorf("ctx: %w", open(""))
	var e *E
	fmt.Println(err, errors.As(err, &e), e.op, errors.Is(err, ErrX), errors.Is(err, &E{k: notFound}), errors.Is(err, &E{k: denied}))
	fmt.Println(open("ok") == nil, errors.Unwrap(errors.Unwrap(err)) == ErrX)
	j := errors.Join(ErrX, err)
	fmt.Println(errors.Is(j, ErrX), errors.As(j, &e), e.k)
	type multi interface{ Unwrap() []error }
	m, ok := j.(multi)
	fmt.Println(ok, len(m.Unwrap()))
}
