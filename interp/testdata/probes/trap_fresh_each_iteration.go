// What every iteration and every call must find fresh.
package main

import "fmt"

type T struct {
	a   int
	s   []int
	m   map[string]int
	p   *T
	e   error
	f   func() int
	arr [2]int
}
type E struct{ n int }

func (e E) Error() string { return fmt.Sprint("E", e.n) }

func find(k int) (t T, ok bool, err error) {
	if k == 0 {
		return T{a: 1, s: []int{1}, f: func() int { return 9 }}, true, nil
	}
	if k == 1 {
		err = E{k}
		return
	}
	ok = k%2 == 0
	return
}
func named(k int) (r int, s string, m map[string]int) {
	if k > 1 {
		return
	}
	r = k + 1
	s = fmt.Sprint(k)
	m = map[string]int{s: k}
	return
}
func rec(n int) (out []int) {
	var x int
	var s []int
	if n > 0 {
		out = rec(n - 1)
		x = n
		s = append(s, n)
	}
	out = append(out, x, len(s))
	return
}

func main() {
	for i := range 4 {
		var x int
		var s string
		var sl []int
		var m map[string]int
		var p *int
		var t T
		var e error
		var a [3]int
		var f func() int
		var an struct{ q int }
		var any any
		fmt.Println(x, s, sl == nil, m == nil, p == nil, t.a, t.s == nil, e == nil, a, f == nil, an, any)
		x, s, sl, m, p = i, "s", []int{i}, map[string]int{"a": i}, &x
		t.a, t.s, t.arr[1] = i, sl, 5
		e = E{i}
		a[1] = i
		f = func() int { return x }
		an.q = 4
		any = i
		_, _, _ = e, m, f
		_ = p
		_, _ = an, any
	}
	for i := range 4 {
		t, ok, err := find(i)
		fmt.Println(t.a, t.s, t.f == nil, ok, err)
		r, s, m := named(i)
		fmt.Println(r, s, m == nil)
	}
	fmt.Println(rec(3))
	var ps []*int
	var fs []func() int
	for i := 0; i < 3; i++ {
		j := i * 10
		ps = append(ps, &i, &j)
		fs = append(fs, func() int { j++; return i + j })
	}
	for _, p := range ps {
		fmt.Print(*p, " ")
	}
	for _, f := range fs {
		fmt.Print(f(), f(), " ")
	}
	fmt.Println()
	var ts []*T
	for i := range 3 {
		var t T
		t.a = i
		ts = append(ts, &t)
	}
	fmt.Println(ts[0].a, ts[1].a, ts[2].a)
	for i, t := range ts {
		t := *t
		t.a *= 2
		ts[i].p = &t
	}
	fmt.Println(ts[2].p.a, ts[2].a)
	type acc struct{ n int }
	accs := map[string]*acc{}
	for _, k := range []string{"a", "b", "a"} {
		a, ok := accs[k]
		if !ok {
			a = &acc{}
			accs[k] = a
		}
		a.n++
	}
	fmt.Println(accs["a"].n, accs["b"].n)
	seen := map[string]int{}
	for i, k := range []string{"x", "y", "x"} {
		if prev, dup := seen[k]; dup {
			fmt.Println("dup", k, prev)
			continue
		}
		seen[k] = i
	}
	for _, v := range []any{1, "a", nil, 2.5, E{1}, []int{1}, "b"} {
		var kind string
		switch x := v.(type) {
		case string:
			kind = "s" + x
		case int:
			kind += fmt.Sprint(x)
		case error:
			kind = x.Error()
		}
		n, isInt := v.(int)
		s, isS := v.(string)
		e, isE := v.(error)
		fmt.Printf("%q %d %t %q %t %v %t\n", kind, n, isInt, s, isS, e, isE)
	}
	buf := []byte{}
	for range 3 {
		var line []byte
		line = append(line, 'a')
		buf = append(buf, line...)
	}
	fmt.Println(string(buf))
	grid := make([][]rune, 2)
	for i := range grid {
		grid[i] = make([]rune, 2)
		for j := range grid[i] {
			grid[i][j] = rune('a' + i*2 + j)
		}
	}
	fmt.Println(string(grid[0]), string(grid[1]))
	for i := range 2 {
		lit := T{a: i}
		if i == 0 {
			lit.arr[0] = 7
			lit.m = map[string]int{}
		}
		fmt.Println(lit.arr, lit.m == nil, lit.a)
		sl := []int{0, 0}
		sl[i] = 1
		ar := [2]int{}
		ar[i]++
		mm := map[int]int{}
		mm[i]++
		an := []struct{ v int }{{1}, {2}}
		an[0].v += i
		fmt.Println(sl, ar, mm, an)
	}
	for i := 0; i < 3; i++ {
		func() {
			defer func() {
				if r := recover(); r != nil {
					fmt.Println("rec", i, r)
				}
			}()
			var m map[int]int
			if i == 1 {
				m[1] = 1
			}
			var res int
			defer func() { fmt.Println("res", res) }()
			res = i
		}()
	}
	cnt := 0
	for i, n := 0, 3; i < n; i, n = i+1, n {
		x := i
		for x := x; x < 2; x++ {
			cnt += x
		}
		if x == 1 {
			n = 2
		}
	}
	fmt.Println(cnt)
}
