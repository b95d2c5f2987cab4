package lower

import (
	"fmt"
	"go/token"
	"go/types"
	"reflect"
	"strings"
	"sync/atomic"
	"unsafe"
)

// structInfo is a struct type of the program as the interpreter knows it.
type structInfo struct {
	name    string
	typ     *types.Struct
	reflect reflect.Type // nil while it is being made
}

// pendingField is a field whose type refers to a struct that was not complete.
type pendingField struct {
	in    reflect.Type
	index int
	typ   types.Type
}

// placeholder stands for a struct that is being made, behind a pointer, slice, map or func.
type placeholder struct{}

var placeholderType = reflect.TypeFor[placeholder]()

// isCompiled says whether t is a named type of a compiled package.
func (p *program) compiled(t types.Type) (reflect.Type, bool) {
	n, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return nil, false
	}
	if n.Obj().Pkg() == nil { // error, comparable
		return reflect.TypeFor[error](), n.Obj().Name() == "error"
	}
	return p.in.Universe.Compiled(n.Obj())
}

// isOpen says whether values of the interface type t are kept in an empty interface: it is one of
// the program's own, or any.
func (p *program) isOpen(t types.Type) bool {
	if !types.IsInterface(t) {
		return false
	}
	_, ok := p.compiled(t)
	return !ok
}

// isNative says whether the interpreter's type for t is t's own and stands for no other type.
func (p *program) isNative(t types.Type) bool {
	t = types.Unalias(t)
	if _, ok := p.compiled(t); ok {
		return true
	}
	switch t := t.(type) {
	case *types.Basic:
		return true
	case *types.Pointer:
		return p.isNative(t.Elem())
	case *types.Slice:
		return p.isNative(t.Elem())
	case *types.Array:
		return p.isNative(t.Elem())
	case *types.Chan:
		return p.isNative(t.Elem())
	case *types.Map:
		return p.isNative(t.Key()) && p.isNative(t.Elem())
	case *types.Interface:
		return t.Empty()
	case *types.Struct:
		return t.NumFields() == 0
	case *types.Signature:
		return !t.Variadic() && p.nativeTuple(t.Params()) && p.nativeTuple(t.Results())
	}
	return false
}

func (p *program) nativeTuple(t *types.Tuple) bool {
	for v := range t.Variables() {
		if !p.isNative(v.Type()) {
			return false
		}
	}
	return true
}

// typeID numbers t.
func (p *program) typeID(t types.Type) int {
	t = types.Default(t)
	if id, ok := p.typeIDs.At(t).(int); ok {
		return id
	}
	id := len(p.types)
	p.typeIDs.Set(t, id)
	p.types = append(p.types, Type{Type: t})
	p.types[id].Reflect = p.reflectType(t)
	if p.isOpen(t) {
		return id
	}
	if types.IsInterface(t) {
		p.wantMethods(t)
		return id
	}
	p.types[id].Boxed = !p.isNative(t)
	if p.types[id].Boxed {
		p.numberParts(t)
	}
	return id
}

// numberParts numbers the types inside a boxed type, because the host, when it prints or encodes
// a value, may meet their methods.
func (p *program) numberParts(t types.Type) {
	number := func(t types.Type) {
		if !p.isNative(t) {
			p.typeID(t)
			if _, ok := t.(*types.Named); ok && !types.IsInterface(t) {
				p.typeID(types.NewPointer(t))
			}
		}
	}
	switch u := t.Underlying().(type) {
	case *types.Struct:
		for f := range u.Fields() {
			number(f.Type())
		}
	case *types.Pointer:
		number(u.Elem())
	case *types.Slice:
		number(u.Elem())
	case *types.Array:
		number(u.Elem())
	case *types.Map:
		number(u.Key())
		number(u.Elem())
	}
}

// wantMethods notes that the host may call the methods of a compiled interface.
func (p *program) wantMethods(t types.Type) {
	for m := range t.Underlying().(*types.Interface).Methods() {
		p.wanted[m.Name()] = true
	}
}

