// Function adapters.
package main

import (
	"fmt"
	"strings"
)

type H interface{ Serve(string) string }
type HF func(string) string

func (f HF) Serve(s string) string { return f(s) }

type mux map[string]H

func (m mux) Serve(s string) string {
	k, rest, _ := strings.Cut(s, "/")
	if h, ok := m[k]; ok {
		return h.Serve(rest)
	}
	return "404"
}

func main() {
	m := mux{"up": HF(strings.ToUpper), "sub": mux{"x": HF(func(s string) string { return "x:" + s })}}
	fmt.Println(m.Serve("up/abc"), m.Serve("sub/x/1"), m.Serve("zz"), m.Serve("sub/q"))
	var h H = m["up"]
	fmt.Println(h.Serve("q"))
	_, ok := h.(HF)
	fmt.Println(ok)
}
