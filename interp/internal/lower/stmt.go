package lower

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

func (f *function) stmts(list []ast.Stmt) {
	for _, s := range list {
		f.stmt(s)
	}
}

func (f *function) stmt(s ast.Stmt) {
	f.count(s)
	f.uncounted(s)
}

// uncounted writes a statement that is counted already.
func (f *function) uncounted(s ast.Stmt) {
	switch s := s.(type) {
	case *ast.EmptyStmt:
	case *ast.BlockStmt:
		f.block("", f.capture(func() { f.stmts(s.List) }))
	case *ast.DeclStmt:
		f.declare(s.Decl.(*ast.GenDecl))
	case *ast.ExprStmt:
		f.mark(s.Pos())
		f.discard(s.X)
	case *ast.AssignStmt:
		f.assignStmt(s)
	case *ast.IncDecStmt:
		f.incDec(s)
	case *ast.ReturnStmt:
		f.returnStmt(s)
	case *ast.IfStmt:
		f.ifStmt(s)
	case *ast.ForStmt:
		f.forStmt(s, nil)
	case *ast.RangeStmt:
		f.rangeStmt(s, nil)
	case *ast.SwitchStmt:
		f.switchStmt(s, nil)
	case *ast.TypeSwitchStmt:
		f.typeSwitch(s, nil)
	case *ast.SelectStmt:
		f.selectStmt(s, nil)
	case *ast.LabeledStmt:
		f.labeled(s)
	case *ast.BranchStmt:
		f.branch(s)
	case *ast.DeferStmt:
		f.deferStmt(s)
	case *ast.SendStmt:
		f.send(s)
	case *ast.GoStmt:
		fail(s.Pos(), "go statement: a plugin runs in one goroutine; call the function directly")
	default:
		fail(s.Pos(), "statement %T is not supported", s)
	}
}

// declare writes local variables; constants and types leave nothing behind.
func (f *function) declare(d *ast.GenDecl) {
	if d.Tok != token.VAR {
		return
	}
	for _, spec := range d.Specs {
		spec := spec.(*ast.ValueSpec)
		var texts []string
		var typs []types.Type
		f.mark(spec.Pos())
		if len(spec.Values) == 1 && len(spec.Names) > 1 {
			texts, typs = f.tuple(spec.Values[0], len(spec.Names))
		}
		for i, id := range spec.Names {
			switch {
			case len(spec.Values) == 0:
				f.variable(id, "")
			case texts != nil:
				f.variable(id, f.coerce(texts[i], typs[i], f.definedType(id, typs[i])))
			default:
				value := spec.Values[i]
				forget := f.early(value)
				f.variable(id, f.convert(value, f.definedType(id, types.Default(f.typeOf(value)))))
				forget()
			}
		}
	}
}

// definedType is the type of the variable that id defines; def if it is blank.
func (f *function) definedType(id *ast.Ident, def types.Type) types.Type {
	if o := f.pkg.Info.Defs[id]; o != nil {
		return f.subst.apply(o.Type())
	}
	return def
}

// variable writes a new local variable; text "" means the zero value.
func (f *function) variable(id *ast.Ident, text string) {
	o := f.pkg.Info.Defs[id]
	if o == nil || id.Name == "_" {
		if text != "" && !isAtom(text) {
			f.temp(text)
		}
		return
	}
	name := f.p.unique(asciiName(id.Name))
	f.names[o] = name
	typ := f.p.typ(f.subst.apply(o.Type()))
	if text == "" {
		f.emit("var %s %s", name, typ)
		return
	}
	f.define(name, typ, text)
}

// define writes a variable with a value. The short form takes the type from the value and is
// faster.
func (f *function) define(name, typ, text string) {
	if text == "nil" || typ == "interface{}" || typ == "error" || strings.HasPrefix(typ, "chan") || strings.HasPrefix(typ, "<-") || !f.tellsType(text, typ) {
		f.emit("var %s %s", name, typ)
		f.emit("%s = %s", name, text)
		return
	}
	f.emit("%s := %s", name, text)
}

