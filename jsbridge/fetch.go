package jsbridge

import (
	"errors"
	"net/http"

	"github.com/dop251/goja"

	"github.com/plugreel/plugreel/sdk"
)

// errOffline is what fetch says where the host lends no network.
var errOffline = errors.New("fetch is off: a replay opens no connection unless its host is named with --allow-net HOST")

// fetchModule makes the globals fetch, Headers, Request and Response. A request is made when
// fetch is called and its answer is there when fetch returns; plugins see a settled promise.
func (in *instance) fetchModule() *goja.Object {
	if f := in.loaded["class:fetch"]; f != nil {
		return f
	}
	factory, err := in.vm.RunProgram(fetchShim)
	must(err)
	build, _ := goja.AssertFunction(factory)
	native := in.vm.NewObject()
	define(native, "fetch", in.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		answer, err := in.request(call)
		if err != nil {
			panic(in.jsError("Error", err.Error()))
		}
		return answer
	}))
	define(native, "reason", in.vm.ToValue(reason))
	made, err := build(goja.Undefined(), native)
	must(err)
	f := made.ToObject(in.vm)
	in.loaded["class:fetch"] = f
	return f
}

// reason is what Node calls an HTTP status, "" if it has no name.
func reason(status int) string {
	switch status {
	case http.StatusRequestEntityTooLarge:
		return "Payload Too Large"
	case http.StatusRequestURITooLong:
		return "URI Too Long"
	case http.StatusRequestedRangeNotSatisfiable:
		return "Range Not Satisfiable"
	case http.StatusTeapot:
		return "I'm a Teapot"
	}
	return http.StatusText(status)
}

// request makes the request that the shim's arguments describe.
func (in *instance) request(call goja.FunctionCall) (goja.Value, error) {
	if in.meta.Fetcher == nil {
		return nil, errOffline
	}
	r := &sdk.Request{Method: call.Argument(0).String(), URL: call.Argument(1).String(), Manual: call.Argument(4).ToBoolean()}
	in.vm.ForOf(call.Argument(2), func(v goja.Value) bool {
		pair := v.ToObject(in.vm)
		r.Headers = append(r.Headers, [2]string{pair.Get("0").String(), pair.Get("1").String()})
		return true
	})
	if body, ok := call.Argument(3).Export().([]byte); ok {
		r.Body = append([]byte{}, body...)
	}
	answer, err := in.meta.Fetcher.Fetch(in.meta.Context(), r)
	if err != nil {
		return nil, err
	}
	return in.answer(answer), nil
}

func (in *instance) answer(a *sdk.Response) goja.Value {
	o := in.vm.NewObject()
	define(o, "url", in.vm.ToValue(a.URL))
	define(o, "redirected", in.vm.ToValue(a.Redirected))
	define(o, "status", in.vm.ToValue(a.Status))
	define(o, "statusText", in.vm.ToValue(a.StatusText))
	define(o, "body", in.newBuffer(a.Body))
	headers := make([]any, len(a.Headers))
	for i, h := range a.Headers {
		headers[i] = in.vm.NewArray(h[0], h[1])
	}
	define(o, "headers", in.vm.NewArray(headers...))
	return o
}
