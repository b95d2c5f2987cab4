// Math functions.
package main

import (
	"fmt"
	"math"
	"math/big"
	"math/bits"
)

func main() {
	fmt.Println(math.Sqrt(2), math.Floor(-1.5), math.Ceil(1.2), math.Round(2.5), math.Trunc(-2.7), math.Abs(-3), math.Pow(2, 10))
	fmt.Println(math.Max(1, 2), math.Min(1, math.NaN()), math.Mod(7, 3), math.Hypot(3, 4), math.Log2(8), math.Inf(-1), math.IsNaN(math.NaN()))
	fmt.Printf("%.4f %.4f %v\n", math.Sin(1), math.Exp(1), math.MaxUint32)
	fmt.Println(bits.OnesCount(255), bits.LeadingZeros32(1), bits.TrailingZeros(8), bits.Reverse8(1), bits.Len(1023))
	a, _ := new(big.Int).SetString("123456789012345678901234567890", 10)
	b := big.NewInt(987654321)
	fmt.Println(new(big.Int).Mul(a, b), a.Cmp(b), new(big.Int).Exp(big.NewInt(2), big.NewInt(100), nil))
	hi, lo := bits.Mul64(1<<63, 4)
	fmt.Println(hi, lo, math.Float64bits(1.5), math.Signbit(-0.0), math.Copysign(3, -1))
	f, e := math.Frexp(8)
	fmt.Println(f, e, math.Cbrt(27), math.MaxFloat32 > 1e38)
}
