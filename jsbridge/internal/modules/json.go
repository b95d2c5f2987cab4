package modules

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/dop251/goja"
)

// maxDepth is how deep values may be nested that this package walks, so that no plugin ends the
// process by exhausting its stack.
const maxDepth = 100_000

// parseJSON is JSON.parse. The engine's own loses lone surrogates, refuses numbers beyond the
// range of a double, and words errors as Go does. Source: ECMAScript, section 25.5.1; the wording
// of errors is that of Node 20.
func (l *Library) parseJSON(call goja.FunctionCall) goja.Value {
	source := l.stringOf(call.Argument(0))
	p := jsonParser{l: l, in: wtf8(source), source: call.Argument(0)}
	v := p.whole()
	if f, ok := goja.AssertFunction(call.Argument(1)); ok {
		root := l.vm.NewObject()
		define(root, "", v)
		r := reviver{l: l, f: f}
		return r.walk(root, "", 0)
	}
	return v
}

// wtf8 is the text as UTF-8, with lone surrogates as if they were characters.
func wtf8(s goja.String) string {
	t := valid(s.String())
	if !strings.Contains(t, "\ufffd") {
		return t
	}
	out := make([]byte, 0, len(t))
	for i := 0; i < s.Length(); i++ {
		c := rune(s.CharAt(i))
		switch {
		case !utf16.IsSurrogate(c):
			out = utf8.AppendRune(out, c)
		case loneSurrogateAt(s, i):
			out = append(out, 0xe0|byte(c>>12), 0x80|byte(c>>6&0x3f), 0x80|byte(c&0x3f))
		case c < 0xdc00:
			out = utf8.AppendRune(out, utf16.DecodeRune(c, rune(s.CharAt(i+1))))
		}
	}
	return string(out)
}

// loneSurrogateAt says whether unit i of s is a surrogate without its other half.
func loneSurrogateAt(s goja.String, i int) bool {
	c := s.CharAt(i)
	switch {
	case c < 0xd800 || c > 0xdfff:
		return false
	case c < 0xdc00:
		return i+1 >= s.Length() || s.CharAt(i+1)&0xfc00 != 0xdc00
	}
	return i == 0 || s.CharAt(i-1)&0xfc00 != 0xd800
}

type jsonParser struct {
	l      *Library
	in     string
	at     int
	depth  int
	source goja.Value
}

func (p *jsonParser) whole() goja.Value {
	p.skip()
	v := p.value()
	p.skip()
	if p.at < len(p.in) {
		panic(p.expected("Unexpected non-whitespace character after JSON"))
	}
	return v
}

func (p *jsonParser) skip() {
	for p.at < len(p.in) {
		switch p.in[p.at] {
		case ' ', '\n', '\r', '\t':
			p.at++
		default:
			return
		}
	}
}

// peek is the next byte, 0 at the end.
func (p *jsonParser) peek() byte {
	if p.at < len(p.in) {
		return p.in[p.at]
	}
	return 0
}

