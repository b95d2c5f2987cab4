package jsbridge

import (
	"io/fs"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"

	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/sdk"
)

// Inspection is what the source of a plugin tells a reader, without being run. It follows names,
// not values: it may miss what is hidden, and takes a name for what it usually means.
type Inspection struct {
	Hooks   []HookSource
	Exports []Use // every name that is exported, Kind "" each
	Uses    []Use // by position

	// ConfigElsewhere says that config, or attachments, is read by a computed name or handed on, so
	// that Uses does not have all keys.
	ConfigElsewhere bool
}

// HookSource is the function behind a hook.
type HookSource struct {
	Place
	Name   string // "processEvent"
	Async  bool
	Params int
	Value  bool // it is no function but a number, a text, an object or an array
}

// Place is a position in a plugin's source.
type Place struct {
	File         string // relative to the plugin's root
	Line, Column int    // 1-based, Column in bytes
}

// Use is a place where the source uses something of which a reader may want to know.
type Use struct {
	Place
	Kind  UseKind
	Name  string
	Hooks []string // the hooks that can reach it; nil for code that runs at load, or that none reaches
}

// UseKind says what is used.
type UseKind string

// The kinds of uses, and what the name is.
const (
	UseConfig     UseKind = "config"     // a key of meta.config
	UseAttachment UseKind = "attachment" // a key of meta.attachments
	UseService    UseKind = "service"    // storage, cache, cursor, jobs or geoip of meta
	UseFetch      UseKind = "fetch"      // fetch, or the package node-fetch
	UseLog        UseKind = "log"        // the method of console
	UseHostAPI    UseKind = "host-api"   // posthog.api
	UseAbsent     UseKind = "absent"     // a global of browsers or Node that is not there
	UsePackage    UseKind = "package"    // a required module that is not there
	UsePattern    UseKind = "pattern"    // a regular expression that goes back and forth
)

// Inspect reads the source of the plugin in fsys. Nothing is run.
// Errors: those of [Load] for source that does not compile.
func Inspect(fsys fs.FS, m *manifest.Manifest) (*Inspection, error) {
	p := &program{fsys: fsys, manifest: m, modules: map[string]*module{}, files: map[string][32]byte{}}
	p.info.Name = m.Name
	name, _, err := findEntry(fsys, m.Main)
	if err != nil {
		return nil, sdk.InPlugin(m.Name, err)
	}
	entry, err := p.module(name)
	if err != nil {
		return nil, sdk.InPlugin(m.Name, err)
	}
	p.compileReachable(entry)
	x := &inspector{p: p, out: &Inspection{}, seen: map[useKey]int{}}
	x.entry(entry)
	for _, name := range slices.Sorted(maps.Keys(p.modules)) {
		if mod := p.modules[name]; mod.tree != nil && !strings.Contains("/"+name, "/node_modules/") {
			x.module(mod)
		}
	}
	slices.SortStableFunc(x.out.Uses, func(a, b Use) int { return strings.Compare(a.key(), b.key()) })
	return x.out, nil
}

func (u Use) key() string { return position{u.File, u.Line, u.Column}.key() }

// inspector fills an Inspection.
type inspector struct {
	p     *program
	out   *Inspection
	hooks map[*unit][]string // that reach a unit
	seen  map[useKey]int     // number in out.Uses
}

// entry finds the hooks, and what each can reach in all modules.
func (x *inspector) entry(entry *module) {
	c := collector{called: map[string]bool{}}
	for _, m := range x.p.modules {
		if m.tree != nil {
			c.module(m)
		}
	}
	byName := named(c.units)
	x.hooks = map[*unit][]string{}
	exported := exportedNames(entry)
	for _, e := range exported {
		x.out.Exports = append(x.out.Exports, Use{Place: e.place(entry, byName), Name: e.name})
	}
	for _, hook := range hookExports {
		from := hook
		if i := slices.IndexFunc(exported, func(e export) bool { return e.name == hook }); i >= 0 && exported[i].local != "" {
			from = exported[i].local
		}
		if len(byName[from]) == 0 {
			continue
		}
		x.hook(hook, byName[from])
		for _, u := range reachedFrom(byName, []string{from}) {
			x.hooks[u] = append(x.hooks[u], hook)
		}
	}
}

// hook describes the function behind a hook.
func (x *inspector) hook(name string, units []*unit) {
	for _, u := range units {
		h := HookSource{Name: name}
		var at file.Idx
		switch n := u.node.(type) {
		case *ast.FunctionLiteral:
			at, h.Async, h.Params = n.Idx0(), n.Async, params(n.ParameterList)
		case *ast.ArrowFunctionLiteral:
			if isGetter(n) {
				continue
			}
			at, h.Async, h.Params = n.Idx0(), n.Async, params(n.ParameterList)
		case *ast.MethodDefinition:
			at, h.Async, h.Params = n.Idx, n.Body.Async, params(n.Body.ParameterList)
		case *ast.NumberLiteral, *ast.StringLiteral, *ast.ObjectLiteral, *ast.ArrayLiteral:
			at, h.Value = n.(ast.Node).Idx0(), true
		default:
			continue
		}
		h.Place = placed(u.tree, at)
		x.out.Hooks = append(x.out.Hooks, h)
		return
	}
}

// params counts parameters, those after a default value and the rest left out.
func params(list *ast.ParameterList) int {
	n := 0
	for _, b := range list.List {
		if b.Initializer != nil {
			break
		}
		n++
	}
	return n
}