// typ is the text of t's interpreted form.
func (p *program) typ(t types.Type) string {
	t = types.Unalias(t)
	if r, ok := p.compiled(t); ok {
		return p.compiledName(r, t)
	}
	switch t := t.(type) {
	case *types.Basic:
		return basicName(t)
	case *types.Named:
		if l := p.loopOf(t); l != nil {
			return "types." + l.name
		}
		return p.typ(t.Underlying())
	case *types.Pointer:
		return "*" + p.typ(t.Elem())
	case *types.Slice:
		return "[]" + p.typ(t.Elem())
	case *types.Array:
		return fmt.Sprintf("[%d]%s", t.Len(), p.typ(t.Elem()))
	case *types.Map:
		return fmt.Sprintf("map[%s]%s", p.typ(t.Key()), p.typ(t.Elem()))
	case *types.Chan:
		return p.chanType(t)
	case *types.Interface:
		return "interface{}"
	case *types.Struct:
		return "types." + p.structType(t).name
	case *types.Signature:
		return "func" + p.signature(t)
	}
	panic(fmt.Sprintf("lower: type %v", t))
}

func (p *program) chanType(t *types.Chan) string {
	switch t.Dir() {
	case types.SendOnly:
		return "chan<- " + p.typ(t.Elem())
	case types.RecvOnly:
		return "<-chan " + p.typ(t.Elem())
	}
	return "chan " + p.typ(t.Elem())
}

func basicName(t *types.Basic) string {
	switch t.Kind() {
	case types.UntypedBool:
		return "bool"
	case types.UntypedInt:
		return "int"
	case types.UntypedRune:
		return "int32"
	case types.UntypedFloat:
		return "float64"
	case types.UntypedComplex:
		return "complex128"
	case types.UntypedString:
		return "string"
	case types.UntypedNil:
		return "interface{}"
	}
	return t.Name()
}

func (p *program) compiledName(r reflect.Type, t types.Type) string {
	if r == reflect.TypeFor[error]() {
		return "error"
	}
	o := types.Unalias(t).(*types.Named).Obj()
	if _, ok := p.in.Universe.Table(o.Pkg().Path())[o.Name()]; ok {
		return p.use(o.Pkg().Path()) + "." + o.Name()
	}
	name := "H_" + strings.Map(identRune, r.String())
	p.named[name] = r
	return "types." + name
}

func identRune(r rune) rune {
	if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
		return r
	}
	return '_'
}

// signature is the text of a function's parameters and results. Variadic functions of the
// program take a slice.
func (p *program) signature(t *types.Signature) string {
	var in, out []string
	for v := range t.Params().Variables() {
		in = append(in, p.typ(v.Type()))
	}
	for v := range t.Results().Variables() {
		out = append(out, p.typ(v.Type()))
	}
	return "(" + strings.Join(in, ", ") + ")" + results(out)
}

func results(types []string) string {
	switch len(types) {
	case 0:
		return ""
	case 1:
		return " " + types[0]
	}
	return " (" + strings.Join(types, ", ") + ")"
}

// loop is a named type that refers to itself without a struct in between, such as
// type tree map[string]tree.
type loop struct {
	name        string
	reflect     reflect.Type // nil while it is being made
	placeholder reflect.Type // stands for it meanwhile: of the same kind, and of no other use
}

// loopOf returns the loop that a named type is, nil for other types.
func (p *program) loopOf(n *types.Named) *loop {
	if l, ok := p.loops.At(n).(*loop); ok {
		return l
	}
	switch n.Underlying().(type) {
	case *types.Struct, *types.Interface, *types.Basic:
		return nil
	}
	if !containsNamed(n.Underlying(), n, map[types.Type]bool{}) {
		p.loops.Set(n, (*loop)(nil))
		return nil
	}
	l := &loop{name: p.unique("R")}
	p.loops.Set(n, l)
	p.making++
	only := reflect.StructOf([]reflect.StructField{{Name: "X", Type: reflect.TypeFor[int](), Tag: reflect.StructTag(fmt.Sprintf(`plugreel:"%d"`, structCount.Add(1)))}})
	switch n.Underlying().(type) {
	case *types.Map:
		l.placeholder = reflect.MapOf(only, only)
	case *types.Slice:
		l.placeholder = reflect.SliceOf(only)
	case *types.Signature:
		l.placeholder = reflect.FuncOf([]reflect.Type{only}, nil, false)
	default:
		fail(n.Obj().Pos(), "type %s refers to itself without a struct in between; make it a struct with one field", n.Obj().Name())
	}
	p.placeholders[l.placeholder] = true
	made := p.reflectType(n.Underlying())
	l.reflect = made
	p.named[l.name] = made
	p.pending = append(p.pending, pendingField{in: made, typ: n.Underlying()})
	p.making--
	if p.making == 0 {
		p.complete()
	}
	return l
}

