// Constants.
package main

import (
	"fmt"
	"math"
	"time"
)

const (
	a = iota
	b
	_
	d
	e = "s"
	f
	g = iota
)

const (
	KB = 1 << (10 * (iota + 1))
	MB
	GB
)

type weekday int

const (
	sunday weekday = iota
	monday
	tuesday
)

func (d weekday) String() string { return [...]string{"Sun", "Mon", "Tue"}[d] }

type flags uint8

const (
	f1 flags = 1 << iota
	f2
	f3
	all = f1 | f2 | f3
)

const big = 1 << 100
const third = 1.0 / 3
const typed int64 = 5
const c = 'a' + 1
const timeout = 2*time.Second + 500*time.Millisecond

func main() {
	fmt.Println(a, b, d, e, f, g)
	fmt.Println(KB, MB, GB)
	fmt.Println(sunday, tuesday, monday+1)
	fmt.Printf("%d %v %b %T\n", tuesday, f3, all, all)
	fmt.Println(big>>98, third, typed, c, string(rune(c)), timeout)
	fmt.Println(math.MaxInt64, uint64(math.MaxUint64), math.Pi, math.MaxInt8)
	var x float32 = third
	fmt.Println(x, float64(x) == third, 7/2, 7/2.0, -7/2, -7%3, 1e3)
	fmt.Println(len("héllo"), len([...]int{1, 2, 3}), "con"+"cat")
	var u8 uint8 = 255
	u8++
	fmt.Println(u8, ^0, 5&^3, 6^3, -5>>1)
}
