package sdk

import (
	"encoding/binary"
	"fmt"
	"math/bits"
	"unicode/utf8"
)

// MaxDepth is how deeply arrays and objects may be nested in an accepted text.
const MaxDepth = 10_000

// maxText is the longest text that an Object can index: its offsets are 32-bit.
const maxText = 1<<32 - 1

// SyntaxError reports text that is not JSON as RFC 8259 defines it, in UTF-8.
type SyntaxError struct {
	Offset int    // of the first byte that cannot be accepted, from the start of the text
	Reason string // what is wrong there
}

// Error is "offset 12: got 'x', want a value".
func (e *SyntaxError) Error() string { return fmt.Sprintf("offset %d: %s", e.Offset, e.Reason) }

// Validate reports whether text is exactly one JSON value, white space around it allowed.
// It accepts what encoding/json accepts, less invalid UTF-8, and allocates nothing unless it
// fails. Errors: *[SyntaxError].
func Validate(text []byte) error {
	s := scanner{b: text}
	i := s.value(s.space(0), 0)
	if i >= 0 {
		i = s.end(i)
	}
	if i < 0 {
		return s.err
	}
	return nil
}

// scanner is one pass over a JSON text. Its methods take the offset to read at and return the
// offset behind what they read, or -1 with err set.
type scanner struct {
	b       []byte
	err     *SyntaxError
	escaped bool // indexObject met a name with escapes
	ahead   *ahead
}

func (s *scanner) fail(i int, format string, args ...any) int {
	s.err = &SyntaxError{Offset: i, Reason: fmt.Sprintf(format, args...)}
	return -1
}

// want fails at i because something else was needed there.
func (s *scanner) want(i int, what string) int {
	if i >= len(s.b) {
		return s.fail(len(s.b), "got end of text, want %s", what)
	}
	if s.b[i] >= utf8.RuneSelf {
		r, _ := utf8.DecodeRune(s.b[i:])
		return s.fail(i, "got %q, want %s", r, what)
	}
	return s.fail(i, "got %q, want %s", s.b[i], what)
}

