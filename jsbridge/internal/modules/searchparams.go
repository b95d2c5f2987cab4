package modules

import (
	"github.com/dop251/goja"

	"github.com/plugreel/plugreel/jsbridge/internal/modules/weburl"
)

// searchParams is what is behind an object of class URLSearchParams.
type searchParams struct {
	list weburl.Pairs
	of   *urlState // the URL that follows each change, nil if there is none
	js   *goja.Object
}

// changed writes the list into the URL.
func (p *searchParams) changed() goja.Value {
	if p.of != nil {
		p.of.SetQuery(p.list.String())
	}
	return goja.Undefined()
}

// paramsClass makes the class URLSearchParams. Source: URL Standard, section 6.2.
func (l *Library) paramsClass() *class {
	if l.classes.params != nil {
		return l.classes.params
	}
	vm := l.vm
	c := l.newClass("URLSearchParams", 0, func(args []goja.Value) any {
		p := &searchParams{}
		if len(args) > 0 {
			p.list = l.pairsOf(args[0])
		}
		return p
	})
	l.classes.params = c
	getter(c, "size", func(p *searchParams) goja.Value { return vm.ToValue(len(p.list)) })
	l.paramsEditors(c)
	l.paramsReaders(c)
	l.paramsIterators(c)
	method(c, "toString", 0, func(p *searchParams, _ goja.FunctionCall) goja.Value { return vm.ToValue(p.list.String()) })
	return c
}

// needArgs panics with ERR_MISSING_ARGS unless there is an argument for each name.
func (l *Library) needArgs(call goja.FunctionCall, names ...string) {
	if len(call.Arguments) < len(names) {
		panic(l.missingArgs(names...))
	}
}

func (l *Library) paramsEditors(c *class) {
	method(c, "append", 2, func(p *searchParams, call goja.FunctionCall) goja.Value {
		l.needArgs(call, "name", "value")
		p.list = append(p.list, weburl.Pair{Name: l.text(call.Argument(0)), Value: l.text(call.Argument(1))})
		return p.changed()
	})
	method(c, "delete", 1, func(p *searchParams, call goja.FunctionCall) goja.Value {
		l.needArgs(call, "name")
		name := l.text(call.Argument(0))
		if value := call.Argument(1); !goja.IsUndefined(value) {
			v := l.text(value)
			p.list.Delete(name, &v)
		} else {
			p.list.Delete(name, nil)
		}
		return p.changed()
	})
	method(c, "set", 2, func(p *searchParams, call goja.FunctionCall) goja.Value {
		l.needArgs(call, "name", "value")
		name := l.text(call.Argument(0))
		p.list.Set(name, l.text(call.Argument(1)))
		return p.changed()
	})
	method(c, "sort", 0, func(p *searchParams, _ goja.FunctionCall) goja.Value {
		p.list.Sort()
		return p.changed()
	})
}

func (l *Library) paramsReaders(c *class) {
	vm := l.vm
	method(c, "get", 1, func(p *searchParams, call goja.FunctionCall) goja.Value {
		l.needArgs(call, "name")
		value, ok := p.list.Get(l.text(call.Argument(0)))
		if !ok {
			return goja.Null()
		}
		return vm.ToValue(value)
	})
	method(c, "getAll", 1, func(p *searchParams, call goja.FunctionCall) goja.Value {
		l.needArgs(call, "name")
		name := l.text(call.Argument(0))
		values := []any{}
		for _, pair := range p.list {
			if pair.Name == name {
				values = append(values, pair.Value)
			}
		}
		return vm.NewArray(values...)
	})
	method(c, "has", 1, func(p *searchParams, call goja.FunctionCall) goja.Value {
		l.needArgs(call, "name")
		name, value := l.text(call.Argument(0)), call.Argument(1)
		any := goja.IsUndefined(value)
		var wanted string
		if !any {
			wanted = l.text(value)
		}
		for _, pair := range p.list {
			if pair.Name == name && (any || pair.Value == wanted) {
				return vm.ToValue(true)
			}
		}
		return vm.ToValue(false)
	})
	method(c, "forEach", 1, func(p *searchParams, call goja.FunctionCall) goja.Value {
		f, ok := goja.AssertFunction(call.Argument(0))
		if !ok {
			panic(l.argType("callback", "of type function", call.Argument(0)))
		}
		for i := 0; i < len(p.list); i++ {
			if _, err := f(call.Argument(1), vm.ToValue(p.list[i].Value), vm.ToValue(p.list[i].Name), call.This); err != nil {
				panic(thrown(err))
			}
		}
		return goja.Undefined()
	})
}

