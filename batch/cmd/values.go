package cmd

import (
	"encoding"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// textVar is a flag of a type that reads and writes text.
type textVar struct {
	value interface {
		encoding.TextUnmarshaler
		fmt.Stringer
	}
	name string
}

func (v textVar) Set(s string) error { return v.value.UnmarshalText([]byte(s)) }
func (v textVar) String() string     { return v.value.String() }
func (v textVar) Type() string       { return v.name }

// byteSize is a flag for a number of bytes: 1000, 64KiB, 64MiB.
type byteSize int64

var byteUnits = []struct {
	suffix string
	bytes  int64
}{{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}, {"", 1}}

// Set parses a size.
func (b *byteSize) Set(s string) error {
	for _, u := range byteUnits {
		digits, ok := strings.CutSuffix(s, u.suffix)
		if !ok {
			continue
		}
		n, err := strconv.ParseInt(strings.TrimSpace(digits), 10, 64)
		if err != nil || n <= 0 || n > math.MaxInt32*u.bytes || n > math.MaxInt64/u.bytes {
			break
		}
		*b = byteSize(n * u.bytes)
		return nil
	}
	return fmt.Errorf("got %q, want a number of bytes such as 1000000, 512KiB or 64MiB", s)
}

// String prints a size in the largest unit that divides it.
func (b *byteSize) String() string {
	for _, u := range byteUnits {
		if n := int64(*b); n%u.bytes == 0 && n > 0 {
			return strconv.FormatInt(n/u.bytes, 10) + u.suffix
		}
	}
	return strconv.FormatInt(int64(*b), 10)
}

// Type names the value in the help.
func (b *byteSize) Type() string { return "SIZE" }

// percentage is a flag for a share of 100, which may have a fraction.
type percentage struct {
	n     float64
	given bool
}

// Set parses a share.
func (p *percentage) Set(s string) error {
	n, err := strconv.ParseFloat(strings.TrimSuffix(s, "%"), 64)
	if err != nil || !(n >= 0 && n <= 100) { // NaN is neither
		return fmt.Errorf("got %q, want a number from 0 to 100", s)
	}
	*p = percentage{n, true}
	return nil
}

// String is "" if there is none.
func (p *percentage) String() string {
	if !p.given {
		return ""
	}
	return strconv.FormatFloat(p.n, 'g', -1, 64)
}

// Type names the value in the help.
func (p *percentage) Type() string { return "PERCENT" }
