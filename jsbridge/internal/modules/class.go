package modules

import (
	"reflect"
	"slices"

	"github.com/dop251/goja"
)

// class is a JavaScript class whose objects hold a Go value. Its accessors and methods are on the
// prototype.
type class struct {
	l           *Library
	name        string
	ctor, proto *goja.Object
}

// native is an object of a class: the Go value, and the properties that a plugin adds. It is a
// dynamic object because that costs no map and no hidden property. Objects of subclasses, which
// must have private fields, are ordinary objects with the native one behind the symbol slot.
type native struct {
	state any
	extra map[string]goja.Value
	keys  []string
}

var (
	nativeType = reflect.TypeFor[*native]()
	slot       = goja.NewSymbol("state")
)

func (n *native) Get(key string) goja.Value { return n.extra[key] }

func (n *native) Has(key string) bool {
	_, ok := n.extra[key]
	return ok
}

func (n *native) Set(key string, value goja.Value) bool {
	if n.extra == nil {
		n.extra = map[string]goja.Value{}
	}
	if !n.Has(key) {
		n.keys = append(n.keys, key)
	}
	n.extra[key] = value
	return true
}

func (n *native) Delete(key string) bool {
	delete(n.extra, key)
	n.keys = slices.DeleteFunc(n.keys, func(k string) bool { return k == key })
	return true
}

func (n *native) Keys() []string { return n.keys }

// newClass makes a class of the given name. length is the number of arguments that it declares.
func (l *Library) newClass(name string, length int, construct func(args []goja.Value) any) *class {
	c := &class{l: l, name: name}
	c.ctor = l.vm.ToValue(func(call goja.ConstructorCall) *goja.Object {
		if call.NewTarget == nil && call.This.Prototype() != c.proto {
			panic(l.typeError("", "Class constructor "+name+" cannot be invoked without 'new'"))
		}
		state := construct(call.Arguments)
		if call.NewTarget == nil || call.NewTarget == c.ctor {
			return c.wrap(state)
		}
		must(call.This.DefineDataPropertySymbol(slot, l.vm.NewDynamicObject(&native{state: state}), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE))
		return call.This
	}).(*goja.Object)
	l.label(c.ctor, name, length)
	c.proto = c.ctor.Get("prototype").(*goja.Object)
	must(c.ctor.DefineDataProperty("prototype", c.proto, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE))
	hide(c.proto, "constructor", c.ctor)
	l.tag(c.proto, name)
	return c
}

// wrap makes an object of the class.
func (c *class) wrap(state any) *goja.Object {
	o := c.l.vm.NewDynamicObject(&native{state: state})
	must(o.SetPrototype(c.proto))
	return o
}

// stateOf is the Go value behind an object of a class.
func stateOf[T any](v goja.Value) (state T, ok bool) {
	o, ok := v.(*goja.Object)
	if !ok {
		return state, false
	}
	if o.ExportType() != nativeType {
		hidden, ok := o.GetSymbol(slot).(*goja.Object)
		if !ok || hidden.ExportType() != nativeType {
			return state, false
		}
		o = hidden
	}
	state, ok = o.Export().(*native).state.(T)
	return state, ok
}

// this is the Go value of the object that a method of the class was called on.
func this[T any](c *class, call goja.FunctionCall) T {
	state, ok := stateOf[T](call.This)
	if !ok {
		panic(c.l.typeError("", "Receiver must be an instance of class "+c.name))
	}
	return state
}

// getter defines an accessor without a setter, which enumerations of the prototype show.
func getter[T any](c *class, name string, get func(T) goja.Value) {
	f := c.l.vm.ToValue(func(call goja.FunctionCall) goja.Value { return get(this[T](c, call)) })
	must(c.proto.DefineAccessorProperty(name, f, nil, goja.FLAG_TRUE, goja.FLAG_TRUE))
}

// accessor defines an accessor of a text.
func accessor[T any](c *class, name string, get func(T) string, set func(T, string)) {
	vm := c.l.vm
	g := vm.ToValue(func(call goja.FunctionCall) goja.Value { return vm.ToValue(get(this[T](c, call))) })
	s := vm.ToValue(func(call goja.FunctionCall) goja.Value {
		set(this[T](c, call), c.l.text(call.Argument(0)))
		return goja.Undefined()
	})
	must(c.proto.DefineAccessorProperty(name, g, s, goja.FLAG_TRUE, goja.FLAG_TRUE))
}

// method defines a method, which enumerations of the prototype show.
func method[T any](c *class, name string, length int, f func(T, goja.FunctionCall) goja.Value) {
	define(c.proto, name, c.l.function(name, length, func(call goja.FunctionCall) goja.Value {
		return f(this[T](c, call), call)
	}))
}

// function makes a function object with a name and a length.
func (l *Library) function(name string, length int, f func(goja.FunctionCall) goja.Value) *goja.Object {
	o := l.vm.ToValue(f).(*goja.Object)
	l.label(o, name, length)
	return o
}

func (l *Library) label(f *goja.Object, name string, length int) {
	must(f.DefineDataProperty("name", l.vm.ToValue(name), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE))
	if length > 0 {
		must(f.DefineDataProperty("length", l.vm.ToValue(length), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE))
	}
}

// tag sets what Object.prototype.toString calls objects.
func (l *Library) tag(proto *goja.Object, name string) {
	must(proto.DefineDataPropertySymbol(goja.SymToStringTag, l.vm.ToValue(name), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE))
}

// functions defines several functions of an object.
func (l *Library) functions(o *goja.Object, fs []function) {
	for _, f := range fs {
		define(o, f.name, l.function(f.name, f.length, f.f))
	}
}

type function struct {
	name   string
	length int
	f      func(goja.FunctionCall) goja.Value
}

// define makes an ordinary property, whatever the object's prototype says.
func define(o *goja.Object, name string, value goja.Value) {
	must(o.DefineDataProperty(name, value, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE))
}

// hide makes a property that enumerations do not show, as built-in ones are.
func hide(o *goja.Object, name string, value goja.Value) {
	must(o.DefineDataProperty(name, value, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE))
}

// must panics on an error that only a mistake in this package can cause.
func must(err error) {
	if err != nil {
		panic(err)
	}
}
