package modules

import "github.com/dop251/goja"

// patchAccessors adds the methods of objects by which older packages define and find accessors.
func (l *Library) patchAccessors() {
	for _, half := range []struct{ verb, descriptor string }{{"Getter", "get"}, {"Setter", "set"}} {
		define, lookup := "__define"+half.verb+"__", "__lookup"+half.verb+"__"
		l.override("Object", define, 2, func(call goja.FunctionCall, _ goja.Callable) goja.Value {
			if _, ok := goja.AssertFunction(call.Argument(1)); !ok {
				panic(l.typeError("", "Object.prototype."+define+": Expecting function"))
			}
			descriptor := l.vm.NewObject()
			must(descriptor.Set(half.descriptor, call.Argument(1)))
			must(descriptor.Set("enumerable", true))
			must(descriptor.Set("configurable", true))
			l.callStatic("Object", "defineProperty", call.This.ToObject(l.vm), call.Argument(0), descriptor)
			return goja.Undefined()
		})
		l.override("Object", lookup, 1, func(call goja.FunctionCall, _ goja.Callable) goja.Value {
			return l.lookupAccessor(call.This.ToObject(l.vm), call.Argument(0), half.descriptor)
		})
	}
}

// lookupAccessor finds the getter or setter of the nearest property of that name, on o or what it
// inherits from.
func (l *Library) lookupAccessor(o *goja.Object, key goja.Value, half string) goja.Value {
	for ; o != nil; o = o.Prototype() {
		if descriptor, ok := l.callStatic("Object", "getOwnPropertyDescriptor", o, key).(*goja.Object); ok {
			if f := descriptor.Get(half); f != nil {
				return f
			}
			return goja.Undefined()
		}
	}
	return goja.Undefined()
}

// callStatic calls a method of a class.
func (l *Library) callStatic(class, method string, args ...goja.Value) goja.Value {
	f, _ := goja.AssertFunction(l.global(class).Get(method))
	v, err := f(goja.Undefined(), args...)
	if err != nil {
		panic(thrown(err))
	}
	return v
}
