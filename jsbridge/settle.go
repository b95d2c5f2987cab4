package jsbridge

import (
	"errors"
	"fmt"
	"reflect"

	"github.com/dop251/goja"

	"github.com/plugreel/plugreel/sdk"
)

// neverError reports a promise that nothing is left to settle. It matches [sdk.ErrTimeout]: with
// a real clock the call would wait until its time is up.
type neverError struct{}

func (*neverError) Error() string {
	return "promise never settles: no timer and no other work is left that could settle it"
}
func (*neverError) Unwrap() error { return sdk.ErrTimeout }

var promiseType = reflect.TypeFor[*goja.Promise]()

// promiseOf returns the promise that v is.
func promiseOf(v goja.Value) (*goja.Promise, bool) {
	o, ok := v.(*goja.Object)
	if !ok || o.ExportType() != promiseType {
		return nil, false
	}
	p, ok := o.Export().(*goja.Promise)
	return p, ok
}

// settle returns what v comes to: v itself unless it is a promise or has a then method. All that
// was queued has run when a call into the runtime returns, so a promise that is still pending
// waits for a timer.
func (in *instance) settle(v goja.Value) (goja.Value, error) {
	if v == in.args[0] {
		return v, nil // the event that the hook was given, as a rule
	}
	p, ok := promiseOf(v)
	if !ok {
		if v = in.adopt(v); v == nil {
			return nil, nil
		}
		if p, ok = promiseOf(v); !ok {
			return v, nil
		}
	}
	for p.State() == goja.PromiseStatePending {
		ran, err := in.timers.fire(in)
		if err != nil {
			return nil, err
		}
		if !ran {
			return nil, &neverError{}
		}
	}
	if p.State() == goja.PromiseStateRejected {
		in.rejects.handled(p)
		return nil, in.thrown(p.Result())
	}
	return p.Result(), nil
}

// adopt makes a promise of an object with a then method, as await does.
func (in *instance) adopt(v goja.Value) goja.Value {
	o, ok := v.(*goja.Object)
	if !ok || asLazy(o) != nil {
		return v
	}
	then, ok := goja.AssertFunction(o.Get("then"))
	if !ok {
		return v
	}
	promise, resolve, reject := in.vm.NewPromise()
	settler := func(f func(any) error) goja.Value {
		return in.vm.ToValue(func(call goja.FunctionCall) goja.Value {
			must(f(call.Argument(0)))
			return goja.Undefined()
		})
	}
	if _, err := then(o, settler(resolve), settler(reject)); err != nil {
		var exception *goja.Exception
		if !errors.As(err, &exception) {
			panic(err)
		}
		must(reject(exception.Value()))
	}
	return in.vm.ToValue(promise)
}

// thrown is the error of a rejected promise.
func (in *instance) thrown(reason goja.Value) error { return &rejection{reason} }

// rejection carries the reason of a rejected promise to scriptError.
type rejection struct{ reason goja.Value }

func (r *rejection) Error() string { return fmt.Sprint(r.reason) }

// rejections collects rejected promises that nobody handles.
type rejections struct {
	open []*goja.Promise
}

func (r *rejections) reset() { r.open = r.open[:0] }

func (r *rejections) track(p *goja.Promise, op goja.PromiseRejectionOperation) {
	if op == goja.PromiseRejectionReject {
		r.open = append(r.open, p)
		return
	}
	r.handled(p)
}

// handled takes p off the list.
func (r *rejections) handled(p *goja.Promise) {
	for i := range r.open {
		if r.open[i] == p {
			r.open = append(r.open[:i], r.open[i+1:]...)
			return
		}
	}
}

// report logs what is left when a call is over.
func (r *rejections) report(log *sdk.Logger) {
	for _, p := range r.open {
		log.Write(sdk.LevelError, "unhandled promise rejection: "+describeValue(p.Result()))
	}
}
