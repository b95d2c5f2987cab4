package jsbridge

import (
	_ "embed"
	"reflect"
	"slices"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"

	"github.com/plugreel/plugreel/jsbridge/internal/lower"
)

// twins are what the host calls instead of asynchronous hooks: see lower.Twins. An asynchronous function costs
// a promise with all that belongs to it, and an await another turn of the engine's queue; a twin does the
// same in order and waits only if it has to.
type twins struct {
	in      *instance
	of      map[*goja.Object]*twin     // by the function that the plugin sees
	queue   reflect.Value              // the engine's queue of jobs, to look at its length; zero if it has none of that name
	promise *goja.Object               // Promise
	then    goja.Value                 // Promise.prototype.then
	next    goja.Callable              // of generators
	goOn    goja.Callable              // see twins.js
	stores  map[*goja.Object]*directly // by the service that the plugin sees

	direct  bool       // a twin runs, nothing that it does is waited for yet
	hook    goja.Value // the generator that it is
	waits   goja.Value // the promise of a hook that had to wait; nil of others
	awaited goja.Value // what it waits for
	given   bool       // what %await gets next is no promise, whatever it is
	mark    goja.Value // %await
}

// twin is the other form of one hook.
type twin struct {
	call  goja.Callable
	waits bool // it is a generator
}

//go:embed twins.js
var twinsSource string

var twinsShim = goja.MustCompile("plugreel:twins", twinsSource, true)

// withTwins gives the hooks of a module twins.
func (m *module) withTwins(tree *ast.Program) *ast.Program {
	if m.dialect != nil {
		return tree
	}
	return lower.Twins(tree, func(name string) bool { return slices.Contains(hookExports, name) })
}

// installTwins defines the helpers of twins.
func (in *instance) installTwins() {
	vm := in.vm
	t := &in.twins
	t.queue = jobQueue(vm)
	t.promise = vm.GlobalObject().Get("Promise").ToObject(vm)
	t.then = t.promise.Get("prototype").ToObject(vm).Get("then")
	shim := try(vm.RunProgram(twinsShim)).ToObject(vm)
	t.goOn, _ = goja.AssertFunction(shim.Get("goOn"))
	t.next, _ = goja.AssertFunction(shim.Get("next"))
	in.helper(lower.Twin, t.add)
	in.helper(lower.Direct, t.object)
	in.helper(lower.Await, t.await)
	in.helper(lower.Awaited, func(goja.FunctionCall) goja.Value { return t.awaited })
	in.helper(lower.Return, t.result)
	t.mark = vm.GlobalObject().Get(lower.Await)
}

// add is %twin.
func (t *twins) add(call goja.FunctionCall) goja.Value {
	only := func(v goja.Value) goja.Value {
		o := v.ToObject(t.in.vm)
		return o.Get(o.Keys()[0])
	}
	original := only(call.Argument(0))
	f, _ := goja.AssertFunction(only(call.Argument(1)))
	t.of[original.ToObject(t.in.vm)] = &twin{f, call.Argument(2).ToBoolean()}
	return original
}

// hook returns what the host calls for a hook.
func (in *instance) hook(v goja.Value) goja.Callable {
	o, _ := v.(*goja.Object)
	twin := in.twins.of[o]
	switch {
	case twin == nil:
		return in.function(v)
	case twin.waits:
		return in.twins.waiting(twin.call)
	}
	return in.twins.calling(twin.call)
}

// calling calls a twin that awaits nothing.
func (t *twins) calling(f goja.Callable) goja.Callable {
	return func(this goja.Value, args ...goja.Value) (goja.Value, error) {
		t.direct = true
		v, err := f(this, args...)
		t.direct = false
		return v, asRejection(err)
	}
}

// waiting calls a twin that is a generator. If it had to wait the result is a promise.
func (t *twins) waiting(f goja.Callable) goja.Callable {
	return func(this goja.Value, args ...goja.Value) (goja.Value, error) {
		hook, err := f(this, args...)
		if err != nil {
			return nil, asRejection(err)
		}
		t.direct, t.hook, t.waits = true, hook, nil
		step, err := t.next(hook)
		t.direct, t.hook = false, nil
		if err != nil {
			return nil, asRejection(err)
		}
		if t.waits != nil {
			return t.waits, nil
		}
		return step.(*goja.Object).Get("value"), nil
	}
}

// asRejection makes of what a twin threw what its original would have been rejected with.
func asRejection(err error) error {
	if exception, ok := err.(*goja.Exception); ok {
		return &rejection{exception.Value()}
	}
	return err
}

