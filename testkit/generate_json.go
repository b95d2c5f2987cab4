package testkit

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// jsonWriter appends JSON text. Inside an object every call names its member; inside an array the key
// is empty. Keys need no escapes.
type jsonWriter struct {
	buf   []byte
	ascii bool // strings are spelled as PHP and Python clients do: \uXXXX, and \/ for a slash
}

func (w *jsonWriter) key(k string) {
	switch w.buf[len(w.buf)-1] {
	case '{', '[':
	default:
		w.buf = append(w.buf, ',')
	}
	if k == "" {
		return
	}
	w.buf = append(w.buf, '"')
	w.buf = append(w.buf, k...)
	w.buf = append(w.buf, '"', ':')
}

func (w *jsonWriter) object(k string, members func()) {
	w.key(k)
	w.buf = append(w.buf, '{')
	members()
	w.buf = append(w.buf, '}')
}

func (w *jsonWriter) array(k string, elements func()) {
	w.key(k)
	w.buf = append(w.buf, '[')
	elements()
	w.buf = append(w.buf, ']')
}

func (w *jsonWriter) str(k, v string) {
	w.key(k)
	w.buf = append(w.buf, '"')
	w.text(v)
	w.buf = append(w.buf, '"')
}

func (w *jsonWriter) strs(k string, vs ...string) {
	w.array(k, func() {
		for _, v := range vs {
			w.str("", v)
		}
	})
}

func (w *jsonWriter) id(k string, v uuid) {
	w.key(k)
	w.buf = append(w.buf, '"')
	w.buf = v.append(w.buf)
	w.buf = append(w.buf, '"')
}

func (w *jsonWriter) num(k string, v int) {
	w.key(k)
	w.buf = strconv.AppendInt(w.buf, int64(v), 10)
}

func (w *jsonWriter) bool(k string, v bool) {
	w.key(k)
	w.buf = strconv.AppendBool(w.buf, v)
}

// raw writes text that is JSON already: null, a number whose spelling matters, an array.
func (w *jsonWriter) raw(k, text string) {
	w.key(k)
	w.buf = append(w.buf, text...)
}

// text appends the inside of a string literal. Runs that need no escape are copied whole.
func (w *jsonWriter) text(s string) {
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' && (!w.ascii || c < utf8.RuneSelf && c != '/') {
			i++
			continue
		}
		w.buf = append(w.buf, s[start:i]...)
		r, size := utf8.DecodeRuneInString(s[i:])
		w.escape(r)
		i += size
		start = i
	}
	w.buf = append(w.buf, s[start:]...)
}

func (w *jsonWriter) escape(r rune) {
	switch {
	case r == '"' || r == '\\' || r == '/':
		w.buf = append(w.buf, '\\', byte(r))
	case r == '\n':
		w.buf = append(w.buf, '\\', 'n')
	case r == '\t':
		w.buf = append(w.buf, '\\', 't')
	case r > 0xffff:
		high, low := utf16.EncodeRune(r)
		w.unit(high)
		w.unit(low)
	default:
		w.unit(r)
	}
}

// unit appends one UTF-16 code unit as \uXXXX.
func (w *jsonWriter) unit(u rune) {
	const hex = "0123456789abcdef"
	w.buf = append(w.buf, '\\', 'u', hex[u>>12&15], hex[u>>8&15], hex[u>>4&15], hex[u&15])
}
