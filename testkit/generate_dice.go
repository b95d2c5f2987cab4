package testkit

import (
	"encoding/hex"
	"math/bits"
	"math/rand/v2"
)

// dice draws from a stream that is given by two numbers. It uses PCG itself and integers only: the
// derived methods of rand.Rand and floating point may differ between releases and processors.
type dice struct{ pcg rand.PCG }

// Streams of one seed are told apart by these, so that a person's facts do not repeat an event's.
const (
	eventStream   = 0x243f6a8885a308d3
	personStream  = 0x13198a2e03707344
	visitStream   = 0xa4093822299f31d0
	sessionStream = 0x082efa98ec4e6c89
)

func newDice(seed, stream, key uint64) dice {
	var d dice
	d.pcg.Seed(seed^stream, key)
	return d
}

// n returns a number from 0 to limit-1.
func (d *dice) n(limit int) int {
	hi, _ := bits.Mul64(d.pcg.Uint64(), uint64(limit))
	return int(hi)
}

// between returns a number from low to high, both included.
func (d *dice) between(low, high int) int { return low + d.n(high-low+1) }

// in100 is true in percent of 100 cases.
func (d *dice) in100(percent int) bool { return d.n(100) < percent }

// skewed returns a number from 0 to limit-1, small ones far more often: the first of 20,000 comes up
// in 4 % of the draws, half of the draws are below 2,500.
func (d *dice) skewed(limit int) int {
	u := d.pcg.Uint64()
	square, _ := bits.Mul64(u, u)
	cube, _ := bits.Mul64(square, u)
	hi, _ := bits.Mul64(cube, uint64(limit))
	return int(hi)
}

// base36 returns n random letters and digits.
func (d *dice) base36(n int) string {
	const digits = "0123456789abcdefghijklmnopqrstuvwxyz"
	text := make([]byte, n)
	for i := range text {
		text[i] = digits[d.n(len(digits))]
	}
	return string(text)
}

func pick[T any](d *dice, from []T) *T { return &from[d.n(len(from))] }

// uuid is the binary form of a UUID.
type uuid [16]byte

// newUUID sets the version and the variant of 128 given bits.
func newUUID(version byte, hi, lo uint64) uuid {
	var u uuid
	for i := range 8 {
		u[i] = byte(hi >> (56 - 8*i))
		u[8+i] = byte(lo >> (56 - 8*i))
	}
	u[6] = version<<4 | u[6]&0x0f
	u[8] = 0x80 | u[8]&0x3f
	return u
}

func (d *dice) uuid4() uuid { return newUUID(4, d.pcg.Uint64(), d.pcg.Uint64()) }

// uuid7 has the time in its first 48 bits, then low's 62 bits unchanged behind 12 random ones.
func (d *dice) uuid7(unixMilli int64, low uint64) uuid {
	return newUUID(7, uint64(unixMilli)<<16|d.pcg.Uint64()>>52, low)
}

func (u uuid) append(dst []byte) []byte {
	dst = append(hex.AppendEncode(dst, u[:4]), '-')
	dst = append(hex.AppendEncode(dst, u[4:6]), '-')
	dst = append(hex.AppendEncode(dst, u[6:8]), '-')
	dst = append(hex.AppendEncode(dst, u[8:10]), '-')
	return hex.AppendEncode(dst, u[10:])
}

func (u uuid) String() string { return string(u.append(nil)) }
