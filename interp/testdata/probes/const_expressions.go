// Constant expressions.
package main

import (
	"fmt"
	"math"
)

const (
	A       = 1 << 3
	B       = A*2 + 1
	C       = "a" + "b"
	D       = len(C)
	E       = 1.5 * A
	F       = A > 5
	G       = 'a' + 1
	H uint8 = 255
	I       = H &^ 0xF
	J       = -7 / 2
	K       = 7.0 / 2
	L       = 1e3
	M       = 0x1F + 0b11 + 0o17 + 1_000
	N       = 5 % 3
	O       = math.MaxUint16
)

type T int

const (
	P T = iota*10 + 5
	Q
	R
)

func main() {
	fmt.Println(A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, R)
	const local = A * R
	fmt.Println(local, float32(E), string(rune(G)), int64(L)*3)
	fmt.Printf("%T %T %T %T %T %T\n", A, E, G, H, P, local)
	var f32 float32 = 1 / 3.0
	var i int = 1e2
	var r rune = 'é'
	var b byte = 'b'
	fmt.Println(f32, i, r, b)
}
