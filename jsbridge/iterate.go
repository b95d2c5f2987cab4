package jsbridge

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/plugreel/plugreel/jsbridge/internal/lower"
	"github.com/plugreel/plugreel/sdk"
)

// iteration is what programs need whose loops over arrays were rewritten: see package lower.
type iteration struct {
	in        *instance
	entries   goja.Value    // Object.entries
	pairs     goja.Callable // the same
	values    goja.Value    // Array.prototype[Symbol.iterator]
	prototype *goja.Object
	next      goja.Value // of prototype, the one of array iterators
	from      goja.Callable
	array     goja.Value
	suspect   bool // the plugin's source may change how arrays iterate
}

// touchesIterators matches source without which nobody gets at the iterators of arrays.
var touchesIterators = regexp.MustCompile(`iterator|getPrototypeOf|__proto__|getOwnPropertySymbols|ownKeys`)

// installIteration defines the helpers for loops and patterns.
func (in *instance) installIteration() {
	global := in.vm.GlobalObject()
	array := global.Get("Array").ToObject(in.vm)
	prototype := array.Get("prototype").ToObject(in.vm)
	it := &iteration{
		in: in, entries: global.Get("Object").ToObject(in.vm).Get("entries"),
		array: array, values: prototype.GetSymbol(goja.SymIterator),
		suspect: in.p.has(touchesIterators),
	}
	it.pairs, _ = goja.AssertFunction(it.entries)
	it.from, _ = goja.AssertFunction(array.Get("from"))
	values, _ := goja.AssertFunction(it.values)
	it.prototype = try(values(in.vm.NewArray())).ToObject(in.vm).Prototype()
	it.next = it.prototype.Get("next")
	in.helper(lower.Plain, func(call goja.FunctionCall) goja.Value { return in.vm.ToValue(it.plain(call.Argument(0))) })
	in.helper(lower.Pristine, func(call goja.FunctionCall) goja.Value { return in.vm.ToValue(it.pristine(call.Argument(0))) })
	in.helper(lower.Entries, func(call goja.FunctionCall) goja.Value { return it.flat(call.Argument(0)) })
	in.helper(lower.Elements, func(call goja.FunctionCall) goja.Value { return it.elements(call.Argument(0), call.Argument(1)) })
	in.helper(lower.List, func(call goja.FunctionCall) goja.Value { return it.list(call.Argument(0)) })
}

// plain says that v is an array, and that running through it runs no code of the plugin but
// what reads its elements.
func (it *iteration) plain(v goja.Value) bool {
	o, ok := v.(*goja.Object)
	if !ok || !isArray(o) {
		return false
	}
	return !it.suspect || o.GetSymbol(goja.SymIterator) == it.values &&
		it.prototype.Get("next") == it.next && it.prototype.Get("return") == nil
}

func (it *iteration) pristine(f goja.Value) bool {
	return f == it.entries && (!it.suspect || it.plain(it.in.vm.NewArray()))
}

// flat lists the members of v: a key, its value, the next key.
func (it *iteration) flat(v goja.Value) goja.Value {
	if l := asLazy(v); l != nil {
		return it.in.vm.NewArray(l.entries()...)
	}
	var flat []any
	pairs := try(it.pairs(goja.Undefined(), v)).ToObject(it.in.vm)
	n := int(pairs.Get("length").ToInteger())
	for i := range n {
		pair := pairs.Get(strconv.Itoa(i)).ToObject(it.in.vm)
		flat = append(flat, pair.Get("0"), pair.Get("1"))
	}
	return it.in.vm.NewArray(flat...)
}

// entries lists the members: a key, its value, the next key.
func (l *lazy) entries() []any {
	l.live()
	flat := make([]any, 0, 2*l.o.Len())
	indexes := false
	l.o.Each(func(key string, v sdk.Value) bool {
		indexes = isIndex(key)
		flat = append(flat, l.in.name(key), l.member(key, v))
		return !indexes
	})
	if !indexes {
		return flat
	}
	flat = flat[:0]
	for _, key := range l.Keys() {
		flat = append(flat, l.in.name(key), l.Get(key))
	}
	return flat
}

// maxNames is the number of names that an instance keeps as values: more than archives have, as a rule.
const maxNames = 4096

// names are values of strings, because events have the same members again and again.
type names map[string]goja.Value

// name makes a value of the name of a member.
func (in *instance) name(key string) goja.Value {
	if v := in.names[key]; v != nil {
		return v
	}
	if in.names == nil || len(in.names) >= maxNames {
		in.names = names{}
	}
	key = strings.Clone(key)
	v := in.vm.ToValue(key)
	in.names[key] = v
	return v
}

// elements returns v if it is a plain array, else a list of its first n elements, n being the
// number of elements that a pattern asks for.
func (it *iteration) elements(v, n goja.Value) goja.Value {
	if it.plain(v) {
		return v
	}
	elements := make([]any, 0, n.ToInteger())
	it.in.vm.ForOf(v, func(element goja.Value) bool {
		elements = append(elements, element)
		return len(elements) < cap(elements)
	})
	return it.in.vm.NewArray(elements...)
}

// list copies the elements of v.
func (it *iteration) list(v goja.Value) goja.Value {
	if it.plain(v) {
		return try(it.from(it.array, v))
	}
	var elements []any
	it.in.vm.ForOf(v, func(element goja.Value) bool {
		elements = append(elements, element)
		return true
	})
	return it.in.vm.NewArray(elements...)
}
