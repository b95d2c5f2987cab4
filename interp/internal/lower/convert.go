package lower

import (
	"fmt"
	"go/ast"
	"go/types"
)

// isNil says whether e is the predeclared nil.
func (f *function) isNil(e ast.Expr) bool {
	tv := f.pkg.Info.Types[ast.Unparen(e)]
	return tv.IsNil()
}

// convert is the text of e where a value of type to is wanted.
func (f *function) convert(e ast.Expr, to types.Type) string {
	if f.isNil(e) {
		return "nil"
	}
	if tv := f.pkg.Info.Types[e]; tv.Value != nil && !types.IsInterface(to) {
		return f.constantOf(tv.Value, to)
	}
	return f.coerce(f.expr(e), types.Default(f.typeOf(e)), to)
}

// coerce turns a value of type from into one of type to, to which it can be assigned.
func (f *function) coerce(text string, from, to types.Type) string {
	if text == "nil" || !types.IsInterface(to) {
		return text
	}
	if b, ok := from.(*types.Basic); ok && b.Kind() == types.UntypedNil {
		return text
	}
	if types.IsInterface(from) {
		return f.coerceInterface(text, from, to)
	}
	p := f.p
	if p.isNative(from) {
		if p.isOpen(to) {
			return f.open(text, from)
		}
		return fmt.Sprintf("%s(%s)", p.typ(to), f.atom(text))
	}
	box := fmt.Sprintf("rt.Box(%d, %s)", p.box(from), f.argument(text, from))
	if p.isOpen(to) {
		return f.temp(box)
	}
	return f.adapt(f.temp(box), to)
}

// open puts a value of a native type into an empty interface.
func (f *function) open(text string, from types.Type) string {
	switch from.Underlying().(type) {
	case *types.Basic:
		if f.p.typ(from) == text {
			break
		}
		return fmt.Sprintf("interface{}(%s)", text)
	}
	return f.temp(fmt.Sprintf("rt.Any(%s)", f.argument(text, from)))
}

// argument is a value that a compiled function takes in an empty interface: a function must be in
// a variable.
func (f *function) argument(text string, t types.Type) string {
	if _, ok := t.Underlying().(*types.Signature); ok {
		return f.variableOf(t, text)
	}
	return f.atom(text)
}

// box numbers a type whose values are put into interfaces.
func (p *program) box(t types.Type) int { return p.typeID(t) }

// coerceInterface converts between interface types.
func (f *function) coerceInterface(text string, from, to types.Type) string {
	fromOpen, toOpen := f.p.isOpen(from), f.p.isOpen(to)
	switch {
	case fromOpen && toOpen || types.Identical(from, to):
		return text
	case toOpen:
		return f.temp(fmt.Sprintf("rt.Strip(%s)", f.atom(text)))
	case fromOpen:
		return f.adapt(text, to)
	}
	return f.adapt(f.temp(fmt.Sprintf("rt.Strip(%s)", f.atom(text))), to)
}

// adapt makes a value in an empty interface one of a compiled interface type.
func (f *function) adapt(text string, to types.Type) string {
	if f.p.typ(to) == "error" {
		return f.temp(fmt.Sprintf("rt.Err(%s)", f.atom(text)))
	}
	t := f.temp(fmt.Sprintf("rt.Adapt(%s, %d)", f.atom(text), f.p.typeID(to)))
	result := f.p.unique("t")
	f.emit("var %s %s", result, f.p.typ(to))
	f.emit("if %s != nil {", t)
	f.emit("%s = %s.(%s)", result, t, f.p.typ(to))
	f.emit("}")
	return result
}

// extract is the value in an empty interface that is known to hold one of type to.
func (f *function) extract(text string, to types.Type) string {
	p := f.p
	switch {
	case p.isOpen(to):
		return text
	case types.IsInterface(to):
		return f.adapt(text, to)
	case isEmptyStruct(to):
		return f.zero(to)
	case p.isNative(to):
		return fmt.Sprintf("%s.(%s)", text, p.typ(to))
	}
	p.typeID(to)
	return fmt.Sprintf("%s.(%s)", f.tempOf(emptyInterface, fmt.Sprintf("rt.Val(%s)", text)), p.typ(to))
}

