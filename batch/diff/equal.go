package diff

import (
	"bytes"
	"math/big"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/plugreel/plugreel/sdk"
)

// same says whether two values are equal as JSON.
func same(a, b sdk.Value) bool {
	if a.Kind() != b.Kind() {
		return false
	}
	if bytes.Equal(a.Raw(), b.Raw()) {
		return true
	}
	switch a.Kind() {
	case sdk.KindNumber:
		return sameNumber(a.String(), b.String())
	case sdk.KindString:
		return sameText(a.Raw(), b.Raw())
	case sdk.KindArray:
		x, _ := a.Array()
		y, _ := b.Array()
		return sameArrays(x, y)
	case sdk.KindObject:
		x, _ := a.Object()
		y, _ := b.Object()
		return sameObjects(x, y)
	}
	return false
}

func sameArrays(a, b *sdk.Array) bool {
	if a.Len() != b.Len() {
		return false
	}
	for i, v := range a.All() {
		if !same(v, b.At(i)) {
			return false
		}
	}
	return true
}

func sameObjects(a, b *sdk.Object) bool {
	if a.Len() != b.Len() {
		return false
	}
	for name, v := range a.All() {
		if !same(v, b.Get(name)) {
			return false
		}
	}
	return true
}

// sameNumber says whether two JSON numbers are the same number, digit by digit: nothing is
// rounded. -0 is 0.
func sameNumber(a, b string) bool {
	if isInteger(a) && isInteger(b) {
		return a == b
	}
	da, db := readDecimal(a), readDecimal(b)
	return da.digits == db.digits && da.negative == db.negative && da.exponent.Cmp(db.exponent) == 0
}

// isInteger says whether a number is spelled in the only way that there is for it: with digits alone.
func isInteger(text string) bool {
	return text[0] != '-' && !strings.ContainsAny(text, ".eE")
}

// decimal is a number: digits without zeros at either end, times ten to the power of exponent.
// Zero has no digits.
type decimal struct {
	negative bool
	digits   string
	exponent *big.Int
}

func readDecimal(text string) decimal {
	text, negative := strings.CutPrefix(text, "-")
	mantissa, power := text, ""
	if i := strings.IndexAny(text, "eE"); i >= 0 {
		mantissa, power = text[:i], text[i+1:]
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	digits := strings.TrimRight(whole+fraction, "0")
	shift := len(whole) - len(digits)
	digits = strings.TrimLeft(digits, "0")
	if digits == "" {
		return decimal{exponent: new(big.Int)}
	}
	exponent, ok := new(big.Int).SetString(power, 10)
	if !ok {
		exponent = new(big.Int)
	}
	return decimal{negative, digits, exponent.Add(exponent, big.NewInt(int64(shift)))}
}

// sameText says whether two JSON strings hold the same text, half a surrogate pair included.
func sameText(a, b []byte) bool {
	if bytes.IndexByte(a, '\\') < 0 && bytes.IndexByte(b, '\\') < 0 {
		return bytes.Equal(a, b)
	}
	x, y := textReader{rest: inside(a)}, textReader{rest: inside(b)}
	for {
		c, more := x.next()
		d, moreToo := y.next()
		if c != d || more != moreToo {
			return false
		}
		if !more {
			return true
		}
	}
}

func inside(quoted []byte) []byte { return quoted[1 : len(quoted)-1] }

// textReader reads the UTF-16 units of a valid JSON string.
type textReader struct {
	rest []byte
	low  uint16 // second half of a pair of which the first was read; 0 if there is none
}

func (r *textReader) next() (unit uint16, more bool) {
	if r.low != 0 {
		unit, r.low = r.low, 0
		return unit, true
	}
	if len(r.rest) == 0 {
		return 0, false
	}
	if r.rest[0] == '\\' {
		return r.escape(), true
	}
	c, size := utf8.DecodeRune(r.rest)
	r.rest = r.rest[size:]
	if c < 0x10000 {
		return uint16(c), true
	}
	high, low := utf16.EncodeRune(c)
	r.low = uint16(low)
	return uint16(high), true
}

func (r *textReader) escape() uint16 {
	c := r.rest[1]
	if c == 'u' {
		unit, _ := strconv.ParseUint(string(r.rest[2:6]), 16, 16)
		r.rest = r.rest[6:]
		return uint16(unit)
	}
	r.rest = r.rest[2:]
	if i := strings.IndexByte("bfnrt", c); i >= 0 {
		return uint16("\b\f\n\r\t"[i])
	}
	return uint16(c)
}