func (p *jsonParser) value() goja.Value {
	switch c := p.peek(); {
	case c == '"':
		return p.text()
	case c == '{':
		return p.nested((*jsonParser).object)
	case c == '[':
		return p.nested((*jsonParser).array)
	case c == '-' || isDigit(c):
		return p.number()
	case c == 't':
		return p.word("true", p.l.vm.ToValue(true))
	case c == 'f':
		return p.word("false", p.l.vm.ToValue(false))
	case c == 'n':
		return p.word("null", goja.Null())
	}
	panic(p.unexpected())
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func (p *jsonParser) word(word string, v goja.Value) goja.Value {
	for i := range len(word) {
		if p.peek() != word[i] {
			panic(p.unexpected())
		}
		p.at++
	}
	return v
}

func (p *jsonParser) nested(parse func(*jsonParser) goja.Value) goja.Value {
	if p.depth++; p.depth > maxDepth {
		panic(p.l.tooDeep())
	}
	p.at++
	p.skip()
	v := parse(p)
	p.at++
	p.depth--
	return v
}

func (l *Library) tooDeep() *goja.Object {
	return l.newError("RangeError", "", "Maximum call stack size exceeded")
}

func (p *jsonParser) array() goja.Value {
	var items []any
	if p.peek() == ']' {
		return p.l.vm.NewArray()
	}
	for {
		items = append(items, p.value())
		p.skip()
		switch p.peek() {
		case ']':
			return p.l.vm.NewArray(items...)
		case ',':
			p.at++
			p.skip()
		default:
			panic(p.expected("Expected ',' or ']' after array element in JSON"))
		}
	}
}

func (p *jsonParser) object() goja.Value {
	o := p.l.vm.NewObject()
	if p.peek() == '}' {
		return o
	}
	if p.peek() != '"' {
		panic(p.expected("Expected property name or '}' in JSON"))
	}
	for {
		p.member(o)
		p.skip()
		switch p.peek() {
		case '}':
			return o
		case ',':
			p.at++
			p.skip()
		default:
			panic(p.expected("Expected ',' or '}' after property value in JSON"))
		}
		if p.peek() != '"' {
			panic(p.expected("Expected double-quoted property name in JSON"))
		}
	}
}

func (p *jsonParser) member(o *goja.Object) {
	key, units := p.scan()
	p.skip()
	if p.peek() != ':' {
		if p.at < len(p.in) && (p.in[p.at] == '}' || p.in[p.at] == ',') {
			panic(p.unexpected())
		}
		panic(p.expected("Expected ':' after property name in JSON"))
	}
	p.at++
	p.skip()
	v := p.value()
	if units == nil {
		define(o, key, v)
		return
	}
	p.l.defineUnits(o, goja.StringFromUTF16(units), v)
}

// defineUnits defines a property whose name has lone surrogates, which Go strings have not.
func (l *Library) defineUnits(o *goja.Object, key, v goja.Value) {
	f, _ := goja.AssertFunction(l.once("Object.defineProperty", func(l *Library) goja.Value { return l.global("Object").Get("defineProperty") }))
	d := l.vm.NewObject()
	define(d, "value", v)
	for _, name := range []string{"writable", "enumerable", "configurable"} {
		define(d, name, l.vm.ToValue(true))
	}
	_, err := f(goja.Undefined(), o, key, d)
	must(err)
}

// text reads a string value.
func (p *jsonParser) text() goja.Value {
	s, units := p.scan()
	if units != nil {
		return goja.StringFromUTF16(units)
	}
	return p.l.vm.ToValue(s)
}

// scan reads a string. It returns code units instead of a text if there are lone surrogates.
func (p *jsonParser) scan() (s string, units []uint16) {
	p.at++
	start := p.at
	for p.at < len(p.in) {
		switch c := p.in[p.at]; {
		case c == '"':
			s = strings.Clone(p.in[start:p.at])
			p.at++
			return plain(s)
		case c == '\\':
			return p.scanEscaped(start)
		case c < ' ':
			panic(p.expected("Bad control character in string literal in JSON"))
		}
		p.at++
	}
	panic(p.expected("Unterminated string in JSON"))
}

// plain is s itself, or its code units if it has lone surrogates.
func plain(s string) (string, []uint16) {
	if !strings.Contains(s, "\xed") || utf8.ValidString(s) {
		return s, nil
	}
	return "", unitsOf(s)
}

// unitsOf decodes text that wtf8 made.
func unitsOf(s string) (units []uint16) {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			r, n = rune(s[i]&0x0f)<<12|rune(s[i+1]&0x3f)<<6|rune(s[i+2]&0x3f), 3
			units = append(units, uint16(r))
		} else {
			units = utf16.AppendRune(units, r)
		}
		i += n
	}
	return units
}

func (p *jsonParser) scanEscaped(start int) (s string, units []uint16) {
	var b strings.Builder
	b.WriteString(p.in[start:p.at])
	paired := true // every surrogate that was escaped has its other half
	for p.at < len(p.in) {
		c := p.in[p.at]
		switch {
		case c == '"':
			p.at++
			if paired {
				return plain(b.String())
			}
			return pairUp(unitsOf(b.String()))
		case c < ' ':
			panic(p.expected("Bad control character in string literal in JSON"))
		case c != '\\':
			b.WriteByte(c)
			p.at++
		default:
			r := p.escape()
			if !utf16.IsSurrogate(r) {
				b.WriteRune(r)
				continue
			}
			paired = false
			b.Write([]byte{0xe0 | byte(r>>12), 0x80 | byte(r>>6&0x3f), 0x80 | byte(r&0x3f)})
		}
	}
	panic(p.expected("Unterminated string in JSON"))
}

// pairUp returns the text of code units that turn out to be whole pairs, else the units.
func pairUp(units []uint16) (string, []uint16) {
	if isWellFormed(units) {
		return string(utf16.Decode(units)), nil
	}
	return "", units
}

