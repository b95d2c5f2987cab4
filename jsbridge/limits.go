package jsbridge

import "github.com/dop251/goja"

// maxString is the length of the longest string, in code units: that of V8. The engine has no
// limit, and no way to survive a string that does not fit the memory.
const maxString = 1<<29 - 24

// limitBuiltins keeps built-in functions from asking for more than any plugin can mean: what would end
// the process is the RangeError that it is in V8.
func (in *instance) limitBuiltins() {
	str := in.vm.GlobalObject().Get("String").ToObject(in.vm).Get("prototype").ToObject(in.vm)
	in.wrap(str, "repeat", func(native goja.Callable, call goja.FunctionCall) goja.Value {
		if n := call.Argument(0).ToFloat(); n > 1 && n*float64(in.stringLength(call.This)) > maxString {
			panic(in.jsError("RangeError", "Invalid string length"))
		}
		return try(native(call.This, call.Arguments...))
	})
	for _, name := range []string{"padStart", "padEnd"} {
		in.wrap(str, name, func(native goja.Callable, call goja.FunctionCall) goja.Value {
			if call.Argument(0).ToFloat() > maxString && call.Argument(1).String() != "" {
				panic(in.jsError("RangeError", "Invalid string length"))
			}
			return try(native(call.This, call.Arguments...))
		})
	}
	array := in.vm.GlobalObject().Get("Array").ToObject(in.vm).Get("prototype").ToObject(in.vm)
	in.wrap(array, "flat", func(native goja.Callable, call goja.FunctionCall) goja.Value {
		if o, ok := call.This.(*goja.Object); ok && call.Argument(0).ToFloat() > callStackSize && isArray(o) {
			in.checkNesting(o, nil)
		}
		return try(native(call.This, call.Arguments...))
	})
}

// stringLength is the length of String(v), 0 if that is no matter of a moment.
func (in *instance) stringLength(v goja.Value) int {
	if s, ok := v.(goja.String); ok {
		return s.Length()
	}
	return 0
}

// checkNesting throws if an array holds itself, or arrays more deeply than the engine can follow.
func (in *instance) checkNesting(o *goja.Object, path []*goja.Object) {
	for _, outer := range path {
		if outer == o {
			panic(in.jsError("RangeError", "Maximum call stack size exceeded"))
		}
	}
	if len(path) > 10*callStackSize {
		panic(in.jsError("RangeError", "Maximum call stack size exceeded"))
	}
	path = append(path, o)
	for i := range o.Get("length").ToInteger() {
		if inner, ok := o.Get(in.vm.ToValue(i).String()).(*goja.Object); ok && isArray(inner) {
			in.checkNesting(inner, path)
		}
	}
}
