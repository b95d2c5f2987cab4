// Visitors, state and strategy.
package main

import (
	"fmt"
	"strings"
)

type visitor interface {
	visitNum(n num) string
	visitBin(b bin) string
}
type expr interface{ accept(v visitor) string }
type num struct{ v float64 }
type bin struct {
	op   byte
	l, r expr
}

func (n num) accept(v visitor) string { return v.visitNum(n) }
func (b bin) accept(v visitor) string { return v.visitBin(b) }

type printer struct{ depth int }

func (p *printer) visitNum(n num) string { return fmt.Sprint(n.v) }
func (p *printer) visitBin(b bin) string {
	p.depth++
	defer func() { p.depth-- }()
	return fmt.Sprintf("(%s %c %s)@%d", b.l.accept(p), b.op, b.r.accept(p), p.depth)
}

type evaluator struct{ stack []float64 }

func (e *evaluator) visitNum(n num) string { e.stack = append(e.stack, n.v); return "" }
func (e *evaluator) visitBin(b bin) string {
	b.l.accept(e)
	b.r.accept(e)
	n := len(e.stack)
	x, y := e.stack[n-2], e.stack[n-1]
	e.stack = e.stack[:n-2]
	var z float64
	switch b.op {
	case '+':
		z = x + y
	case '*':
		z = x * y
	}
	e.stack = append(e.stack, z)
	return ""
}

type state interface{ next(c rune) state }
type start struct{}
type inWord struct{ sb *strings.Builder }

func (start) next(c rune) state {
	if c == ' ' {
		return start{}
	}
	w := inWord{&strings.Builder{}}
	return w.next(c)
}
func (w inWord) next(c rune) state {
	if c == ' ' {
		fmt.Print("[", w.sb.String(), "]")
		return start{}
	}
	w.sb.WriteRune(c)
	return w
}

func main() {
	e := bin{'+', num{1}, bin{'*', num{2}, num{3.5}}}
	fmt.Println(e.accept(&printer{}))
	ev := &evaluator{}
	e.accept(ev)
	fmt.Println(ev.stack)
	var s state = start{}
	for _, c := range "ab cd  e " {
		s = s.next(c)
	}
	fmt.Println()
	fmt.Printf("%T %v\n", s, s)
}
