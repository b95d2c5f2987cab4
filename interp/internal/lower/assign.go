package lower

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
)

// place is where a value can be stored.
type place struct {
	text  string // "" for the blank identifier
	typ   types.Type
	inMap bool
}

// place evaluates the operands of the left side of an assignment. With fixed, what it refers to
// stays the same whatever is assigned in between.
func (f *function) place(e ast.Expr, fixed bool) place {
	e = ast.Unparen(e)
	if isBlank(e) {
		return place{}
	}
	t := f.typeOf(e)
	index, ok := e.(*ast.IndexExpr)
	if ok {
		if m, ok := f.typeOf(index.X).Underlying().(*types.Map); ok {
			base := f.base(index.X, fixed)
			key := f.variableOf(m.Key(), f.convert(index.Index, m.Key()))
			if fixed {
				key = f.tempOf(m.Key(), key)
			}
			return place{text: base + "[" + key + "]", typ: t, inMap: true}
		}
	}
	if fixed {
		return place{text: f.fixedPath(e), typ: t}
	}
	return place{text: f.expr(e), typ: t}
}

func (f *function) base(e ast.Expr, fixed bool) string {
	text := f.expr(e)
	if fixed && !isAtom(text) || fixed && !f.isLocal(e) {
		return f.tempOf(f.typeOf(e), text)
	}
	return f.atom(text)
}

// isLocal says whether e is a variable that no assignment of the same statement changes: we do
// not look, and say no.
func (f *function) isLocal(ast.Expr) bool { return false }

// fixedPath is the text of a variable, field, element or pointee, with indexes and pointers on the
// way in variables of their own.
func (f *function) fixedPath(e ast.Expr) string {
	switch e := ast.Unparen(e).(type) {
	case *ast.IndexExpr:
		t := f.typeOf(e.X)
		var base string
		switch u := t.Underlying().(type) {
		case *types.Array:
			base = f.fixedPath(e.X)
		case *types.Pointer:
			base = f.elements(f.expr(e.X), u)
		default:
			base = f.tempOf(t, f.expr(e.X))
		}
		i := f.index(e, base)
		if !f.isLiteral(i) {
			i = f.temp(i)
		}
		return fmt.Sprintf("%s[%s]", base, i)
	case *ast.StarExpr:
		return "(*" + f.tempOf(f.typeOf(e.X), f.expr(e.X)) + ")"
	case *ast.SelectorExpr:
		if s := f.pkg.Info.Selections[e]; s != nil && s.Kind() == types.FieldVal {
			t := f.typeOf(e.X)
			if _, ok := t.Underlying().(*types.Pointer); ok {
				return f.field(f.tempOf(t, f.expr(e.X)), t, e.Sel)
			}
			return f.field(f.fixedPath(e.X), t, e.Sel)
		}
	}
	return f.expr(e)
}

// store assigns a value of the place's type.
func (f *function) store(p place, text string) {
	if p.text == "" {
		f.atom(text)
		return
	}
	if text == "nil" && (p.inMap || types.IsInterface(p.typ)) {
		text = f.zero(p.typ)
	}
	if p.inMap {
		text = f.variableOf(p.typ, text)
	}
	f.emit("%s = %s", p.text, text)
}

func (f *function) assignStmt(s *ast.AssignStmt) {
	f.markIf(s.Lhs[0])
	for _, e := range s.Rhs {
		f.markIf(e)
	}
	switch {
	case s.Tok != token.ASSIGN && s.Tok != token.DEFINE:
		f.opAssign(s)
	case len(s.Lhs) == 1:
		f.assignOne(s.Lhs[0], s.Tok, s.Rhs[0])
	case len(s.Rhs) == 1:
		f.assignTuple(s)
	default:
		f.assignMany(s)
	}
}

func (f *function) isNew(lhs ast.Expr, tok token.Token) (*ast.Ident, bool) {
	id, ok := lhs.(*ast.Ident)
	return id, ok && tok == token.DEFINE && f.pkg.Info.Defs[id] != nil
}

func (f *function) assignOne(lhs ast.Expr, tok token.Token, rhs ast.Expr) {
	if id, ok := f.isNew(lhs, tok); ok {
		defer f.early(rhs)()
		f.variable(id, f.convert(rhs, f.definedType(id, nil)))
		return
	}
	if isBlank(lhs) {
		if !f.isNil(rhs) {
			f.discard(rhs)
		}
		return
	}
	p := f.place(lhs, false)
	defer f.early(rhs)()
	f.store(p, f.convert(rhs, p.typ))
}

