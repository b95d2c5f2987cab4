// Package lower turns a type-checked Go program into one source text in the small part of Go that
// the interpreter gets right.
//
// What it takes apart: generics become one function per instance, methods become functions, named
// types that are no structs their underlying types, embedding explicit paths, constants their
// values, type switches tests, defer and range-over-func calls of host functions. Interfaces that
// the program declares become the empty interface; values of the program's own types that go into
// an interface are boxed with the number of their type, so that the host knows what they are.
//
// The text is not meant for people, except when the interpreter refuses it.
package lower

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/plugreel/plugreel/interp/internal/cover"
	"github.com/plugreel/plugreel/interp/internal/hosttypes"
)

// Package is one type-checked package of the program.
type Package struct {
	Types *types.Package
	Info  *types.Info
	Files []*ast.File
}

// Input is a type-checked program.
type Input struct {
	Fset     *token.FileSet
	Packages []*Package // every package after those that it imports
	Library  []*Package // packages of which only what is used is taken, initialised first
	Universe *hosttypes.Universe
	Main     *types.Func             // called last; nil for none
	Exports  map[string]types.Object // functions and variables that the host calls, by its name
	Results  map[string]*types.Func  // functions of which the host gets the result, by its name
	Counted  *cover.Plan             // what the program counts; nil for nothing
}

// Output is the program for the interpreter.
type Output struct {
	Text    string
	Imports []string                // paths of the compiled packages that Text imports
	Structs map[string]reflect.Type // types that Text names as types.NAME
	Types   []Type                  // what the numbers in Text stand for
	Funcs   map[string]string       // names of functions: of Text, of the author
	Files   []string                // what the file numbers in Text stand for
	Native  func(types.Type) bool   // says whether values of a type stand for themselves
}

// Type is one type that values of the program can have at run time.
type Type struct {
	Type    types.Type
	Boxed   bool         // values of it stand in boxes
	Reflect reflect.Type // its form in memory
}

// HostPrefix stands before the paths of compiled packages in Text, so that the interpreter does not
// treat packages of the standard library in ways of its own.
const HostPrefix = "host/"

// Error is a construct that cannot be lowered.
type Error struct {
	Pos     token.Pos
	Message string
}

func (e *Error) Error() string { return e.Message }

// program is the state of one lowering.
type program struct {
	in       Input
	packages map[*types.Package]*Package
	decls    map[*types.Func]*ast.FuncDecl
	exact    bool // run-time errors are looked at by the program: their texts must be right

	types        []Type
	typeIDs      typeutil.Map // types.Type to its number
	structs      typeutil.Map // struct types to *structInfo
	loops        typeutil.Map // named types to *loop
	placeholders map[reflect.Type]bool
	named        map[string]reflect.Type
	making       int
	pending      []pendingField

	instances map[string]*instance
	work      []*instance
	globals   map[*types.Var]string
	imports   map[string]string // import path to name in the text
	dispatch  map[string]*dispatcher
	order     []*dispatcher
	thunks    map[string]string
	wanted    map[string]bool // names of methods that the host may call
	files     map[string]int
	recursive map[*types.Func]bool
	gotos     map[types.Object]bool // labels that a goto names

	text  strings.Builder
	out   *Output
	count int
}

// instance is a function with its type arguments.
type instance struct {
	fn    *types.Func // its generic form
	args  []types.Type
	name  string
	subst substitution
}

// Lower makes the interpreter's program. Errors: *Error.
func Lower(in Input) (out *Output, err error) {
	defer func() {
		v := recover()
		if e, ok := v.(*Error); ok {
			out, err = nil, e
		} else if v != nil {
			panic(v)
		}
	}()
	p := newProgram(in)
	p.run()
	return p.out, nil
}

func newProgram(in Input) *program {
	p := &program{
		in:           in,
		packages:     map[*types.Package]*Package{},
		decls:        map[*types.Func]*ast.FuncDecl{},
		named:        map[string]reflect.Type{},
		instances:    map[string]*instance{},
		globals:      map[*types.Var]string{},
		imports:      map[string]string{},
		dispatch:     map[string]*dispatcher{},
		wanted:       map[string]bool{},
		thunks:       map[string]string{},
		files:        map[string]int{},
		gotos:        map[types.Object]bool{},
		placeholders: map[reflect.Type]bool{},
		out:          &Output{Funcs: map[string]string{}},
	}
	for _, name := range specialMethods {
		p.wanted[name] = true
	}
	for _, pkg := range slices.Concat(in.Library, in.Packages) {
		p.packages[pkg.Types] = pkg
		p.collect(pkg)
	}
	p.findRecursion()
	return p
}

