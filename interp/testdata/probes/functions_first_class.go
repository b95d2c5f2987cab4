// Functions as values everywhere.
package main

import "fmt"

type handler func(string) string
type middleware func(handler) handler

func chain(h handler, ms ...middleware) handler {
	for i := len(ms) - 1; i >= 0; i-- {
		h = ms[i](h)
	}
	return h
}

func tag(t string) middleware {
	return func(next handler) handler {
		return func(s string) string { return "<" + t + ">" + next(s) + "</" + t + ">" }
	}
}

type machine struct {
	ops   map[string]func(a, b int) (int, error)
	hooks []func(string)
	on    func()
}

func div(a, b int) (int, error) {
	if b == 0 {
		return 0, fmt.Errorf("divide %d by zero", a)
	}
	return a / b, nil
}

func apply(f func(int) int, n int) int { return f(n) }
func multi() (int, func() int)         { x := 5; return x, func() int { x++; return x } }

func main() {
	fmt.Println(chain(func(s string) string { return s }, tag("a"), tag("b"))("x"))
	m := machine{ops: map[string]func(a, b int) (int, error){"div": div}}
	m.ops["add"] = func(a, b int) (int, error) { return a + b, nil }
	fmt.Println(m.ops["div"](7, 0))
	v, err := m.ops["add"](1, 2)
	fmt.Println(v, err)
	for i := range 2 {
		m.hooks = append(m.hooks, func(s string) { fmt.Print(s, i, " ") })
	}
	for _, h := range m.hooks {
		h("hook")
	}
	fmt.Println(m.on == nil)
	m.on = func() { fmt.Println("on") }
	m.on()
	fmt.Println(apply(func(i int) int { return i * i }, 7))
	x, f := multi()
	fmt.Println(x, f(), f())
	func(a, b int) { fmt.Println(a + b) }(3, 4)
	fmt.Println(func() string { return "immediate" }())
	var g func(int) int
	fmt.Println(g == nil)
	g = func(n int) int {
		if n <= 1 {
			return 1
		}
		return n * g(n-1)
	}
	fmt.Println(g(10))
	pf := &g
	fmt.Println((*pf)(3))
	fs := [...]func() func() int{func() func() int { return func() int { return 9 } }}
	fmt.Println(fs[0]()())
	h := handler(func(s string) string { return s + "!" })
	fmt.Println(h("hi"), handler(h)("x"))
}
