package rowgroup

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/parquet-go/parquet-go/format"

	"github.com/plugreel/plugreel/sdk"
)

// appendValue appends the JSON of a value that is not null.
type appendValue func(dst []byte, v *parquet.Value) []byte

// jsonColumns are the columns of an export whose text is JSON.
// Source: fact sheet section 8.1.
var jsonColumns = []string{"properties", "person_properties", "set", "set_once"}

// valueOf returns how the values of a column are written.
func valueOf(c *parquet.Column) appendValue {
	t := c.Type()
	if len(c.Path()) == 1 && t.Kind() == parquet.ByteArray && slices.Contains(jsonColumns, strings.ToLower(c.Name())) {
		return appendJSON
	}
	if logical := t.LogicalType(); logical != nil {
		if f := logicalValue(logical, t); f != nil {
			return f
		}
	}
	if ct := t.ConvertedType(); ct != nil && *ct == deprecated.Interval {
		return appendInterval
	}
	return physicalValue(t.Kind())
}

// logicalValue returns nil for types that have no form of their own.
func logicalValue(logical *format.LogicalType, t parquet.Type) appendValue {
	switch l := logical.Value.(type) {
	case *format.StringType, *format.EnumType:
		return appendText
	case *format.JsonType:
		return appendJSON
	case *format.UUIDType:
		return appendUUID
	case *format.DateType:
		return appendDate
	case *format.TimeType:
		return timeOfDay(unitOf(l.Unit), t.Kind())
	case *format.TimestampType:
		return timestamp(unitOf(l.Unit), l.IsAdjustedToUTC)
	case *format.DecimalType:
		return decimal(int(l.Scale), t.Kind())
	case *format.IntType:
		if !l.IsSigned {
			return unsigned(t.Kind())
		}
	}
	return nil
}

func physicalValue(kind parquet.Kind) appendValue {
	switch kind {
	case parquet.Boolean:
		return func(dst []byte, v *parquet.Value) []byte { return strconv.AppendBool(dst, v.Boolean()) }
	case parquet.Int32:
		return func(dst []byte, v *parquet.Value) []byte { return strconv.AppendInt(dst, int64(v.Int32()), 10) }
	case parquet.Int64:
		return func(dst []byte, v *parquet.Value) []byte { return strconv.AppendInt(dst, v.Int64(), 10) }
	case parquet.Int96:
		return appendInt96
	case parquet.Float:
		return appendFloat32
	case parquet.Double:
		return func(dst []byte, v *parquet.Value) []byte { return appendFloat(dst, v.Double()) }
	case parquet.ByteArray:
		return appendBytes
	case parquet.FixedLenByteArray:
		return appendBase64
	}
	return func(dst []byte, _ *parquet.Value) []byte { return append(dst, "null"...) }
}

// appendText appends a string. What is not UTF-8 in it becomes U+FFFD.
func appendText(dst []byte, v *parquet.Value) []byte {
	b := v.ByteArray()
	if !plainASCII(b) {
		return sdk.AppendString(dst, string(b))
	}
	dst = append(dst, '"')
	dst = append(dst, b...)
	return append(dst, '"')
}

// plainASCII says whether a string of b needs no escapes. It looks at eight bytes at a time.
func plainASCII(b []byte) bool {
	const each, high = 0x0101010101010101, 0x8080808080808080
	for ; len(b) >= 8; b = b[8:] {
		x := binary.LittleEndian.Uint64(b)
		quote, slash := x^each*'"', x^each*'\\'
		special := (x-each*' ')&^x | (quote-each)&^quote | (slash-each)&^slash
		if (x|special)&high != 0 {
			return false
		}
	}
	for _, c := range b {
		if c < ' ' || c >= utf8.RuneSelf || c == '"' || c == '\\' {
			return false
		}
	}
	return true
}

// appendBytes appends bytes that are not said to be text: as text if they are UTF-8, which is what
// old writers mean by them, else in base64.
func appendBytes(dst []byte, v *parquet.Value) []byte {
	if utf8.Valid(v.ByteArray()) {
		return appendText(dst, v)
	}
	return appendBase64(dst, v)
}

func appendBase64(dst []byte, v *parquet.Value) []byte {
	dst = append(dst, '"')
	dst = base64.StdEncoding.AppendEncode(dst, v.ByteArray())
	return append(dst, '"')
}

