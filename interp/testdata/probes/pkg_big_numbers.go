// Big integers and rationals.
package main

import (
	"fmt"
	"math/big"
)

func fact(n int64) *big.Int {
	if n <= 1 {
		return big.NewInt(1)
	}
	return new(big.Int).Mul(big.NewInt(n), fact(n-1))
}

func main() {
	f := fact(25)
	fmt.Println(f, f.BitLen(), f.Cmp(big.NewInt(5)), len(f.String()))
	a := big.NewInt(100)
	q, r := new(big.Int).DivMod(a, big.NewInt(7), new(big.Int))
	fmt.Println(q, r, a.ProbablyPrime(5))
	x := big.NewRat(1, 3)
	x.Add(x, big.NewRat(1, 6))
	fmt.Println(x, x.FloatString(5))
	fl, _ := new(big.Float).SetString("1.5")
	fmt.Println(fl.Mul(fl, fl))
}
