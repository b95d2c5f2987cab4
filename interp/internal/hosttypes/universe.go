// Package hosttypes gives go/types what it must know of compiled packages without a Go toolchain:
// it makes the types of a package from its symbol table by reflection, and finds the way back.
//
// Reflection does not tell parameter names, aliases and the names of unexported fields; none of
// them is needed to check a program that uses the package.
package hosttypes

import (
	"fmt"
	"go/constant"
	"go/token"
	"go/types"
	"path"
	"reflect"
	"strings"
)

// Universe holds the types of all compiled packages that were asked for. It belongs to one
// goroutine until the last package is made, and may then be read by many.
type Universe struct {
	tables   func(importPath string) map[string]reflect.Value
	cache    map[string]map[string]reflect.Value
	packages map[string]*types.Package
	named    map[reflect.Type]*types.TypeName
	compiled map[*types.TypeName]reflect.Type
	symbols  map[types.Object]reflect.Value
}

// New returns a Universe over the symbol tables that tables returns, nil for an unknown package.
func New(tables func(importPath string) map[string]reflect.Value) *Universe {
	return &Universe{
		tables:   tables,
		cache:    map[string]map[string]reflect.Value{},
		packages: map[string]*types.Package{},
		named:    map[reflect.Type]*types.TypeName{},
		compiled: map[*types.TypeName]reflect.Type{},
		symbols:  map[types.Object]reflect.Value{},
	}
}

// Package returns the types of a compiled package, nil if there is no such package.
func (u *Universe) Package(importPath string) *types.Package {
	if p := u.packages[importPath]; p != nil && p.Complete() {
		return p
	}
	table := u.Table(importPath)
	if table == nil {
		return nil
	}
	p := u.shell(importPath)
	p.MarkComplete()
	for name, v := range table {
		if token.IsExported(name) {
			u.declare(p, name, v)
		}
	}
	return p
}

// Table returns the symbol table of a compiled package, nil if there is no such package.
func (u *Universe) Table(importPath string) map[string]reflect.Value {
	table, ok := u.cache[importPath]
	if !ok {
		table = u.tables(importPath)
		u.cache[importPath] = table
	}
	return table
}

// Compiled says whether a type name stands for a compiled type, and for which.
func (u *Universe) Compiled(name *types.TypeName) (reflect.Type, bool) {
	t, ok := u.compiled[name]
	return t, ok
}

// Symbol returns the value of a compiled function, variable or constant.
func (u *Universe) Symbol(o types.Object) (reflect.Value, bool) {
	v, ok := u.symbols[o]
	return v, ok
}

// shell returns the package of that path, perhaps without its objects.
func (u *Universe) shell(importPath string) *types.Package {
	p := u.packages[importPath]
	if p == nil {
		p = types.NewPackage(importPath, packageName(importPath))
		u.packages[importPath] = p
	}
	return p
}

// packageName is the name of a package of the standard library: the path's last element that is
// no version.
func packageName(importPath string) string {
	name := path.Base(importPath)
	if len(name) > 1 && name[0] == 'v' && strings.Trim(name[1:], "0123456789") == "" {
		name = path.Base(path.Dir(importPath))
	}
	return name
}

// declare enters one symbol of a table into its package.
func (u *Universe) declare(p *types.Package, name string, v reflect.Value) {
	var o types.Object
	switch {
	case isUntyped(v):
		c := v.Interface().(constant.Value)
		typ := untyped(c)
		if runes[p.Path()+"."+name] {
			typ = types.Typ[types.UntypedRune]
		}
		o = types.NewConst(token.NoPos, p, name, typ, c)
	case v.CanAddr():
		o = types.NewVar(token.NoPos, p, name, u.Type(v.Type()))
	case v.Kind() == reflect.Func:
		signature, ok := u.Type(v.Type()).(*types.Signature)
		if !ok || mentionsPointers(v.Type()) {
			return
		}
		o = types.NewFunc(token.NoPos, p, name, signature)
	case v.Kind() == reflect.Pointer && v.IsNil():
		u.declareType(p, name, v.Type().Elem())
		return
	default:
		o = types.NewConst(token.NoPos, p, name, u.Type(v.Type()), constantOf(v))
	}
	u.symbols[o] = v
	p.Scope().Insert(o)
}