// appendJSON appends JSON text as what it is, on one line, and text that is not JSON as a string.
func appendJSON(dst []byte, v *parquet.Value) []byte {
	b := v.ByteArray()
	if sdk.Validate(b) != nil {
		return appendText(dst, v)
	}
	n := len(dst)
	dst = append(dst, b...)
	if bytes.IndexByte(b, '\n') >= 0 || bytes.IndexByte(b, '\r') >= 0 {
		oneLine(dst[n:]) // between tokens: a string has none
	}
	return dst
}

// appendKnown appends what we have written: JSON text on one line. A line feed would be another row
// to those who come after.
func appendKnown(dst []byte, v *parquet.Value) []byte {
	if bytes.IndexByte(v.ByteArray(), '\n') >= 0 {
		return appendJSON(dst, v)
	}
	return append(dst, v.ByteArray()...)
}

func oneLine(b []byte) {
	for i, c := range b {
		if c == '\n' || c == '\r' {
			b[i] = ' '
		}
	}
}

func appendUUID(dst []byte, v *parquet.Value) []byte {
	b := v.ByteArray()
	if len(b) != 16 {
		return appendBase64(dst, v)
	}
	dst = append(dst, '"')
	for i, part := range [][]byte{b[:4], b[4:6], b[6:8], b[8:10], b[10:]} {
		if i > 0 {
			dst = append(dst, '-')
		}
		dst = hex.AppendEncode(dst, part)
	}
	return append(dst, '"')
}

// appendFloat appends a number; NaN and the infinities, which JSON does not have, are null.
func appendFloat(dst []byte, f float64) []byte {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return append(dst, "null"...)
	}
	return sdk.AppendFloat(dst, f)
}

// appendFloat32 appends the shortest text that reads back as the same 32 bits.
func appendFloat32(dst []byte, v *parquet.Value) []byte {
	f, _ := strconv.ParseFloat(strconv.FormatFloat(float64(v.Float()), 'g', -1, 32), 64)
	return appendFloat(dst, f)
}

func unsigned(kind parquet.Kind) appendValue {
	if kind == parquet.Int32 {
		return func(dst []byte, v *parquet.Value) []byte { return strconv.AppendUint(dst, uint64(v.Uint32()), 10) }
	}
	return func(dst []byte, v *parquet.Value) []byte { return strconv.AppendUint(dst, v.Uint64(), 10) }
}

// decimal returns how decimals of a scale are written: as numbers, with all their digits.
func decimal(scale int, kind parquet.Kind) appendValue {
	switch kind {
	case parquet.Int32:
		return func(dst []byte, v *parquet.Value) []byte {
			return appendDecimal(dst, strconv.FormatInt(int64(v.Int32()), 10), scale)
		}
	case parquet.Int64:
		return func(dst []byte, v *parquet.Value) []byte {
			return appendDecimal(dst, strconv.FormatInt(v.Int64(), 10), scale)
		}
	}
	return func(dst []byte, v *parquet.Value) []byte {
		return appendDecimal(dst, bigEndian(v.ByteArray()).String(), scale)
	}
}

// bigEndian reads a number in two's complement.
func bigEndian(b []byte) *big.Int {
	n := new(big.Int).SetBytes(b)
	if len(b) > 0 && b[0] >= 0x80 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(b))))
	}
	return n
}

// appendDecimal puts the point scale digits before the end.
func appendDecimal(dst []byte, digits string, scale int) []byte {
	if digits[0] == '-' {
		dst = append(dst, '-')
		digits = digits[1:]
	}
	scale = min(max(scale, 0), 1<<10)
	if missing := scale + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	point := len(digits) - scale
	dst = append(dst, digits[:point]...)
	if scale > 0 {
		dst = append(append(dst, '.'), digits[point:]...)
	}
	return dst
}

const (
	dayLayout   = "2006-01-02"
	clockLayout = "15:04:05"
	offsetUTC   = "+00:00"
	secondsADay = 24 * 60 * 60
)

func appendDate(dst []byte, v *parquet.Value) []byte {
	day := time.Unix(int64(v.Int32())*secondsADay, 0).UTC()
	return append(day.AppendFormat(append(dst, '"'), dayLayout), '"')
}

// unit is how finely times are counted.
type unit struct {
	perSecond int64
	digits    int // of a fraction of a second
}

