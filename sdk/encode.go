package sdk

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"time"
	"unicode/utf16"
	"unicode/utf8"
)

var (
	errRange  = errors.New("index out of range")
	errDepth  = errors.New("nested too deeply, or a cycle")
	errNumber = errors.New("NaN and infinity have no JSON form")
)

// maxEncodeDepth is how deeply Go values given to Set may be nested: what is deeper is taken for
// a cycle.
const maxEncodeDepth = 1000

func itoa(i int) string { return strconv.Itoa(i) }

// appendAny appends the JSON of a Go value.
func appendAny(dst []byte, v any, depth int) ([]byte, error) {
	if depth > maxEncodeDepth {
		return dst, errDepth
	}
	switch v := v.(type) {
	case nil:
		return append(dst, "null"...), nil
	case bool:
		return strconv.AppendBool(dst, v), nil
	case string:
		return AppendString(dst, v), nil
	case int:
		return strconv.AppendInt(dst, int64(v), 10), nil
	case int64:
		return strconv.AppendInt(dst, v, 10), nil
	case float64:
		return appendFloat(dst, v)
	case Value:
		return appendOrNull(dst, v), nil
	case *Object:
		return appendContainer(dst, v), nil
	case *Array:
		return appendContainer(dst, v.object()), nil
	case *PluginEvent:
		return appendContainer(dst, &v.Object), nil
	case time.Time:
		return AppendString(dst, v.Format(time.RFC3339Nano)), nil
	case map[string]any:
		return appendMap(dst, v, depth)
	case []any:
		return appendSlice(dst, v, depth)
	case []string:
		return appendStrings(dst, v), nil
	}
	return appendReflected(dst, v)
}

func appendOrNull(dst []byte, v Value) []byte {
	if !v.Exists() {
		return append(dst, "null"...)
	}
	return v.AppendJSON(dst)
}

func appendContainer(dst []byte, o *Object) []byte {
	if o == nil {
		return append(dst, "null"...)
	}
	return o.AppendJSON(dst)
}

func appendMap(dst []byte, m map[string]any, depth int) ([]byte, error) {
	if m == nil {
		return append(dst, "null"...), nil
	}
	dst = append(dst, '{')
	for i, key := range slices.Sorted(maps.Keys(m)) {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(AppendString(dst, key), ':')
		var err error
		if dst, err = appendAny(dst, m[key], depth+1); err != nil {
			return dst, fmt.Errorf("%q: %w", key, err)
		}
	}
	return append(dst, '}'), nil
}

func appendSlice(dst []byte, list []any, depth int) ([]byte, error) {
	if list == nil {
		return append(dst, "null"...), nil
	}
	dst = append(dst, '[')
	for i, v := range list {
		if i > 0 {
			dst = append(dst, ',')
		}
		var err error
		if dst, err = appendAny(dst, v, depth+1); err != nil {
			return dst, fmt.Errorf("[%d]: %w", i, err)
		}
	}
	return append(dst, ']'), nil
}

func appendStrings(dst []byte, list []string) []byte {
	if list == nil {
		return append(dst, "null"...)
	}
	dst = append(dst, '[')
	for i, s := range list {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = AppendString(dst, s)
	}
	return append(dst, ']')
}

// appendReflected leaves the rest to encoding/json: structs, other integers, json.Marshaler.
func appendReflected(dst []byte, v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return dst, err
	}
	return append(dst, bytes.TrimSuffix(b.Bytes(), []byte("\n"))...), nil
}

// appendFloat writes a number as JavaScript and encoding/json do.
func appendFloat(dst []byte, f float64) ([]byte, error) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return dst, errNumber
	}
	return AppendFloat(dst, f), nil
}

// AppendFloat appends a finite f as JavaScript prints it in JSON: shortest text that reads back
// the same, exponents from 1e21 and below 1e-6, -0 as 0.
func AppendFloat(dst []byte, f float64) []byte {
	abs := math.Abs(f)
	if abs == 0 {
		return append(dst, '0')
	}
	if abs >= 1e-6 && abs < 1e21 {
		return strconv.AppendFloat(dst, f, 'f', -1, 64)
	}
	dst = strconv.AppendFloat(dst, f, 'e', -1, 64)
	if n := len(dst); dst[n-4] == 'e' && dst[n-2] == '0' { // e-09 to e-9
		dst[n-2] = dst[n-1]
		dst = dst[:n-1]
	}
	return dst
}

// AppendString appends s as a JSON string, with the escapes that JSON.stringify uses. Invalid
// UTF-8 becomes U+FFFD.
func AppendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	dst = appendEscaped(dst, s)
	return append(dst, '"')
}

const hexDigits = "0123456789abcdef"

func appendEscaped(dst []byte, s string) []byte {
	text := []byte(s) // which is no copy: nothing writes to it
	start := 0
	for i := plain(text, 0); i < len(s); i = plain(text, i) {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && n == 1 {
				dst = append(dst, s[start:i]...)
				dst = append(dst, "\ufffd"...)
				start = i + 1
			}
			i += n
			continue
		}
		dst = appendEscape(append(dst, s[start:i]...), c)
		i++
		start = i
	}
	return append(dst, s[start:]...)
}

// appendEscape appends the escape of a quote, a backslash or a control character.
func appendEscape(dst []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(dst, '\\', c)
	case '\b':
		return append(dst, `\b`...)
	case '\f':
		return append(dst, `\f`...)
	case '\n':
		return append(dst, `\n`...)
	case '\r':
		return append(dst, `\r`...)
	case '\t':
		return append(dst, `\t`...)
	}
	return append(dst, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
}

// unescape decodes the text between the quotes of a valid string. The result is a copy.
func unescape(text []byte) string {
	i := bytes.IndexByte(text, '\\')
	if i < 0 {
		return string(text)
	}
	out := make([]byte, 0, len(text))
	for i >= 0 {
		out = append(out, text[:i]...)
		var n int
		out, n = appendUnescaped(out, text[i:])
		text = text[i+n:]
		i = bytes.IndexByte(text, '\\')
	}
	return string(append(out, text...))
}

// appendUnescaped decodes the escape that text begins with and returns its length.
func appendUnescaped(dst, text []byte) ([]byte, int) {
	switch c := text[1]; c {
	case 'b':
		return append(dst, '\b'), 2
	case 'f':
		return append(dst, '\f'), 2
	case 'n':
		return append(dst, '\n'), 2
	case 'r':
		return append(dst, '\r'), 2
	case 't':
		return append(dst, '\t'), 2
	case 'u':
	default:
		return append(dst, c), 2
	}
	r := hexRune(text[2:6])
	if !utf16.IsSurrogate(r) {
		return utf8.AppendRune(dst, r), 6
	}
	if len(text) >= 12 && text[6] == '\\' && text[7] == 'u' {
		if pair := utf16.DecodeRune(r, hexRune(text[8:12])); pair != utf8.RuneError {
			return utf8.AppendRune(dst, pair), 12
		}
	}
	return utf8.AppendRune(dst, utf8.RuneError), 6
}

func hexRune(text []byte) rune {
	var r rune
	for _, c := range text {
		switch {
		case c <= '9':
			c -= '0'
		default:
			c = c | 0x20 - 'a' + 10
		}
		r = r<<4 | rune(c)
	}
	return r
}
