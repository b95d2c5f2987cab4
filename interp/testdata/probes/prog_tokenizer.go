// A tokenizer and calculator.
package main

import (
	"errors"
	"fmt"
	"strconv"
	"unicode"
)

type kind int

const (
	num kind = iota
	op
	lp
	rp
)

type tok struct {
	k kind
	s string
}

func lex(s string) (out []tok, err error) {
	r := []rune(s)
	for i := 0; i < len(r); {
		switch c := r[i]; {
		case unicode.IsSpace(c):
			i++
		case unicode.IsDigit(c) || c == '.':
			j := i
			for j < len(r) && (unicode.IsDigit(r[j]) || r[j] == '.') {
				j++
			}
			out = append(out, tok{num, string(r[i:j])})
			i = j
		case c == '(':
			out = append(out, tok{lp, "("})
			i++
		case c == ')':
			out = append(out, tok{rp, ")"})
			i++
		default:
			if c != '+' && c != '-' && c != '*' && c != '/' {
				return nil, fmt.Errorf("bad %q at %d", c, i)
			}
			out = append(out, tok{op, string(c)})
			i++
		}
	}
	return
}

type parser struct {
	t []tok
	i int
}

func (p *parser) peek() (tok, bool) {
	if p.i < len(p.t) {
		return p.t[p.i], true
	}
	return tok{}, false
}
func (p *parser) expr() (float64, error) {
	l, err := p.term()
	for err == nil {
		t, ok := p.peek()
		if !ok || t.s != "+" && t.s != "-" {
			break
		}
		p.i++
		var r float64
		if r, err = p.term(); t.s == "+" {
			l += r
		} else {
			l -= r
		}
	}
	return l, err
}
func (p *parser) term() (float64, error) {
	l, err := p.fac()
	for err == nil {
		t, ok := p.peek()
		if !ok || t.s != "*" && t.s != "/" {
			break
		}
		p.i++
		var r float64
		if r, err = p.fac(); err != nil {
			break
		}
		if t.s == "*" {
			l *= r
		} else if r == 0 {
			return 0, errors.New("division by zero")
		} else {
			l /= r
		}
	}
	return l, err
}
func (p *parser) fac() (float64, error) {
	t, ok := p.peek()
	if !ok {
		return 0, errors.New("unexpected end")
	}
	p.i++
	switch {
	case t.k == num:
		return strconv.ParseFloat(t.s, 64)
	case t.s == "-":
		v, err := p.fac()
		return -v, err
	case t.k == lp:
		v, err := p.expr()
		if err != nil {
			return 0, err
		}
		if c, ok := p.peek(); !ok || c.k != rp {
			return 0, errors.New("want )")
		}
		p.i++
		return v, nil
	}
	return 0, fmt.Errorf("unexpected %s", t.s)
}

func main() {
	for _, s := range []string{"1+2*3", "(1+2)*3 - -4", "2/0", "2 $ 3", "(1", "1.5*4", "*"} {
		t, err := lex(s)
		if err != nil {
			fmt.Println(s, err)
			continue
		}
		p := parser{t: t}
		v, err := p.expr()
		fmt.Println(s, "=", v, err)
	}
}
