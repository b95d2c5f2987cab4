// Typed constants and conversions.
package main

import "fmt"

type size uint64

const (
	_       = iota
	kb size = 1 << (10 * iota)
	mb
	gb
)

func (s size) String() string {
	switch {
	case s >= gb:
		return fmt.Sprintf("%.2fGB", float64(s)/float64(gb))
	case s >= mb:
		return fmt.Sprintf("%.2fMB", float64(s)/float64(mb))
	case s >= kb:
		return fmt.Sprintf("%.2fKB", float64(s)/float64(kb))
	}
	return fmt.Sprintf("%dB", uint64(s))
}

type color struct{ r, g, b uint8 }

func (c color) hex() string { return fmt.Sprintf("#%02x%02x%02x", c.r, c.g, c.b) }
func parse(n uint32) color  { return color{uint8(n >> 16), uint8(n >> 8 & 0xff), uint8(n)} }

type month int

const (
	jan month = iota + 1
	feb
	mar
)

var names = map[month]string{jan: "Jan", feb: "Feb", mar: "Mar"}

func (m month) String() string { return names[m] }

const (
	a, b = iota, iota * 10
	c, d
	e, f
)

func main() {
	fmt.Println(size(500), 3*kb, size(5.5*float64(mb)), 2*gb, kb+mb)
	fmt.Println(parse(0xff8000).hex(), parse(255))
	fmt.Println(jan, mar, []month{feb}, map[month]int{mar: 1})
	fmt.Printf("%d %v %s|%5s|\n", feb, feb, feb, feb)
	fmt.Println(a, b, c, d, e, f)
	var x uint8 = 1<<8 - 1
	var y = int16(x) << 4
	fmt.Println(x, y, uint16(y)|1, x&0x0f, x>>4, ^x)
	const huge = 1 << 62
	fmt.Println(huge/1000, float64(huge), huge%7)
	i := 10
	var fl float64 = float64(i) / 4
	fmt.Println(fl, i/4, float64(i/4), int64(fl*1000), uint(i)-5)
}
