package lower

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// expr is the text of an expression's value; what must happen before stands in lines of its own.
// Calls always do, so that they happen in order.
func (f *function) expr(e ast.Expr) string {
	if text, ok := f.constant(e); ok {
		return text
	}
	if text, ok := f.known[e]; ok {
		return text
	}
	switch e := e.(type) {
	case *ast.ParenExpr:
		return f.expr(e.X)
	case *ast.Ident:
		return f.ident(e)
	case *ast.FuncLit:
		return f.literal(e)
	case *ast.CompositeLit:
		return f.composite(e, f.typeOf(e))
	case *ast.SelectorExpr:
		return f.selector(e)
	case *ast.IndexExpr:
		return f.indexExpr(e)
	case *ast.IndexListExpr:
		return f.functionValue(e)
	case *ast.SliceExpr:
		return f.slice(e)
	case *ast.StarExpr:
		return "(*" + f.atom(f.expr(e.X)) + ")"
	case *ast.TypeAssertExpr:
		return f.assert(e)
	case *ast.CallExpr:
		return f.callExpr(e)
	case *ast.UnaryExpr:
		return f.unary(e)
	case *ast.BinaryExpr:
		return f.binary(e)
	}
	fail(e.Pos(), "expression %T is not supported", e)
	return ""
}

func (f *function) ident(e *ast.Ident) string {
	switch o := f.pkg.Info.ObjectOf(e).(type) {
	case *types.Nil:
		return "nil"
	case *types.Var:
		return f.variableName(o)
	case *types.Func:
		return f.functionValue(e)
	}
	fail(e.Pos(), "%s is not supported here", e.Name)
	return ""
}

// variableName is the text of a local, package or compiled variable.
func (f *function) variableName(v *types.Var) string {
	if v.Pkg() != nil && v.Parent() == v.Pkg().Scope() {
		if f.p.packages[v.Pkg()] == nil {
			return f.p.use(v.Pkg().Path()) + "." + v.Name()
		}
		return f.p.global(v)
	}
	return f.name(v)
}

// functionValue is a function as a value, in a variable: a declared, a generic or a compiled one.
func (f *function) functionValue(e ast.Expr) string {
	text, sig := f.functionName(e)
	if text == "" {
		fail(e.Pos(), "this function cannot be used as a value; wrap it in a function literal")
	}
	return f.tempOf(sig, text)
}

// functionName is the name of the function that e names, "" if it names none.
func (f *function) functionName(e ast.Expr) (string, *types.Signature) {
	id := functionIdent(e)
	if id == nil {
		return "", nil
	}
	fn, ok := f.pkg.Info.Uses[id].(*types.Func)
	if !ok || fn.Signature().Recv() != nil {
		return "", nil
	}
	sig := f.subst.apply(f.pkg.Info.TypeOf(id)).(*types.Signature)
	if f.p.packages[fn.Pkg()] == nil {
		return f.p.use(fn.Pkg().Path()) + "." + fn.Name(), sig
	}
	var args []types.Type
	if inst, ok := f.pkg.Info.Instances[id]; ok {
		for t := range inst.TypeArgs.Types() {
			args = append(args, f.subst.apply(t))
		}
		sig = f.subst.apply(inst.Type).(*types.Signature)
	}
	return f.p.instance(fn, args).name, sig
}

func functionIdent(e ast.Expr) *ast.Ident {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return e
	case *ast.SelectorExpr:
		return e.Sel
	case *ast.IndexExpr:
		return functionIdent(e.X)
	case *ast.IndexListExpr:
		return functionIdent(e.X)
	}
	return nil
}

func (f *function) selector(e *ast.SelectorExpr) string {
	s := f.pkg.Info.Selections[e]
	if s == nil { // of a package
		switch o := f.pkg.Info.Uses[e.Sel].(type) {
		case *types.Var:
			return f.variableName(o)
		case *types.Func:
			return f.functionValue(e)
		}
		fail(e.Pos(), "%s is not supported here", e.Sel.Name)
	}
	switch s.Kind() {
	case types.FieldVal:
		return f.field(f.pathBase(e.X), f.typeOf(e.X), e.Sel)
	case types.MethodVal:
		return f.methodValue(e)
	}
	return f.methodExpr(e)
}

// pathBase is an expression of which a field or element is taken: it is not copied if it is a
// variable or a part of one.
func (f *function) pathBase(e ast.Expr) string {
	text := f.expr(e)
	if index, ok := ast.Unparen(e).(*ast.IndexExpr); ok {
		if _, ok := f.typeOf(index.X).Underlying().(*types.Map); ok {
			return f.tempOf(f.typeOf(e), text)
		}
	}
	return text
}

