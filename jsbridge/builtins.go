package jsbridge

import (
	_ "embed"
	"strings"
	"time"

	"github.com/dop251/goja"

	"github.com/plugreel/plugreel/jsbridge/internal/modules"
)

// builtins are the modules of this package; those of Node are in package modules.
var builtins = map[string]func(*instance) goja.Value{
	"@posthog/plugin-scaffold": (*instance).scaffold,
	"node-fetch":               func(in *instance) goja.Value { return in.fetchModule().Get("fetch") },
}

// isBuiltin says whether plugreel provides a package.
func isBuiltin(spec string) bool {
	name := trimNode(spec)
	return builtins[name] != nil || modules.Provides(name)
}

func trimNode(spec string) string { return strings.TrimPrefix(spec, "node:") }

// builtin returns a module that plugreel provides, made once for an instance.
func (in *instance) builtin(name string) goja.Value {
	if mod := in.loaded["builtin:"+name]; mod != nil {
		return mod.Get("exports")
	}
	var v goja.Value
	if build := builtins[name]; build != nil {
		v = build(in)
	} else {
		v, _ = in.library.Require(name)
	}
	exports := v.ToObject(in.vm)
	if exports.Get("default") == nil {
		hide(exports, "default", exports) // what "import x from" binds is the module itself
	}
	mod := in.vm.NewObject()
	define(mod, "exports", exports)
	in.loaded["builtin:"+name] = mod
	return mod.Get("exports")
}

// libraryHost is an instance as package modules sees it.
type libraryHost struct{ in *instance }

func (h libraryHost) Runtime() *goja.Runtime           { return h.in.vm }
func (h libraryHost) Now() time.Time                   { return h.in.now() }
func (h libraryHost) Random() uint64                   { return h.in.meta.Random() }
func (h libraryHost) Buffer() *goja.Object             { return h.in.buffer() }
func (h libraryHost) NewBuffer(data []byte) goja.Value { return h.in.newBuffer(data) }

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
