package modules

import (
	"strings"

	"github.com/dop251/goja"
)

// patch replaces methods of the language that the engine words otherwise than Node 20, and adds
// those that it lacks. Each is one native function; what it needs is made when it is called.
func (l *Library) patch() {
	vm := l.vm
	hide(l.global("JSON"), "parse", l.function("parse", 2, l.parseJSON))
	symbols := l.global("Symbol")
	if symbols.Get("asyncIterator") == nil {
		must(symbols.DefineDataProperty("asyncIterator", goja.NewSymbol("Symbol.asyncIterator"), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE))
	}
	errors := l.global("Error")
	hide(errors, "captureStackTrace", l.function("captureStackTrace", 2, l.captureStackTrace))
	define(errors, "stackTraceLimit", vm.ToValue(10))
	l.override("String", "isWellFormed", 0, func(call goja.FunctionCall, _ goja.Callable) goja.Value {
		return vm.ToValue(isWellFormed(unitsIn(l.thisText(call, "isWellFormed"))))
	})
	l.override("String", "toWellFormed", 0, func(call goja.FunctionCall, _ goja.Callable) goja.Value {
		units := unitsIn(l.thisText(call, "toWellFormed"))
		toWellFormed(units)
		return goja.StringFromUTF16(units)
	})
	for _, name := range []string{"toString", "toTimeString"} {
		l.override("Date", name, 0, func(call goja.FunctionCall, original goja.Callable) goja.Value {
			v, err := original(call.This)
			if err != nil {
				panic(thrown(err))
			}
			return vm.ToValue(l.nameZone(call.This, v.String()))
		})
	}
	l.patchAccessors()
	l.patchLocale()
}

// override replaces a method of a prototype. original is nil if there was none.
func (l *Library) override(class, name string, length int, f func(call goja.FunctionCall, original goja.Callable) goja.Value) {
	prototype := l.global(class).Get("prototype").ToObject(l.vm)
	original, _ := goja.AssertFunction(prototype.Get(name))
	hide(prototype, name, l.function(name, length, func(call goja.FunctionCall) goja.Value { return f(call, original) }))
}

// nameZone replaces the short name of the zone that ends a date's text by the long one.
func (l *Library) nameZone(date goja.Value, s string) string {
	open := strings.LastIndexByte(s, '(')
	if open < 0 {
		return s
	}
	if strings.HasSuffix(s, "(UTC)") {
		return s[:open] + "(Coordinated Universal Time)"
	}
	t, ok := l.timeOf(date)
	if !ok {
		return s
	}
	return s[:open] + "(" + l.localZoneName(t) + ")"
}

// thisText is the string that a method was called on.
func (l *Library) thisText(call goja.FunctionCall, method string) goja.String {
	if isNothing(call.This) {
		panic(l.typeError("", "String.prototype."+method+" called on null or undefined"))
	}
	return l.stringOf(call.This)
}

func unitsIn(s goja.String) []uint16 {
	units := make([]uint16, s.Length())
	for i := range units {
		units[i] = s.CharAt(i)
	}
	return units
}

// captureStackTrace gives an object the stack of the caller. The engine has no structured frames,
// so that Error.prepareStackTrace is never called.
func (l *Library) captureStackTrace(call goja.FunctionCall) goja.Value {
	o, ok := call.Argument(0).(*goja.Object)
	if !ok {
		panic(l.typeError("", "Invalid argument"))
	}
	trace, err := l.vm.New(l.global("Error"))
	must(err)
	_, frames, _ := strings.Cut(l.text(trace.Get("stack")), "\n")
	hide(o, "stack", l.vm.ToValue(l.headline(o)+"\n"+frames))
	return goja.Undefined()
}

// headline is what Error.prototype.toString would say.
func (l *Library) headline(o *goja.Object) string {
	name, message := "Error", ""
	if v := o.Get("name"); !isNothing(v) {
		name = l.text(v)
	}
	if v := o.Get("message"); !isNothing(v) {
		message = l.text(v)
	}
	if message == "" {
		return name
	}
	return name + ": " + message
}
