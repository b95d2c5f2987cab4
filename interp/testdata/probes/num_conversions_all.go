// All numeric conversions.
package main

import (
	"fmt"
)

type my int16

func main() {
	x := -1
	fmt.Println(uint8(x), uint16(x), uint32(x), uint64(x), int8(200+x), my(70000+x), uint(x)>>60)
	f := 1e10
	fmt.Println(int64(f), int32(int64(f)), float32(f), int(f/3), int(-2.9+float64(x)*0))
	var u8 uint8 = 250
	fmt.Println(int8(u8), int(u8)+10, u8+10, uint16(u8)<<8, rune(u8), string(rune(u8)))
	var i64 int64 = 1 << 40
	fmt.Println(int32(i64), float64(i64), i64>>38, byte(i64>>40))
	fmt.Println(float64(1)/3, float32(1)/3, 10/4, 10/4.0, 10%4, -10/3, -10%3)
}
