package jsbridge

import (
	"errors"
	"math"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja"

	"github.com/plugreel/plugreel/sdk"
)

// maxEncodeDepth bounds how deeply a plugin's value may be nested: what is deeper could not be
// read back.
const maxEncodeDepth = 9_000

var (
	errBigInt    = classError{"TypeError", "Do not know how to serialize a BigInt"}
	errCycle     = classError{"TypeError", "Converting circular structure to JSON"}
	errSurrogate = errors.New("a name may hold a lone surrogate") // never shown
	errDeep      = classError{"RangeError", "value is nested too deeply for JSON"}
)

// classError is an error that JavaScript has a class for.
type classError struct{ class, message string }

func (e classError) Error() string { return e.class + ": " + e.message }

// encode appends what JSON.stringify makes of value; nothing for undefined, functions and
// symbols.
//
// from is the JSON that value may have been made from, missing if there is none: wherever value
// still says what from says, from's own text is copied, so that numbers of 20 digits, 1.0 and
// escapes survive a plugin that does not change them. same is true if that is so for the whole.
// A toJSON method or a getter of the plugin may run; what it throws is returned.
func (in *instance) encode(dst []byte, value goja.Value, from sdk.Value) (out []byte, same bool, err error) {
	return in.encodeMember(dst, "", value, from)
}

// encodeMember is encode for the value of a member: toJSON methods are told its name.
func (in *instance) encodeMember(dst []byte, key string, value goja.Value, from sdk.Value) (out []byte, same bool, err error) {
	e := encoder{in: in, key: key, index: notIndexed}
	n := len(dst)
	err = in.guard(func() { out, same = e.value(dst, value, from) })
	switch {
	case err != nil:
		return dst[:n], false, err
	case e.err != nil:
		return dst[:n], false, e.err
	}
	return out, same, nil
}

// guard runs f and returns the exception that ended it, or that it was broken off: outside of calls
// into the runtime goja panics with that.
func (in *instance) guard(f func()) (err error) {
	defer func() {
		v := recover()
		if interrupted, ok := v.(*goja.InterruptedError); ok {
			err = interrupted
		} else if v != nil {
			panic(v)
		}
	}()
	if exception := in.vm.Try(f); exception != nil {
		return exception
	}
	return nil
}

// encoder is one walk over a value.
type encoder struct {
	in    *instance
	path  []*goja.Object // containers around the value, to find cycles
	key   string         // name of the value that is begun
	index int            // its place in an array, notIndexed elsewhere
	plain bool           // write what JSON.stringify returns to a program, where no text is kept
	err   error          // the first one; the walk goes on to no end but is not used
}

const notIndexed = -1

// name is the property that the value which is begun stands in.
func (e *encoder) name() goja.Value {
	if e.index == notIndexed {
		return e.in.vm.ToValue(e.key)
	}
	return e.in.vm.ToValue(strconv.Itoa(e.index))
}

func (e *encoder) value(dst []byte, value goja.Value, from sdk.Value) (_ []byte, same bool) {
	if o, ok := value.(*goja.Object); ok {
		return e.object(dst, o, from)
	}
	if s, ok := value.(goja.String); ok {
		if from.Kind() == sdk.KindString && equalString(s, from.Raw()) {
			return append(dst, from.Raw()...), true
		}
		return appendString(dst, s), false
	}
	switch {
	case value == nil || goja.IsUndefined(value):
		return dst, false
	case goja.IsNull(value):
		return append(dst, "null"...), from.IsNull()
	case goja.IsBigInt(value):
		e.err = errBigInt
		return dst, false
	case goja.IsNumber(value):
		return e.number(dst, value.ToFloat(), from)
	}
	text, ok := e.in.primitive(dst, value)
	if !ok { // a symbol
		return dst, false
	}
	b, isBool := from.Bool()
	return text, isBool && b == value.ToBoolean()
}

func (e *encoder) number(dst []byte, f float64, from sdk.Value) ([]byte, bool) {
	if old, ok := from.Float(); ok && old == f {
		return append(dst, from.Raw()...), true
	}
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return append(dst, "null"...), false
	}
	return sdk.AppendFloat(dst, f), false
}

func (e *encoder) object(dst []byte, o *goja.Object, from sdk.Value) ([]byte, bool) {
	for _, outer := range e.path {
		if outer == o {
			e.err = errCycle
			return dst, false
		}
	}
	if e.err != nil || len(e.path) > maxEncodeDepth {
		if e.err == nil {
			e.err = errDeep
		}
		return dst, false
	}
	if l := asLazy(o); l != nil && !e.plain {
		return e.lazy(dst, l)
	}
	if method, ok := goja.AssertFunction(o.Get("toJSON")); ok {
		return e.toJSON(dst, o, method, from)
	}
	e.path = append(e.path, o)
	defer func() { e.path = e.path[:len(e.path)-1] }()
	if l := asLazy(o); l != nil {
		return e.canonicalLazy(dst, l), false
	}
	switch o.ClassName() {
	case "Array":
		return e.array(dst, o, from)
	case "Function":
		return dst, false
	case "Number":
		return e.number(dst, o.ToFloat(), from)
	case "String":
		return appendString(dst, o.ToString().(goja.String)), false
	case "Boolean", "BigInt":
		return e.value(dst, e.in.primitiveOf(o), from)
	}
	if _, callable := goja.AssertFunction(o); callable {
		return dst, false
	}
	if o.ExportType() == proxyType {
		if proxy, ok := o.Export().(goja.Proxy); ok && isArray(proxy.Target()) {
			return e.array(dst, o, from)
		}
	}
	return e.members(dst, o, from)
}

