package jsbridge

import (
	"github.com/dop251/goja"

	"github.com/plugreel/plugreel/sdk"
)

// view is an event as one hook call sees it.
type view interface {
	// value is the object that the plugin is given.
	value() *goja.Object
	// flush writes what the plugin changed into the event.
	flush() error
}

// view makes the form of e that the plugin needs.
func (in *instance) view(e *sdk.PluginEvent) view {
	if in.p.plainEvents {
		return &plainView{in: in, e: e, js: in.decode(e.Get()).(*goja.Object)}
	}
	return (*lazyView)(in.newEvent(&e.Object, e.Epoch()))
}

type lazyView lazy

func (v *lazyView) value() *goja.Object { return v.js }
func (v *lazyView) flush() error        { return (*lazy)(v).flush() }

// plainView is an event decoded whole, for plugins that freeze it or define its properties.
type plainView struct {
	in *instance
	e  *sdk.PluginEvent
	js *goja.Object
}

func (v *plainView) value() *goja.Object { return v.js }

// flush writes members that differ. Those that do not keep their text.
func (v *plainView) flush() error {
	var err error
	if exception := v.in.vm.Try(func() { err = v.in.mergeObject(&v.e.Object, v.js, 0) }); exception != nil {
		return exception
	}
	return err
}

// mergeDepth is how far down a merge goes member by member; what lies deeper is written whole.
const mergeDepth = 2

func (in *instance) mergeObject(o *sdk.Object, js *goja.Object, depth int) error {
	var first error
	present := map[string]bool{}
	for _, key := range js.Keys() {
		value := js.Get(key)
		if value == nil || goja.IsUndefined(value) {
			continue
		}
		present[key] = true
		if err := in.mergeMember(o, key, value, depth); err != nil && first == nil {
			first = err
		}
	}
	for _, key := range o.Keys() {
		if !present[key] {
			o.Delete(key)
		}
	}
	return first
}

func (in *instance) mergeMember(o *sdk.Object, key string, value goja.Value, depth int) error {
	from := o.Get(key)
	inner, isObject := from.Object()
	if js, ok := value.(*goja.Object); ok && isObject && depth < mergeDepth && js.ClassName() == "Object" && js.Get("toJSON") == nil {
		return in.mergeObject(inner, js, depth+1)
	}
	text, same, err := in.encodeMember(nil, key, value, from)
	switch {
	case err != nil: // the event still has what it was
	case len(text) == 0:
		o.Delete(key)
	case !same:
		o.SetValue(key, sdk.RawValue(text))
	}
	return err
}
