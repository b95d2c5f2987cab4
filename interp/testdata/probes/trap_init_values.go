// Package variables of all kinds.
package main

import (
	"fmt"
	"strings"
)

type cfg struct {
	name string
	opts map[string]any
	next *cfg
}

var (
	def    = cfg{name: "d", opts: map[string]any{"a": 1, "f": func() int { return cnt }}}
	ptr    = &def
	list   = []*cfg{ptr, {name: "x", next: ptr}}
	cnt    int
	total  = len(list) + add(2)
	up     = strings.ToUpper
	tbl    = map[string]func(...string) string{"j": join, "u": func(s ...string) string { return up(s[0]) }}
	matrix = [2][2]float64{{1}, {0, 1}}
	_      = register("r")
	names  []string
)

func add(n int) int           { return n * 10 }
func join(s ...string) string { return strings.Join(s, "-") }
func register(n string) bool  { names = append(names, n); return true }
func init()                   { ptr.name += "!"; register("init") }

func main() {
	fmt.Println(def.name, list[1].next.name, total, def.opts["f"].(func() int)(), tbl["j"]("a", "b"), tbl["u"]("q"), matrix, names, ptr == list[0])
	cnt += total
	fmt.Println(def.opts["f"].(func() int)())
}
