package jsbridge

import (
	_ "embed"

	"github.com/dop251/goja"
)

// builtins are the modules that a plugin may require without bringing them.
var builtins = map[string]func(*instance) goja.Value{
	"@posthog/plugin-scaffold": (*instance).scaffold,
	"buffer": func(in *instance) goja.Value {
		o := in.vm.NewObject()
		define(o, "Buffer", in.vm.GlobalObject().Get("Buffer"))
		return o
	},
}

// builtin returns a module of builtins, made once for an instance.
func (in *instance) builtin(name string, make func(*instance) goja.Value) goja.Value {
	if mod := in.loaded["builtin:"+name]; mod != nil {
		return mod.Get("exports")
	}
	mod := in.vm.NewObject()
	define(mod, "exports", make(in))
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

// The shims are compiled once and run in every instance that uses them.
var (
	prelude    = goja.MustCompile("plugreel:prelude", preludeSource, true)
	bufferShim = goja.MustCompile("plugreel:buffer", bufferSource, true)
)