// isGetter recognises () => name, with which a compiled module exports.
func isGetter(f *ast.ArrowFunctionLiteral) bool {
	body, ok := f.Body.(*ast.ExpressionBody)
	if !ok || len(f.ParameterList.List) > 0 {
		return false
	}
	_, ok = body.Expression.(*ast.Identifier)
	return ok
}

// export is an exported name, and the local one behind it if that is another.
type export struct {
	name, local string
	at          file.Idx
}

// place is where the exported value is made, or else where it is exported.
func (e export) place(m *module, byName map[string][]*unit) Place {
	for _, u := range byName[e.local] {
		if f, ok := u.node.(*ast.ArrowFunctionLiteral); ok && isGetter(f) {
			continue
		}
		if n, ok := u.node.(ast.Node); ok && u.tree == m.tree {
			return placed(m.tree, n.Idx0())
		}
	}
	return placed(m.tree, e.at)
}

// exportedNames lists what a module exports, in any of the usual ways.
func exportedNames(m *module) []export {
	var found []export
	for _, s := range topLevel(m) {
		walk(reflect.ValueOf(s), func(node any) bool {
			switch n := node.(type) {
			case *ast.CallExpression: // __export(target, { name: () => local })
				if calleeName(n.Callee) == "__export" && len(n.ArgumentList) == 2 {
					found = append(found, objectExports(n.ArgumentList[1])...)
					return false
				}
			case *ast.AssignExpression: // exports.name = …, module.exports = {…}
				if dot, ok := n.Left.(*ast.DotExpression); ok && rootName(dot) == "exports" {
					found = append(found, export{name: string(dot.Identifier.Name), local: localName(n.Right), at: dot.Identifier.Idx})
				} else if ok && dot.Identifier.Name == "exports" {
					found = append(found, objectExports(n.Right)...)
				} else if ok && isModuleExports(dot.Left) {
					found = append(found, export{name: string(dot.Identifier.Name), local: localName(n.Right), at: dot.Identifier.Idx})
				}
			case *ast.FunctionLiteral, *ast.ArrowFunctionLiteral:
				return false
			}
			return true
		})
	}
	return found
}

func isModuleExports(e ast.Expression) bool {
	dot, ok := e.(*ast.DotExpression)
	return ok && dot.Identifier.Name == "exports" && rootName(dot) == "module"
}

func objectExports(e ast.Expression) []export {
	object, ok := e.(*ast.ObjectLiteral)
	if !ok {
		return nil
	}
	var found []export
	for _, p := range object.Value {
		switch p := p.(type) {
		case *ast.PropertyShort:
			found = append(found, export{name: string(p.Name.Name), at: p.Name.Idx})
		case *ast.PropertyKeyed:
			found = append(found, export{name: keyName(p.Key), local: localName(p.Value), at: p.Value.Idx0()})
		}
	}
	return found
}

// localName is the variable that a value is, directly or through a getter.
func localName(e ast.Expression) string {
	switch n := e.(type) {
	case *ast.Identifier:
		return string(n.Name)
	case *ast.ArrowFunctionLiteral:
		if isGetter(n) {
			return localName(n.Body.(*ast.ExpressionBody).Expression)
		}
	}
	return ""
}

// module looks for uses in a module: in what hooks reach, and in all of it.
func (x *inspector) module(m *module) {
	names := namesOf(m)
	for u, hooks := range x.hooks {
		if u.tree == m.tree {
			x.uses(m, names, reflect.ValueOf(&u.node).Elem(), hooks)
		}
	}
	for _, s := range topLevel(m) {
		x.uses(m, names, reflect.ValueOf(s), nil)
	}
	for _, spec := range m.requires {
		if !isBuiltin(spec) && !x.found(m, spec) {
			x.add(m.tree, m.requiredAt(spec), UsePackage, spec, nil)
		}
	}
}

// found says whether a module that is required is in the plugin's directory.
func (x *inspector) found(m *module, spec string) bool {
	_, err := x.p.resolve(m.name, spec)
	return err == nil
}

// requiredAt is where a module is required.
func (m *module) requiredAt(spec string) file.Idx {
	var at file.Idx
	walk(reflect.ValueOf(m.tree.Body), func(node any) bool {
		if call, ok := node.(*ast.CallExpression); ok {
			if got, ok := requireOf(call); ok && got == spec && at == 0 {
				at = call.Idx0()
			}
		}
		return at == 0
	})
	return at
}

// useKey is a use without the hooks.
type useKey struct {
	Place
	kind UseKind
	name string
}

// add notes a use once for each place: more hooks are added to one that is known.
func (x *inspector) add(tree *ast.Program, at file.Idx, kind UseKind, name string, hooks []string) {
	key := useKey{placed(tree, at), kind, name}
	i, ok := x.seen[key]
	if !ok {
		i = len(x.out.Uses)
		x.seen[key] = i
		x.out.Uses = append(x.out.Uses, Use{Place: key.Place, Kind: kind, Name: name})
	}
	x.out.Uses[i].Hooks = union(x.out.Uses[i].Hooks, hooks)
}

func placed(tree *ast.Program, at file.Idx) Place {
	p := place(tree, at)
	return Place{p.file, p.line, p.column}
}

// union adds names in the order of hookExports.
func union(a, b []string) []string {
	var all []string
	for _, name := range hookExports {
		if slices.Contains(a, name) || slices.Contains(b, name) {
			all = append(all, name)
		}
	}
	return all
}

// backtracking matches what the engine's fast matcher cannot do.
var backtracking = regexp.MustCompile(`\(\?<?[=!]|\\[1-9]|\\k<`)
