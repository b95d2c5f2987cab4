// Functions with several results.
package main

import (
	"errors"
	"fmt"
)

func dm(a, b int) (q, r int, err error) {
	if b == 0 {
		err = errors.New("zero")
		return
	}
	return a / b, a % b, nil
}
func wrap(a, b int) (int, int, error) { return dm(a, b) }
func add3(a, b int, e error) string   { return fmt.Sprint(a+b, e) }

func main() {
	q, r, err := wrap(17, 5)
	fmt.Println(q, r, err)
	_, _, err = wrap(1, 0)
	fmt.Println(err)
	fmt.Println(add3(dm(9, 4)))
	fmt.Println(dm(8, 3))
}
