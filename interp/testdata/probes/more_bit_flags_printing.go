// Flag types with String.
package main

import (
	"fmt"
	"strings"
)

type perm uint8

const (
	read perm = 1 << iota
	write
	exec
)

var names = []struct {
	p perm
	n string
}{{read, "r"}, {write, "w"}, {exec, "x"}}

func (p perm) String() string {
	var s []string
	for _, x := range names {
		if p&x.p == x.p {
			s = append(s, x.n)
		}
	}
	if len(s) == 0 {
		return "-"
	}
	return strings.Join(s, "|")
}
func (p *perm) set(f perm) *perm   { *p |= f; return p }
func (p *perm) clear(f perm) *perm { *p &^= f; return p }
func (p perm) has(f perm) bool     { return p&f != 0 }

func main() {
	var p perm
	p.set(read).set(exec)
	fmt.Println(p, p.has(write), p.has(exec), uint8(p))
	p.clear(read)
	fmt.Printf("%v %d %08b %s %q|%6v|%x\n", p, p, p, p, p, p, uint8(p))
	q := p | write
	fmt.Println(q, ^q&7, q^exec, perm(0), []perm{read, q}, map[perm]int{write: 1}, q<<1, q>>1)
	for f := read; f <= exec; f <<= 1 {
		fmt.Print(f, " ")
	}
	fmt.Println()
}
