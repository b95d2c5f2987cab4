package lower

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
)

// forStmt writes a loop of three clauses. Variables that outlive an iteration, in a closure or
// behind a pointer, are copied for each, as the language wants it.
func (f *function) forStmt(s *ast.ForStmt, label types.Object) {
	f.block("", f.capture(func() {
		if s.Init != nil {
			f.stmt(s.Init)
		}
		copies := f.copies(s)
		cond := ""
		condLines := f.capture(func() {
			if s.Cond != nil {
				f.markIf(s.Cond)
				cond = f.expr(s.Cond)
			}
		})
		inner := map[types.Object]string{}
		for _, o := range copies {
			inner[o] = f.p.unique(asciiName(o.Name()))
		}
		var back []string
		for _, o := range copies {
			back = append(back, fmt.Sprintf("%s = %s", f.names[o], inner[o]))
		}
		post := f.capture(func() {
			if s.Post != nil {
				f.stmt(s.Post)
			}
		})
		onContinue, postText := append([]string(nil), back...), ""
		if len(post) == 1 {
			postText = post[0]
		} else {
			onContinue = append(onContinue, post...)
		}
		header := fmt.Sprintf("for ; %s; %s {", cond, postText)
		if len(condLines) > 0 {
			header = fmt.Sprintf("for ; ; %s {", postText)
		}
		f.emit("%s", f.head(label, header))
		if len(condLines) > 0 {
			f.lines = append(f.lines, condLines...)
			f.emit("if !(%s) {", cond)
			f.emit("break")
			f.emit("}")
		}
		for _, o := range copies {
			f.emit("%s := %s", inner[o], f.names[o])
			defer f.rename(o, inner[o])()
		}
		f.loopBody(s.Body, scope{kind: scopeLoop, label: label, onContinue: onContinue})
		f.emit("}")
	}))
}

// loopBody writes the statements of a loop and what follows each iteration.
func (f *function) loopBody(b *ast.BlockStmt, sc scope) {
	f.flow = append(f.flow, sc)
	f.block("", f.capture(func() { f.stmts(b.List) }))
	f.flow = f.flow[:len(f.flow)-1]
	f.lines = append(f.lines, sc.onContinue...)
}

// copies are the variables of a loop that need one copy for each iteration.
func (f *function) copies(s *ast.ForStmt) []types.Object {
	assign, ok := s.Init.(*ast.AssignStmt)
	if !ok || assign.Tok != token.DEFINE {
		return nil
	}
	var list []types.Object
	for _, lhs := range assign.Lhs {
		if id, ok := lhs.(*ast.Ident); ok {
			if o := f.pkg.Info.Defs[id]; o != nil && f.outlives(o, s) {
				list = append(list, o)
			}
		}
	}
	return list
}

// outlives says whether a variable may be used after its iteration: a closure or a pointer has it.
func (f *function) outlives(o types.Object, loop ast.Node) bool {
	found := false
	uses := func(n ast.Node) bool {
		used := false
		ast.Inspect(n, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && f.pkg.Info.Uses[id] == o {
				used = true
			}
			return !used
		})
		return used
	}
	ast.Inspect(loop, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			found = found || uses(n)
		case *ast.UnaryExpr:
			found = found || n.Op == token.AND && uses(n.X)
		case *ast.SliceExpr:
			found = found || uses(n.X)
		case *ast.SelectorExpr:
			s := f.pkg.Info.Selections[n]
			found = found || s != nil && s.Kind() != types.FieldVal && uses(n.X)
		case *ast.RangeStmt:
			if _, ok := coreOf(f.typeOf(n.X)).(*types.Signature); ok {
				found = found || uses(n.Body)
			}
		}
		return !found
	})
	return found
}

func (f *function) rangeStmt(s *ast.RangeStmt, label types.Object) {
	f.mark(s.Pos())
	t := f.typeOf(s.X)
	f.block("", f.capture(func() {
		switch core := coreOf(t).(type) {
		case *types.Basic:
			if core.Info()&types.IsString != 0 {
				f.rangeString(s, label)
			} else {
				f.rangeInt(s, label, types.Default(t))
			}
		case *types.Slice:
			f.rangeIndexed(s, label, core.Elem())
		case *types.Array:
			f.rangeIndexed(s, label, core.Elem())
		case *types.Map:
			f.rangeMap(s, label, core)
		case *types.Chan:
			f.rangeChan(s, label, core.Elem())
		case *types.Signature:
			f.rangeFunc(s, label, core)
		default:
			fail(s.Pos(), "range over %v is not supported", t)
		}
	}))
}

// counted writes a loop over 0 … limit-1; first writes the start of the body.
func (f *function) countedLoop(s *ast.RangeStmt, label types.Object, typ, limit string, first func(index string)) {
	i := f.p.unique("i")
	zero := "0"
	one := i + "++"
	if typ != "int" {
		zero = typ + "(0)"
		one = fmt.Sprintf("%s = %s + %s(1)", i, i, typ)
	}
	f.emit("%s", f.head(label, fmt.Sprintf("for %s := %s; %s < %s; %s {", i, zero, i, limit, one)))
	first(i)
	f.loopBody(s.Body, scope{kind: scopeLoop, label: label})
	f.emit("}")
}

func (f *function) rangeInt(s *ast.RangeStmt, label types.Object, t types.Type) {
	if id, ok := s.Key.(*ast.Ident); ok && id.Name != "_" {
		t = f.typeOf(s.Key)
		if s.Tok == token.DEFINE {
			t = f.definedType(id, t)
		}
	}
	limit := f.variableOf(t, f.convert(s.X, t))
	f.countedLoop(s, label, f.p.typ(t), limit, func(i string) {
		if s.Key != nil {
			f.give(s.Key, s.Tok, i, t)
		}
	})
}

