// Asserting an interface from any.
package main

import "fmt"

type stringer interface{ String() string }
type speaker interface{ Speak() string }
type cat struct{ name string }

func (c cat) String() string { return "cat " + c.name }
func (c *cat) Speak() string { return c.name + " says meow" }

func main() {
	var v any = cat{"tom"}
	if s, ok := v.(fmt.Stringer); ok {
		fmt.Println("Stringer:", s.String(), s)
	}
	if s, ok := v.(stringer); ok {
		fmt.Println("stringer:", s.String())
	}
	_, ok := v.(speaker)
	fmt.Println(ok)
	v = &cat{"tim"}
	sp, ok := v.(speaker)
	fmt.Println(ok, sp.Speak())
	_, ok = v.(error)
	fmt.Println(ok)
	v = 42
	_, ok = v.(fmt.Stringer)
	fmt.Println(ok)
}