// isEmptyStruct finds types that the interpreter must not be asked to assert: it looks at the
// first field.
func isEmptyStruct(t types.Type) bool {
	s, ok := t.Underlying().(*types.Struct)
	return ok && s.NumFields() == 0
}

// assert is x.(T), which panics.
func (f *function) assert(e *ast.TypeAssertExpr) string {
	from, to := f.typeOf(e.X), f.typeOf(e.Type)
	value := f.tempOf(emptyInterface, f.coerce(f.expr(e.X), from, emptyInterface))
	f.emit("rt.Assert(%s, %d, %d)", value, f.p.typeID(from), f.p.typeID(to))
	return f.tempOf(to, f.extract(value, to))
}

// assertOK is v, ok := x.(T).
func (f *function) assertOK(e *ast.TypeAssertExpr) (v, ok string) {
	from, to := f.typeOf(e.X), f.typeOf(e.Type)
	value := f.tempOf(emptyInterface, f.coerce(f.expr(e.X), from, emptyInterface))
	ok = f.temp(fmt.Sprintf("rt.Is(%s, %d)", value, f.p.typeID(to)))
	v = f.zero(to)
	f.block("if "+ok, f.capture(func() { f.emit("%s = %s", v, f.extract(value, to)) }))
	return v, ok
}

// conversion is T(x).
func (f *function) conversion(e ast.Expr, to types.Type) string {
	if f.isNil(e) {
		return f.zero(to)
	}
	from := types.Default(f.typeOf(e))
	if types.IsInterface(to) {
		return f.convert(e, to)
	}
	text := f.expr(e)
	if f.p.typ(from) == f.p.typ(to) {
		return text
	}
	if isFloat(from) && isInteger(to) {
		text = f.variableOf(from, text)
	}
	if array, ok := to.Underlying().(*types.Array); ok {
		return f.sliceToArray(text, from, array)
	}
	if isString(to) && isInteger(from) {
		return fmt.Sprintf("string(rune(%s))", text)
	}
	if ptr, ok := to.Underlying().(*types.Pointer); ok {
		if _, compiled := f.p.compiled(ptr.Elem()); !compiled && !f.p.sameMemory(from, to) {
			fail(e.Pos(), "conversion from %v to %v is not supported; copy the fields", from, to)
		}
		return fmt.Sprintf("(%s)(%s)", f.p.typ(to), text)
	}
	return fmt.Sprintf("%s(%s)", f.p.typ(to), text)
}

func (p *program) sameMemory(a, b types.Type) bool { return p.reflectType(a) == p.reflectType(b) }

// sliceToArray is [n]T(slice).
func (f *function) sliceToArray(text string, from types.Type, to *types.Array) string {
	slice := f.variableOf(from, text)
	f.emit("rt.Length(len(%s), %d)", slice, to.Len())
	array := f.zero(to)
	i := f.p.unique("i")
	f.emit("for %s := 0; %s < %d; %s++ {", i, i, to.Len(), i)
	f.emit("%s[%s] = %s[%s]", array, i, slice, i)
	f.emit("}")
	return array
}

func basicInfo(t types.Type) types.BasicInfo {
	if b, ok := t.Underlying().(*types.Basic); ok {
		return b.Info()
	}
	return 0
}

func isFloat(t types.Type) bool   { return basicInfo(t)&types.IsFloat != 0 }
func isInteger(t types.Type) bool { return basicInfo(t)&types.IsInteger != 0 }
func isString(t types.Type) bool  { return basicInfo(t)&types.IsString != 0 }

// compareNil is whether a value is nil.
func (f *function) compareNil(text string, t types.Type) string {
	if types.IsInterface(t) {
		if f.p.isOpen(t) {
			return fmt.Sprintf("rt.IsNil(%s)", f.atom(text))
		}
		return fmt.Sprintf("%s == nil", f.atom(text))
	}
	return fmt.Sprintf("%s == nil", f.atom(text))
}

// compare is whether two values are equal.
func (f *function) compare(a string, at types.Type, b string, bt types.Type) string {
	switch at.Underlying().(type) {
	case *types.Interface:
		a, b = f.coerce(a, at, emptyInterface), f.coerce(b, bt, emptyInterface)
	case *types.Struct, *types.Array:
	default:
		return fmt.Sprintf("%s == %s", a, b)
	}
	return fmt.Sprintf("rt.Equal(%s, %s)", f.atom(a), f.atom(b))
}
