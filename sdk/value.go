package sdk

import (
	"math"
	"strconv"
	"time"
)

// Value is one JSON value of an event, not decoded until it is asked. The zero Value is a missing
// one. Asking for the wrong kind gives the zero value and false, never a panic.
//
// A Value holds what was there when it was read; an object or array read from it is the event's
// own, so that it can be edited. It is valid until the hook returns. Strings are copies and may
// be kept.
type Value struct {
	raw  []byte
	in   *Object // container it was read from, nil for a RawValue
	at   int     // position in the container's index, whole for the container itself
	kind Kind
}

// whole marks a Value that is its container.
const whole = -1

// RawValue returns the value that text holds. It is not checked: text must be one valid JSON
// value without white space around it, and must not change as long as the Value is used.
// It is meant for engines and hosts; see [ParseValue].
func RawValue(text []byte) Value {
	if len(text) == 0 {
		return Value{}
	}
	return Value{raw: text, kind: kindOf(text[0])}
}

// ParseValue returns the value that text holds, white space around it allowed.
// Errors: *[SyntaxError].
func ParseValue(text []byte) (Value, error) {
	if err := Validate(text); err != nil {
		return Value{}, err
	}
	return RawValue(trimSpace(text)), nil
}

// ValueOf returns v as a Value of its own: what storage, jobs and Update want. v may be whatever
// [Object.Set] takes; it is copied.
// Errors: that of a value that has no JSON form.
func ValueOf(v any) (Value, error) {
	text, err := appendAny(nil, v, 0)
	if err != nil {
		return Value{}, err
	}
	return RawValue(text), nil
}

func trimSpace(text []byte) []byte {
	for len(text) > 0 && isSpace(text[0]) {
		text = text[1:]
	}
	for len(text) > 0 && isSpace(text[len(text)-1]) {
		text = text[:len(text)-1]
	}
	return text
}

// Kind tells the value's type, KindMissing if there is none.
func (v Value) Kind() Kind { return v.kind }

// Exists says whether there is a value. null is one.
func (v Value) Exists() bool { return v.kind != KindMissing }

// IsNull says whether the value is null; a missing one is not.
func (v Value) IsNull() bool { return v.kind == KindNull }

// text is raw, as long as the event that it is of lives: its memory may be another's after that.
func (v Value) text() []byte {
	if v.in != nil {
		v.in.root.alive()
	}
	return v.raw
}

// Str returns the text of a string. A lone surrogate escape becomes U+FFFD.
func (v Value) Str() (string, bool) {
	if v.kind != KindString {
		return "", false
	}
	return unescape(v.text()[1 : len(v.raw)-1]), true
}

// StrOr is Str with a default.
func (v Value) StrOr(def string) string {
	if s, ok := v.Str(); ok {
		return s
	}
	return def
}

// Bool returns true or false.
func (v Value) Bool() (value, ok bool) {
	if v.kind != KindBool {
		return false, false
	}
	return v.text()[0] == 't', true
}

// BoolOr is Bool with a default.
func (v Value) BoolOr(def bool) bool {
	if b, ok := v.Bool(); ok {
		return b
	}
	return def
}

// Number returns the text of a number as it stands in the event: "1.0" stays "1.0".
func (v Value) Number() (text string, ok bool) {
	if v.kind != KindNumber {
		return "", false
	}
	return string(v.text()), true
}

// Int returns a number that is a whole number and fits an int64; 1.0 and 1e3 are whole.
func (v Value) Int() (int64, bool) {
	if v.kind != KindNumber {
		return 0, false
	}
	if n, err := strconv.ParseInt(string(v.text()), 10, 64); err == nil {
		return n, true
	}
	f, ok := v.Float()
	if !ok || f != math.Trunc(f) || math.Abs(f) > 1<<53 {
		return 0, false
	}
	return int64(f), true
}

// IntOr is Int with a default.
func (v Value) IntOr(def int64) int64 {
	if n, ok := v.Int(); ok {
		return n
	}
	return def
}

// Float returns a number as the nearest float64; one beyond its range is ±Inf, as in JavaScript.
func (v Value) Float() (float64, bool) {
	if v.kind != KindNumber {
		return 0, false
	}
	f, _ := strconv.ParseFloat(string(v.text()), 64)
	return f, true
}

