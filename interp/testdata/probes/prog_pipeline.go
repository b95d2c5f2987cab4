// A pipeline without goroutines.
package main

import (
	"fmt"
	"strconv"
	"strings"
)

type stage func([]string) []string

func mapS(f func(string) string) stage {
	return func(in []string) []string {
		out := make([]string, len(in))
		for i, s := range in {
			out[i] = f(s)
		}
		return out
	}
}
func filter(f func(string) bool) stage {
	return func(in []string) (out []string) {
		for _, s := range in {
			if f(s) {
				out = append(out, s)
			}
		}
		return
	}
}
func run(in []string, st ...stage) []string {
	for _, s := range st {
		in = s(in)
	}
	return in
}

type stats struct {
	n, total int
	by       map[int][]string
}

func (s *stats) tap() stage {
	return func(in []string) []string {
		for _, x := range in {
			s.n++
			s.total += len(x)
			s.by[len(x)] = append(s.by[len(x)], x)
		}
		return in
	}
}

func main() {
	s := &stats{by: map[int][]string{}}
	out := run(strings.Fields("one 2 three 44 five"), filter(func(s string) bool { _, err := strconv.Atoi(s); return err != nil }), mapS(strings.ToUpper), s.tap(), mapS(func(s string) string { return s[:1] }))
	fmt.Println(out, s.n, s.total, s.by)
}
