// Different types behind one interface.
package main

import (
	"fmt"
)

type sh interface {
	Area() float64
	Name() string
}
type sq struct{ s float64 }

func (q sq) Area() float64 { return q.s * q.s }
func (q sq) Name() string  { return "sq" }

type ci float64

func (c ci) Area() float64 { return float64(c) * 3 }
func (c ci) Name() string  { return "ci" }

type fn func() float64

func (f fn) Area() float64 { return f() }
func (f fn) Name() string  { return "fn" }

type mp map[string]float64

func (m mp) Area() float64 { return m["area"] }
func (m mp) Name() string  { return "mp" }

func main() {
	l := []sh{sq{2}, ci(1), fn(func() float64 { return 7 }), mp{"area": 9}, &sq{3}}
	m := map[string]sh{}
	for _, s := range l {
		fmt.Print(s.Name(), s.Area(), " ")
		m[s.Name()] = s
	}
	fmt.Println(len(m), m["sq"].Area())
	best := l[0]
	for _, s := range l[1:] {
		if s.Area() > best.Area() {
			best = s
		}
	}
	fmt.Printf("%T\n", best)
}