// tellsType says whether the short form would give the variable its type.
func (f *function) tellsType(text, typ string) bool {
	if text[0] >= '0' && text[0] <= '9' {
		return typ == "int" && strings.Trim(text, "0123456789") == ""
	}
	return true
}

func (f *function) discard(e ast.Expr) {
	e = ast.Unparen(e)
	if call, ok := e.(*ast.CallExpr); ok {
		f.callStmt(call)
		return
	}
	if u, ok := e.(*ast.UnaryExpr); ok && u.Op == token.ARROW {
		f.atom(f.expr(u))
		return
	}
	f.atom(f.expr(e))
}

func (f *function) returnStmt(s *ast.ReturnStmt) {
	f.mark(s.Pos())
	values := f.returnValues(s)
	if f.unnamed && len(f.results) > 0 {
		if f.counted {
			f.emit("depth_--")
		}
		f.emit("return %s", strings.Join(values, ", "))
		return
	}
	if len(values) > 1 {
		for i := range values {
			values[i] = f.tempOf(f.results[i].typ, values[i])
		}
	}
	for i, v := range values {
		f.emit("%s = %s", f.results[i].name, v)
	}
	f.jumpReturn()
}

// returnValues are the texts of what is returned, none for a bare return.
func (f *function) returnValues(s *ast.ReturnStmt) []string {
	if len(s.Results) == 1 && len(f.results) > 1 {
		texts, typs := f.tuple(s.Results[0], len(f.results))
		for i := range texts {
			texts[i] = f.coerce(texts[i], typs[i], f.results[i].typ)
		}
		return texts
	}
	defer f.early(s.Results...)()
	var texts []string
	for i, e := range s.Results {
		texts = append(texts, f.converted(e, f.results[i].typ))
	}
	return texts
}

// converted is convert for a place where the interpreter must not be left to find the type of a
// constant or of nil.
func (f *function) converted(e ast.Expr, to types.Type) string {
	text := f.convert(e, to)
	if text == "nil" {
		return f.zero(to)
	}
	return text
}

// zero is the text of a type's zero value.
func (f *function) zero(t types.Type) string {
	name := f.p.unique("z")
	f.emit("var %s %s", name, f.p.typ(t))
	return name
}

func (f *function) ifStmt(s *ast.IfStmt) {
	if s.Init != nil {
		f.block("", f.capture(func() {
			f.stmt(s.Init)
			f.ifTail(s)
		}))
		return
	}
	f.ifTail(s)
}

func (f *function) ifTail(s *ast.IfStmt) {
	f.markIf(s.Cond)
	cond := f.expr(s.Cond)
	f.block("if "+cond, f.capture(func() {
		f.countArm(s, 0)
		f.stmts(s.Body.List)
	}))
	otherwise := f.capture(func() {
		f.countArm(s, 1)
		if s.Else != nil {
			f.stmtIn(s.Else)
		}
	})
	if s.Else == nil && len(otherwise) == 0 {
		return
	}
	f.lines[len(f.lines)-1] = "} else {"
	f.lines = append(f.lines, otherwise...)
	f.emit("}")
}

// stmtIn writes a statement into a block that is open.
func (f *function) stmtIn(s ast.Stmt) {
	if b, ok := s.(*ast.BlockStmt); ok {
		f.stmts(b.List)
		return
	}
	f.stmt(s)
}

// markIf is mark for an expression that may panic.
func (f *function) markIf(e ast.Expr) {
	if e != nil && canPanic(e) {
		f.mark(e.Pos())
	}
}

func canPanic(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr, *ast.IndexExpr, *ast.SliceExpr, *ast.StarExpr, *ast.TypeAssertExpr, *ast.SelectorExpr:
			found = true
		case *ast.BinaryExpr:
			found = found || n.Op == token.QUO || n.Op == token.REM
		}
		return !found
	})
	return found
}