// field is the text of a field, with the embedded fields on the way to it.
func (f *function) field(base string, t types.Type, sel *ast.Ident) string {
	o, index, _ := types.LookupFieldOrMethod(t, true, f.pkg.Types, sel.Name)
	if o == nil {
		fail(sel.Pos(), "no field %s in %v", sel.Name, t)
	}
	text, _ := f.walk(base, t, index)
	return text
}

// walk follows field indexes from a value of type t and returns the last field's text and type.
func (f *function) walk(base string, t types.Type, index []int) (string, types.Type) {
	for _, i := range index {
		ptr, isPointer := t.Underlying().(*types.Pointer)
		if name, ok := pointee(base); ok {
			if base = name; isPointer {
				base = f.temp("*" + name) // a pointer behind a pointer
			}
		}
		if isPointer {
			t = ptr.Elem()
		}
		s := t.Underlying().(*types.Struct)
		name := fieldName(s, i)
		if _, ok := f.p.compiled(t); ok {
			name = s.Field(i).Name()
		}
		base, t = base+"."+name, s.Field(i).Type()
	}
	return base, t
}

// pointee returns the name in "(*name)".
func pointee(text string) (name string, ok bool) {
	if strings.HasPrefix(text, "(*") && strings.HasSuffix(text, ")") && isAtom(text[2:len(text)-1]) {
		return text[2 : len(text)-1], true
	}
	return "", false
}

func (f *function) indexExpr(e *ast.IndexExpr) string {
	if tv := f.pkg.Info.Types[e.Index]; tv.IsType() {
		return f.functionValue(e)
	}
	t := f.typeOf(e.X)
	if m, ok := t.Underlying().(*types.Map); ok {
		base := f.atom(f.expr(e.X))
		return fmt.Sprintf("%s[%s]", base, f.variableOf(m.Key(), f.convert(e.Index, m.Key())))
	}
	base := f.pathBase(e.X)
	switch u := t.Underlying().(type) {
	case *types.Basic:
		base = f.variableOf(t, base)
	case *types.Pointer:
		base = f.elements(base, u)
	}
	return fmt.Sprintf("%s[%s]", base, f.index(e, base))
}

// elements is the array behind a pointer as a slice: the interpreter cannot take the address of an
// element otherwise.
func (f *function) elements(base string, t *types.Pointer) string {
	return f.whole(base, t.Elem())
}

// whole is the array at an address as a slice.
func (f *function) whole(address string, array types.Type) string {
	elem := f.p.typ(array.Underlying().(*types.Array).Elem())
	return f.temp(fmt.Sprintf("rt.Whole(%s).([]%s)", f.atom(address), elem))
}

// index is the text of an index into base.
func (f *function) index(e *ast.IndexExpr, base string) string {
	text := f.integer(e.Index)
	if !f.p.exact {
		return text
	}
	if _, isConst := f.constant(e.Index); isConst {
		if _, ok := coreOf(f.typeOf(e.X)).(*types.Array); ok {
			return text
		}
	}
	return f.temp(fmt.Sprintf("rt.Index(%s, %s)", text, f.length(base, f.typeOf(e.X))))
}

// length is len(base).
func (f *function) length(base string, t types.Type) string {
	if a, ok := coreOf(t).(*types.Array); ok {
		return fmt.Sprint(a.Len())
	}
	return fmt.Sprintf("len(%s)", base)
}

// integer is an expression as an int.
func (f *function) integer(e ast.Expr) string {
	if tv := f.pkg.Info.Types[e]; tv.Value != nil {
		return f.constantOf(tv.Value, types.Typ[types.Int])
	}
	text := f.expr(e)
	if f.p.typ(f.typeOf(e)) != "int" {
		text = "int(" + text + ")"
	}
	return f.atom(text)
}

func (f *function) slice(e *ast.SliceExpr) string {
	t := f.typeOf(e.X)
	base := f.pathBase(e.X)
	_, isArray := t.Underlying().(*types.Array)
	switch {
	case !isArray:
		base = f.variableOf(t, base)
	case !isAtom(base):
		base = f.whole("&"+base, t)
		t = types.NewSlice(t.Underlying().(*types.Array).Elem())
	}
	bounds := [3]string{"-1", "-1", "-1"}
	for i, b := range []ast.Expr{e.Low, e.High, e.Max} {
		if b != nil {
			bounds[i] = f.integer(b)
		}
	}
	if f.p.exact {
		f.checkSlice(base, t, bounds)
	}
	text := base + "["
	for i, b := range bounds {
		if i == 1 || i == 2 && e.Slice3 {
			text += ":"
		}
		if b != "-1" {
			text += b
		}
	}
	return text + "]"
}

