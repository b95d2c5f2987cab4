// Initialisation of package variables.
package main

import "fmt"

var (
	a     = b + 1
	b     = f("b", c*2)
	c     = 5
	d     = func() int { return f("d", 1) }()
	m     = map[string]int{"x": a, "y": b}
	_     = f("blank", 0)
	x, y  = two()
	table = [...]func() int{one, func() int { return a }}
)

func f(name string, v int) int { fmt.Print(name, " "); return v }
func two() (int, int)          { return f("two", 1), 2 }
func one() int                 { return 1 }

func init() { fmt.Println("init1", a, b, c, d); c = 50 }
func init() { fmt.Println("init2", c, m, x, y) }

var late = f("late", 9)

func main() { fmt.Println(late, table[0](), table[1]()) }
