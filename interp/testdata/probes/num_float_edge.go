// Floats.
package main

import (
	"fmt"
	"math"
)

func main() {
	var z float64
	fmt.Println(1/z, -1/z, z/z, math.IsNaN(z/z), math.Inf(1) > math.MaxFloat64, -z, math.Signbit(math.Copysign(0, -1)))
	fmt.Println(0.1+0.2 == 0.3, float32(0.1) == 0.1, math.Round(-0.5), math.Floor(-0.5), 1e16+1)
	n := math.NaN()
	m := map[float64]int{n: 1}
	m[n] = 2
	fmt.Println(len(m), n != n, min(n, 1), max(1, 2, 3.5))
	fmt.Printf("%.3f %8.3f %g %v %e\n", math.Pi, -math.E, 1e-7, 1e7, 0.00012)
	fmt.Println(float32(16777216)+1, 5/2*2.0, 5/2.0*2, 7.0/2)
}