// containsNamed says whether t, seen through everything but structs, mentions n.
func containsNamed(t types.Type, n *types.Named, seen map[types.Type]bool) bool {
	t = types.Unalias(t)
	if seen[t] {
		return false
	}
	seen[t] = true
	in := func(t types.Type) bool { return containsNamed(t, n, seen) }
	switch t := t.(type) {
	case *types.Named:
		return types.Identical(t, n) || t.Obj().Pkg() != nil && in(t.Underlying())
	case *types.Pointer:
		return in(t.Elem())
	case *types.Slice:
		return in(t.Elem())
	case *types.Array:
		return in(t.Elem())
	case *types.Chan:
		return in(t.Elem())
	case *types.Map:
		return in(t.Key()) || in(t.Elem())
	case *types.Signature:
		return in(t.Params()) || in(t.Results())
	case *types.Tuple:
		for v := range t.Variables() {
			if in(v.Type()) {
				return true
			}
		}
	}
	return false
}

// structType returns what the interpreter knows of a struct type.
func (p *program) structType(t *types.Struct) *structInfo {
	if info, ok := p.structs.At(t).(*structInfo); ok {
		return info
	}
	info := &structInfo{name: p.unique("S"), typ: t}
	p.structs.Set(t, info)
	p.making++
	fields := make([]reflect.StructField, t.NumFields())
	var open []int
	for i := range fields {
		typ := p.reflectType(t.Field(i).Type())
		if p.mentionsPlaceholder(typ) {
			open = append(open, i)
		}
		fields[i] = reflect.StructField{Name: fieldName(t, i), Type: typ, Tag: reflect.StructTag(fieldTag(t, i))}
	}
	if len(open) > 0 {
		// reflect keeps one type for equal fields; this one is going to change.
		fields[open[0]].Tag += reflect.StructTag(fmt.Sprintf(` plugreel:"%d"`, structCount.Add(1)))
	}
	info.reflect = reflect.StructOf(fields)
	p.named[info.name] = info.reflect
	for _, i := range open {
		p.pending = append(p.pending, pendingField{info.reflect, i, t.Field(i).Type()})
	}
	p.making--
	if p.making == 0 {
		p.complete()
	}
	return info
}

var structCount atomic.Int64

// complete gives fields of recursive structs their types.
func (p *program) complete() {
	pending := p.pending
	p.pending = nil
	for _, f := range pending {
		switch u := f.typ.(type) {
		case *types.Map:
			if f.in.Kind() == reflect.Map {
				setMapElem(f.in, p.reflectType(u.Elem()))
				continue
			}
		case *types.Slice:
			if f.in.Kind() == reflect.Slice {
				setSliceElem(f.in, p.reflectType(u.Elem()))
				continue
			}
		case *types.Signature:
			if f.in.Kind() == reflect.Func {
				setFunc(f.in, append(p.reflectTuple(u.Params()), p.reflectTuple(u.Results())...))
				continue
			}
		}
		setFieldType(f.in, f.index, p.reflectType(f.typ))
	}
}

func (p *program) mentionsPlaceholder(t reflect.Type) bool {
	if t == placeholderType || p.placeholders[t] {
		return true
	}
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Chan:
		return t.Name() == "" && p.mentionsPlaceholder(t.Elem())
	case reflect.Map:
		return t.Name() == "" && (p.mentionsPlaceholder(t.Key()) || p.mentionsPlaceholder(t.Elem()))
	case reflect.Func:
		for i := range t.NumIn() {
			if p.mentionsPlaceholder(t.In(i)) {
				return true
			}
		}
		for i := range t.NumOut() {
			if p.mentionsPlaceholder(t.Out(i)) {
				return true
			}
		}
	}
	return false
}

// fieldName is the name of a field in the interpreter's struct: always exported.
func fieldName(t *types.Struct, i int) string {
	f := t.Field(i)
	switch {
	case f.Name() == "_":
		return fmt.Sprintf("X_%d_blank", i)
	case token.IsExported(f.Name()) && f.Name()[0] < 0x80:
		return f.Name()
	}
	return "X_" + f.Name()
}

func fieldTag(t *types.Struct, i int) string {
	if t.Field(i).Exported() {
		return t.Tag(i)
	}
	return `json:"-"`
}

