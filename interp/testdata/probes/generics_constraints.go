// Constraints with methods.
package main

import (
	"fmt"
	"strconv"
	"strings"
)

type shower interface{ Show() string }
type num int

func (n num) Show() string { return "#" + strconv.Itoa(int(n)) }

type word struct{ s string }

func (w *word) Show() string { return "<" + w.s + ">" }
func (w *word) Set(s string) { w.s = s }

type setter[T any] interface {
	*T
	Set(string)
}

func Join[T shower](items []T) string {
	var parts []string
	for _, it := range items {
		parts = append(parts, it.Show())
	}
	return strings.Join(parts, ",")
}

func FromStrings[T any, PT setter[T]](s []string) []T {
	out := make([]T, len(s))
	for i, v := range s {
		PT(&out[i]).Set(v)
	}
	return out
}

type numeric interface{ ~int | ~float64 }

func Abs[T numeric](x T) T {
	if x < 0 {
		return -x
	}
	return x
}

func Ptr[T any](v T) *T { return &v }

func main() {
	fmt.Println(Join([]num{1, 2}), Join([]*word{{"a"}, {"b"}}), Join([]shower{num(3), &word{"c"}}))
	ws := FromStrings[word]([]string{"x", "y"})
	fmt.Println(ws[0].Show(), ws[1].s)
	fmt.Println(Abs(-3), Abs(-2.5), Abs(num(-4)))
	p, q := Ptr(1), Ptr("s")
	*p++
	fmt.Println(*p, *q)
}
