package lower

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
)

func isBuiltin(info *types.Info, fun ast.Expr, name string) bool {
	id, ok := ast.Unparen(fun).(*ast.Ident)
	if !ok || id.Name != name {
		return false
	}
	_, ok = info.Uses[id].(*types.Builtin)
	return ok
}

func isAnyBuiltin(info *types.Info, fun ast.Expr) bool {
	return info.Types[ast.Unparen(fun)].IsBuiltin()
}

// builtin is a call of a predeclared function.
func (f *function) builtin(e *ast.CallExpr) string {
	id, ok := ast.Unparen(e.Fun).(*ast.Ident)
	if !ok {
		fail(e.Pos(), "package unsafe is not available")
	}
	switch id.Name {
	case "len", "cap":
		return f.lenCap(id.Name, e.Args[0])
	case "append":
		return f.appendCall(e)
	case "copy":
		return f.copyCall(e)
	case "delete":
		m := f.typeOf(e.Args[0]).Underlying().(*types.Map)
		base := f.atom(f.expr(e.Args[0]))
		f.emit("rt.Delete(%s, %s)", base, f.variableOf(m.Key(), f.convert(e.Args[1], m.Key())))
		return ""
	case "make":
		return f.makeCall(e)
	case "new":
		return f.newCall(e)
	case "panic":
		f.emit("rt.Panic(%s)", f.atom(f.convert(e.Args[0], emptyInterface)))
		return ""
	case "print", "println":
		f.emit("rt.%s(%s)", strings.ToUpper(id.Name[:1])+id.Name[1:], strings.Join(f.opened(e.Args), ", "))
		return ""
	case "recover":
		return f.tempOf(emptyInterface, "rt.Recover()")
	case "min", "max":
		return f.minMax(id.Name, e)
	case "clear":
		f.emit("rt.Clear(%s)", f.variableOf(f.typeOf(e.Args[0]), f.expr(e.Args[0])))
		return ""
	case "close":
		f.emit("close(%s)", f.variableOf(f.typeOf(e.Args[0]), f.expr(e.Args[0])))
		return ""
	case "complex", "real", "imag":
		return f.complexCall(id.Name, e)
	}
	fail(e.Pos(), "%s is not supported", id.Name)
	return ""
}

func (f *function) opened(args []ast.Expr) []string {
	var list []string
	for _, a := range args {
		list = append(list, f.atom(f.convert(a, emptyInterface)))
	}
	return list
}

func (f *function) lenCap(name string, arg ast.Expr) string {
	t := f.typeOf(arg)
	if a, ok := coreOf(t).(*types.Array); ok {
		f.discard(arg)
		return fmt.Sprint(a.Len())
	}
	return fmt.Sprintf("%s(%s)", name, f.variableOf(t, f.expr(arg)))
}

func (f *function) appendCall(e *ast.CallExpr) string {
	t := f.typeOf(e)
	defer f.early(e.Args...)()
	base := f.variableOf(t, f.converted(e.Args[0], t))
	elem := t.Underlying().(*types.Slice).Elem()
	if e.Ellipsis.IsValid() {
		from := f.typeOf(e.Args[1])
		if f.isNil(e.Args[1]) {
			return base
		}
		more := f.variableOf(types.Default(from), f.expr(e.Args[1]))
		if isString(from) {
			more = f.temp(fmt.Sprintf("[]byte(%s)", more))
		}
		return f.tempOf(t, fmt.Sprintf("append(%s, %s...)", base, more))
	}
	if len(e.Args) == 1 {
		return base
	}
	// At once: whether the elements fit, and so what else they overwrite, depends on their number.
	values := []string{base}
	for _, a := range e.Args[1:] {
		values = append(values, f.variableOf(elem, f.converted(a, elem)))
	}
	return f.tempOf(t, fmt.Sprintf("append(%s)", strings.Join(values, ", ")))
}

