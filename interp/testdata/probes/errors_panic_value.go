// What recover returns.
package main

import (
	"errors"
	"fmt"
)

type boom struct{ n int }

func (b boom) Error() string { return fmt.Sprint("boom ", b.n) }

func catch(f func()) (err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
			err = nil
		case error:
			err = fmt.Errorf("caught: %w", r)
		case string:
			err = errors.New("text: " + r)
		default:
			err = fmt.Errorf("other: %v (%T)", r, r)
		}
	}()
	f()
	return nil
}

func main() {
	fmt.Println(catch(func() {}))
	fmt.Println(catch(func() { panic("p") }))
	err := catch(func() { panic(boom{3}) })
	var b boom
	fmt.Println(err, errors.As(err, &b), b.n)
	fmt.Println(catch(func() { panic(17) }))
	fmt.Println(catch(func() { panic(struct{ A int }{1}) }))
	fmt.Println(catch(func() { panic(fmt.Errorf("e")) }))
}
