package jsbridge

import (
	"github.com/dop251/goja"

	"github.com/plugreel/plugreel/jsbridge/internal/lower"
	"github.com/plugreel/plugreel/sdk"
)

// copies is what programs need whose copies of objects were rewritten: see package lower. A copy of
// an object of the event is lazy too.
type copies struct {
	in     *instance
	assign goja.Value    // Object.assign
	spread goja.Callable // {...v} as the engine does it
	pair   goja.Callable // {...v, ...w}
}

var (
	spread     = goja.MustCompile("plugreel:spread", "(v => ({...v}))", false)
	spreadPair = goja.MustCompile("plugreel:spread", "((v, w) => ({...v, ...w}))", false)
)

// installCopies defines the helpers for copies.
func (in *instance) installCopies() {
	c := &copies{in: in, assign: in.vm.GlobalObject().Get("Object").ToObject(in.vm).Get("assign")}
	c.spread, _ = goja.AssertFunction(try(in.vm.RunProgram(spread)))
	c.pair, _ = goja.AssertFunction(try(in.vm.RunProgram(spreadPair)))
	in.helper(lower.Copy, c.copy)
	in.helper(lower.With, c.with)
	in.helper(lower.Assign, c.assigned)
}

// copy is {...v}, or {...v, ...w}.
func (c *copies) copy(call goja.FunctionCall) goja.Value {
	v, l := call.Argument(0), asLazy(call.Argument(0))
	if len(call.Arguments) < 2 {
		if l == nil {
			return try(c.spread(goja.Undefined(), v))
		}
		return l.copy().js
	}
	w := call.Arguments[1]
	if o, ok := w.(*goja.Object); ok && l != nil && len(o.Symbols()) == 0 { // which a lazy object cannot hold
		made := l.copy()
		for _, key := range o.Keys() {
			made.Set(key, o.Get(key))
		}
		return made.js
	}
	return try(c.pair(goja.Undefined(), v, w))
}

// with defines members in an object that nobody else has seen yet.
func (c *copies) with(call goja.FunctionCall) goja.Value {
	o := call.Argument(0).(*goja.Object)
	l := asLazy(o)
	for i := 1; i < len(call.Arguments); i += 2 {
		key, value := call.Arguments[i], call.Arguments[i+1]
		switch symbol, isSymbol := key.(*goja.Symbol); {
		case isSymbol:
			must(o.DefineDataPropertySymbol(symbol, value, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE))
		case l != nil:
			l.Set(key.String(), value)
		default:
			define(o, key.String(), value)
		}
	}
	return o
}

// assigned is Object.assign({}, …).
func (c *copies) assigned(call goja.FunctionCall) goja.Value {
	assign, ok := goja.AssertFunction(call.Argument(0))
	if !ok {
		panic(c.in.vm.NewTypeError("Object.assign is not a function"))
	}
	target, sources := goja.Value(nil), call.Arguments[1:]
	if l := asLazy(sources[0]); l != nil && call.Argument(0) == c.assign && !l.Has("__proto__") { // which would be set
		target, sources = l.copy().js, sources[1:]
	} else {
		target = c.in.vm.NewObject()
	}
	object := c.in.vm.Get("Object")
	return try(assign(object, append([]goja.Value{target}, sources...)...))
}

// copy makes a lazy object with the members that l has now. Objects among them are the same ones,
// as in every copy that JavaScript makes.
func (l *lazy) copy() *lazy {
	l.live()
	l.o.EachContainer(l.share)
	made := &lazy{in: l.in, o: l.o.Fork(), call: l.call, epoch: l.epoch, copied: true, kept: make([]kept, len(l.kept), len(l.kept)+2)}
	for i, k := range l.kept {
		if k.lazy != nil {
			k.lazy, k.from = nil, sdk.Value{}
		}
		made.kept[i] = k
	}
	made.js = l.in.vm.NewDynamicObject(made)
	return made
}

// share makes a container that is a member of l ready to be a member of a copy of l, too.
func (l *lazy) share(key string, v sdk.Value) {
	switch {
	case l.outer:
		l.Get(key)
	case l.find(key) < 0:
		l.kept = append(l.kept, kept{key: key, from: v, shared: &shared{from: v}})
	}
}