// declareType enters a type; one that another name stands for already is an alias.
func (u *Universe) declareType(p *types.Package, name string, t reflect.Type) {
	typ := u.Type(t)
	if n, ok := typ.(*types.Named); ok && n.Obj().Pkg() == p && n.Obj().Name() == name {
		p.Scope().Insert(n.Obj())
		return
	}
	p.Scope().Insert(types.NewTypeName(token.NoPos, p, name, typ))
}

func isUntyped(v reflect.Value) bool {
	_, ok := v.Interface().(constant.Value)
	return ok
}

func mentionsPointers(f reflect.Type) bool {
	for i := range f.NumIn() {
		if f.In(i).String() == "unsafe.Pointer" || f.In(i).String() == "*unsafe.Pointer" {
			return true
		}
	}
	return false
}

// runes are the untyped constants of runes: tables do not tell them from integers.
var runes = map[string]bool{
	"unicode.MaxRune": true, "unicode.ReplacementChar": true, "unicode.MaxASCII": true, "unicode.MaxLatin1": true, "unicode.UpperLower": true,
	"unicode/utf8.RuneError": true, "unicode/utf8.MaxRune": true,
}

func untyped(c constant.Value) types.Type {
	switch c.Kind() {
	case constant.Bool:
		return types.Typ[types.UntypedBool]
	case constant.String:
		return types.Typ[types.UntypedString]
	case constant.Int:
		return types.Typ[types.UntypedInt]
	}
	return types.Typ[types.UntypedFloat]
}

func constantOf(v reflect.Value) constant.Value {
	switch {
	case v.Kind() == reflect.Bool:
		return constant.MakeBool(v.Bool())
	case v.Kind() == reflect.String:
		return constant.MakeString(v.String())
	case v.CanInt():
		return constant.MakeInt64(v.Int())
	case v.CanUint():
		return constant.MakeUint64(v.Uint())
	case v.CanFloat():
		return constant.MakeFloat64(v.Float())
	}
	return constant.MakeUnknown()
}

// basics are the predeclared types by kind.
var basics = map[reflect.Kind]types.BasicKind{
	reflect.Bool: types.Bool, reflect.String: types.String,
	reflect.Int: types.Int, reflect.Int8: types.Int8, reflect.Int16: types.Int16, reflect.Int32: types.Int32, reflect.Int64: types.Int64,
	reflect.Uint: types.Uint, reflect.Uint8: types.Uint8, reflect.Uint16: types.Uint16, reflect.Uint32: types.Uint32, reflect.Uint64: types.Uint64,
	reflect.Uintptr: types.Uintptr, reflect.Float32: types.Float32, reflect.Float64: types.Float64,
	reflect.Complex64: types.Complex64, reflect.Complex128: types.Complex128, reflect.UnsafePointer: types.UnsafePointer,
}

var (
	errorType = reflect.TypeFor[error]()
	anyType   = reflect.TypeFor[any]()
)

// Type returns the go/types form of a compiled type.
func (u *Universe) Type(t reflect.Type) types.Type {
	if t == errorType {
		return types.Universe.Lookup("error").Type()
	}
	if t.Name() != "" && t.PkgPath() != "" && !strings.Contains(t.Name(), "[") {
		return u.namedType(t)
	}
	return u.literal(t)
}

func (u *Universe) namedType(t reflect.Type) types.Type {
	if name := u.named[t]; name != nil {
		return name.Type()
	}
	p := u.shell(t.PkgPath())
	name := types.NewTypeName(token.NoPos, p, t.Name(), nil)
	u.named[t], u.compiled[name] = name, t
	n := types.NewNamed(name, nil, nil)
	n.SetUnderlying(u.literal(t))
	if t.Kind() != reflect.Interface {
		u.addMethods(n, t)
	}
	return n
}

