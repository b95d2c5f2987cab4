// Complex arithmetic.
package main

import (
	"fmt"
	"math/cmplx"
)

func main() {
	a := complex(3, 4)
	b := 1 + 2i
	fmt.Println(a+b, a*b, a/b, a-b, -a, a == b, a != b)
	fmt.Println(real(a), imag(b), cmplx.Abs(a))
	var c complex64 = 2 - 1i
	c *= c
	fmt.Println(c, real(c))
	fmt.Printf("%v %.2f %T %T\n", a, b, c, imag(c))
	const k = 2i * 2i
	fmt.Println(k, complex128(k))
}
