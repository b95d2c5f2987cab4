// Arrays of arrays, keys and lengths.
package main

import (
	"fmt"
)

const n = 3

type mat [n][n]int

func ident() (m mat) {
	for i := range n {
		m[i][i] = 1
	}
	return
}
func (m mat) t() (r mat) {
	for i, row := range m {
		for j, v := range row {
			r[j][i] = v
		}
	}
	return r
}
func (m *mat) scale(k int) {
	for i := range m {
		for j := range m[i] {
			m[i][j] *= k
		}
	}
}

func main() {
	m := ident()
	m[0][2] = 5
	fmt.Println(m, m.t(), m == m.t().t(), m == ident())
	m.scale(2)
	fmt.Println(m, len(m), len(m[0]))
	days := [...]string{0: "mon", 2: "wed", 6: "sun"}
	fmt.Println(len(days), days[6], days[1] == "")
	p := &m[1]
	p[1] = 99
	row := m[1]
	row[0] = 7
	fmt.Println(m[1], row)
	var z [2][2][2]bool
	z[1][0][1] = true
	fmt.Println(z)
}
