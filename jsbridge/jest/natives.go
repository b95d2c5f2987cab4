package jest

import (
	"io/fs"
	"path"
	"strings"
	"time"

	"github.com/dop251/goja"

	"github.com/plugreel/plugreel/jsbridge"
)

// natives are the functions that the scripts call.
func (r *run) natives() *goja.Object {
	o := r.vm.NewObject()
	text := func(call goja.FunctionCall, i int) string { return call.Argument(i).String() }
	for name, f := range map[string]func(goja.FunctionCall) any{
		"absolute":    func(c goja.FunctionCall) any { return path.Join(r.p.dir, text(c, 0)) },
		"resolve":     func(c goja.FunctionCall) any { return r.p.resolve(text(c, 0), text(c, 1)) },
		"join":        func(c goja.FunctionCall) any { return path.Join(path.Dir(text(c, 0)), text(c, 1)) },
		"manualMock":  func(c goja.FunctionCall) any { return r.p.manualMock(text(c, 0), text(c, 1)) },
		"packageMock": func(c goja.FunctionCall) any { return r.p.packageMock(text(c, 0)) },
		"provides":    func(c goja.FunctionCall) any { return jsbridge.Provides(text(c, 0)) },
		"builtin":     func(c goja.FunctionCall) any { return r.builtin(text(c, 0)) },
		"module":      func(c goja.FunctionCall) any { return r.module(text(c, 0)) },
		"now":         func(goja.FunctionCall) any { return r.sinceStart() },
		"log":         func(c goja.FunctionCall) any { r.log(text(c, 0), text(c, 1)); return nil },
		"selects":     func(c goja.FunctionCall) any { return r.selects(c.Argument(0)) },
		"begins":      func(c goja.FunctionCall) any { return r.begins(int(c.Argument(0).ToInteger())) },
		"ends":        func(c goja.FunctionCall) any { r.current = -1; return nil },
		"turn":        func(c goja.FunctionCall) any { r.turn(c.Argument(0)); return nil },
		"result":      func(c goja.FunctionCall) any { r.result(c.Argument(0).ToObject(r.vm)); return nil },
		"failure":     func(c goja.FunctionCall) any { return r.described(c.Argument(0), c.Argument(1)) },
		"frames":      func(c goja.FunctionCall) any { return r.failure(c.Argument(0)).Where },
		"wording":     func(c goja.FunctionCall) any { return r.realm.Explain(c.Argument(0)).Message },
		"site":        func(c goja.FunctionCall) any { return r.site(c.Argument(0)) },
		"read":        func(c goja.FunctionCall) any { return r.read(text(c, 0)) },
		"stat":        func(c goja.FunctionCall) any { return r.stat(text(c, 0)) },
		"list":        func(c goja.FunctionCall) any { return r.entries(text(c, 0)) },
	} {
		must(o.Set(name, func(c goja.FunctionCall) goja.Value { return r.value(f(c)) }))
	}
	must(o.Set("snapshots", r.snapshots()))
	return o
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func (r *run) value(v any) goja.Value {
	switch v := v.(type) {
	case nil:
		return goja.Null()
	case goja.Value:
		return v
	}
	return r.vm.ToValue(v)
}

// object makes an object of members.
func (r *run) object(members map[string]any) *goja.Object {
	o := r.vm.NewObject()
	for name, v := range members {
		must(o.Set(name, v))
	}
	return o
}

// config is what the scripts know of the configuration.
func (r *run) config() *goja.Object {
	c := r.p.config
	o := r.object(map[string]any{
		"testTimeout": c.TestTimeout, "automock": c.Automock,
		"clearMocks": c.ClearMocks, "resetMocks": c.ResetMocks, "restoreMocks": c.RestoreMocks, "resetModules": c.ResetModules,
	})
	format := r.vm.NewObject()
	for name, v := range c.SnapshotFormat {
		must(format.Set(name, v))
	}
	must(o.Set("snapshotFormat", format))
	must(o.Set("unmocked", func(id string) bool { return c.unmocked(path.Join(r.p.dir, strings.TrimPrefix(id, "file:"))) }))
	return o
}

// snapshots are those stored for the file, and whether they may be written.
func (r *run) snapshots() *goja.Object {
	text, err := fs.ReadFile(r.p.fsys, snapshotFile(r.file))
	if err != nil {
		text = nil
	}
	return r.object(map[string]any{"text": string(text), "update": r.o.Update, "write": !r.o.ReadOnly || r.o.Update})
}

// builtin is a module that plugreel provides.
func (r *run) builtin(name string) goja.Value {
	v, ok := r.realm.Builtin(name)
	if !ok {
		panic("jest: no module " + name)
	}
	return v
}

// module is a file's function, or the value of a JSON file.
func (r *run) module(file string) goja.Value {
	v, err := r.realm.Module(file)
	if err != nil {
		panic(r.vm.NewGoError(err))
	}
	return v
}

func (r *run) sinceStart() float64 {
	now := r.o.Now
	if now == nil {
		now = time.Now
	}
	return float64(now().Sub(r.began)) / float64(time.Millisecond)
}

func (r *run) log(level, text string) {
	if r.o.Log != nil && r.emitted >= r.told {
		r.o.Log(level, text)
	}
}

func (r *run) selects(titles goja.Value) bool {
	return r.o.Selects == nil || r.o.Selects(strings.Join(r.texts(titles), " "))
}

// texts returns the elements of an array of strings.
func (r *run) texts(v goja.Value) []string {
	var list []string
	r.vm.ForOf(v, func(item goja.Value) bool {
		list = append(list, item.String())
		return true
	})
	return list
}

// begins notes which test runs, by its number. It returns the failure of one that must not be run, or null.
func (r *run) begins(test int) any {
	if f, ok := r.exhausted[test]; ok {
		return r.failureObject(f)
	}
	r.current = test
	return nil
}

func (r *run) turn(resolve goja.Value) {
	f, _ := goja.AssertFunction(resolve)
	r.turns = append(r.turns, f)
}

// result emits a test that has ended.
func (r *run) result(o *goja.Object) {
	r.emitted++
	if r.emitted <= r.told {
		return
	}
	t := Test{
		Titles: r.texts(o.Get("titles")),
		Status: Status(o.Get("status").String()),
		Took:   time.Duration(o.Get("took").ToFloat() * float64(time.Millisecond)),
	}
	if site, ok := o.Get("site").(*goja.Object); ok {
		t.Line = int(site.Get("line").ToInteger())
	}
	for _, f := range r.list(o.Get("errors")) {
		t.Failures = append(t.Failures, failureOf(f))
	}
	r.emit(t)
}

// site is the place in the author's files where an Error was made.
func (r *run) site(v goja.Value) *goja.Object {
	e := r.realm.Explain(v)
	return r.object(map[string]any{"file": e.File, "line": e.Line, "column": e.Column})
}

// inside returns the path of a file relative to the root; ok is false if it is outside.
func (r *run) inside(name string) (string, bool) {
	if path.IsAbs(name) {
		rest, ok := strings.CutPrefix(path.Clean(name), r.p.dir)
		if !ok || rest != "" && rest[0] != '/' {
			return "", false
		}
		name = strings.TrimPrefix(rest, "/")
	}
	name = path.Clean(name)
	return name, fs.ValidPath(name)
}

// read returns the contents of a file as a Buffer, null if there is none.
func (r *run) read(name string) goja.Value {
	file, ok := r.inside(name)
	if !ok {
		return goja.Null()
	}
	data, err := fs.ReadFile(r.p.fsys, file)
	if err != nil {
		return goja.Null()
	}
	return r.realm.Bytes(data)
}

func (r *run) stat(name string) goja.Value {
	file, ok := r.inside(name)
	if !ok {
		return goja.Null()
	}
	info, err := fs.Stat(r.p.fsys, file)
	if err != nil {
		return goja.Null()
	}
	return r.object(map[string]any{"size": info.Size(), "mtime": info.ModTime().UnixMilli(), "dir": info.IsDir()})
}

func (r *run) entries(name string) goja.Value {
	file, ok := r.inside(name)
	if !ok {
		return goja.Null()
	}
	list, err := fs.ReadDir(r.p.fsys, file)
	if err != nil {
		return goja.Null()
	}
	items := make([]any, len(list))
	for i, e := range list {
		items[i] = r.object(map[string]any{"name": e.Name(), "dir": e.IsDir()})
	}
	return r.vm.NewArray(items...)
}
