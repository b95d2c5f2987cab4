// A program that ends with a custom error.
package main

import (
	"errors"
	"fmt"
)

type fatal struct{ error }

func main() {
	defer fmt.Println("last")
	defer func() { r := recover(); fmt.Println("got", r); panic(fatal{errors.New("again")}) }()
	panic(fatal{errors.New("first")})
}