// FloatOr is Float with a default.
func (v Value) FloatOr(def float64) float64 {
	if f, ok := v.Float(); ok {
		return f
	}
	return def
}

// Time returns a string that is a time in the form of RFC 3339, as Set writes a time.Time, with the
// zone that it names: 2024-03-05T10:11:12.345Z.
func (v Value) Time() (time.Time, bool) {
	text, ok := v.Str()
	if !ok {
		return time.Time{}, false
	}
	t, err := time.Parse(time.RFC3339, text)
	return t, err == nil
}

// TimeOr is Time with a default.
func (v Value) TimeOr(def time.Time) time.Time {
	if t, ok := v.Time(); ok {
		return t
	}
	return def
}

// Get returns the value at path inside an object; it is missing if v is none. See [Object.Get].
func (v Value) Get(path ...string) Value {
	o, ok := v.Object()
	if !ok {
		return Value{}
	}
	return o.Get(path...)
}

// Object returns an object; writing to it writes to the event.
func (v Value) Object() (*Object, bool) {
	if v.kind != KindObject {
		return nil, false
	}
	return v.container(), true
}

// Array returns an array; writing to it writes to the event.
func (v Value) Array() (*Array, bool) {
	if v.kind != KindArray {
		return nil, false
	}
	return (*Array)(v.container()), true
}

// container returns the object or array that v stands for. If the member was replaced since v
// was read, that is an object of its own.
func (v Value) container() *Object {
	if v.in != nil {
		v.in.root.alive()
		if v.at == whole {
			return v.in
		}
		if m := &v.in.mem[v.at]; &v.in.valText(m)[0] == &v.raw[0] {
			return v.in.kid(v.at)
		}
	}
	o := &Object{root: &root{}, src: v.raw}
	if v.kind == KindArray {
		o.flags = isArray
	}
	return o
}

// Any decodes the value: nil, bool, float64, string, []any or map[string]any; nil if missing.
func (v Value) Any() any {
	switch v.kind {
	case KindBool:
		return v.text()[0] == 't'
	case KindNumber:
		return v.FloatOr(0)
	case KindString:
		return v.StrOr("")
	case KindArray:
		a := (*Array)(v.container())
		list := make([]any, 0, a.Len())
		a.Each(func(_ int, e Value) bool { list = append(list, e.Any()); return true })
		return list
	case KindObject:
		o := v.container()
		m := make(map[string]any, o.Len())
		o.Each(func(key string, e Value) bool { m[key] = e.Any(); return true })
		return m
	}
	return nil
}

// AppendJSON appends the value's text to dst, nothing if it is missing.
func (v Value) AppendJSON(dst []byte) []byte {
	if v.kind >= KindArray && v.in != nil {
		return v.container().AppendJSON(dst)
	}
	return append(dst, v.text()...)
}

// Raw returns the value's text. It may alias the event: it is valid until the hook returns and
// must not be changed.
func (v Value) Raw() []byte {
	if v.kind < KindArray || v.in == nil {
		return v.text()
	}
	c := v.container()
	if c.flags&dirty != 0 {
		return c.AppendJSON(nil)
	}
	return c.src
}

// MarshalJSON returns the value's text, "null" if it is missing; the error is always nil.
func (v Value) MarshalJSON() ([]byte, error) {
	if !v.Exists() {
		return []byte("null"), nil
	}
	return v.AppendJSON(nil), nil
}

// AppendStateJSON appends the text that a value read from an event had before the Checkpoint that followed epoch. It
// works on a released event too. For engines whose plugins may keep a value.
func (v Value) AppendStateJSON(dst []byte, epoch uint32) []byte {
	if v.in == nil {
		return append(dst, v.raw...)
	}
	if v.at == whole {
		return v.in.appendAt(dst, epoch)
	}
	past := v.in.at(epoch)
	if m := &past.mem[v.at]; &past.valText(m)[0] == &v.raw[0] {
		return past.appendMember(dst, m, epoch)
	}
	return append(dst, v.raw...) // it was replaced after it was read
}

// String is the value's JSON text, "" if it is missing: for messages.
func (v Value) String() string { return string(v.AppendJSON(nil)) }