func (f *function) checkSlice(base string, t types.Type, bounds [3]string) {
	if isString(t) {
		f.emit("rt.Substring(%s, %s, len(%s))", bounds[0], bounds[1], base)
		return
	}
	capacity := fmt.Sprintf("cap(%s)", base)
	if a, ok := coreOf(t).(*types.Array); ok {
		capacity = fmt.Sprint(a.Len())
	}
	_, isSlice := t.Underlying().(*types.Slice)
	f.emit("rt.Slice(%s, %s, %s, %s, %s, %v)", bounds[0], bounds[1], bounds[2], f.length(base, t), capacity, isSlice)
}

func (f *function) unary(e *ast.UnaryExpr) string {
	switch e.Op {
	case token.AND:
		return f.address(e.X)
	case token.ARROW:
		ch := f.variableOf(f.typeOf(e.X), f.expr(e.X))
		t := f.p.unique("t")
		f.emit("var %s %s", t, f.p.typ(f.typeOf(e)))
		f.emit("%s = <-%s", t, ch)
		return t
	case token.ADD:
		return f.expr(e.X)
	case token.NOT:
		return "!(" + f.expr(e.X) + ")"
	}
	return f.tempOf(f.typeOf(e), e.Op.String()+f.atom(f.expr(e.X)))
}

// address is &x.
func (f *function) address(e ast.Expr) string {
	e = ast.Unparen(e)
	if lit, ok := e.(*ast.CompositeLit); ok {
		return f.temp("&" + f.composite(lit, f.typeOf(lit)))
	}
	if star, ok := e.(*ast.StarExpr); ok {
		return f.expr(star.X)
	}
	return "&" + f.expr(e)
}

func (f *function) binary(e *ast.BinaryExpr) string {
	switch e.Op {
	case token.LAND, token.LOR:
		return f.logical(e)
	case token.EQL, token.NEQ:
		text := f.equality(e)
		if e.Op == token.NEQ {
			return f.negate(text)
		}
		return text
	case token.LSS, token.LEQ, token.GTR, token.GEQ:
		t := f.operandType(e)
		left := f.convert(e.X, t)
		return fmt.Sprintf("(%s %s %s)", left, e.Op, f.convert(e.Y, t))
	case token.SHL, token.SHR:
		return f.shift(f.convert(e.X, f.typeOf(e)), e.Op, e.Y)
	}
	t := f.typeOf(e)
	left := f.convert(e.X, t)
	return f.arithmetic(e.Op, left, f.convert(e.Y, t), t, e)
}

func (f *function) negate(text string) string {
	if a, b, ok := strings.Cut(text, " == "); ok && !strings.Contains(b, " == ") && !strings.HasPrefix(text, "rt.") {
		return a + " != " + b
	}
	return "!" + text
}

// operandType is the type of a comparison's operands.
func (f *function) operandType(e *ast.BinaryExpr) types.Type {
	t := f.typeOf(e.X)
	if b, ok := t.(*types.Basic); ok && b.Info()&types.IsUntyped != 0 {
		t = f.typeOf(e.Y)
	}
	return types.Default(t)
}

func (f *function) equality(e *ast.BinaryExpr) string {
	if f.isNil(e.Y) {
		return "(" + f.compareNil(f.expr(e.X), f.typeOf(e.X)) + ")"
	}
	if f.isNil(e.X) {
		return "(" + f.compareNil(f.expr(e.Y), f.typeOf(e.Y)) + ")"
	}
	t := f.operandType(e)
	if types.IsInterface(f.typeOf(e.Y)) {
		t = f.typeOf(e.Y)
	}
	if types.IsInterface(f.typeOf(e.X)) {
		t = f.typeOf(e.X)
	}
	left := f.convert(e.X, t)
	if text := f.compare(left, t, f.convert(e.Y, t), t); strings.HasPrefix(text, "rt.") {
		return text
	} else {
		return "(" + text + ")"
	}
}

// logical is a && b or a || b. The interpreter goes wrong where such operators, ! and comparisons
// of booleans meet, so that only two plain comparisons stay as they are.
func (f *function) logical(e *ast.BinaryExpr) string {
	left := f.expr(e.X)
	var right string
	lines := f.capture(func() {
		f.countArm(e, 0)
		f.markIf(e.Y)
		right = f.expr(e.Y)
	})
	if len(lines) == 0 && f.isComparison(e.X) && f.isComparison(e.Y) {
		return fmt.Sprintf("(%s %s %s)", left, e.Op, right)
	}
	result := f.p.unique("t")
	f.emit("%s := %s", result, left)
	head := "if " + result
	if e.Op == token.LOR {
		head = "if !" + result
	}
	f.block(head, append(lines, fmt.Sprintf("%s = %s", result, right)))
	return result
}

