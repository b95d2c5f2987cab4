// The order of calls in every kind of statement.
package main

import "fmt"

var log []string

func t(s string) int          { log = append(log, s); return len(log) }
func b(s string, v bool) bool { log = append(log, s); return v }

type N struct {
	v  int
	xs []int
	m  map[string]int
	n  *N
}

func (n *N) next(s string) *N { t(s); return n }
func (n N) val(s string) int  { return t(s) + n.v }
func mk(s string) []int       { t(s); return []int{1, 2, 3} }
func mm(s string) map[string]int {
	t(s)
	return map[string]int{"a": 1}
}
func fn(s string) func(int) int { t(s); return func(i int) int { return i + t("inner"+s) } }
func st(s string) N             { t(s); return N{v: 1} }
func pair() (int, int)          { return t("p1"), t("p2") }

func main() {
	c := make(chan int, 5)
	n := &N{v: 1, xs: []int{1, 2}, m: map[string]int{}}
	x := b("a", true) && b("b", false) || b("c", true)
	y, z := b("d", false) && b("e", true), t("f") > 2 && !b("g", true)
	fmt.Println(x, y, z, log)
	log = nil
	fmt.Println(n.next("1").next("2").val("3"), n.next("4").xs[t("5")-4], mk("6")[t("7")-7], mm("8")["a"], -t("9"), !b("10", true))
	fmt.Println(log)
	log = nil
	fmt.Println(fn("1")(t("2")), fn("3")(fn("4")(t("5"))), st("6").v, &[]int{t("7")}, [2]int{t("8"), t("9")}, N{v: t("10")}, map[string]int{"k": t("11")}, []map[string]int{{"q": t("12")}, {"r": t("13")}})
	fmt.Println(log)
	log = nil
	c <- t("1")
	c <- t("2") + t("3")
	fmt.Println(<-c, <-c, len(c), t("4"))
	n.xs[t("5")-5] += t("6")
	n.m[fmt.Sprint(t("7"))] = t("8") + n.v*t("9")
	n.v, n.xs[0] = t("10"), n.v+t("11")
	fmt.Println(log, n.xs, n.m, n.v)
	log = nil
	s := fmt.Sprint(t("1")) + "," + fmt.Sprint(t("2"), int64(t("3")), string(rune('a'+t("4"))), len(mk("5")), append(mk("6"), t("7"), n.v), min(t("8"), 3), any(t("9")).(int), mk("10")[1:2], mk("11")[t("12")-12:])
	fmt.Println(s, log)
	log = nil
	w := func() (int, string) { return t("1") + n.v, fmt.Sprint(n.v, t("2")) }
	fmt.Println(w())
	a, bb := pair()
	fmt.Println(a, bb, log)
	log = nil
	for i := t("i"); i < 3 && b("cond", true); i += t("post") - i - 1 {
		switch q := t("tag"); {
		case q > 100 || b("case", false):
		case b("case2", true) && t("x") > 0:
		}
		if v := t("init"); v > 0 && b("if", true) || b("no", true) {
			log = append(log, fmt.Sprint(v, t("arg"), v > t("arg2")))
		}
	}
	fmt.Println(log)
	log = nil
	var e any = t("1")
	f := func(xs ...any) int { return len(xs) }
	fmt.Println(f(e, t("2"), f(t("3"), e), nil, n.next("4") == n, n.next("5").m["zz"] == t("6"), *n.next("7").xs0()))
	defer fmt.Println("d", t("8"), n.v, func() int { return t("9") }())
	n.v = t("10")
	var d, g = n.v + t("11"), n.v
	fmt.Println(d, g, log)
	for i, v := range mk(fmt.Sprint(t("12"), n.v)) {
		_, _ = i, v
	}
	if d := n.v + t("13"); d > t("14") {
		fmt.Println("gt", d)
	}
	r := 0
	inc := func() int { r += 10; return r }
	r += inc()
	n.v += func() int { n.v = 100; return 1 }()
	n.xs[0] += func() int { n.xs[0] = 1000; return 1 }()
	fmt.Println(r, n.v, n.xs, n.v*2-func() int { n.v = 7; return 1 }())
	k := []int{r, inc(), r}
	l := N{v: r, xs: []int{inc()}}
	fmt.Println(k, l.v, l.xs)
}

func (n *N) xs0() *int { t("xs0"); return &n.xs[0] }