var proxyType = reflect.TypeFor[goja.Proxy]()

func isArray(o *goja.Object) bool { return o != nil && o.ClassName() == "Array" }

// primitiveOf unwraps a Boolean or BigInt object.
func (in *instance) primitiveOf(o *goja.Object) goja.Value {
	valueOf, ok := goja.AssertFunction(o.Get("valueOf"))
	if !ok {
		return goja.Undefined()
	}
	v, err := valueOf(o)
	if err != nil {
		panic(err)
	}
	return v
}

func (e *encoder) lazy(dst []byte, l *lazy) ([]byte, bool) {
	if l.busy {
		e.err = errCycle
		return dst, false
	}
	e.path = append(e.path, l.js)
	text, err := l.text(dst)
	e.path = e.path[:len(e.path)-1]
	if err != nil {
		e.err = err
	}
	return text, false
}

func (e *encoder) toJSON(dst []byte, o *goja.Object, method goja.Callable, from sdk.Value) ([]byte, bool) {
	v, err := method(o, e.name())
	if err != nil {
		var exception *goja.Exception
		if errors.As(err, &exception) {
			panic(exception.Value())
		}
		panic(err)
	}
	if v == goja.Value(o) {
		e.path = append(e.path, o)
		defer func() { e.path = e.path[:len(e.path)-1] }()
		return e.members(dst, o, from)
	}
	return e.value(dst, v, from)
}

func (e *encoder) array(dst []byte, o *goja.Object, from sdk.Value) ([]byte, bool) {
	start := len(dst)
	n := int(o.Get("length").ToInteger())
	old, isArray := from.Array()
	same := isArray && old.Len() == n
	dst = append(dst, '[')
	for i := range n {
		if i > 0 {
			dst = append(dst, ',')
		}
		var was sdk.Value
		if isArray {
			was = old.At(i)
		}
		before := len(dst)
		e.index = i
		var sameItem bool
		dst, sameItem = e.value(dst, o.Get(strconv.Itoa(i)), was)
		if len(dst) == before {
			dst = append(dst, "null"...)
		}
		if same = same && sameItem; e.err != nil {
			return dst, false
		}
	}
	if same {
		return append(dst[:start], from.Raw()...), true
	}
	return append(dst, ']'), false
}

func (e *encoder) members(dst []byte, o *goja.Object, from sdk.Value) ([]byte, bool) {
	start := len(dst)
	old, isObject := from.Object()
	var oldKeys []string
	if isObject {
		oldKeys = indexesFirst(old.Keys())
	}
	written := 0
	same := isObject
	dst = append(dst, '{')
	for _, key := range o.Keys() {
		if e.plain && strings.ContainsRune(key, utf8.RuneError) {
			e.err = errSurrogate
			return dst, false
		}
		before := len(dst)
		if written > 0 {
			dst = append(dst, ',')
		}
		dst = append(sdk.AppendString(dst, key), ':')
		var was sdk.Value
		if isObject {
			was = old.Get(key)
		}
		at := len(dst)
		e.key, e.index = key, notIndexed
		var sameMember bool
		dst, sameMember = e.value(dst, o.Get(key), was)
		if len(dst) == at {
			dst = dst[:before]
			continue
		}
		same = same && sameMember && written < len(oldKeys) && oldKeys[written] == key
		if written++; e.err != nil {
			return dst, false
		}
	}
	if same && len(oldKeys) == written {
		return append(dst[:start], from.Raw()...), true
	}
	return append(dst, '}'), false
}

// appendString appends a JavaScript string as JSON.stringify does: lone surrogates as escapes.
func appendString(dst []byte, s goja.String) []byte {
	text := s.String()
	if !strings.ContainsRune(text, utf8.RuneError) {
		return sdk.AppendString(dst, text)
	}
	return append(appendUnitsEscaped(append(dst, '"'), s), '"')
}

// appendUnitsEscaped appends the code units of s, lone surrogates as escapes.
func appendUnitsEscaped(dst []byte, s goja.String) []byte {
	for i := 0; i < s.Length(); i++ {
		unit := rune(s.CharAt(i))
		switch {
		case unit >= 0xd800 && unit < 0xdc00 && i+1 < s.Length() && s.CharAt(i+1)&0xfc00 == 0xdc00:
			dst = utf8.AppendRune(dst, 0x10000+(unit-0xd800)<<10+rune(s.CharAt(i+1))-0xdc00)
			i++
		case unit >= 0xd800 && unit < 0xe000:
			dst = append(dst, '\\', 'u', 'd', hexDigit(unit>>8), hexDigit(unit>>4), hexDigit(unit))
		case unit < ' ' || unit == '"' || unit == '\\':
			quoted := sdk.AppendString(nil, string(unit))
			dst = append(dst, quoted[1:len(quoted)-1]...)
		default:
			dst = utf8.AppendRune(dst, unit)
		}
	}
	return dst
}

func hexDigit(r rune) byte { return "0123456789abcdef"[r&15] }

// equalString says whether the quoted text means s.
func equalString(s goja.String, quoted []byte) bool {
	text := s.String()
	old, _ := sdk.RawValue(quoted).Str()
	return text == old && !strings.ContainsRune(text, utf8.RuneError)
}