// isComparison says whether e compares numbers or strings.
func (f *function) isComparison(e ast.Expr) bool {
	b, ok := ast.Unparen(e).(*ast.BinaryExpr)
	if !ok || b.Op == token.LAND || b.Op == token.LOR {
		return false
	}
	info := basicInfo(f.typeOf(b.X))
	return info&(types.IsNumeric|types.IsString) != 0 && f.typeOf(b.X) != types.Typ[types.UntypedNil]
}

func (f *function) shift(left string, op token.Token, count ast.Expr) string {
	var n string
	if tv := f.pkg.Info.Types[count]; tv.Value != nil {
		n = f.constantOf(tv.Value, types.Typ[types.Int])
	} else {
		t := f.typeOf(count)
		n = f.expr(count)
		if basicInfo(t)&types.IsUnsigned == 0 {
			n = f.temp(fmt.Sprintf("rt.Count(int(%s))", n))
		} else {
			n = f.atom("uint(" + n + ")")
		}
	}
	return fmt.Sprintf("(%s %s %s)", left, op, n)
}

// arithmetic is a op b for operands of type t. The result goes through a variable where the
// interpreter would compute with more bits than t has.
func (f *function) arithmetic(op token.Token, a, b string, t types.Type, at ast.Expr) string {
	text := fmt.Sprintf("(%s %s %s)", a, op, b)
	if isInteger(t) && (op == token.QUO || op == token.REM) && f.constantZero(b) {
		fail(at.Pos(), "division by zero")
	}
	return text
}

func (f *function) constantZero(text string) bool { return text == "0" }

// composite is a composite literal of type t, in a variable: elsewhere the interpreter may build it
// in place of what it is assigned to.
func (f *function) composite(e *ast.CompositeLit, t types.Type) string {
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		return f.temp("&" + f.composite(e, ptr.Elem()))
	}
	switch u := t.Underlying().(type) {
	case *types.Struct:
		return f.structLiteral(e, t, u)
	case *types.Map:
		return f.mapLiteral(e, t, u)
	case *types.Slice:
		return f.listLiteral(e, t, u.Elem())
	case *types.Array:
		return f.listLiteral(e, t, u.Elem())
	}
	fail(e.Pos(), "literal of type %v is not supported", t)
	return ""
}

func (f *function) structLiteral(e *ast.CompositeLit, t types.Type, s *types.Struct) string {
	var parts []string
	_, compiled := f.p.compiled(t)
	for i, elt := range e.Elts {
		value := elt
		if kv, ok := elt.(*ast.KeyValueExpr); ok {
			value, i = kv.Value, fieldIndex(s, kv.Key.(*ast.Ident).Name)
		}
		name := fieldName(s, i)
		if compiled {
			name = s.Field(i).Name()
		}
		if f.isNil(value) {
			continue
		}
		parts = append(parts, name+": "+f.element(value, f.subst.apply(s.Field(i).Type())))
	}
	return f.temp(f.p.typ(t) + "{" + strings.Join(parts, ", ") + "}")
}

func fieldIndex(s *types.Struct, name string) int {
	for i := range s.NumFields() {
		if s.Field(i).Name() == name {
			return i
		}
	}
	return -1
}

// element is a value inside a literal.
func (f *function) element(e ast.Expr, t types.Type) string {
	if lit, ok := ast.Unparen(e).(*ast.CompositeLit); ok && lit.Type == nil {
		return f.composite(lit, t)
	}
	text := f.converted(e, t)
	if isAtom(text) || f.pkg.Info.Types[e].Value != nil {
		return text
	}
	return f.tempOf(t, text)
}

func (f *function) mapLiteral(e *ast.CompositeLit, t types.Type, m *types.Map) string {
	result := f.tempOf(t, f.p.typ(t)+"{}")
	for _, elt := range e.Elts {
		kv := elt.(*ast.KeyValueExpr)
		key := f.variableOf(m.Key(), f.element(kv.Key, m.Key()))
		value := f.variableOf(m.Elem(), f.element(kv.Value, m.Elem()))
		f.emit("%s[%s] = %s", result, key, value)
	}
	return result
}

func (f *function) listLiteral(e *ast.CompositeLit, t types.Type, elem types.Type) string {
	var parts []string
	for _, elt := range e.Elts {
		prefix, value := "", elt
		if kv, ok := elt.(*ast.KeyValueExpr); ok {
			prefix, value = f.integer(kv.Key)+": ", kv.Value
		}
		parts = append(parts, prefix+f.element(value, elem))
	}
	return f.temp(f.p.typ(t) + "{" + strings.Join(parts, ", ") + "}")
}