var shortEscapes = map[byte]rune{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// escape reads what a backslash begins.
func (p *jsonParser) escape() rune {
	p.at++
	c := p.peek()
	if c == 'u' {
		return p.hex()
	}
	r, ok := shortEscapes[c]
	switch {
	case p.at >= len(p.in):
		panic(p.unexpected())
	case !ok:
		panic(p.expected("Bad escaped character in JSON"))
	}
	p.at++
	return r
}

func (p *jsonParser) hex() (r rune) {
	for range 4 {
		p.at++
		c := p.peek()
		switch {
		case isDigit(c):
			r = r<<4 | rune(c-'0')
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			r = r<<4 | rune(c|0x20-'a'+10)
		default:
			panic(p.expected("Bad Unicode escape in JSON"))
		}
	}
	p.at++
	return r
}

func (p *jsonParser) number() goja.Value {
	start := p.at
	if p.peek() == '-' {
		if p.at++; !isDigit(p.peek()) {
			panic(p.expected("No number after minus sign in JSON"))
		}
	}
	if p.peek() == '0' {
		if p.at++; isDigit(p.peek()) {
			panic(p.expected("Unexpected number in JSON"))
		}
	}
	p.digits()
	integer := true
	if p.peek() == '.' {
		integer = false
		if p.at++; p.digits() == 0 {
			panic(p.expected("Unterminated fractional number in JSON"))
		}
	}
	if p.peek()|0x20 == 'e' {
		integer = false
		if p.at++; p.peek() == '+' || p.peek() == '-' {
			p.at++
		}
		if p.digits() == 0 {
			panic(p.expected("Exponent part is missing a number in JSON"))
		}
	}
	text := p.in[start:p.at]
	if integer && len(text) <= 15 && text != "-0" {
		n, _ := strconv.ParseInt(text, 10, 64)
		return p.l.vm.ToValue(n)
	}
	f, _ := strconv.ParseFloat(text, 64) // infinite beyond the range, as in JavaScript
	if f == 0 && text[0] == '-' {
		f = math.Copysign(0, -1)
	}
	return p.l.vm.ToValue(f)
}

func (p *jsonParser) digits() (n int) {
	for isDigit(p.peek()) {
		p.at++
		n++
	}
	return n
}

// position is where the parser is, in code units.
func (p *jsonParser) position() int { return len(unitsOf(p.in[:p.at])) }

func (p *jsonParser) syntaxError(message string) *goja.Object {
	return p.l.newError("SyntaxError", "", message)
}

// expected says what is wrong at the position.
func (p *jsonParser) expected(what string) *goja.Object {
	return p.syntaxError(what + " at position " + strconv.Itoa(p.position()))
}

// context is how many characters of the source an error shows on either side.
const context = 10

// unexpected shows the character that nothing can begin with.
func (p *jsonParser) unexpected() *goja.Object {
	if p.at >= len(p.in) {
		return p.syntaxError("Unexpected end of JSON input")
	}
	switch p.in {
	case "undefined", "NaN", "Infinity", "[object Object]":
		return p.syntaxError(`"` + p.in + `" is not valid JSON`)
	}
	units, at := unitsOf(p.in), p.position()
	token := string(utf16.Decode(units[at : at+1]))
	before, after := "", ""
	if len(units) > 2*context {
		if at > context {
			before = "..."
		}
		if at+context < len(units) {
			after = "..."
		}
		units = units[max(0, at-context):min(len(units), at+context)]
	}
	return p.syntaxError("Unexpected token '" + token + "', " + before + `"` + string(utf16.Decode(units)) + `"` + after + " is not valid JSON")
}

// reviver calls the second argument of JSON.parse for every value, innermost first.
type reviver struct {
	l *Library
	f goja.Callable
}

func (r *reviver) walk(holder *goja.Object, key string, depth int) goja.Value {
	if depth > maxDepth {
		panic(r.l.tooDeep())
	}
	if o, ok := holder.Get(key).(*goja.Object); ok {
		for _, k := range r.keys(o) {
			v := r.walk(o, k, depth+1)
			if goja.IsUndefined(v) {
				_ = o.Delete(k) // what cannot be deleted stays
				continue
			}
			_ = o.DefineDataProperty(k, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
		}
	}
	v := holder.Get(key)
	if v == nil {
		v = goja.Undefined()
	}
	out, err := r.f(holder, r.l.vm.ToValue(key), v)
	if err != nil {
		panic(thrown(err))
	}
	return out
}

func (r *reviver) keys(o *goja.Object) []string {
	if o.ClassName() != "Array" {
		return o.Keys()
	}
	keys := make([]string, o.Get("length").ToInteger())
	for i := range keys {
		keys[i] = strconv.Itoa(i)
	}
	return keys
}