// addMethods declares the methods of t, with a pointer receiver if only *t has them. Promoted
// methods count as t's own.
func (u *Universe) addMethods(n *types.Named, t reflect.Type) {
	p := reflect.PointerTo(t)
	for i := range p.NumMethod() {
		m := p.Method(i)
		var recv types.Type = types.NewPointer(n)
		if _, ok := t.MethodByName(m.Name); ok {
			recv = n
		}
		sig := u.signature(m.Type, 1, types.NewVar(token.NoPos, n.Obj().Pkg(), "", recv))
		n.AddMethod(types.NewFunc(token.NoPos, n.Obj().Pkg(), m.Name, sig))
	}
}

// literal returns the type that t's name stands for.
func (u *Universe) literal(t reflect.Type) types.Type {
	if b, ok := basics[t.Kind()]; ok {
		return types.Typ[b]
	}
	switch t.Kind() {
	case reflect.Array:
		return types.NewArray(u.Type(t.Elem()), int64(t.Len()))
	case reflect.Slice:
		return types.NewSlice(u.Type(t.Elem()))
	case reflect.Map:
		return types.NewMap(u.Type(t.Key()), u.Type(t.Elem()))
	case reflect.Pointer:
		return types.NewPointer(u.Type(t.Elem()))
	case reflect.Chan:
		return types.NewChan(direction(t.ChanDir()), u.Type(t.Elem()))
	case reflect.Func:
		return u.signature(t, 0, nil)
	case reflect.Interface:
		return u.interfaceType(t)
	case reflect.Struct:
		return u.structType(t)
	}
	panic(fmt.Sprintf("no such kind: %v", t))
}

func direction(d reflect.ChanDir) types.ChanDir {
	switch d {
	case reflect.RecvDir:
		return types.RecvOnly
	case reflect.SendDir:
		return types.SendOnly
	}
	return types.SendRecv
}

// signature is the type of a function whose first skip parameters are left out.
func (u *Universe) signature(t reflect.Type, skip int, recv *types.Var) *types.Signature {
	var in, out []*types.Var
	for i := skip; i < t.NumIn(); i++ {
		in = append(in, types.NewParam(token.NoPos, nil, "", u.Type(t.In(i))))
	}
	for i := range t.NumOut() {
		out = append(out, types.NewParam(token.NoPos, nil, "", u.Type(t.Out(i))))
	}
	return types.NewSignatureType(recv, nil, nil, types.NewTuple(in...), types.NewTuple(out...), t.IsVariadic())
}

func (u *Universe) interfaceType(t reflect.Type) types.Type {
	if t == anyType {
		return types.Universe.Lookup("any").Type().Underlying()
	}
	var methods []*types.Func
	for i := range t.NumMethod() {
		m := t.Method(i)
		var p *types.Package
		if m.PkgPath != "" {
			p = u.shell(m.PkgPath)
		}
		methods = append(methods, types.NewFunc(token.NoPos, p, m.Name, u.signature(m.Type, 0, nil)))
	}
	return types.NewInterfaceType(methods, nil).Complete()
}

// structType keeps exported fields. One blank field stands for all others, and says whether
// values can be compared.
func (u *Universe) structType(t reflect.Type) types.Type {
	var fields []*types.Var
	var tags []string
	hidden, comparable := false, true
	for i := range t.NumField() {
		f := t.Field(i)
		if !f.IsExported() {
			hidden = true
			comparable = comparable && f.Type.Comparable()
			continue
		}
		fields = append(fields, types.NewField(token.NoPos, nil, f.Name, u.Type(f.Type), f.Anonymous))
		tags = append(tags, string(f.Tag))
	}
	if hidden {
		var typ types.Type = types.Typ[types.Int]
		if !comparable {
			typ = types.NewSignatureType(nil, nil, nil, nil, nil, false)
		}
		fields = append(fields, types.NewField(token.NoPos, u.shell(t.PkgPath()), "_", typ, false))
		tags = append(tags, "")
	}
	return types.NewStruct(fields, tags)
}
