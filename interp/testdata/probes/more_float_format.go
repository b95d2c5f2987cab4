// Printing floats and sums.
package main

import (
	"fmt"
	"math"
	"strconv"
)

func main() {
	sum := 0.0
	for i := 1; i <= 10; i++ {
		sum += 0.1
	}
	fmt.Println(sum, sum == 1, math.Abs(sum-1) < 1e-9, float32(sum))
	for _, f := range []float64{0, -0.0, 1, 1.5, 100, 1e5, 1e6, 1e20, 1e21, 1e-4, 1e-5, 123456.789, 1.0 / 3, math.Pi * 1e10, math.MaxFloat64, math.SmallestNonzeroFloat64} {
		fmt.Print(f, " ", strconv.FormatFloat(f, 'g', 5, 64), " ")
	}
	fmt.Println()
	fmt.Printf("%6.2f|%-8.3f|%+.1e|%g|%G|%v|%08.2f|%.0f\n", 3.14159, 2.5, 12345.678, 1e-10, 1e100, float32(0.1), -3.5, 2.5)
	fmt.Println(math.Sqrt(-1), math.Log(0), -math.Inf(1), int64(1e18), uint8(math.Round(2.6)), math.Trunc(-2.5), 7.0/3*3 == 7)
	var f32 float32 = 16777216
	f32 += 1
	fmt.Println(f32, f32/3, float64(f32)/3)
}
