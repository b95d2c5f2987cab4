package modules

import (
	"encoding/binary"
	"encoding/hex"
	"math"

	"github.com/dop251/goja"
)

// fill draws bytes from the host's stream.
func (l *Library) fill(b []byte) {
	var word [8]byte
	for len(b) > 0 {
		binary.LittleEndian.PutUint64(word[:], l.host.Random())
		b = b[copy(b, word[:]):]
	}
}

// randomUUID is a version 4 UUID. Source: RFC 9562, section 5.4.
func (l *Library) randomUUID(goja.FunctionCall) goja.Value {
	var b [16]byte
	l.fill(b[:])
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	var out [36]byte
	hex.Encode(out[:], b[:4])
	at := 8
	for i := 4; i < 16; i += 2 {
		if i <= 10 {
			out[at] = '-'
			at++
		}
		hex.Encode(out[at:], b[i:i+2])
		at += 4
	}
	return l.vm.ToValue(string(out[:]))
}

// randomFunctions defines the functions of module crypto that draw numbers. Their callbacks are
// called by setImmediate.
func (l *Library) randomFunctions(o *goja.Object) {
	vm := l.vm
	l.functions(o, []function{
		{"randomBytes", 2, func(call goja.FunctionCall) goja.Value {
			b := make([]byte, l.size(call.Argument(0)))
			l.fill(b)
			return l.answer(call.Argument(1), l.host.NewBuffer(b))
		}},
		{"randomFillSync", 3, func(call goja.FunctionCall) goja.Value {
			l.fill(l.part(call.Argument(0), call.Argument(1), call.Argument(2)))
			return call.Argument(0)
		}},
		{"randomFill", 4, func(call goja.FunctionCall) goja.Value {
			n := len(call.Arguments) - 1
			l.fill(l.part(call.Argument(0), argument(call.Arguments[:max(n, 0)], 1), argument(call.Arguments[:max(n, 0)], 2)))
			l.needCallback(call.Argument(n))
			return l.answer(call.Argument(n), call.Argument(0))
		}},
		{"randomInt", 3, func(call goja.FunctionCall) goja.Value {
			low, high, callback := call.Argument(0), call.Argument(1), call.Argument(2)
			if _, ok := goja.AssertFunction(high); ok || goja.IsUndefined(high) {
				low, high, callback = vm.ToValue(0), low, high
			}
			return l.answerWith(callback, goja.Undefined(), vm.ToValue(l.randomInt(low, high)))
		}},
		{"pseudoRandomBytes", 2, func(call goja.FunctionCall) goja.Value {
			f, _ := goja.AssertFunction(o.Get("randomBytes"))
			v, err := f(o, call.Arguments...)
			if err != nil {
				panic(thrown(err))
			}
			return v
		}},
	})
}

// maxRandomBytes is the most that one call may ask for.
const maxRandomBytes = math.MaxInt32

func (l *Library) size(v goja.Value) int {
	if !goja.IsNumber(v) {
		panic(l.argType("size", "of type number", v))
	}
	if n := v.ToFloat(); !(n >= 0 && n <= maxRandomBytes) {
		panic(l.outOfRange("size", ">= 0 && <= 2147483647", v))
	}
	return int(v.ToInteger())
}

// part is the bytes from offset, size of them.
func (l *Library) part(view, offset, size goja.Value) []byte {
	b, ok := l.viewBytes(view)
	if !ok {
		panic(l.argType("buf", "an instance of ArrayBuffer or ArrayBufferView", view))
	}
	if !goja.IsUndefined(offset) {
		n := offset.ToInteger()
		if n < 0 || n > int64(len(b)) {
			panic(l.outOfRange("offset", ">= 0 && <= "+l.vm.ToValue(len(b)).String(), offset))
		}
		b = b[n:]
	}
	if !goja.IsUndefined(size) {
		n := size.ToInteger()
		if n < 0 || n > int64(len(b)) {
			panic(l.outOfRange("size", ">= 0 && <= "+l.vm.ToValue(len(b)).String(), size))
		}
		b = b[:n]
	}
	return b
}

// maxRange is how far apart the limits of randomInt may be.
const maxRange = 1<<48 - 1

func (l *Library) randomInt(low, high goja.Value) int64 {
	for _, limit := range []struct {
		name  string
		value goja.Value
	}{{"min", low}, {"max", high}} {
		if f := limit.value.ToFloat(); !goja.IsNumber(limit.value) || f != math.Trunc(f) || math.Abs(f) > 1<<53-1 {
			panic(l.argType(limit.name, "a safe integer", limit.value))
		}
	}
	from, to := low.ToInteger(), high.ToInteger()
	if to <= from {
		panic(l.outOfRange("max", `greater than the value of "min" (`+low.String()+")", high))
	}
	span := uint64(to - from)
	if span > maxRange {
		panic(l.outOfRange("max - min", "<= 281474976710655", l.vm.ToValue(span)))
	}
	limit := math.MaxUint64 - math.MaxUint64%span // what lies above would favour small numbers
	for {
		if n := l.host.Random(); n < limit {
			return from + int64(n%span)
		}
	}
}

// answer gives value to the callback if there is one, and returns it if there is none.
func (l *Library) answer(callback, value goja.Value) goja.Value {
	return l.answerWith(callback, goja.Null(), value)
}

// answerWith is answer where the callback is told of no error by something else than null.
func (l *Library) answerWith(callback, none, value goja.Value) goja.Value {
	if goja.IsUndefined(callback) {
		return value
	}
	l.needCallback(callback)
	l.later(callback, none, value)
	return goja.Undefined()
}

func (l *Library) needCallback(v goja.Value) {
	if _, ok := goja.AssertFunction(v); !ok {
		panic(l.argType("callback", "of type function", v))
	}
}

// later calls f when the running code is done, through the host's setImmediate.
func (l *Library) later(f goja.Value, args ...goja.Value) {
	schedule, ok := goja.AssertFunction(l.global("setImmediate"))
	if !ok {
		panic(l.newError("Error", "", "setImmediate is not a function"))
	}
	if _, err := schedule(goja.Undefined(), append([]goja.Value{f}, args...)...); err != nil {
		panic(thrown(err))
	}
}