// reflectType is t's form in memory.
func (p *program) reflectType(t types.Type) reflect.Type {
	t = types.Unalias(t)
	if r, ok := p.compiled(t); ok {
		return r
	}
	switch t := t.(type) {
	case *types.Basic:
		return basicTypes[basicName(t)]
	case *types.Named:
		switch l := p.loopOf(t); {
		case l == nil:
			return p.reflectType(t.Underlying())
		case l.reflect == nil:
			return l.placeholder
		default:
			return l.reflect
		}
	case *types.Pointer:
		return reflect.PointerTo(p.reflectType(t.Elem()))
	case *types.Slice:
		return reflect.SliceOf(p.reflectType(t.Elem()))
	case *types.Array:
		return reflect.ArrayOf(int(t.Len()), p.reflectType(t.Elem()))
	case *types.Map:
		return reflect.MapOf(p.reflectType(t.Key()), p.reflectType(t.Elem()))
	case *types.Chan:
		return reflect.ChanOf(chanDir(t.Dir()), p.reflectType(t.Elem()))
	case *types.Interface:
		return reflect.TypeFor[any]()
	case *types.Struct:
		if r := p.structType(t).reflect; r != nil {
			return r
		}
		return placeholderType
	case *types.Signature:
		return reflect.FuncOf(p.reflectTuple(t.Params()), p.reflectTuple(t.Results()), false)
	}
	panic(fmt.Sprintf("lower: type %v", t))
}

func chanDir(d types.ChanDir) reflect.ChanDir {
	switch d {
	case types.SendOnly:
		return reflect.SendDir
	case types.RecvOnly:
		return reflect.RecvDir
	}
	return reflect.BothDir
}

func (p *program) reflectTuple(t *types.Tuple) []reflect.Type {
	var list []reflect.Type
	for v := range t.Variables() {
		list = append(list, p.reflectType(v.Type()))
	}
	return list
}

var basicTypes = map[string]reflect.Type{
	"bool": reflect.TypeFor[bool](), "string": reflect.TypeFor[string](),
	"int": reflect.TypeFor[int](), "int8": reflect.TypeFor[int8](), "int16": reflect.TypeFor[int16](), "int32": reflect.TypeFor[int32](), "int64": reflect.TypeFor[int64](),
	"uint": reflect.TypeFor[uint](), "uint8": reflect.TypeFor[uint8](), "uint16": reflect.TypeFor[uint16](), "uint32": reflect.TypeFor[uint32](), "uint64": reflect.TypeFor[uint64](),
	"byte": reflect.TypeFor[byte](), "rune": reflect.TypeFor[rune](), "uintptr": reflect.TypeFor[uintptr](),
	"float32": reflect.TypeFor[float32](), "float64": reflect.TypeFor[float64](),
	"complex64": reflect.TypeFor[complex64](), "complex128": reflect.TypeFor[complex128](),
	"interface{}": reflect.TypeFor[any](),
}

// setFieldType changes the type of one field of a struct type that this package made: reflect
// cannot make a type that refers to itself. The new type has the layout of the old one.
func setFieldType(in reflect.Type, index int, t reflect.Type) {
	s := (*abiStruct)(typePointer(in))
	s.fields[index].typ = typePointer(t)
}

func setMapElem(in, elem reflect.Type) { (*abiMap)(typePointer(in)).elem = typePointer(elem) }

func setSliceElem(in, elem reflect.Type) { (*abiSlice)(typePointer(in)).elem = typePointer(elem) }

// setFunc changes the types of a function's parameters and results, which stand behind it.
func setFunc(in reflect.Type, list []reflect.Type) {
	first := unsafe.Add(typePointer(in), unsafe.Sizeof(abiFunc{}))
	for i, t := range list {
		*(*unsafe.Pointer)(unsafe.Add(first, uintptr(i)*unsafe.Sizeof(first))) = typePointer(t)
	}
}

// abiStruct has the layout of internal/abi.StructType in Go 1.26; a test compares them.
type abiStruct struct {
	abiType
	pkgPath *byte
	fields  []struct {
		name   *byte
		typ    unsafe.Pointer
		offset uintptr
	}
}

type abiType struct {
	_ [2]uintptr // size, pointer bytes
	_ [2]uint32  // hash, flags
	_ [2]uintptr // equal, garbage collection
	_ [2]int32   // name, pointer to this
}

type abiMap struct {
	abiType
	key, elem unsafe.Pointer
}

type abiSlice struct {
	abiType
	elem unsafe.Pointer
}

// abiFunc is a function type as reflect.FuncOf makes it; the types of its parameters and results
// follow.
type abiFunc struct {
	_ abiType
	_ [2]uint16 // numbers of parameters and results
}

func typePointer(t reflect.Type) unsafe.Pointer {
	return (*struct{ table, data unsafe.Pointer })(unsafe.Pointer(&t)).data
}
