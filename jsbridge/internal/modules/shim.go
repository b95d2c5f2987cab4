package modules

import (
	"embed"
	"strings"
	"sync"

	"github.com/dop251/goja"
)

//go:embed js
var shimSources embed.FS

// shims are the scripts in directory js, compiled when a runtime first needs them and shared by
// all runtimes. A script's value is a function of an object of Go functions and of require, which
// returns what the module exports.
var shims = func() map[string]func() *goja.Program {
	entries, err := shimSources.ReadDir("js")
	must(err)
	programs := map[string]func() *goja.Program{}
	for _, entry := range entries {
		name := strings.TrimSuffix(entry.Name(), ".js")
		programs[name] = sync.OnceValue(func() *goja.Program {
			source, err := shimSources.ReadFile("js/" + name + ".js")
			must(err)
			return goja.MustCompile("plugreel:"+name, string(source), true)
		})
	}
	return programs
}()

// shim runs a script.
func (l *Library) shim(name string, native *goja.Object) goja.Value {
	factory, err := l.vm.RunProgram(shims[name]())
	must(err)
	f, _ := goja.AssertFunction(factory)
	require := l.once("require", func(l *Library) goja.Value {
		return l.vm.ToValue(func(call goja.FunctionCall) goja.Value { return l.require(l.text(call.Argument(0))) })
	})
	exports, err := f(goja.Undefined(), native, require)
	if err != nil {
		panic(thrown(err))
	}
	return exports
}

// shimModule is a module that is a script and needs no Go beyond the makers of errors.
func shimModule(name string) func(*Library) goja.Value {
	return func(l *Library) goja.Value { return l.shim(name, l.natives()) }
}

// natives are the Go functions that most scripts use.
func (l *Library) natives() *goja.Object {
	return l.once("natives", func(l *Library) goja.Value {
		o := l.vm.NewObject()
		l.functions(o, []function{
			{"error", 3, func(call goja.FunctionCall) goja.Value {
				return l.newError(l.text(call.Argument(0)), l.text(call.Argument(1)), l.text(call.Argument(2)))
			}},
			{"argType", 3, func(call goja.FunctionCall) goja.Value {
				return l.argType(l.text(call.Argument(0)), l.text(call.Argument(1)), call.Argument(2))
			}},
			{"received", 1, func(call goja.FunctionCall) goja.Value { return l.vm.ToValue(l.received(call.Argument(0))) }},
			{"kind", 1, func(call goja.FunctionCall) goja.Value { return l.vm.ToValue(l.kind(call.Argument(0))) }},
			{"now", 0, func(goja.FunctionCall) goja.Value { return l.vm.ToValue(l.sinceStart()) }},
			{"proxyTarget", 1, proxyTarget},
		})
		return o
	}).ToObject(l.vm)
}

func proxyTarget(call goja.FunctionCall) goja.Value {
	o, ok := call.Argument(0).(*goja.Object)
	if !ok || o.ExportType() != proxyType {
		return goja.Undefined()
	}
	proxy, _ := o.Export().(goja.Proxy)
	if proxy.Target() == nil {
		return goja.Null() // revoked
	}
	return proxy.Target()
}
