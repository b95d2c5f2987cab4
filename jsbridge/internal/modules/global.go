package modules

import "github.com/dop251/goja"

// globals are the names that [Library.Install] defines, with what makes the value.
var globals = []struct {
	name string
	make func(*Library) goja.Value
}{
	{"AbortController", member((*Library).dom, "AbortController")},
	{"AbortSignal", member((*Library).dom, "AbortSignal")},
	{"CustomEvent", member((*Library).dom, "CustomEvent")},
	{"DOMException", member((*Library).dom, "DOMException")},
	{"Event", member((*Library).dom, "Event")},
	{"EventTarget", member((*Library).dom, "EventTarget")},
	{"FinalizationRegistry", member((*Library).language, "FinalizationRegistry")},
	{"Intl", (*Library).intlObject},
	{"TextDecoder", (*Library).textDecoder},
	{"TextEncoder", (*Library).textEncoder},
	{"URL", func(l *Library) goja.Value { return l.urlClass().ctor }},
	{"URLSearchParams", func(l *Library) goja.Value { return l.paramsClass().ctor }},
	{"WeakRef", member((*Library).language, "WeakRef")},
	{"atob", (*Library).atob},
	{"btoa", (*Library).btoa},
	{"crypto", (*Library).webCrypto},
	{"performance", (*Library).performance},
	{"process", (*Library).processModule},
	{"structuredClone", (*Library).structuredClone},
}

// member takes one value of an object that makes several.
func member(object func(*Library) *goja.Object, name string) func(*Library) goja.Value {
	return func(l *Library) goja.Value { return object(l).Get(name) }
}

// GlobalNames lists the globals that Install defines.
func GlobalNames() []string {
	names := make([]string, len(globals))
	for i, g := range globals {
		names[i] = g.name
	}
	return names
}

// Install defines the globals and the methods that the engine lacks or words otherwise than Node
// (see the package comment). A global is an accessor until it is first read or written, then an
// ordinary property. A name that the global object has already is left alone. Install is called
// once, before any plugin code.
func (l *Library) Install() {
	object := l.vm.GlobalObject()
	for _, g := range globals {
		if object.Get(g.name) == nil {
			l.lazily(object, g.name, g.make)
		}
	}
	l.patch()
}

// lazily defines a property that is made when it is first read.
func (l *Library) lazily(o *goja.Object, name string, make func(*Library) goja.Value) {
	get := func(goja.FunctionCall) goja.Value {
		v := l.once("global:"+name, make)
		hide(o, name, v)
		return v
	}
	set := func(call goja.FunctionCall) goja.Value {
		hide(o, name, call.Argument(0))
		return goja.Undefined()
	}
	must(o.DefineAccessorProperty(name, l.vm.ToValue(get), l.vm.ToValue(set), goja.FLAG_TRUE, goja.FLAG_FALSE))
}

// global is a global as JavaScript sees it now.
func (l *Library) global(name string) *goja.Object {
	return l.vm.GlobalObject().Get(name).ToObject(l.vm)
}
