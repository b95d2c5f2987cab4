// Function fields.
package main

import (
	"fmt"
)

type op struct {
	name string
	f    func(float64, float64) (float64, error)
}
type calc struct {
	ops map[string]op
	log func(string, ...any)
}

func main() {
	c := calc{ops: map[string]op{"+": {"add", func(a, b float64) (float64, error) { return a + b, nil }}, "/": {"div", func(a, b float64) (float64, error) {
		if b == 0 {
			return 0, fmt.Errorf("div by zero")
		}
		return a / b, nil
	}}}}
	c.log = func(s string, a ...any) { fmt.Printf(s+"\n", a...) }
	for _, k := range []string{"+", "/"} {
		v, err := c.ops[k].f(6, 0)
		c.log("%s %v %v", c.ops[k].name, v, err)
	}
	f := c.ops["+"].f
	v, _ := f(1, 2)
	fmt.Println(v)
}