func (f *function) incDec(s *ast.IncDecStmt) {
	op := "+"
	if s.Tok == token.DEC {
		op = "-"
	}
	f.markIf(s.X)
	t := f.typeOf(s.X)
	if id, ok := ast.Unparen(s.X).(*ast.Ident); ok && f.p.typ(t) == "int" {
		f.emit("%s%s%s", f.expr(id), op, op)
		return
	}
	f.update(s.X, func(old string) string { return old + " " + op + " " + f.one(t) })
}

func (f *function) one(t types.Type) string {
	if f.p.typ(t) == "int" {
		return "1"
	}
	return f.p.typ(t) + "(1)"
}

func (f *function) send(s *ast.SendStmt) {
	f.mark(s.Pos())
	ch := f.variableOf(f.typeOf(s.Chan), f.expr(s.Chan))
	elem := f.typeOf(s.Chan).Underlying().(*types.Chan).Elem()
	f.emit("%s <- %s", ch, f.variableOf(elem, f.convert(s.Value, elem)))
}

// variableOf returns a variable of type t that holds text.
func (f *function) variableOf(t types.Type, text string) string {
	if isAtom(text) && !f.isLiteral(text) {
		return text
	}
	return f.tempOf(t, text)
}

func (f *function) isLiteral(text string) bool {
	return text == "nil" || text == "true" || text == "false" || text[0] >= '0' && text[0] <= '9'
}

func (f *function) deferStmt(s *ast.DeferStmt) {
	f.mark(s.Pos())
	name := f.p.unique("f")
	if lit, ok := ast.Unparen(s.Call.Fun).(*ast.FuncLit); ok && len(s.Call.Args) == 0 {
		f.emit("rt.Defer(%s, %s)", f.frame, f.literalVoid(lit))
		return
	}
	call := f.prepareCall(s.Call)
	lines := f.capture(func() {
		f.mark(s.Pos())
		call()
	})
	f.block(name+" := func()", lines)
	f.emit("rt.Defer(%s, %s)", f.frame, name)
}

// literalVoid is a function literal as a func().
func (f *function) literalVoid(lit *ast.FuncLit) string {
	name := f.literal(lit)
	if f.pkg.Info.TypeOf(lit).(*types.Signature).Results().Len() == 0 {
		return name
	}
	void := f.p.unique("f")
	f.block(void+" := func()", []string{name + "()"})
	return void
}

func (f *function) labeled(s *ast.LabeledStmt) {
	label := f.pkg.Info.Defs[s.Label]
	if f.p.gotos[label] {
		f.emit("%s:", f.gotoLabel(label))
	}
	f.count(s.Stmt)
	switch inner := s.Stmt.(type) {
	case *ast.ForStmt:
		f.forStmt(inner, label)
	case *ast.RangeStmt:
		f.rangeStmt(inner, label)
	case *ast.SwitchStmt:
		f.switchStmt(inner, label)
	case *ast.TypeSwitchStmt:
		f.typeSwitch(inner, label)
	case *ast.SelectStmt:
		f.selectStmt(inner, label)
	default:
		f.block("", f.capture(func() { f.uncounted(s.Stmt) }))
	}
}

// gotoLabel is the name of the place to which goto jumps; the loop itself has a label of its own.
func (f *function) gotoLabel(o types.Object) string {
	n := f.gotoNames[o]
	if n == "" {
		n = f.p.unique("J")
		f.gotoNames[o] = n
	}
	return n
}

// label is a label's name in the text. A label that only goto uses stands before the statement.
func (f *function) label(o types.Object) string {
	n := f.names[o]
	if n == "" {
		n = f.p.unique("L")
		f.names[o] = n
	}
	return n
}

// head writes what opens a statement that a label names.
func (f *function) head(label types.Object, text string) string {
	if label == nil {
		return text
	}
	return fmt.Sprintf("%s:\n%s", f.label(label), text)
}
