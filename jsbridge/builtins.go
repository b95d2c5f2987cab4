package jsbridge

import (
	_ "embed"
	"strings"

	"github.com/dop251/goja"
)

// builtins are the modules that a plugin may require without bringing them.
var builtins = map[string]func(*instance) goja.Value{
	"@posthog/plugin-scaffold": (*instance).scaffold,
	"node-fetch":               func(in *instance) goja.Value { return in.fetchModule() },
	"buffer": func(in *instance) goja.Value {
		o := in.vm.NewObject()
		define(o, "Buffer", in.vm.GlobalObject().Get("Buffer"))
		return o
	},
}

// isBuiltin says whether plugreel provides a package.
func isBuiltin(spec string) bool {
	_, ok := builtins[strings.TrimPrefix(spec, "node:")]
	return ok
}

// builtin returns a module that plugreel provides, made once for an instance.
func (in *instance) builtin(name string) goja.Value {
	if mod := in.loaded["builtin:"+name]; mod != nil {
		return mod.Get("exports")
	}
	mod := in.vm.NewObject()
	exports := builtins[name](in).ToObject(in.vm)
	if exports.Get("default") == nil {
		hide(exports, "default", exports) // what "import x from" binds is the module itself
	}
	define(mod, "exports", exports)
	in.loaded["builtin:"+name] = mod
	return mod.Get("exports")
}

func (in *instance) scaffold() goja.Value {
	o := in.vm.NewObject()
	define(o, "RetryError", in.vm.GlobalObject().Get("RetryError"))
	return o
}

//go:embed prelude.js
var preludeSource string

//go:embed buffer.js
var bufferSource string

//go:embed fetch.js
var fetchSource string

// The shims are compiled once and run in every instance that uses them.
var (
	prelude    = goja.MustCompile("plugreel:prelude", preludeSource, true)
	bufferShim = goja.MustCompile("plugreel:buffer", bufferSource, true)
	fetchShim  = goja.MustCompile("plugreel:fetch", fetchSource, true)
)
