// Implementing io interfaces.
package main

import (
	"fmt"
	"io"
	"strings"
)

type count struct {
	n int
	w io.Writer
}

func (c *count) Write(p []byte) (int, error) { c.n += len(p); return c.w.Write(p) }

type rot struct{ r io.Reader }

func (r rot) Read(p []byte) (int, error) {
	n, err := r.r.Read(p)
	for i := range p[:n] {
		if c := p[i]; c >= 'a' && c <= 'z' {
			p[i] = 'a' + (c-'a'+13)%26
		}
	}
	return n, err
}

func main() {
	var sb strings.Builder
	c := &count{w: &sb}
	fmt.Fprintf(c, "hi %d", 5)
	io.WriteString(c, "!")
	fmt.Println(c.n, sb.String())
	n, err := io.Copy(c, rot{strings.NewReader("uryyb")})
	fmt.Println(n, err, sb.String(), c.n)
	var w io.Writer = c
	_, isC := w.(*count)
	_, isR := w.(io.Reader)
	fmt.Println(isC, isR)
}