// paramsIterator walks a list that may change meanwhile.
type paramsIterator struct {
	p    *searchParams
	at   int
	item func(weburl.Pair) goja.Value
}

func (l *Library) paramsIterators(c *class) {
	vm := l.vm
	iterator := l.newClass("URLSearchParams Iterator", 0, func([]goja.Value) any {
		panic(l.typeError("ERR_ILLEGAL_CONSTRUCTOR", "Illegal constructor"))
	})
	l.classes.paramsIterator = iterator
	must(iterator.proto.SetPrototype(l.iteratorPrototype()))
	must(iterator.proto.Delete("constructor"))
	method(iterator, "next", 0, func(it *paramsIterator, _ goja.FunctionCall) goja.Value {
		result := vm.NewObject()
		value, done := goja.Undefined(), it.at >= len(it.p.list)
		if !done {
			value = it.item(it.p.list[it.at])
			it.at++
		}
		define(result, "value", value)
		define(result, "done", vm.ToValue(done))
		return result
	})
	for _, f := range []struct {
		name string
		item func(weburl.Pair) goja.Value
	}{
		{"entries", func(pair weburl.Pair) goja.Value { return vm.NewArray(pair.Name, pair.Value) }},
		{"keys", func(pair weburl.Pair) goja.Value { return vm.ToValue(pair.Name) }},
		{"values", func(pair weburl.Pair) goja.Value { return vm.ToValue(pair.Value) }},
	} {
		method(c, f.name, 0, func(p *searchParams, _ goja.FunctionCall) goja.Value {
			return iterator.wrap(&paramsIterator{p: p, item: f.item})
		})
	}
	must(c.proto.DefineDataPropertySymbol(goja.SymIterator, c.proto.Get("entries"), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE))
}

// iteratorPrototype is what the iterators of the language inherit from.
func (l *Library) iteratorPrototype() *goja.Object {
	f, _ := goja.AssertFunction(l.vm.NewArray().GetSymbol(goja.SymIterator))
	it, err := f(l.vm.NewArray())
	must(err)
	return it.ToObject(l.vm).Prototype().Prototype()
}

// pairsOf reads the argument of the constructor: a query, pairs, or an object.
func (l *Library) pairsOf(v goja.Value) weburl.Pairs {
	if isNothing(v) {
		return nil
	}
	o, ok := v.(*goja.Object)
	if !ok {
		query := l.text(v)
		if query != "" && query[0] == '?' {
			query = query[1:]
		}
		return weburl.ParsePairs(query)
	}
	if p, ok := stateOf[*searchParams](o); ok {
		return append(weburl.Pairs(nil), p.list...)
	}
	iterator := o.GetSymbol(goja.SymIterator)
	if isNothing(iterator) {
		return l.pairsOfRecord(o)
	}
	if _, ok := goja.AssertFunction(iterator); !ok {
		panic(l.typeError("ERR_ARG_NOT_ITERABLE", "Query pairs must be iterable"))
	}
	var pairs weburl.Pairs
	l.vm.ForOf(o, func(item goja.Value) bool {
		pairs = append(pairs, l.pairOf(item))
		return true
	})
	return pairs
}

// pairOf reads one pair, an iterable of two.
func (l *Library) pairOf(item goja.Value) weburl.Pair {
	o, ok := item.(*goja.Object)
	if ok {
		_, ok = goja.AssertFunction(o.GetSymbol(goja.SymIterator))
	}
	var parts []string
	if ok {
		l.vm.ForOf(o, func(part goja.Value) bool {
			parts = append(parts, l.text(part))
			return true
		})
	}
	if len(parts) != 2 {
		panic(l.typeError("ERR_INVALID_TUPLE", "Each query pair must be an iterable [name, value] tuple"))
	}
	return weburl.Pair{Name: parts[0], Value: parts[1]}
}

// pairsOfRecord takes the enumerable members of an object. Names that differ only in lone
// surrogates are one name, with the last value.
func (l *Library) pairsOfRecord(o *goja.Object) (pairs weburl.Pairs) {
	for _, key := range o.Keys() {
		value := l.text(o.Get(key))
		if _, twice := pairs.Get(key); twice {
			pairs.Set(key, value)
			continue
		}
		pairs = append(pairs, weburl.Pair{Name: key, Value: value})
	}
	return pairs
}
