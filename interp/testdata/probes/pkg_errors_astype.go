// errors.AsType and friends.
package main

import (
	"errors"
	"fmt"
	"strconv"
)

type e1 struct{ c int }

func (e e1) Error() string { return fmt.Sprint("e1 ", e.c) }

func main() {
	err := fmt.Errorf("a: %w", e1{5})
	if x, ok := errors.AsType[e1](err); ok {
		fmt.Println(x.c)
	}
	_, ok := errors.AsType[*strconv.NumError](err)
	fmt.Println(ok)
	_, perr := strconv.ParseFloat("x", 64)
	if n, ok := errors.AsType[*strconv.NumError](fmt.Errorf("w: %w", perr)); ok {
		fmt.Println(n.Func, n.Err)
	}
}
