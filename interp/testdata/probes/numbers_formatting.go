// Printing numbers.
package main

import "fmt"

type money int64
type ratio float32

func main() {
	var m money = 12345
	var r ratio = 0.75
	fmt.Println(m, r, m/100, r*2, -m, m%100)
	fmt.Printf("%d %08d %x %v %T %5.1f %e\n", m, m, m, m, m, r, r)
	fmt.Println(uint8(200), int8(-5), uint64(1<<63), float32(0.1), 0.1+0.2, 5.0, 1.0e-10)
	fmt.Println(100000, 1234567.0, 12345678.0, 123456789012345678.0, 1e20, 1e21, float32(1e10), 3.0e-5)
	fmt.Printf("%v %g %G %.3g %8.3e|%+.2f|% d|%+d\n", 1e6, 1e6, 1e-10, 1234.5678, 1234.5678, 2.0, 5, 5)
	fmt.Printf("%t %5t %q %#q %x %#x %X\n", true, false, 'x', "s", -255, 255, "hello")
	fmt.Printf("%b %o %O %c %U %#U\n", 10, 64, 64, 0x4E16, 0x4E16, 0x4E16)
	fmt.Printf("%3d|%-3d|%03d|%s|%10.3s|\n", 7, 7, 7, []byte("bytes"), "abcdef")
	fmt.Printf("%[2]d %[1]d %d\n", 1, 2)
	fmt.Printf("%v %v %v\n", 'a', "a"[0], []rune("a"))
	fmt.Printf("%08.3f|%+08d|%x|% x|%#x\n", 3.14159, 42, []byte{1, 171}, []byte{1, 171}, []byte{1, 171})
	fmt.Printf("%s|%v|%d\n", error(nil), error(nil), []any{1, nil})
	fmt.Printf("%*d|%-*d|%.*f\n", 5, 1, 5, 2, 2, 3.14159)
	fmt.Printf("%v %s\n", struct {
		a money
		b ratio
	}{1, 2}, money(3))
}
