// Untyped constants in all contexts.
package main

import (
	"fmt"
	"time"
)

const big = 1 << 40
const half = 0.5

type d time.Duration

func f(x float64, y ...any) string { return fmt.Sprintf("%v %T %v", x, y[0], y) }

func main() {
	fmt.Println(f(1, 2, 3.0, 'a', "s", 1<<3, big, half, nil, true))
	var i any = 1
	var fl any = 1.0
	var r any = 'x'
	var c any = 2i
	fmt.Printf("%T %T %T %T %T\n", i, fl, r, c, big)
	var x float32 = 1 << 3
	var y int64 = big / 3
	var u uint = 1
	fmt.Println(x, y, u<<3, 1<<u, 10*half, 7/2*half, time.Second*2, 3*time.Minute/2)
	s := []any{1, 2.5, "x", nil}
	m := map[string]float64{"a": 1, "b": 3 / 2, "c": 3 / 2.0}
	fmt.Println(s, m, [...]uint8{1, 'a'}, []float64{1, half}, -5%3, 5.0/2)
	fmt.Println(d(time.Second), time.Duration(1.5*float64(time.Second)))
	var n = 3
	fmt.Println(time.Duration(n)*time.Second, float64(n)*half, n*2 == 6, n > half*4)
}