// specialMethods are those that the host calls on values of the program's types.
var specialMethods = []string{
	"Error", "String", "GoString", "Format", "Unwrap", "Is", "As",
	"MarshalJSON", "UnmarshalJSON", "MarshalText", "UnmarshalText",
}

func (p *program) collect(pkg *Package) {
	for _, file := range pkg.Files {
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok {
				if o, ok := pkg.Info.Defs[f.Name].(*types.Func); ok {
					p.decls[o] = f
				}
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && isBuiltin(pkg.Info, call.Fun, "recover") {
				p.exact = true
			}
			if b, ok := n.(*ast.BranchStmt); ok && b.Tok == token.GOTO {
				p.gotos[pkg.Info.Uses[b.Label]] = true
			}
			return true
		})
	}
}

func (p *program) run() {
	var start []string
	for _, pkg := range slices.Concat(p.in.Library, p.in.Packages) {
		start = append(start, p.initialise(pkg)...)
	}
	exports := p.export()
	p.drain()
	p.finish(start, exports)
}

// initialise lowers what a package does before the program runs.
func (p *program) initialise(pkg *Package) []string {
	f := p.function(pkg, nil)
	for _, i := range pkg.Info.InitOrder {
		if p.isLibrary(pkg) {
			continue
		}
		f.initializer(i)
	}
	start := f.lines
	for _, file := range pkg.Files {
		for _, d := range file.Decls {
			decl, ok := d.(*ast.FuncDecl)
			if !ok || p.isLibrary(pkg) {
				continue
			}
			o := pkg.Info.Defs[decl.Name].(*types.Func)
			if decl.Recv == nil && decl.Name.Name == "init" {
				start = append(start, p.instance(o, nil).name+"()")
			}
		}
	}
	return start
}

func (p *program) isLibrary(pkg *Package) bool { return slices.Contains(p.in.Library, pkg) }

// initializer lowers a package variable's initialisation.
func (f *function) initializer(i *types.Initializer) {
	f.count(i.Rhs)
	f.mark(i.Rhs.Pos())
	if len(i.Lhs) == 1 {
		v := i.Lhs[0]
		text := f.convert(i.Rhs, v.Type())
		if v.Name() != "_" {
			f.emit("%s = %s", f.p.global(v), text)
		} else {
			f.emit("_ = %s", f.atom(text))
		}
		return
	}
	values, typs := f.tuple(i.Rhs, len(i.Lhs))
	for k, v := range i.Lhs {
		if v.Name() != "_" {
			f.emit("%s = %s", f.p.global(v), f.coerce(values[k], typs[k], v.Type()))
		}
	}
}

// export lowers what the host calls.
func (p *program) export() []string {
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(p.in.Exports)) {
		switch o := p.in.Exports[name].(type) {
		case *types.Func:
			v := p.unique("x")
			lines = append(lines, fmt.Sprintf("%s := %s", v, p.instance(o, nil).name), fmt.Sprintf("rt.Export(%q, %s)", name, v))
		case *types.Var:
			lines = append(lines, fmt.Sprintf("rt.Export(%q, %s)", name, p.global(o)))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(p.in.Results)) {
		v := p.unique("x")
		lines = append(lines, fmt.Sprintf("%s := %s()", v, p.instance(p.in.Results[name], nil).name), fmt.Sprintf("rt.Export(%q, %s)", name, v))
	}
	if p.in.Main != nil {
		lines = append(lines, p.instance(p.in.Main, nil).name+"()")
	}
	return lines
}

// drain lowers functions until none is missing. A method that is lowered can put new types into
// interfaces, and these have methods.
func (p *program) drain() {
	for {
		for len(p.work) > 0 {
			i := p.work[0]
			p.work = p.work[1:]
			p.lowerFunc(i)
		}
		p.needMethods()
		if len(p.work) == 0 {
			return
		}
	}
}