func (f *function) rangeIndexed(s *ast.RangeStmt, label types.Object, elem types.Type) {
	t := f.typeOf(s.X)
	if a, ok := coreOf(t).(*types.Array); ok && (s.Value == nil || isBlank(s.Value)) {
		f.discard(s.X)
		f.countedLoop(s, label, "int", fmt.Sprint(a.Len()), func(i string) {
			if s.Key != nil {
				f.give(s.Key, s.Tok, i, types.Typ[types.Int])
			}
		})
		return
	}
	list := f.expr(s.X)
	_, isArray := t.Underlying().(*types.Array)
	if !isAtom(list) || isArray && s.Value != nil || !isArray {
		list = f.tempOf(t, list)
	}
	limit := f.temp(fmt.Sprintf("len(%s)", list))
	f.countedLoop(s, label, "int", limit, func(i string) {
		f.giveBoth(s, i, types.Typ[types.Int], list+"["+i+"]", elem)
	})
}

// giveBoth assigns key and value of an iteration, as one assignment.
func (f *function) giveBoth(s *ast.RangeStmt, key string, kt types.Type, value string, vt types.Type) {
	switch {
	case s.Key == nil:
	case s.Value == nil || isBlank(s.Value):
		f.give(s.Key, s.Tok, key, kt)
	case s.Tok == token.DEFINE || isBlank(s.Key):
		f.give(s.Key, s.Tok, key, kt)
		f.give(s.Value, s.Tok, value, vt)
	default:
		k, v := f.place(s.Key, true), f.place(s.Value, true)
		value = f.tempOf(vt, value)
		f.store(k, f.coerce(key, kt, k.typ))
		f.store(v, f.coerce(value, vt, v.typ))
	}
}

func isBlank(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == "_"
}

func (f *function) rangeString(s *ast.RangeStmt, label types.Object) {
	text := f.tempOf(types.Typ[types.String], f.convert(s.X, types.Typ[types.String]))
	next, width := f.p.unique("i"), f.p.unique("t")
	f.emit("%s := 0", next)
	f.emit("%s := 0", width)
	r := f.p.unique("t")
	f.emit("var %s int32", r)
	f.emit("%s", f.head(label, fmt.Sprintf("for ; %s < len(%s); %s = %s + %s {", next, text, next, next, width)))
	f.emit("%s, %s = rt.Rune(%s, %s)", r, width, text, next)
	f.giveBoth(s, next, types.Typ[types.Int], r, types.Typ[types.Int32])
	f.loopBody(s.Body, scope{kind: scopeLoop, label: label})
	f.emit("}")
}

// rangeMap goes through a map in the order of its keys, so that a replay is the same every time.
func (f *function) rangeMap(s *ast.RangeStmt, label types.Object, t *types.Map) {
	m := f.tempOf(f.typeOf(s.X), f.expr(s.X))
	keys := f.temp(fmt.Sprintf("rt.Keys(%s).([]%s)", m, f.p.typ(t.Key())))
	limit := f.temp(fmt.Sprintf("len(%s)", keys))
	f.countedLoop(s, label, "int", limit, func(i string) {
		k, v, ok := f.p.unique("t"), f.p.unique("t"), f.p.unique("t")
		f.emit("%s := %s[%s]", k, keys, i)
		f.emit("%s, %s := %s[%s]", v, ok, m, k)
		f.emit("if !%s {", ok)
		f.emit("continue")
		f.emit("}")
		f.giveBoth(s, k, t.Key(), v, t.Elem())
	})
}

func (f *function) rangeChan(s *ast.RangeStmt, label types.Object, elem types.Type) {
	ch := f.variableOf(f.typeOf(s.X), f.expr(s.X))
	f.emit("%s", f.head(label, "for {"))
	v, ok := f.p.unique("t"), f.p.unique("t")
	f.emit("%s, %s := <-%s", v, ok, ch)
	f.emit("if !%s {", ok)
	f.emit("break")
	f.emit("}")
	if s.Key != nil {
		f.give(s.Key, s.Tok, v, elem)
	}
	f.loopBody(s.Body, scope{kind: scopeLoop, label: label})
	f.emit("}")
}

// rangeFunc calls the iterator with the loop's body as a function.
func (f *function) rangeFunc(s *ast.RangeStmt, label types.Object, sig *types.Signature) {
	it := f.variableOf(f.typeOf(s.X), f.expr(s.X))
	e := &escapes{code: f.p.unique("t")}
	f.emit("%s := 0", e.code)
	yield := sig.Params().At(0).Type().Underlying().(*types.Signature)
	head, lhs := "", []ast.Expr{s.Key, s.Value}
	var params []string
	for i := range yield.Params().Len() {
		params = append(params, f.p.unique("p"))
		if i > 0 {
			head += ", "
		}
		head += params[i] + " " + f.p.typ(yield.Params().At(i).Type())
	}
	lines := f.capture(func() {
		for i, param := range params {
			if lhs[i] != nil {
				f.give(lhs[i], s.Tok, param, yield.Params().At(i).Type())
			}
		}
		f.loopBody(s.Body, scope{kind: scopeRangeFunc, label: label, escapes: e})
		f.emit("return true")
	})
	body := f.p.unique("f")
	f.block(fmt.Sprintf("%s := func(%s) bool", body, head), lines)
	f.emit("%s(%s)", it, body)
	f.mark(s.Pos())
	f.arrive(e)
}
