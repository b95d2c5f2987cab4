package jsbridge

import (
	"bytes"
	"strconv"

	"github.com/dop251/goja"

	"github.com/plugreel/plugreel/sdk"
)

// maxPrinted is the size of the largest text whose memory the next one gets.
const maxPrinted = 64 << 10

// stringifyCompact is JSON.stringify without replacer and indentation. What it finds of the event is
// not taken through the engine: its text is copied where V8 would print the same.
func (in *instance) stringifyCompact(native goja.Callable, call goja.FunctionCall) goja.Value {
	if _, ok := call.Argument(0).(*goja.Object); !ok || !goja.IsUndefined(call.Argument(1)) && !goja.IsNull(call.Argument(1)) {
		return try(native(call.This, call.Arguments...))
	}
	e := encoder{in: in, index: notIndexed, plain: true}
	buf := in.printed
	in.printed = nil // a toJSON method may call this
	text, _ := e.value(buf[:0], call.Argument(0), sdk.Value{})
	if cap(text) <= maxPrinted {
		in.printed = text
	}
	if e.err != nil {
		return try(native(call.This, call.Arguments...)) // which raises it
	}
	if len(text) == 0 {
		return goja.Undefined()
	}
	return in.vm.ToValue(string(text))
}

// canonicalLazy appends what JSON.stringify makes of a lazy object.
func (e *encoder) canonicalLazy(dst []byte, l *lazy) []byte {
	l.live()
	dst = append(dst, '{')
	first := true
	member := func(key string, v sdk.Value) bool {
		before := len(dst)
		if !first {
			dst = append(dst, ',')
		}
		dst = append(sdk.AppendString(dst, key), ':')
		at := len(dst)
		if value := l.peek(key); value != nil {
			e.key, e.index = key, notIndexed
			dst, _ = e.value(dst, value, sdk.Value{})
		} else {
			dst = e.in.appendCanonical(dst, v)
		}
		if len(dst) == at {
			dst = dst[:before]
		} else {
			first = false
		}
		return e.err == nil
	}
	eachInOrder(l.o, member)
	return append(dst, '}')
}

// eachInOrder calls f for the members of o as JavaScript orders them.
func eachInOrder(o *sdk.Object, f func(key string, v sdk.Value) bool) {
	indexes := false
	o.Each(func(key string, _ sdk.Value) bool {
		indexes = isIndex(key)
		return !indexes
	})
	if !indexes {
		o.Each(f)
		return
	}
	for _, key := range indexesFirst(o.Keys()) {
		if !f(key, o.Get(key)) {
			return
		}
	}
}

// appendCanonical appends JSON.stringify(JSON.parse(text)) of a value's text.
func (in *instance) appendCanonical(dst []byte, v sdk.Value) []byte {
	switch v.Kind() {
	case sdk.KindNumber:
		return appendCanonicalNumber(dst, v.Raw())
	case sdk.KindString:
		raw := v.Raw()
		if bytes.IndexByte(raw, '\\') < 0 {
			return append(dst, raw...)
		}
		return appendString(dst, in.decodeString(raw).(goja.String))
	case sdk.KindArray:
		a, _ := v.Array()
		dst = append(dst, '[')
		a.Each(func(i int, v sdk.Value) bool {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = in.appendCanonical(dst, v)
			return true
		})
		return append(dst, ']')
	case sdk.KindObject:
		o, _ := v.Object()
		dst = append(dst, '{')
		first := true
		eachInOrder(o, func(key string, v sdk.Value) bool {
			if !first {
				dst = append(dst, ',')
			}
			first = false
			dst = in.appendCanonical(append(sdk.AppendString(dst, key), ':'), v)
			return true
		})
		return append(dst, '}')
	}
	return append(dst, v.Raw()...) // true, false, null
}

func appendCanonicalNumber(dst, text []byte) []byte {
	if _, ok := smallInt(text); ok {
		return append(dst, text...)
	}
	f, err := strconv.ParseFloat(string(text), 64)
	if err != nil { // out of range is Infinity, which JSON has not
		return append(dst, "null"...)
	}
	return sdk.AppendFloat(dst, f)
}
