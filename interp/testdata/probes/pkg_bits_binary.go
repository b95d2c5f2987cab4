// Bits and binary layouts.
package main

import (
	"encoding/binary"
	"fmt"
	"math/bits"
)

func main() {
	b := binary.AppendUvarint(nil, 300)
	v, n := binary.Uvarint(b)
	fmt.Println(b, v, n, bits.RotateLeft8(1, 9), bits.OnesCount8(255), bits.Reverse16(1), bits.Len8(8))
	buf := make([]byte, 10)
	binary.LittleEndian.PutUint64(buf[1:], 0x0102030405060708)
	fmt.Println(buf, binary.BigEndian.Uint16(buf[1:]))
	var f uint8
	f |= 1 << 3
	f |= 1
	f &^= 1 << 3
	f ^= 0xF0
	fmt.Printf("%08b %d\n", f, bits.TrailingZeros8(f))
}
