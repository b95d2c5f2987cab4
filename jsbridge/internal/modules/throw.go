package modules

import (
	"strconv"
	"strings"

	"github.com/dop251/goja"
)

// The functions here make the errors that Node throws: class, code and message. They are panicked
// with, which goja turns into a throw.

// newError makes an error of a global class. An error with a code says it when it is made a
// string, as Node's do.
func (l *Library) newError(class, code, message string) *goja.Object {
	o, err := l.vm.New(l.global(class), l.vm.ToValue(message))
	must(err)
	if code == "" {
		return o
	}
	define(o, "code", l.vm.ToValue(code))
	hide(o, "toString", l.once("error:toString", func(l *Library) goja.Value {
		return l.function("toString", 0, func(call goja.FunctionCall) goja.Value {
			e := call.This.ToObject(l.vm)
			return l.vm.ToValue(l.text(e.Get("name")) + " [" + l.text(e.Get("code")) + "]: " + l.text(e.Get("message")))
		})
	}))
	return o
}

func (l *Library) typeError(code, message string) *goja.Object {
	return l.newError("TypeError", code, message)
}

// missingArgs is ERR_MISSING_ARGS for the arguments in the list.
func (l *Library) missingArgs(names ...string) *goja.Object {
	for i := range names {
		names[i] = `"` + names[i] + `"`
	}
	word := "argument"
	if len(names) > 1 {
		word = "arguments"
	}
	return l.typeError("ERR_MISSING_ARGS", "The "+strings.Join(names, " and ")+" "+word+" must be specified")
}

// argType is ERR_INVALID_ARG_TYPE: expected is what follows "must be".
func (l *Library) argType(name, expected string, got goja.Value) *goja.Object {
	word := "argument"
	if strings.Contains(name, ".") {
		word = "property"
	}
	return l.typeError("ERR_INVALID_ARG_TYPE", `The "`+name+`" `+word+" must be "+expected+"."+l.received(got))
}

// outOfRange is ERR_OUT_OF_RANGE.
func (l *Library) outOfRange(name, expected string, got goja.Value) *goja.Object {
	return l.newError("RangeError", "ERR_OUT_OF_RANGE", `The value of "`+name+`" is out of range. It must be `+expected+". Received "+grouped(l.text(got)))
}

// grouped writes integers beyond 2^32 with a _ before each three digits, as Node does in errors.
func grouped(digits string) string {
	number, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || number <= 1<<32 && number >= -1<<32 {
		return digits
	}
	for at := len(digits) - 3; at > 0 && digits[at-1] != '-'; at -= 3 {
		digits = digits[:at] + "_" + digits[at:]
	}
	return digits
}

// received describes a value that was not expected, as Node does.
func (l *Library) received(v goja.Value) string {
	if goja.IsUndefined(v) || goja.IsNull(v) {
		return " Received " + v.String()
	}
	o, ok := v.(*goja.Object)
	if !ok {
		return " Received type " + typeOf(v) + " (" + shorten(literal(v)) + ")"
	}
	if _, ok := goja.AssertFunction(o); ok {
		return " Received function " + l.text(o.Get("name"))
	}
	if ctor, ok := o.Get("constructor").(*goja.Object); ok {
		if name := l.text(ctor.Get("name")); name != "" {
			return " Received an instance of " + name
		}
	}
	return " Received " + shorten(l.text(l.inspect(o)))
}

func shorten(s string) string {
	if len(s) > 28 {
		return s[:25] + "..."
	}
	return s
}

// literal writes a primitive as an inspection shows it.
func literal(v goja.Value) string {
	switch {
	case goja.IsString(v):
		return "'" + v.String() + "'"
	case goja.IsBigInt(v):
		return v.String() + "n"
	}
	if symbol, ok := v.(*goja.Symbol); ok {
		return "Symbol(" + symbol.String() + ")"
	}
	return v.String()
}

// typeOf is the operator typeof for primitives.
func typeOf(v goja.Value) string {
	switch {
	case goja.IsString(v):
		return "string"
	case goja.IsNumber(v):
		return "number"
	case goja.IsBigInt(v):
		return "bigint"
	}
	if _, ok := v.(*goja.Symbol); ok {
		return "symbol"
	}
	return "boolean"
}

// domException makes a DOMException of the given name.
func (l *Library) domException(name, message string) *goja.Object {
	o, err := l.vm.New(l.dom().Get("DOMException"), l.vm.ToValue(message), l.vm.ToValue(name))
	must(err)
	return o
}

// thrown passes an error of a JavaScript function on.
func thrown(err error) any {
	if exception, ok := err.(*goja.Exception); ok {
		return exception.Value()
	}
	return err // an interrupt or a stack overflow
}
