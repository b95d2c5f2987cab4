package modules

import (
	"slices"

	"github.com/dop251/goja"
)

// structuredClone makes the global function. Source: HTML Standard, section 2.7.
func (l *Library) structuredClone() goja.Value {
	return l.function("structuredClone", 1, func(call goja.FunctionCall) goja.Value {
		if len(call.Arguments) == 0 {
			panic(l.typeError("ERR_MISSING_ARGS", "The value argument must be specified"))
		}
		c := cloner{l: l, seen: map[*goja.Object]*goja.Object{}}
		return c.clone(call.Argument(0))
	})
}

// cloner makes one deep copy. Objects that occur more than once are copied once.
type cloner struct {
	l     *Library
	seen  map[*goja.Object]*goja.Object
	depth int
}

func (c *cloner) clone(v goja.Value) goja.Value {
	if symbol, ok := v.(*goja.Symbol); ok {
		panic(c.refuse("Symbol(" + symbol.String() + ")"))
	}
	o, ok := v.(*goja.Object)
	if !ok {
		return v
	}
	if copied := c.seen[o]; copied != nil {
		return copied
	}
	return c.object(o)
}

// refuse makes the DataCloneError for what cannot be cloned.
func (c *cloner) refuse(what string) *goja.Object {
	return c.l.domException("DataCloneError", what+" could not be cloned.")
}

// errorClasses are the names that a copied error keeps.
var errorClasses = []string{"EvalError", "RangeError", "ReferenceError", "SyntaxError", "TypeError", "URIError"}

func (c *cloner) object(o *goja.Object) goja.Value {
	c.depth++
	defer func() { c.depth-- }()
	if c.depth > maxDepth {
		panic(c.l.tooDeep())
	}
	vm := c.l.vm
	switch kind := c.l.kind(o); kind {
	case "Array":
		return c.array(o)
	case "Object", "Native":
		return c.members(o, vm.NewObject())
	case "Date":
		return c.construct(o, "Date", vm.ToValue(o.ToFloat()))
	case "RegExp":
		return c.construct(o, "RegExp", o.Get("source"), o.Get("flags"))
	case "Boolean", "Number", "String", "BigInt", "Symbol":
		return c.boxed(o, kind)
	case "Map":
		return c.mapping(o)
	case "Set":
		return c.set(o)
	case "Error":
		return c.error(o)
	case "ArrayBuffer":
		b := o.Export().(goja.ArrayBuffer)
		return c.keep(o, vm.ToValue(vm.NewArrayBuffer(slices.Clone(b.Bytes()))))
	case "TypedArray", "DataView":
		return c.view(o)
	case "Function", "AsyncFunction", "GeneratorFunction":
		panic(c.refuse(o.String()))
	case "Proxy", "Arguments":
		panic(c.refuse("#<Object>"))
	default:
		panic(c.refuse("#<" + kind + ">"))
	}
}

func (c *cloner) keep(o *goja.Object, copied goja.Value) *goja.Object {
	c.seen[o] = copied.(*goja.Object)
	return c.seen[o]
}

func (c *cloner) construct(o *goja.Object, class string, args ...goja.Value) *goja.Object {
	copied, err := c.l.vm.New(c.l.global(class), args...)
	if err != nil {
		panic(thrown(err))
	}
	return c.keep(o, copied)
}

// boxed copies an object around a primitive.
func (c *cloner) boxed(o *goja.Object, kind string) *goja.Object {
	valueOf, _ := goja.AssertFunction(c.l.global(kind).Get("prototype").ToObject(c.l.vm).Get("valueOf"))
	v, err := valueOf(o)
	if err != nil {
		panic(thrown(err))
	}
	return c.keep(o, v.ToObject(c.l.vm))
}

// members copies own enumerable members.
func (c *cloner) members(o, copied *goja.Object) *goja.Object {
	c.keep(o, copied)
	for _, key := range o.Keys() {
		if v := o.Get(key); v != nil {
			define(copied, key, c.clone(v))
		}
	}
	return copied
}

// array copies the elements, and leaves holes where there are none.
func (c *cloner) array(o *goja.Object) *goja.Object {
	copied := c.l.vm.NewArray()
	must(copied.Set("length", o.Get("length")))
	return c.members(o, copied)
}

func (c *cloner) mapping(o *goja.Object) *goja.Object {
	copied := c.construct(o, "Map")
	add, _ := goja.AssertFunction(copied.Get("set"))
	var items []goja.Value
	c.l.vm.ForOf(o, func(pair goja.Value) bool {
		entry := pair.ToObject(c.l.vm)
		items = append(items, entry.Get("0"), entry.Get("1"))
		return true
	})
	for i := 0; i < len(items); i += 2 {
		_, err := add(copied, c.clone(items[i]), c.clone(items[i+1]))
		must(err)
	}
	return copied
}

func (c *cloner) set(o *goja.Object) *goja.Object {
	copied := c.construct(o, "Set")
	add, _ := goja.AssertFunction(copied.Get("add"))
	var items []goja.Value
	c.l.vm.ForOf(o, func(item goja.Value) bool {
		items = append(items, item)
		return true
	})
	for _, item := range items {
		_, err := add(copied, c.clone(item))
		must(err)
	}
	return copied
}

// error copies class, message, stack and cause; other members of errors are not cloned.
func (c *cloner) error(o *goja.Object) *goja.Object {
	class := "Error"
	if name := c.l.text(o.Get("name")); slices.Contains(errorClasses, name) {
		class = name
	}
	copied := c.construct(o, class)
	own := o.GetOwnPropertyNames()
	for _, key := range []string{"message", "stack", "cause"} {
		if !slices.Contains(own, key) {
			continue
		}
		v := o.Get(key)
		if key != "cause" {
			v = c.l.vm.ToValue(c.l.text(v))
		}
		hide(copied, key, c.clone(v))
	}
	return copied
}

// view copies a typed array or a DataView together with its buffer, which other views share.
func (c *cloner) view(o *goja.Object) *goja.Object {
	buffer := c.clone(o.Get("buffer"))
	class, length := "DataView", o.Get("byteLength")
	if isTypedArray(o) {
		class, length = c.typedArrayName(o), o.Get("length")
	}
	return c.construct(o, class, buffer, o.Get("byteOffset"), length)
}

// typedArrayName is the class of a typed array, that of its elements for Buffers and other
// subclasses.
func (c *cloner) typedArrayName(o *goja.Object) string {
	if tag := c.l.text(o.GetSymbol(goja.SymToStringTag)); tag != "" {
		return tag
	}
	return "Uint8Array"
}
