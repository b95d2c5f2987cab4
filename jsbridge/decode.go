package jsbridge

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/dop251/goja"

	"github.com/plugreel/plugreel/sdk"
)

// decode makes the JavaScript value that JSON.parse makes of v; undefined if v is missing.
func (in *instance) decode(v sdk.Value) goja.Value {
	switch v.Kind() {
	case sdk.KindNull:
		return goja.Null()
	case sdk.KindBool:
		return in.vm.ToValue(v.BoolOr(false))
	case sdk.KindNumber:
		return in.decodeNumber(v.Raw())
	case sdk.KindString:
		return in.decodeString(v.Raw())
	case sdk.KindArray:
		return in.decodeArray(v)
	case sdk.KindObject:
		return in.decodeObject(v)
	}
	return goja.Undefined()
}

// decodeNumber reads a number as a double, as JavaScript does.
func (in *instance) decodeNumber(text []byte) goja.Value {
	if n, ok := smallInt(text); ok {
		if n >= 0 && n < manyInts {
			return ints()[n]
		}
		return in.vm.ToValue(n)
	}
	f, _ := strconv.ParseFloat(string(text), 64) // out of range is ±Inf, as in JSON.parse
	return in.vm.ToValue(f)
}

// manyInts is how many integers have a value that is made once: widths and heights of screens are among them.
const manyInts = 4096

// ints are the values of the integers from 0. They belong to no runtime.
var ints = sync.OnceValue(func() []goja.Value {
	vm, values := goja.New(), make([]goja.Value, manyInts)
	for i := range values {
		values[i] = vm.ToValue(i)
	}
	return values
})

// smallInt reads an integer that a double holds exactly. -0 is none.
func smallInt(text []byte) (int64, bool) {
	digits := text
	if digits[0] == '-' {
		digits = digits[1:]
	}
	if len(digits) > 15 || len(digits) < len(text) && digits[0] == '0' {
		return 0, false
	}
	var n int64
	for _, c := range digits {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	if len(digits) < len(text) {
		n = -n
	}
	return n, true
}

// decodeString makes the string that the quoted text means. A lone surrogate stays one.
func (in *instance) decodeString(quoted []byte) goja.Value {
	text := quoted[1 : len(quoted)-1]
	if bytes.IndexByte(text, '\\') < 0 {
		return in.vm.ToValue(string(text))
	}
	if !bytes.Contains(text, surrogateEscape) && !bytes.Contains(text, surrogateEscapeUpper) {
		s, _ := sdk.RawValue(quoted).Str()
		return in.vm.ToValue(s)
	}
	return goja.StringFromUTF16(utf16Of(text))
}

var surrogateEscape, surrogateEscapeUpper = []byte(`\ud`), []byte(`\uD`)

// utf16Of decodes the text of a string into code units.
func utf16Of(text []byte) []uint16 {
	units := make([]uint16, 0, len(text))
	for len(text) > 0 {
		switch {
		case text[0] != '\\':
			r, n := utf8.DecodeRune(text)
			units = appendUnits(units, r)
			text = text[n:]
		case text[1] == 'u':
			n, _ := strconv.ParseUint(string(text[2:6]), 16, 16)
			units = append(units, uint16(n))
			text = text[6:]
		default:
			units = append(units, uint16(simpleEscape(text[1])))
			text = text[2:]
		}
	}
	return units
}

func appendUnits(units []uint16, r rune) []uint16 {
	if r < 0x10000 {
		return append(units, uint16(r))
	}
	r -= 0x10000
	return append(units, uint16(0xd800+r>>10), uint16(0xdc00+r&0x3ff))
}

func simpleEscape(c byte) byte {
	switch c {
	case 'b':
		return '\b'
	case 'f':
		return '\f'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	}
	return c
}

func (in *instance) decodeArray(v sdk.Value) goja.Value {
	a, _ := v.Array()
	items := make([]any, 0, a.Len())
	a.Each(func(_ int, v sdk.Value) bool {
		items = append(items, in.decode(v))
		return true
	})
	return in.vm.NewArray(items...)
}

// decodeObject defines every member as JSON.parse does: a member called __proto__ is an ordinary
// one, and a prototype that the plugin changed has no say.
func (in *instance) decodeObject(v sdk.Value) goja.Value {
	o, _ := v.Object()
	obj := in.vm.NewObject()
	o.Each(func(key string, v sdk.Value) bool {
		define(obj, key, in.decode(v))
		return true
	})
	return obj
}

// isIndex says whether a name is an array index in the sense of ECMAScript.
func isIndex(key string) bool {
	if key == "" || len(key) > 10 || key[0] == '0' && len(key) > 1 {
		return false
	}
	for i := range len(key) {
		if key[i] < '0' || key[i] > '9' {
			return false
		}
	}
	n, _ := strconv.ParseUint(key, 10, 64)
	return n < 1<<32-1
}

// sortIndexes moves the n names that are indexes to the front, ascending.
func sortIndexes(keys []string, n int) []string {
	sorted := make([]string, 0, len(keys))
	for _, key := range keys {
		if isIndex(key) {
			sorted = append(sorted, key)
		}
	}
	slices.SortFunc(sorted, func(a, b string) int {
		if len(a) != len(b) {
			return len(a) - len(b)
		}
		return strings.Compare(a, b)
	})
	for _, key := range keys {
		if !isIndex(key) {
			sorted = append(sorted, key)
		}
	}
	return sorted[:len(keys):len(keys)]
}
