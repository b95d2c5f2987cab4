// Package errors is the generic part of package errors of the standard library.
package errors

import "errors"

func AsType[E error](err error) (E, bool) {
	var target E
	ok := errors.As(err, &target)
	return target, ok
}
