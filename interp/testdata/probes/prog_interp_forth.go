// A stack machine.
package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

type vm struct {
	st    []int
	words map[string]func(*vm) error
	out   strings.Builder
}

func (v *vm) push(n int) { v.st = append(v.st, n) }
func (v *vm) pop() (int, error) {
	if len(v.st) == 0 {
		return 0, errors.New("stack underflow")
	}
	n := v.st[len(v.st)-1]
	v.st = v.st[:len(v.st)-1]
	return n, nil
}
func bin(f func(a, b int) int) func(*vm) error {
	return func(v *vm) error {
		b, err := v.pop()
		if err != nil {
			return err
		}
		a, err := v.pop()
		if err != nil {
			return err
		}
		v.push(f(a, b))
		return nil
	}
}
func newVM() *vm {
	v := &vm{}
	v.words = map[string]func(*vm) error{"+": bin(func(a, b int) int { return a + b }), "*": bin(func(a, b int) int { return a * b }), "dup": func(v *vm) error { n, err := v.pop(); v.push(n); v.push(n); return err }, ".": func(v *vm) error { n, err := v.pop(); fmt.Fprint(&v.out, n, " "); return err }}
	return v
}
func (v *vm) run(src string) error {
	toks := strings.Fields(src)
	for i := 0; i < len(toks); i++ {
		t := toks[i]
		if t == ":" {
			name := toks[i+1]
			j := i + 2
			for toks[j] != ";" {
				j++
			}
			body := strings.Join(toks[i+2:j], " ")
			v.words[name] = func(v *vm) error { return v.run(body) }
			i = j
			continue
		}
		if n, err := strconv.Atoi(t); err == nil {
			v.push(n)
			continue
		}
		w, ok := v.words[t]
		if !ok {
			return fmt.Errorf("unknown word %q", t)
		}
		if err := w(v); err != nil {
			return fmt.Errorf("%s: %w", t, err)
		}
	}
	return nil
}

func main() {
	v := newVM()
	fmt.Println(v.run(": sq dup * ; 3 sq . 2 4 + sq ."), v.out.String(), v.st)
	fmt.Println(v.run("+"), v.run("zz"))
}
