// op= in every place.
package main

import (
	"fmt"
)

type s struct {
	a   [3]int
	m   map[string]int
	p   *s
	f   float64
	l   []s
	b   byte
	str string
}

var calls int

func idx() int        { calls++; return 1 }
func (x *s) self() *s { calls++; return x }

func main() {
	x := &s{m: map[string]int{}, l: make([]s, 2)}
	x.p = x
	x.a[idx()] += 5
	x.self().a[idx()] <<= 2
	x.m["k"]++
	x.m["k"] -= 3
	x.p.p.m["k"] *= 7
	x.l[idx()].f += 1.5
	x.l[1].f /= 2
	x.b -= 1
	x.b >>= 4
	x.b |= 0x80
	x.b ^= 1
	x.b %= 100
	x.str += "a"
	x.str += x.str
	p := &x.a[2]
	*p += 3
	(*p)++
	*p *= *p
	mm := map[string]map[int]float64{"a": {}}
	mm["a"][1] += 2
	mm["a"][1] /= 4
	var i8 int8 = 100
	i8 += 100
	i8 /= 3
	var u uint = 1
	u <<= 63
	u >>= 60
	u &^= 8
	var an any = 1
	an = an.(int) + 1
	fmt.Println(x.a, x.m, x.l[1].f, x.b, x.str, mm, i8, u, an, calls)
}