// await is %await. Nothing of a hook that has not waited yet has run later than it seems, so that it may go
// on with a value that is there, if there are no jobs that would have come first.
func (t *twins) await(call goja.FunctionCall) goja.Value {
	v := call.Argument(0)
	given := t.given
	t.given = false
	if !t.direct {
		t.awaited = v
		return t.mark
	}
	if t.idle() {
		if given {
			return v
		}
		if value, ok := t.ready(v); ok {
			return value
		}
	}
	t.direct = false
	t.waits = try(t.goOn(goja.Undefined(), t.hook, v))
	return t.mark
}

// jobQueue returns the engine's queue of jobs, of which nothing but its length can be read; the zero Value if the
// engine has none under this name.
func jobQueue(vm *goja.Runtime) reflect.Value {
	queue := reflect.ValueOf(vm).Elem().FieldByName("jobQueue")
	if queue.Kind() != reflect.Slice {
		return reflect.Value{}
	}
	return queue
}

// idle says that no job waits for its turn.
func (t *twins) idle() bool { return t.queue.IsValid() && t.queue.Len() == 0 }

// nativeFunction is a function as the engine calls it.
type nativeFunction = func(goja.FunctionCall) goja.Value

// store makes a service whose methods hooks await as a rule.
func (in *instance) store(methods map[string]method) *goja.Object {
	o := in.service(methods)
	direct := map[string]nativeFunction{}
	for name, f := range methods {
		direct[name] = func(call goja.FunctionCall) goja.Value { return in.twins.giveOutcome(f, call) }
	}
	in.twins.standIn(o, direct)
	return o
}

// standIn gives the service o the methods that awaits of twins call.
func (t *twins) standIn(o *goja.Object, methods map[string]nativeFunction) {
	d := &directly{own: map[string]goja.Value{}, o: t.in.vm.NewObject()}
	for name, f := range methods {
		d.own[name] = o.Get(name)
		hide(d.o, name, t.in.vm.ToValue(f))
	}
	t.stores[o] = d
}

// directly is the form of a service that awaits of twins use.
type directly struct {
	own map[string]goja.Value // its methods, as the plugin sees them
	o   *goja.Object          // what stands in for it
}

// object is %direct. A method that the plugin has put in place of the service's is its own affair.
func (t *twins) object(call goja.FunctionCall) goja.Value {
	o, ok := call.Argument(0).(*goja.Object)
	if !ok || !t.direct {
		return call.Argument(0)
	}
	d := t.stores[o]
	if d == nil {
		return o
	}
	name := call.Argument(1).String()
	if own := d.own[name]; own == nil || o.Get(name) != own {
		return o
	}
	return d.o
}

// give hands %await, which follows, what a promise would be fulfilled with.
func (t *twins) give(v goja.Value) goja.Value {
	t.given = true
	return v
}

// giveOutcome hands it the outcome of a service. Errors, and objects that the plugin gave and that may have a
// method then, are left to a promise.
func (t *twins) giveOutcome(f method, call goja.FunctionCall) goja.Value {
	v, err := t.in.attempt(func() (goja.Value, error) { return f(call) })
	if _, isObject := v.(*goja.Object); err != nil || isObject && slices.Contains(call.Arguments, v) {
		return t.in.settledPromise(v, err)
	}
	return t.give(v)
}

// ready returns what await v gives, if that is known: v is no promise, or a fulfilled one.
func (t *twins) ready(v goja.Value) (goja.Value, bool) {
	o, ok := v.(*goja.Object)
	if !ok {
		return v, true
	}
	if p, ok := promiseOf(o); ok {
		return p.Result(), p.State() == goja.PromiseStateFulfilled && o.Get("constructor") == t.promise
	}
	if asLazy(o) == nil {
		return nil, false // to ask whether it has a method then may run code of the plugin's, and once only
	}
	then, ok := o.Get("then").(*goja.Object)
	return o, !ok || !isCallable(then)
}

// result is %return. An object with a method then is asked now what it comes to, as the promise of an
// asynchronous function would ask it.
func (t *twins) result(call goja.FunctionCall) goja.Value {
	v := call.Argument(0)
	o, ok := v.(*goja.Object)
	if !ok || !t.direct || asLazy(o) != nil || t.speaksForItself(o) {
		return v
	}
	p, resolve, _ := t.in.vm.NewPromise()
	must(resolve(v))
	return t.in.vm.ToValue(p)
}

// speaksForItself says that the host may take o as it is: an ordinary promise, or an object without a method
// then. What goes wrong in the asking is left to a promise, because no catch block of the hook may see it.
func (t *twins) speaksForItself(o *goja.Object) (speaks bool) {
	exception := t.in.vm.Try(func() {
		then := o.Get("then")
		if _, isPromise := promiseOf(o); isPromise && then == t.then {
			speaks = o.Get("constructor") == t.promise
			return
		}
		method, ok := then.(*goja.Object)
		speaks = !ok || !isCallable(method)
	})
	return speaks && exception == nil
}