var (
	millis = unit{1e3, 3}
	micros = unit{1e6, 6}
	nanos  = unit{1e9, 9}
)

func unitOf(u format.TimeUnit) unit {
	switch u.Value.(type) {
	case *format.MilliSeconds:
		return millis
	case *format.MicroSeconds:
		return micros
	}
	return nanos
}

// split returns whole seconds and the rest.
func (u unit) split(n int64) (seconds, rest int64) {
	seconds, rest = n/u.perSecond, n%u.perSecond
	if rest < 0 {
		seconds, rest = seconds-1, rest+u.perSecond
	}
	return seconds, rest
}

// appendFraction appends a fraction of a second, nothing if it is zero.
func (u unit) appendFraction(dst []byte, rest int64) []byte {
	if rest == 0 {
		return dst
	}
	dst = append(dst, '.')
	for unit := u.perSecond / 10; unit > 0; unit /= 10 {
		dst = append(dst, byte('0'+rest/unit%10))
	}
	return dst
}

// appendTime appends a time as exports in JSON lines spell it, with an offset if it is UTC.
// Source: fact sheet section 8.1.
func (u unit) appendTime(dst []byte, n int64, utc bool) []byte {
	seconds, rest := u.split(n)
	dst = appendSeconds(append(dst, '"'), seconds)
	dst = u.appendFraction(dst, rest)
	if utc {
		dst = append(dst, offsetUTC...)
	}
	return append(dst, '"')
}

// appendSeconds appends a date and a time of day.
func appendSeconds(dst []byte, unix int64) []byte {
	t := time.Unix(unix, 0).UTC()
	year, month, day := t.Date()
	if year < 0 || year > 9999 {
		return t.AppendFormat(dst, dayLayout+"T"+clockLayout)
	}
	hour, minute, second := t.Clock()
	dst = appendTwo(appendTwo(dst, year/100), year%100)
	dst = appendTwo(append(dst, '-'), int(month))
	dst = appendTwo(append(dst, '-'), day)
	dst = appendTwo(append(dst, 'T'), hour)
	dst = appendTwo(append(dst, ':'), minute)
	return appendTwo(append(dst, ':'), second)
}

// appendTwo appends a number of two digits.
func appendTwo(dst []byte, n int) []byte { return append(dst, byte('0'+n/10), byte('0'+n%10)) }

func timestamp(u unit, utc bool) appendValue {
	return func(dst []byte, v *parquet.Value) []byte { return u.appendTime(dst, v.Int64(), utc) }
}

func timeOfDay(u unit, kind parquet.Kind) appendValue {
	return func(dst []byte, v *parquet.Value) []byte {
		n := v.Int64()
		if kind == parquet.Int32 {
			n = int64(v.Int32())
		}
		seconds, rest := u.split(n)
		dst = time.Unix(seconds, 0).UTC().AppendFormat(append(dst, '"'), clockLayout)
		return append(u.appendFraction(dst, rest), '"')
	}
}

// julianEpoch is the Julian day of 1970-01-01.
const julianEpoch = 2440588

// appendInt96 appends a time: nanoseconds of the day, and the Julian day, in UTC.
func appendInt96(dst []byte, v *parquet.Value) []byte {
	i := v.Int96()
	nanosecond := int64(uint64(i[1])<<32 | uint64(i[0]))
	seconds, rest := nanos.split(nanosecond)
	seconds += (int64(i[2]) - julianEpoch) * secondsADay
	dst = appendSeconds(append(dst, '"'), seconds)
	return append(append(nanos.appendFraction(dst, rest), offsetUTC...), '"')
}

// appendInterval appends an ISO 8601 duration of months, days and milliseconds.
func appendInterval(dst []byte, v *parquet.Value) []byte {
	b := v.ByteArray()
	if len(b) != 12 {
		return appendBase64(dst, v)
	}
	part := func(i int) uint64 { return uint64(binary.LittleEndian.Uint32(b[i:])) }
	dst = strconv.AppendUint(append(dst, `"P`...), part(0), 10)
	dst = strconv.AppendUint(append(dst, 'M'), part(4), 10)
	seconds, rest := millis.split(int64(part(8)))
	dst = strconv.AppendInt(append(dst, `DT`...), seconds, 10)
	return append(millis.appendFraction(dst, rest), `S"`...)
}
