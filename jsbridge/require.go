package jsbridge

import (
	"errors"
	"fmt"
	"strings"

	"github.com/dop251/goja"

	"github.com/plugreel/plugreel/sdk"
)

// runEntry runs the plugin's entry module.
func (in *instance) runEntry() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = &sdk.LoadError{File: in.p.entry.name, Err: fmt.Errorf("engine: %v", r)}
		}
	}()
	in.mend()
	in.installHelpers()
	if in.p.entry.script {
		err = in.runScript(in.p.entry)
	} else {
		_, err = in.runModule(in.p.entry)
	}
	if err == nil {
		return nil
	}
	return in.loadError(in.scriptError(err))
}

// loadError puts a failure of top-level code at its place in the source.
func (in *instance) loadError(err error) error {
	var load *sdk.LoadError
	if errors.As(err, &load) {
		return load
	}
	load = &sdk.LoadError{File: in.p.entry.name, Err: err}
	var script *ScriptError
	if errors.As(err, &script) && script.File != "" {
		load.File, load.Line, load.Column = script.File, script.Line, script.Column
		load.Err = bareError{script}
	}
	return load
}

// bareError is a ScriptError whose position is told elsewhere.
type bareError struct{ *ScriptError }

func (e bareError) Error() string { return e.headline() }
func (e bareError) Unwrap() error { return e.ScriptError }

// runModule runs m as the body of a function and returns its module object, which has the final
// value of module.exports as exports and that of the variable exports as ownExports.
func (in *instance) runModule(m *module) (*goja.Object, error) {
	mod, own := in.moduleObject(m)
	if m.json {
		v, err := in.parseJSON(m.code)
		if err == nil {
			must(mod.Set("exports", v))
		}
		return mod, err
	}
	wrapper, err := in.vm.RunProgram(m.program)
	if err != nil {
		return nil, err
	}
	body, _ := goja.AssertFunction(wrapper)
	result, err := body(in.vm.GlobalObject(), own, in.requireFrom(m), mod)
	if err != nil {
		delete(in.loaded, m.name)
		return nil, err
	}
	pair := result.ToObject(in.vm)
	hide(mod, "ownExports", pair.Get("0"))
	return mod, nil
}

// runScript runs m at the top level of the runtime: its functions become globals.
func (in *instance) runScript(m *module) error {
	mod, own := in.moduleObject(m)
	global := in.vm.GlobalObject()
	hide(global, "exports", own)
	hide(global, "module", mod)
	hide(global, "require", in.requireFrom(m))
	if _, err := in.vm.RunProgram(m.program); err != nil {
		return err
	}
	hide(mod, "ownExports", global.Get("exports"))
	return nil
}

// moduleObject makes the module object of m and its first exports. For the entry these are two
// different objects, as in the original runtime; elsewhere they are one, as in Node.
func (in *instance) moduleObject(m *module) (mod, own *goja.Object) {
	mod, own = in.vm.NewObject(), in.vm.NewObject()
	if m == in.p.entry {
		define(mod, "exports", in.vm.NewObject())
	} else {
		define(mod, "exports", own)
	}
	define(mod, "id", in.vm.ToValue(m.name))
	in.loaded[m.name] = mod
	return mod, own
}

// requireFrom returns the function require for module m.
func (in *instance) requireFrom(m *module) goja.Value {
	return in.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		return in.require(m, call.Argument(0).String())
	})
}

// require returns what spec exports. It panics with a JavaScript error.
func (in *instance) require(from *module, spec string) goja.Value {
	if isBuiltin(spec) {
		return in.builtin(trimNode(spec))
	}
	file, err := in.p.resolve(from.name, spec)
	if err != nil {
		panic(in.importError(spec, err))
	}
	if mod := in.loaded[file]; mod != nil {
		return mod.Get("exports")
	}
	m, err := in.p.module(file)
	if err != nil {
		panic(in.vm.NewGoError(err))
	}
	mod, err := in.runModule(m)
	var exception *goja.Exception
	switch {
	case errors.As(err, &exception):
		panic(exception.Value())
	case err != nil:
		panic(err)
	}
	return mod.Get("exports")
}

// importError words what an author can do about a module that is not there.
func (in *instance) importError(spec string, err error) *goja.Object {
	if isRelative(spec) {
		return in.jsError("Error", fmt.Sprintf("cannot import %q: %v", spec, err))
	}
	if nodeOnly[strings.TrimPrefix(spec, "node:")] {
		return in.jsError("Error", fmt.Sprintf("cannot import %q: plugreel does not provide this module of Node; plugins reach the network by fetch, and neither files nor processes", spec))
	}
	return in.jsError("Error", fmt.Sprintf("cannot import %q: plugreel does not provide this package, and it is not in the plugin's node_modules; bundle it into the plugin or install it beside it", spec))
}

// nodeOnly are modules of Node that no package could bring along.
var nodeOnly = map[string]bool{
	"async_hooks": true, "child_process": true, "cluster": true, "dgram": true, "dns": true, "fs": true, "fs/promises": true, "http": true,
	"http2": true, "https": true, "inspector": true, "module": true, "os": true, "readline": true, "repl": true, "tls": true, "tty": true,
	"v8": true, "vm": true, "worker_threads": true,
}

// jsError makes an Error object of the given class.
func (in *instance) jsError(class, message string) *goja.Object {
	constructor := in.vm.GlobalObject().Get(class)
	o, err := in.vm.New(constructor, in.vm.ToValue(message))
	if err != nil {
		return in.vm.NewGoError(errors.New(message))
	}
	return o
}

// parseJSON is JSON.parse of a checked text.
func (in *instance) parseJSON(text string) (goja.Value, error) {
	v, err := sdk.ParseValue([]byte(text))
	if err != nil {
		return nil, err
	}
	return in.decode(v), nil
}
