// A function type that returns itself.
package main

import "fmt"

type stateFn func(*lexer) stateFn
type lexer struct {
	in  string
	pos int
	out []string
}

func start(l *lexer) stateFn {
	if l.pos >= len(l.in) {
		return nil
	}
	if l.in[l.pos] == ' ' {
		return space
	}
	return word
}
func space(l *lexer) stateFn { l.pos++; return start }
func word(l *lexer) stateFn {
	from := l.pos
	for l.pos < len(l.in) && l.in[l.pos] != ' ' {
		l.pos++
	}
	l.out = append(l.out, l.in[from:l.pos])
	return start
}

func main() {
	l := &lexer{in: "ab c  def"}
	for f := stateFn(start); f != nil; {
		f = f(l)
	}
	fmt.Printf("%q\n", l.out)
}
