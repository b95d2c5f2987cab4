// Variadic functions.
package main

import "fmt"

func sum(base int, nums ...int) int {
	for _, n := range nums {
		base += n
	}
	return base
}

func describe(args ...any) string { return fmt.Sprint(len(args), args) }
func pass(args ...any) string     { return describe(args...) }
func nilcheck(s ...string) bool   { return s == nil }
func three() (int, int, int)      { return 1, 2, 3 }
func change(s ...int)             { s[0] = 99 }

type list struct{ items []string }

func (l *list) add(s ...string) *list { l.items = append(l.items, s...); return l }

type opt func(*list)

func with(s string) opt { return func(l *list) { l.add(s) } }
func build(opts ...opt) *list {
	l := &list{}
	for _, o := range opts {
		o(l)
	}
	return l
}

func main() {
	fmt.Println(sum(1), sum(1, 2, 3), sum(three()))
	nums := []int{4, 5}
	fmt.Println(sum(0, nums...), describe(), describe(1, "a", nil), pass(1, 2), describe(nums), describe([]any{1, 2}...))
	change(nums...)
	fmt.Println(nums, nilcheck(), nilcheck("a"), nilcheck([]string{}...))
	l := &list{}
	fmt.Println(l.add("a").add("b", "c").add().items)
	fmt.Println(build(with("x"), with("y")).items)
	f := sum
	fmt.Println(f(1, 1, 1))
	g := func(pre string, xs ...float64) string { return fmt.Sprint(pre, xs) }
	fmt.Println(g("p"), g("q", 1, 2.5))
	fmt.Println(fmt.Sprintf("%d-%s", []any{1, "z"}...))
	h := l.add
	h("d")
	fmt.Println(len(l.items))
}