func (s *scanner) space(i int) int {
	for i < len(s.b) && s.b[i] <= ' ' && isSpace(s.b[i]) {
		i++
	}
	return i
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' }

// end checks that nothing but white space follows.
func (s *scanner) end(i int) int {
	if i = s.space(i); i < len(s.b) {
		return s.want(i, "end of text")
	}
	return i
}

// value reads any value; depth counts the containers around it.
func (s *scanner) value(i, depth int) int {
	if i >= len(s.b) {
		return s.want(i, "a value")
	}
	switch c := s.b[i]; c {
	case '"':
		end, _ := s.str(i)
		return end
	case '{':
		return s.object(i, depth+1)
	case '[':
		return s.array(i, depth+1)
	case 't':
		return s.literal(i, "true")
	case 'f':
		return s.literal(i, "false")
	case 'n':
		return s.literal(i, "null")
	default:
		if c == '-' || c-'0' <= 9 {
			return s.number(i)
		}
		return s.want(i, "a value")
	}
}

func (s *scanner) object(i, depth int) int {
	if depth > MaxDepth {
		return s.fail(i, "nested more than %d deep", MaxDepth)
	}
	i = s.space(i + 1)
	if i < len(s.b) && s.b[i] == '}' {
		return i + 1
	}
	for {
		if i = s.key(i); i < 0 {
			return -1
		}
		if i = s.value(i, depth); i < 0 {
			return -1
		}
		var more bool
		if i, more = s.next(i, '}'); !more {
			return i
		}
	}
}

func (s *scanner) array(i, depth int) int {
	if depth > MaxDepth {
		return s.fail(i, "nested more than %d deep", MaxDepth)
	}
	i = s.space(i + 1)
	if i < len(s.b) && s.b[i] == ']' {
		return i + 1
	}
	for {
		if i = s.value(i, depth); i < 0 {
			return -1
		}
		var more bool
		if i, more = s.next(i, ']'); !more {
			return i
		}
	}
}

// next reads what follows a member: a comma and then the start of another one, or the end.
func (s *scanner) next(i int, closing byte) (_ int, more bool) {
	if i < len(s.b) && s.b[i] <= ' ' {
		i = s.space(i)
	}
	if i < len(s.b) {
		switch s.b[i] {
		case ',':
			return s.space(i + 1), true
		case closing:
			return i + 1, false
		}
	}
	return s.want(i, "',' or '"+string(rune(closing))+"'"), false
}

// key reads a member name and its colon, up to the start of the value.
func (s *scanner) key(i int) int {
	if i >= len(s.b) || s.b[i] != '"' {
		return s.want(i, "a member name")
	}
	if i, _ = s.str(i); i < 0 {
		return -1
	}
	return s.colon(i)
}

func (s *scanner) colon(i int) int {
	if i = s.space(i); i >= len(s.b) || s.b[i] != ':' {
		return s.want(i, "':'")
	}
	return s.space(i + 1)
}

func (s *scanner) literal(i int, want string) int {
	for n := 1; n < len(want); n++ {
		if i+n >= len(s.b) || s.b[i+n] != want[n] {
			return s.want(i+n, "the rest of "+want)
		}
	}
	return i + len(want)
}

func (s *scanner) number(i int) int {
	b := s.b
	if b[i] == '-' {
		i++
	}
	switch {
	case i >= len(b) || b[i]-'0' > 9:
		return s.want(i, "a digit")
	case b[i] == '0':
		i++
	default:
		i = digits(b, i)
	}
	if i < len(b) && b[i] == '.' {
		if i++; i >= len(b) || b[i]-'0' > 9 {
			return s.want(i, "a digit")
		}
		i = digits(b, i)
	}
	if i < len(b) && b[i]|0x20 == 'e' {
		if i++; i < len(b) && (b[i] == '+' || b[i] == '-') {
			i++
		}
		if i >= len(b) || b[i]-'0' > 9 {
			return s.want(i, "a digit")
		}
		i = digits(b, i)
	}
	return i
}

func digits(b []byte, i int) int {
	for i < len(b) && b[i]-'0' <= 9 {
		i++
	}
	return i
}

// str reads the string whose opening quote is at i, and says whether it has escapes.
func (s *scanner) str(i int) (end int, escaped bool) {
	i++
	for {
		if i = plain(s.b, i); i >= len(s.b) {
			return s.want(i, "the end of the string"), false
		}
		switch c := s.b[i]; {
		case c == '"':
			return i + 1, escaped
		case c == '\\':
			escaped = true
			if i = s.escape(i + 1); i < 0 {
				return -1, false
			}
		case c < ' ':
			return s.fail(i, "got control character %q in a string, want it escaped", c), false
		default:
			r, n := utf8.DecodeRune(s.b[i:])
			if r == utf8.RuneError && n == 1 {
				return s.fail(i, "invalid UTF-8"), false
			}
			i += n
		}
	}
}

// escape reads what follows a backslash.
func (s *scanner) escape(i int) int {
	if i >= len(s.b) {
		return s.want(i, "an escape")
	}
	switch s.b[i] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return i + 1
	case 'u':
		for n := 1; n <= 4; n++ {
			if i+n >= len(s.b) || !isHex(s.b[i+n]) {
				return s.want(i+n, "a hexadecimal digit")
			}
		}
		return i + 5
	}
	return s.want(i, "an escape")
}

func isHex(c byte) bool {
	return c-'0' <= 9 || (c|0x20)-'a' <= 5
}

// plain returns the offset of the first byte at or behind i that is not printable ASCII of a
// string: a quote, a backslash, a control character, or part of a longer UTF-8 sequence. It looks
// at eight bytes at a time: a byte that is to be found gets its highest bit set, and only bytes
// behind the first such one can have it set wrongly.
func plain(b []byte, i int) int {
	const (
		each = 0x0101010101010101
		high = each * 0x80
	)
	for i+8 <= len(b) {
		w := binary.LittleEndian.Uint64(b[i:])
		quote, slash := w^(each*'"'), w^(each*'\\')
		if m := ((quote - each) | (slash - each) | (w - each*' ') | w) & high; m != 0 {
			return i + bits.TrailingZeros64(m)>>3
		}
		i += 8
	}
	for i < len(b) && b[i] >= ' ' && b[i] < utf8.RuneSelf && b[i] != '"' && b[i] != '\\' {
		i++
	}
	return i
}