// assignTuple is an assignment of several values of one expression.
func (f *function) assignTuple(s *ast.AssignStmt) {
	places := make([]place, len(s.Lhs))
	for i, lhs := range s.Lhs {
		if _, ok := f.isNew(lhs, s.Tok); !ok {
			places[i] = f.place(lhs, true)
		}
	}
	values, typs := f.tuple(s.Rhs[0], len(s.Lhs))
	for i, lhs := range s.Lhs {
		if id, ok := f.isNew(lhs, s.Tok); ok {
			f.variable(id, f.coerce(values[i], typs[i], f.definedType(id, typs[i])))
		} else if places[i].text != "" {
			f.store(places[i], f.coerce(values[i], typs[i], places[i].typ))
		}
	}
}

// assignMany is an assignment of as many expressions: all are evaluated before any is stored.
func (f *function) assignMany(s *ast.AssignStmt) {
	places := make([]place, len(s.Lhs))
	for i, lhs := range s.Lhs {
		if _, ok := f.isNew(lhs, s.Tok); !ok {
			places[i] = f.place(lhs, true)
		}
	}
	defer f.early(s.Rhs...)()
	values := make([]string, len(s.Rhs))
	for i, rhs := range s.Rhs {
		t := places[i].typ
		if id, ok := f.isNew(s.Lhs[i], s.Tok); ok {
			t = f.definedType(id, nil)
		}
		if t == nil {
			t = types.Default(f.typeOf(rhs))
			if f.isNil(rhs) {
				continue
			}
		}
		values[i] = f.tempOf(t, f.converted(rhs, t))
	}
	for i, lhs := range s.Lhs {
		if id, ok := f.isNew(lhs, s.Tok); ok {
			f.variable(id, values[i])
		} else if places[i].text != "" {
			f.store(places[i], values[i])
		}
	}
}

// opAssign is x op= y.
func (f *function) opAssign(s *ast.AssignStmt) {
	op := s.Tok + (token.ADD - token.ADD_ASSIGN)
	lhs, rhs := s.Lhs[0], s.Rhs[0]
	t := f.typeOf(lhs)
	f.update(lhs, func(old string) string {
		if op == token.SHL || op == token.SHR {
			return f.shift(old, op, rhs)
		}
		return f.arithmetic(op, old, f.convert(rhs, t), t, rhs)
	}, rhs)
}

// update replaces a value by a new one that is made of it and of operands.
func (f *function) update(e ast.Expr, value func(old string) string, operands ...ast.Expr) {
	if id, ok := ast.Unparen(e).(*ast.Ident); ok {
		name := f.expr(id)
		f.emit("%s = %s", name, value(name))
		return
	}
	p := f.place(e, true)
	defer f.evaluate(f.units(operands))() // before the old value is read
	old := f.tempOf(p.typ, p.text)
	f.store(p, f.tempOf(p.typ, value(old)))
}

// tuple evaluates an expression that gives n values.
func (f *function) tuple(e ast.Expr, n int) (texts []string, typs []types.Type) {
	switch e := ast.Unparen(e).(type) {
	case *ast.CallExpr:
		return f.callTuple(e)
	case *ast.TypeAssertExpr:
		v, ok := f.assertOK(e)
		return []string{v, ok}, []types.Type{f.typeOf(e.Type), types.Typ[types.Bool]}
	case *ast.IndexExpr:
		m := f.typeOf(e.X).Underlying().(*types.Map)
		base := f.atom(f.expr(e.X))
		key := f.variableOf(m.Key(), f.convert(e.Index, m.Key()))
		return f.pair(base+"["+key+"]", m.Elem())
	case *ast.UnaryExpr: // receive
		ch := f.variableOf(f.typeOf(e.X), f.expr(e.X))
		return f.pair("<-"+ch, f.typeOf(e.X).Underlying().(*types.Chan).Elem())
	}
	fail(e.Pos(), "expression with %d values is not supported", n)
	return nil, nil
}

// pair evaluates what gives a value of type t and says whether there is one. It is declared before:
// where a map has no value, the interpreter leaves the variable as the last iteration left it.
func (f *function) pair(text string, t types.Type) ([]string, []types.Type) {
	v, ok := f.p.unique("t"), f.p.unique("t")
	f.emit("var %s %s", v, f.p.typ(t))
	f.emit("var %s bool", ok)
	f.emit("%s, %s = %s", v, ok, text)
	return []string{v, ok}, []types.Type{t, types.Typ[types.Bool]}
}