func (f *function) copyCall(e *ast.CallExpr) string {
	dst := f.variableOf(f.typeOf(e.Args[0]), f.expr(e.Args[0]))
	from := types.Default(f.typeOf(e.Args[1]))
	src := f.variableOf(from, f.expr(e.Args[1]))
	if isString(from) {
		src = f.temp(fmt.Sprintf("[]byte(%s)", src))
	}
	return f.temp(fmt.Sprintf("copy(%s, %s)", dst, src))
}

func (f *function) makeCall(e *ast.CallExpr) string {
	t := f.typeOf(e)
	args := []string{f.p.typ(t)}
	if ch, ok := t.Underlying().(*types.Chan); ok {
		args[0] = "chan " + f.p.typ(ch.Elem())
	}
	for _, a := range e.Args[1:] {
		args = append(args, f.integer(a))
	}
	if _, ok := t.Underlying().(*types.Slice); ok {
		f.emit("rt.Make(%s, %s)", args[1], args[len(args)-1])
	}
	if _, ok := t.Underlying().(*types.Map); ok {
		args = args[:1]
	}
	return f.tempOf(t, fmt.Sprintf("make(%s)", strings.Join(args, ", ")))
}

func (f *function) newCall(e *ast.CallExpr) string {
	t := f.typeOf(e).Underlying().(*types.Pointer).Elem()
	if f.pkg.Info.Types[e.Args[0]].IsType() {
		return "&" + f.zero(t)
	}
	return "&" + f.tempOf(t, f.converted(e.Args[0], t))
}

func (f *function) minMax(name string, e *ast.CallExpr) string {
	t := f.typeOf(e)
	result := f.tempOf(t, f.convert(e.Args[0], t))
	for _, a := range e.Args[1:] {
		next := f.variableOf(t, f.convert(a, t))
		if isFloat(t) {
			f.emit("%s = %s(rt.%sFloat(float64(%s), float64(%s)))", result, f.p.typ(t), strings.ToUpper(name[:1])+name[1:], result, next)
			continue
		}
		op := "<"
		if name == "max" {
			op = ">"
		}
		f.block(fmt.Sprintf("if %s %s %s", next, op, result), []string{fmt.Sprintf("%s = %s", result, next)})
	}
	return result
}

func (f *function) complexCall(name string, e *ast.CallExpr) string {
	t := f.typeOf(e)
	if name == "complex" {
		part := types.Typ[types.Float64]
		re := f.conversion(e.Args[0], part)
		im := f.conversion(e.Args[1], part)
		return f.tempOf(t, fmt.Sprintf("%s(rt.Complex(%s, %s))", f.p.typ(t), f.atom(re), f.atom(im)))
	}
	arg := f.atom(f.conversion(e.Args[0], types.Typ[types.Complex128]))
	return f.tempOf(t, fmt.Sprintf("%s(rt.%s(%s))", f.p.typ(t), strings.ToUpper(name[:1])+name[1:], arg))
}

// deferBuiltin evaluates the arguments of a deferred predeclared function.
func (f *function) deferBuiltin(e *ast.CallExpr) func() {
	id := ast.Unparen(e.Fun).(*ast.Ident)
	switch id.Name {
	case "panic":
		arg := f.tempOf(emptyInterface, f.convert(e.Args[0], emptyInterface))
		return func() { f.emit("rt.Panic(%s)", arg) }
	case "close":
		arg := f.tempOf(f.typeOf(e.Args[0]), f.expr(e.Args[0]))
		return func() { f.emit("close(%s)", arg) }
	case "recover":
		return func() { f.emit("rt.Recover()") }
	case "delete":
		m := f.typeOf(e.Args[0])
		base := f.tempOf(m, f.expr(e.Args[0]))
		keyType := m.Underlying().(*types.Map).Key()
		key := f.tempOf(keyType, f.convert(e.Args[1], keyType))
		return func() { f.emit("rt.Delete(%s, %s)", base, key) }
	}
	fail(e.Pos(), "defer %s is not supported; wrap it in a function literal", id.Name)
	return nil
}
