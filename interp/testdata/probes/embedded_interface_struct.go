// Structs that embed interfaces and pointers.
package main

import (
	"fmt"
	"sort"
	"strings"
)

type logger interface{ Log(string) }
type stdLog struct{ prefix string }

func (s stdLog) Log(m string) { fmt.Println(s.prefix + m) }

type service struct {
	logger
	*stats
	name string
}
type stats struct{ calls int }

func (s *stats) hit()       { s.calls++ }
func (s *stats) Total() int { return s.calls }

type reverse struct{ sort.Interface }

func (r reverse) Less(i, j int) bool { return r.Interface.Less(j, i) }

type doc struct {
	strings.Builder
	lines int
}

func (d *doc) line(s string) { d.WriteString(s + "\n"); d.lines++ }

func main() {
	s := service{logger: stdLog{"> "}, stats: &stats{}, name: "svc"}
	s.Log("hello")
	s.hit()
	s.hit()
	fmt.Println(s.Total(), s.calls)
	var l logger = s
	l.Log("through")
	var t interface{ Total() int } = s
	fmt.Println(t.Total())
	n := []int{1, 3, 2}
	sort.Sort(reverse{sort.IntSlice(n)})
	fmt.Println(n)
	d := &doc{}
	d.line("a")
	d.line("b")
	fmt.Printf("%q %d %d\n", d.String(), d.lines, d.Len())
}
