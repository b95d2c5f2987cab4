package jsbridge

import (
	"fmt"
	"io/fs"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"

	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/sdk/coverage"
)

// Sources are the files of a directory, each compiled when it is first asked for, for tools that run
// modules one by one and load no plugin: package jest. A Sources may be used from several goroutines.
type Sources struct{ p *program }

// Dialect says how the files of a Sources become functions. The zero value is that of plugins, with
// the modules of node_modules as they come.
type Dialect struct {
	// Parameters of a module's function, after exports, require and module.
	Parameters []string
	// Arrange may change the syntax tree of a module before it is compiled; nil leaves it alone.
	Arrange func(tree *ast.Program)
	// Complete may change it once more, with nothing that Coverage counts; nil leaves it alone.
	Complete func(tree *ast.Program)
	// Coverage counts what runs; nil counts nothing.
	Coverage *coverage.Profile
}

// NewSources takes the files of fsys. Nothing is read yet.
func NewSources(fsys fs.FS, d Dialect) *Sources {
	return &Sources{&program{fsys: fsys, modules: map[string]*module{}, files: map[string][32]byte{}, dialect: &d, coverage: d.Coverage}}
}

// Resolve returns the file that spec means in file from, both slash-separated and relative to the
// root: a relative path, or a package in a node_modules directory above from. It does not know
// the modules that plugreel provides.
func (s *Sources) Resolve(from, spec string) (string, error) { return s.p.resolve(from, spec) }

// File returns the file that a path from the root means, which may lack its extension or be a
// directory.
func (s *Sources) File(path string) (string, error) { return s.p.file(path) }

// Package returns the file that the name of a package, or of a path inside one, means in a directory of
// packages, as "node_modules".
func (s *Sources) Package(modules, spec string) (string, error) {
	return s.p.packageFile(modules, spec)
}

// Compile compiles a file and runs nothing of it, so that the coverage of s has its points.
// Errors: *[sdk.LoadError].
func (s *Sources) Compile(file string) error {
	_, err := s.p.module(file)
	return err
}

// Line returns a line of a file as its author wrote it, "" if the file was not compiled.
func (s *Sources) Line(file string, line int) string { return s.p.sourceLine(file, line) }

// A Realm is a runtime with what plugins find around them, and with nothing run in it: its own
// global object, timers that nobody waits for, and the modules that plugreel provides. It is used
// by one goroutine at a time.
type Realm struct {
	s  *Sources
	in *instance
}

// NewRealm makes a realm whose clock, randomness, log and network are those of meta.
func (s *Sources) NewRealm(meta *sdk.PluginMeta) *Realm {
	in := &instance{p: s.p, vm: goja.New(), meta: meta, loaded: map[string]*goja.Object{}}
	in.start()
	in.mend()
	in.installHelpers()
	return &Realm{s, in}
}

// Runtime is the engine's runtime, always the same.
func (r *Realm) Runtime() *goja.Runtime { return r.in.vm }

// Builtin returns a module that plugreel provides, with or without "node:" before its name.
func (r *Realm) Builtin(name string) (exports goja.Value, ok bool) {
	if !isBuiltin(name) {
		return nil, false
	}
	return r.in.builtin(trimNode(name)), true
}

// Module returns a file's function, or what the text of a JSON file says. The function takes exports,
// require, module and the parameters of the dialect.
// Errors: *[sdk.LoadError].
func (r *Realm) Module(file string) (goja.Value, error) {
	m, err := r.s.p.module(file)
	if err != nil {
		return nil, err
	}
	if m.json {
		return r.in.parseJSON(m.code)
	}
	return r.in.vm.RunProgram(m.program)
}

// Bytes makes a Buffer that owns data.
func (r *Realm) Bytes(data []byte) goja.Value { return r.in.newBuffer(data) }

// Fire moves the clock on to the timer that is due next and runs it. It says false if none is
// set. An error is what the timer's function threw.
func (r *Realm) Fire() (bool, error) { return r.in.timers.fire(r.in) }

// Unhandled returns the reasons of the rejected promises that nobody handles, and forgets them.
func (r *Realm) Unhandled() []goja.Value {
	var reasons []goja.Value
	for _, p := range r.in.rejects.open {
		reasons = append(reasons, p.Result())
	}
	r.in.rejects.reset()
	return reasons
}

// Explain says what a thrown value is and where it was made, with the messages of the engine
// reworded as V8 has them.
func (r *Realm) Explain(v goja.Value) *ScriptError {
	switch e := r.in.fromValue(v, nil).(type) {
	case *ScriptError:
		return e
	case *sdk.RetryError:
		if retried, ok := e.Err.(retried); ok {
			return retried.ScriptError
		}
		return &ScriptError{Message: e.Error()}
	default:
		return &ScriptError{Message: fmt.Sprint(e)}
	}
}

// ExplainOverflow is Explain for a recursion without end, which scripts cannot catch and after which a realm may not
// work.
func ExplainOverflow(e *goja.StackOverflowError) *ScriptError {
	const most = 10 // frames, as V8 has it
	frames := e.Stack()
	o := &ScriptError{Name: "RangeError", Message: "Maximum call stack size exceeded"}
	o.locate(frames[:min(most, len(frames))])
	return o
}

// Interrupt breaks off what runs in the realm, from another goroutine; nothing can run in it afterwards.
func (r *Realm) Interrupt(cause error) { r.in.stop(cause) }

// Provides says whether [Realm.Builtin] knows a module.
func Provides(name string) bool { return isBuiltin(name) }
