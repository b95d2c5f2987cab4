// Methods on types that are no structs.
package main

import (
	"fmt"
	"sort"
	"strings"
)

type celsius float64

func (c celsius) f() float64     { return float64(c)*9/5 + 32 }
func (c celsius) String() string { return fmt.Sprintf("%.1f°C", float64(c)) }

type names []string

func (n names) Len() int           { return len(n) }
func (n names) Less(i, j int) bool { return n[i] < n[j] }
func (n names) Swap(i, j int)      { n[i], n[j] = n[j], n[i] }
func (n *names) add(s string)      { *n = append(*n, s) }

type set map[string]bool

func (s set) has(k string) bool { return s[k] }

type op func(int, int) int

func (o op) apply(a, b int) int { return o(a, b) }

func main() {
	c := celsius(36.6)
	fmt.Println(c, c.f())
	n := names{"c", "a"}
	n.add("b")
	sort.Sort(n)
	fmt.Println(n, strings.Join(n, "+"))
	s := set{"x": true}
	fmt.Println(s.has("x"), s.has("y"))
	fmt.Println(op(func(a, b int) int { return a * b }).apply(6, 7))
}
