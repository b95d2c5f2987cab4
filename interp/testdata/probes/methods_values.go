// Method values and expressions.
package main

import "fmt"

type counter struct{ n int }

func (c *counter) inc(by int) int { c.n += by; return c.n }
func (c counter) get() int        { return c.n }

func main() {
	c := &counter{}
	f := c.inc
	f(1)
	f(2)
	g := c.get
	c.inc(10)
	fmt.Println(c.n, g(), c.get())
	h := (*counter).inc
	fmt.Println(h(c, 5), counter.get(*c))
	fs := map[string]func(int) int{"inc": c.inc}
	fmt.Println(fs["inc"](100), c.n)
}
