// Bits.
package main

import (
	"fmt"
)

func pop(x uint64) (n int) {
	for ; x != 0; x &= x - 1 {
		n++
	}
	return
}
func rev(x uint8) (r uint8) {
	for range 8 {
		r = r<<1 | x&1
		x >>= 1
	}
	return
}
func gray(n uint) uint  { return n ^ n>>1 }
func isPow2(n int) bool { return n > 0 && n&(n-1) == 0 }

func main() {
	fmt.Println(pop(0xff00ff), rev(0b00010110), gray(5), isPow2(64), isPow2(65))
	var m uint16
	for i := range 16 {
		if i%3 == 0 {
			m |= 1 << i
		}
	}
	fmt.Printf("%016b %d %#x\n", m, ^m, m&^0xff)
	x := int32(-8)
	fmt.Println(x>>1, uint32(x)>>28, x<<29, -x>>2, x&7, x|1)
	var s uint8 = 3
	fmt.Println(1<<s|1, uint8(1)<<7>>s, int64(1)<<(s*10))
}
