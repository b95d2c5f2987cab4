package jsbridge

import (
	"bytes"
	"encoding/json"
	"math"
	"strings"

	"github.com/dop251/goja"
)

// mend puts right, before the plugin's code runs, what the engine does differently from V8 in
// ways that plugins notice. What V8 has and the engine has not is in package modules.
func (in *instance) mend() {
	global := in.vm.GlobalObject()
	class := func(name string) *goja.Object { return global.Get(name).ToObject(in.vm) }
	prototype := func(name string) *goja.Object { return class(name).Get("prototype").ToObject(in.vm) }
	hide(prototype("Date"), "toGMTString", prototype("Date").Get("toUTCString"))
	in.wrap(class("JSON"), "stringify", in.stringifyIndented)
	in.wrap(prototype("Date"), "toISOString", in.toISOString)
	in.wrap(prototype("Number"), "toString", in.numberToString)
	in.mendDate(class("Date"))
	in.limitBuiltins()
	if in.p.has(replacesOnce) {
		in.mendReplace(prototype("RegExp"))
	}
	if in.p.has(inString) {
		in.mendRegExp(class("RegExp"))
	}
}

// wrap replaces a built-in function by one that may fall back on it.
func (in *instance) wrap(o *goja.Object, name string, with func(native goja.Callable, call goja.FunctionCall) goja.Value) {
	original := o.Get(name).ToObject(in.vm)
	native, _ := goja.AssertFunction(original)
	wrapped := in.vm.ToValue(func(call goja.FunctionCall) goja.Value { return with(native, call) }).ToObject(in.vm)
	for _, property := range []string{"name", "length"} {
		must(wrapped.DefineDataProperty(property, original.Get(property), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE))
	}
	hide(o, name, wrapped)
}

// try returns what a built-in function returned, and throws what it threw into the plugin.
func try(v goja.Value, err error) goja.Value {
	if err != nil {
		panic(err)
	}
	return v
}

// stringifyIndented is JSON.stringify. The engine's own indents too far behind an empty object or
// array.
func (in *instance) stringifyIndented(native goja.Callable, call goja.FunctionCall) goja.Value {
	gap := indentOf(call.Argument(2))
	if gap == "" {
		return in.stringifyCompact(native, call)
	}
	compact := try(native(call.This, call.Argument(0), call.Argument(1)))
	if goja.IsUndefined(compact) {
		return compact
	}
	var indented bytes.Buffer
	if json.Indent(&indented, []byte(compact.String()), "", gap) != nil { // nested too deeply
		return try(native(call.This, call.Arguments...))
	}
	return in.vm.ToValue(indented.String())
}

// indentOf is the text that the third argument of JSON.stringify asks for.
func indentOf(space goja.Value) string {
	const most = 10
	if o, ok := space.(*goja.Object); ok {
		switch o.ClassName() {
		case "Number":
			space = o.ToNumber()
		case "String":
			space = o.ToString()
		}
	}
	if s, ok := space.(goja.String); ok {
		return s.Substring(0, min(s.Length(), most)).String()
	}
	if goja.IsNumber(space) {
		return strings.Repeat(" ", int(max(0, min(space.ToInteger(), most))))
	}
	return ""
}

// toISOString gives years beyond 9999 the six digits that they have in ISO 8601: microseconds
// taken for milliseconds make such years.
func (in *instance) toISOString(native goja.Callable, call goja.FunctionCall) goja.Value {
	v := try(native(call.This))
	text := v.String()
	if text[0] != '+' && text[0] != '-' {
		return v
	}
	const yearDigits = 6
	digits := strings.IndexByte(text[1:], '-')
	return in.vm.ToValue(text[:1] + strings.Repeat("0", max(0, yearDigits-digits)) + text[1:])
}

// numberToString is Number.prototype.toString. The engine's own loses the sign of fractions and
// prints other digits than V8 where the radix is not 10.
func (in *instance) numberToString(native goja.Callable, call goja.FunctionCall) goja.Value {
	this := call.This
	if o, ok := this.(*goja.Object); ok && o.ClassName() == "Number" {
		this = o.ToNumber()
	}
	radix := call.Argument(0)
	if goja.IsUndefined(radix) || !goja.IsNumber(this) {
		return try(native(call.This, call.Arguments...))
	}
	f, n := this.ToFloat(), radix.ToInteger()
	if n == 10 || n < 2 || n > 36 || math.IsNaN(f) || math.IsInf(f, 0) || f == math.Trunc(f) && math.Abs(f) < 1<<53 {
		return try(native(call.This, call.Arguments...))
	}
	return in.vm.ToValue(formatRadix(f, float64(n)))
}

// formatRadix prints a finite number as V8 does: as many digits behind the point as tell it from
// its neighbours, and zeros for digits of large integers that a double does not hold.
// Source: DoubleToRadixCString of V8.
func formatRadix(f, radix float64) string {
	integer, fraction := math.Modf(math.Abs(f))
	delta := max(math.Nextafter(0, 1), (math.Nextafter(math.Abs(f), math.Inf(1))-math.Abs(f))/2)
	var digits []byte
	for fraction >= delta {
		fraction, delta = fraction*radix, delta*radix
		digit := math.Floor(fraction)
		digits = append(digits, byte(digit))
		fraction -= digit
		if (fraction > 0.5 || fraction == 0.5 && int(digit)&1 == 1) && fraction+delta > 1 {
			digits = roundUp(digits, byte(radix))
			if len(digits) == 0 {
				integer++
			}
			break
		}
	}
	text := formatInteger(integer, radix)
	if f < 0 {
		text = "-" + text
	}
	if len(digits) == 0 {
		return text
	}
	for i := range digits {
		digits[i] = digitOf(digits[i])
	}
	return text + "." + string(digits)
}

// roundUp adds one to the last digit, and drops digits that carry.
func roundUp(digits []byte, radix byte) []byte {
	for len(digits) > 0 {
		last := len(digits) - 1
		if digits[last]++; digits[last] < radix {
			return digits
		}
		digits = digits[:last]
	}
	return digits
}

func formatInteger(f, radix float64) string {
	const mantissa = 1 << 53
	var reversed []byte
	for f/radix >= mantissa {
		f /= radix
		reversed = append(reversed, '0')
	}
	for {
		digit := math.Mod(f, radix)
		reversed = append(reversed, digitOf(byte(digit)))
		if f = (f - digit) / radix; f <= 0 {
			break
		}
	}
	for i, j := 0, len(reversed)-1; i < j; i, j = i+1, j-1 {
		reversed[i], reversed[j] = reversed[j], reversed[i]
	}
	return string(reversed)
}

func digitOf(n byte) byte { return "0123456789abcdefghijklmnopqrstuvwxyz"[n] }
