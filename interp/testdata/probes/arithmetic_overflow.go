// Integer widths, shifts, conversions.
package main

import (
	"fmt"
	"math"
)

func main() {
	var i8 int8 = 127
	i8++
	var u8 uint8 = 200
	u8 += 100
	var i16 int16 = -32768
	i16--
	var u32 uint32
	u32--
	var i32 int32 = math.MaxInt32
	fmt.Println(i8, u8, i16, u32, i32+1, i32*2)
	var i64 int64 = math.MaxInt64
	fmt.Println(i64+1, -i64-2, uint64(i64)*2)
	var x, y int8 = 100, 100
	fmt.Println((x+y)/2, int(x)+int(y), x*y, -x-y)
	var a, b uint8 = 10, 20
	fmt.Println(a-b, (a-b)>>1, ^a, a&^b, a|b, a^b)
	s := uint(70)
	var o32, o8, o255 = int32(1), int8(1), uint8(255)
	fmt.Println(1<<s == 0, o32<<31, o8<<7, -1>>s, o255<<4>>4)
	n := 3
	fmt.Println(1<<n, 100>>n, int64(1)<<n<<n)
	f := 3.99
	fmt.Println(int(f), int(-f), int8(int(f)+300), uint8(int(f)), float32(0.1), float64(float32(0.1)))
	fmt.Println(math.Inf(1), -math.Inf(1), math.NaN() == math.NaN(), 1/math.Inf(-1))
	z := 0.0
	fmt.Println(1/z, -1/z, z/z)
	fmt.Println(7%-3, -7%3, 7.5-0.5, 1e100, 1e-7, 123456789.0, 100000000000000000000000.0)
	var q uint64 = 1 << 63
	fmt.Println(q, q>>63, int64(q), uint32(q>>32))
}