// finish puts the text together.
func (p *program) finish(start, exports []string) {
	register := p.registerMethods()
	p.writeDispatchers()
	p.drainNone()
	var b strings.Builder
	b.WriteString("package main\n\nimport rt \"plugreel/rt\"\nimport types \"plugreel/types\"\n")
	for path, name := range p.imports {
		fmt.Fprintf(&b, "import %s %q\n", name, HostPrefix+path)
		p.out.Imports = append(p.out.Imports, path)
	}
	b.WriteString("var line_ int\nvar depth_ int\n")
	if p.in.Counted != nil {
		b.WriteString("var hits_ []int\n")
		start = append([]string{"hits_ = rt.Hits()"}, start...)
	}
	for v, name := range p.globals {
		fmt.Fprintf(&b, "var %s %s\n", name, p.typ(v.Type()))
	}
	b.WriteString(p.text.String())
	b.WriteString("func main() {\nrt.Start(&line_, &depth_)\n")
	for _, part := range [][]string{register, start, exports} {
		b.WriteString(strings.Join(part, "\n"))
		b.WriteString("\n")
	}
	b.WriteString("rt.Serve()\n}\n")
	if len(p.named) == 0 {
		p.named["Empty"] = reflect.TypeFor[struct{}]()
	}
	slices.Sort(p.out.Imports)
	p.out.Text, p.out.Structs, p.out.Types = b.String(), p.named, p.types
	p.out.Native = p.isNative
	p.out.Files = make([]string, len(p.files))
	for name, i := range p.files {
		p.out.Files[i] = name
	}
}

func (p *program) drainNone() {
	if len(p.work) > 0 {
		panic("lower: functions were found missing too late")
	}
}

// unique returns a new name.
func (p *program) unique(prefix string) string {
	p.count++
	return fmt.Sprintf("%s_%d", prefix, p.count)
}

// global returns the name of a package variable in the text.
func (p *program) global(v *types.Var) string {
	name := p.globals[v]
	if name == "" {
		name = p.unique("G" + v.Name())
		p.globals[v] = name
	}
	return name
}

// use returns the name under which the text knows a compiled package.
func (p *program) use(importPath string) string {
	name := p.imports[importPath]
	if name == "" {
		name = p.unique("p")
		p.imports[importPath] = name
	}
	return name
}

// instance returns the function with these type arguments, which is lowered sooner or later.
func (p *program) instance(fn *types.Func, args []types.Type) *instance {
	fn = fn.Origin()
	var key strings.Builder
	fmt.Fprintf(&key, "%p", fn)
	for _, a := range args {
		fmt.Fprintf(&key, ",%d", p.typeID(a))
	}
	i := p.instances[key.String()]
	if i == nil {
		i = &instance{fn: fn, args: args, name: p.unique("F" + fn.Name())}
		i.subst = substitute(typeParams(fn), args)
		p.instances[key.String()] = i
		p.work = append(p.work, i)
		p.out.Funcs[i.name] = authorName(fn)
	}
	return i
}

// typeParams are the type parameters of a function or of its receiver.
func typeParams(fn *types.Func) *types.TypeParamList {
	sig := fn.Type().(*types.Signature)
	if sig.RecvTypeParams().Len() > 0 {
		return sig.RecvTypeParams()
	}
	return sig.TypeParams()
}

// authorName is how stacks call a function.
func authorName(fn *types.Func) string {
	recv := fn.Type().(*types.Signature).Recv()
	if recv == nil {
		return fn.Name()
	}
	t := recv.Type()
	if ptr, ok := t.(*types.Pointer); ok {
		return "(*" + typeName(ptr.Elem()) + ")." + fn.Name()
	}
	return typeName(t) + "." + fn.Name()
}

func typeName(t types.Type) string {
	if n, ok := t.(*types.Named); ok {
		return n.Obj().Name()
	}
	return t.String()
}

// position numbers a place in the source: file and line in one number.
func (p *program) position(pos token.Pos) int {
	at := p.in.Fset.PositionFor(pos, false)
	i, ok := p.files[at.Filename]
	if !ok {
		i = len(p.files)
		p.files[at.Filename] = i
	}
	return i<<20 | at.Line
}

func fail(pos token.Pos, format string, args ...any) {
	panic(&Error{Pos: pos, Message: fmt.Sprintf(format, args...)})
}
