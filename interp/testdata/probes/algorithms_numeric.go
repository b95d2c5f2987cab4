// Sieve, gcd, matrices, fibonacci, sorting.
package main

import "fmt"

func sieve(n int) []int {
	comp := make([]bool, n+1)
	var out []int
	for i := 2; i <= n; i++ {
		if comp[i] {
			continue
		}
		out = append(out, i)
		for j := i * i; j <= n; j += i {
			comp[j] = true
		}
	}
	return out
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

type matrix [][]float64

func (m matrix) mul(o matrix) matrix {
	r := make(matrix, len(m))
	for i := range m {
		r[i] = make([]float64, len(o[0]))
		for j := range o[0] {
			for k := range o {
				r[i][j] += m[i][k] * o[k][j]
			}
		}
	}
	return r
}

func quick(a []int) []int {
	if len(a) < 2 {
		return a
	}
	p := a[0]
	var l, r []int
	for _, v := range a[1:] {
		if v < p {
			l = append(l, v)
		} else {
			r = append(r, v)
		}
	}
	return append(append(quick(l), p), quick(r)...)
}

func hanoi(n int, a, b, c string, move func(string, string)) {
	if n > 0 {
		hanoi(n-1, a, c, b, move)
		move(a, c)
		hanoi(n-1, b, a, c, move)
	}
}

func perms(s []int, f func([]int)) {
	var rec func(int)
	rec = func(i int) {
		if i == len(s) {
			f(s)
			return
		}
		for j := i; j < len(s); j++ {
			s[i], s[j] = s[j], s[i]
			rec(i + 1)
			s[i], s[j] = s[j], s[i]
		}
	}
	rec(0)
}

func main() {
	fmt.Println(sieve(50), gcd(84, 36))
	fmt.Println(matrix{{1, 2}, {3, 4}}.mul(matrix{{0, 1}, {1, 0}}))
	fmt.Println(quick([]int{3, 6, 1, 8, 2, 9, 2}))
	n := 0
	hanoi(6, "a", "b", "c", func(string, string) { n++ })
	fmt.Println(n)
	perms([]int{1, 2, 3}, func(p []int) { fmt.Print(p) })
	fmt.Println()
	a, b := 0, 1
	for range 50 {
		a, b = b, a+b
	}
	fmt.Println(a)
	var h uint32 = 2166136261
	for _, c := range []byte("hash me") {
		h ^= uint32(c)
		h *= 16777619
	}
	fmt.Println(h)
	seed := uint64(42)
	for range 5 {
		seed ^= seed << 13
		seed ^= seed >> 7
		seed ^= seed << 17
	}
	fmt.Println(seed)
}
