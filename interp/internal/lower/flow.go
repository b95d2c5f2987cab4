package lower

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

type scopeKind int

const (
	scopeLoop      scopeKind = iota // a for statement of the text
	scopeSwitch                     // a switch or select statement of the text
	scopeRangeFunc                  // a loop whose body is a function of the text
	scopeDefer                      // a function whose body is a function of the text
)

// scope is something that a break, continue or return can leave.
type scope struct {
	kind       scopeKind
	label      types.Object
	onContinue []string // lines before a continue
	escapes    *escapes // of a range over a function
}

// escapes are the ways out of a loop body that is a function: it says which one it took.
type escapes struct {
	code string // variable with the number of the way
	ways []way
}

type way struct {
	tok    token.Token // BREAK, CONTINUE, RETURN
	target int         // index in function.flow
}

func (f *function) branch(s *ast.BranchStmt) {
	switch s.Tok {
	case token.FALLTHROUGH:
		f.emit("fallthrough")
	case token.GOTO:
		f.gotoStmt(s)
	case token.BREAK, token.CONTINUE:
		f.jump(s.Tok, f.target(s), s.Label != nil)
	}
}

func (f *function) gotoStmt(s *ast.BranchStmt) {
	for _, sc := range f.flow {
		if sc.kind == scopeRangeFunc {
			fail(s.Pos(), "goto inside a loop over a function is not supported; use break or continue")
		}
	}
	f.emit("goto %s", f.gotoLabel(f.pkg.Info.Uses[s.Label]))
}

// target is the index of the scope that a break or continue leaves.
func (f *function) target(s *ast.BranchStmt) int {
	var label types.Object
	if s.Label != nil {
		label = f.pkg.Info.Uses[s.Label]
	}
	for i := len(f.flow) - 1; i >= 0; i-- {
		sc := f.flow[i]
		switch {
		case label != nil && sc.label == label:
			return i
		case label != nil || sc.kind == scopeDefer:
		case sc.kind != scopeSwitch || s.Tok == token.BREAK:
			return i
		}
	}
	fail(s.Pos(), "%s: no such statement around it", s.Tok)
	return 0
}

// jump leaves or restarts flow[target].
func (f *function) jump(tok token.Token, target int, labelled bool) {
	for i := len(f.flow) - 1; i > target; i-- {
		if f.flow[i].kind == scopeRangeFunc {
			f.escape(f.flow[i].escapes, way{tok, target})
			return
		}
	}
	sc := f.flow[target]
	if sc.kind == scopeRangeFunc {
		f.emit("return %v", tok == token.CONTINUE)
		return
	}
	text := tok.String()
	if labelled && sc.label != nil {
		text += " " + f.label(sc.label)
	}
	if tok == token.CONTINUE {
		f.lines = append(f.lines, sc.onContinue...)
	}
	f.emit("%s", text)
}

// jumpReturn leaves the function; the results stand in their variables.
func (f *function) jumpReturn() {
	for i := len(f.flow) - 1; i >= 0; i-- {
		switch f.flow[i].kind {
		case scopeRangeFunc:
			f.escape(f.flow[i].escapes, way{token.RETURN, 0})
			return
		case scopeDefer:
			f.emit("return")
			return
		}
	}
	f.leave()
}

// escape ends the body of a loop over a function and says where to go on.
func (f *function) escape(e *escapes, w way) {
	code := -1
	for i, known := range e.ways {
		if known == w {
			code = i
		}
	}
	if code < 0 {
		code = len(e.ways)
		e.ways = append(e.ways, w)
	}
	f.emit("%s = %d", e.code, code+1)
	f.emit("return false")
}

// arrive writes what follows a loop over a function: the jumps that its body asked for.
func (f *function) arrive(e *escapes) {
	for i, w := range e.ways {
		lines := f.capture(func() {
			if w.tok == token.RETURN {
				f.jumpReturn()
			} else {
				f.jump(w.tok, w.target, true)
			}
		})
		f.block(fmt.Sprintf("if %s == %d", e.code, i+1), lines)
	}
}

// switchStmt writes a switch over a value, or over conditions.
func (f *function) switchStmt(s *ast.SwitchStmt, label types.Object) {
	f.block("", f.capture(func() {
		if s.Init != nil {
			f.stmt(s.Init)
		}
		f.mark(s.Pos())
		var tag string
		var tagType types.Type
		if s.Tag != nil {
			tagType = types.Default(f.typeOf(s.Tag))
			tag = f.variableOf(tagType, f.convert(s.Tag, tagType))
		}
		f.cases(s.Body, label, func(e ast.Expr) string {
			if s.Tag == nil {
				return f.expr(e)
			}
			return f.equal(tag, tagType, e)
		})
	}))
}

// equal compares a value with an expression.
func (f *function) equal(text string, t types.Type, e ast.Expr) string {
	et := f.typeOf(e)
	if f.isNil(e) {
		return f.compareNil(text, t)
	}
	to := t
	if types.IsInterface(et) && !types.IsInterface(t) {
		to = et
	}
	return f.compare(f.coerce(text, t, to), to, f.convert(e, to), to)
}

// cases writes the clauses of a switch. Clauses whose tests need statements of their own are
// found first and entered by number.
func (f *function) cases(body *ast.BlockStmt, label types.Object, test func(ast.Expr) string) {
	var tests []caseTest
	simple, otherwise := true, -1
	for i, c := range body.List {
		if len(c.(*ast.CaseClause).List) == 0 {
			otherwise = i
			simple = simple && i == len(body.List)-1 // the interpreter moves it there
		}
		for _, e := range c.(*ast.CaseClause).List {
			t := caseTest{clause: i}
			t.lines = f.capture(func() { t.cond = test(e) })
			simple = simple && len(t.lines) == 0 && isPlain(t.cond)
			tests = append(tests, t)
		}
	}
	f.flow = append(f.flow, scope{kind: scopeSwitch, label: label})
	defer func() { f.flow = f.flow[:len(f.flow)-1] }()
	number := ""
	if !simple {
		number = f.p.unique("t")
		f.emit("%s := %d", number, otherwise)
		f.search(number, tests)
	}
	f.emit("%s", f.head(label, "switch {"))
	for i, c := range body.List {
		cond := fmt.Sprintf("%s == %d", number, i)
		if simple {
			cond = condition(tests, i)
		}
		f.clause(c.(*ast.CaseClause), cond, simple)
	}
	f.emit("}")
}

// isPlain says whether a condition may stand in a case of the text: with several operands the
// interpreter loses its way.
func isPlain(cond string) bool {
	return !strings.Contains(cond, "&&") && !strings.Contains(cond, "||") && !strings.HasPrefix(cond, "!")
}

// caseTest is one expression of a clause: the lines it needs and the condition.
type caseTest struct {
	clause int
	lines  []string
	cond   string
}

// condition joins the tests of a clause.
func condition(tests []caseTest, clause int) string {
	var conds []string
	for _, t := range tests {
		if t.clause == clause {
			conds = append(conds, t.cond)
		}
	}
	return strings.Join(conds, " || ")
}

// search writes the tests one inside the else of the other, as each may only be made when those
// before it have failed.
func (f *function) search(number string, tests []caseTest) {
	for _, t := range tests {
		f.lines = append(f.lines, t.lines...)
		f.emit("if %s {", t.cond)
		f.emit("%s = %d", number, t.clause)
		f.emit("} else {")
	}
	for range tests {
		f.emit("}")
	}
}

func (f *function) clause(c *ast.CaseClause, cond string, simple bool) {
	if len(c.List) == 0 && simple {
		f.emit("default:")
	} else {
		f.emit("case %s:", cond)
	}
	f.countArm(c, 0)
	f.stmts(c.Body)
}

// typeSwitch writes a switch over the type of a value.
func (f *function) typeSwitch(s *ast.TypeSwitchStmt, label types.Object) {
	f.block("", f.capture(func() {
		if s.Init != nil {
			f.stmt(s.Init)
		}
		f.mark(s.Pos())
		x := f.guard(s.Assign)
		t := f.typeOf(x)
		value := f.tempOf(emptyInterface, f.coerce(f.expr(x), t, emptyInterface))
		f.flow = append(f.flow, scope{kind: scopeSwitch, label: label})
		f.emit("%s", f.head(label, "switch {"))
		for _, c := range s.Body.List {
			f.typeClause(c.(*ast.CaseClause), value, t)
		}
		f.emit("}")
		f.flow = f.flow[:len(f.flow)-1]
	}))
}

var emptyInterface types.Type = types.NewInterfaceType(nil, nil).Complete()

// guard is the expression whose type is switched over.
func (f *function) guard(s ast.Stmt) ast.Expr {
	var e ast.Expr
	switch s := s.(type) {
	case *ast.ExprStmt:
		e = s.X
	case *ast.AssignStmt:
		e = s.Rhs[0]
	}
	return ast.Unparen(e).(*ast.TypeAssertExpr).X
}

func (f *function) typeClause(c *ast.CaseClause, value string, t types.Type) {
	if len(c.List) == 0 {
		f.emit("default:")
	} else {
		var texts []string
		for _, e := range c.List {
			texts = append(texts, f.isType(value, e))
		}
		f.emit("case %s:", strings.Join(texts, " || "))
	}
	f.countArm(c, 0)
	if o := f.pkg.Info.Implicits[c]; o != nil {
		name := f.p.unique(asciiName(o.Name()))
		f.names[o] = name
		to := f.subst.apply(o.Type())
		f.emit("var %s %s", name, f.p.typ(to))
		if len(c.List) == 1 && !f.isNil(c.List[0]) {
			f.emit("%s = %s", name, f.extract(value, to))
		} else {
			f.emit("%s = %s", name, f.coerce(value, emptyInterface, to))
		}
	}
	f.stmts(c.Body)
}

// isType is the test whether value is of the type that e names, or nil.
func (f *function) isType(value string, e ast.Expr) string {
	if f.isNil(e) {
		return fmt.Sprintf("rt.IsNil(%s)", value)
	}
	return fmt.Sprintf("rt.Is(%s, %d)", value, f.p.typeID(f.typeOf(e)))
}

// selectStmt writes a select. Channels and values are evaluated before it, and the bodies of its
// clauses stand in a switch after it: in a select the interpreter gets break wrong.
func (f *function) selectStmt(s *ast.SelectStmt, label types.Object) {
	f.block("", f.capture(func() {
		f.mark(s.Pos())
		heads := make([]string, len(s.Body.List))
		bodies := make([]func(), len(s.Body.List))
		for i, c := range s.Body.List {
			heads[i], bodies[i] = f.commClause(c.(*ast.CommClause))
		}
		chosen := f.p.unique("t")
		f.emit("%s := -1", chosen)
		f.emit("select {")
		for i, head := range heads {
			f.emit("%s", head)
			f.emit("%s = %d", chosen, i)
		}
		f.emit("}")
		f.flow = append(f.flow, scope{kind: scopeSwitch, label: label})
		f.emit("%s", f.head(label, "switch {"))
		for i := range heads {
			f.emit("case %s == %d:", chosen, i)
			f.countArm(s.Body.List[i], 0)
			bodies[i]()
		}
		f.emit("}")
		f.flow = f.flow[:len(f.flow)-1]
	}))
}

// commClause is the head of a select clause, with what is to be kept of it, and its body.
func (f *function) commClause(c *ast.CommClause) (head string, body func()) {
	rest := func() { f.stmts(c.Body) }
	switch s := c.Comm.(type) {
	case nil:
		return "default:", rest
	case *ast.SendStmt:
		ch := f.variableOf(f.typeOf(s.Chan), f.expr(s.Chan))
		elem := f.typeOf(s.Chan).Underlying().(*types.Chan).Elem()
		return fmt.Sprintf("case %s <- %s:", ch, f.variableOf(elem, f.convert(s.Value, elem))), rest
	case *ast.ExprStmt:
		return fmt.Sprintf("case <-%s:", f.received(s.X)), rest
	case *ast.AssignStmt:
		return f.receiveClause(s, rest)
	}
	panic("lower: select clause")
}

// received is a variable with the channel of a receive expression.
func (f *function) received(e ast.Expr) string {
	ch := ast.Unparen(e).(*ast.UnaryExpr).X
	return f.variableOf(f.typeOf(ch), f.expr(ch))
}

func (f *function) receiveClause(s *ast.AssignStmt, rest func()) (string, func()) {
	ch := f.received(s.Rhs[0])
	chanExpr := ast.Unparen(s.Rhs[0]).(*ast.UnaryExpr).X
	elem := f.typeOf(chanExpr).Underlying().(*types.Chan).Elem()
	v, ok := f.p.unique("t"), f.p.unique("t")
	kept, keptOK := f.zero(elem), f.zero(types.Typ[types.Bool])
	head := fmt.Sprintf("case %s := <-%s:\n%s = %s", v, ch, kept, v)
	if len(s.Lhs) == 2 {
		head = fmt.Sprintf("case %s, %s := <-%s:\n%s = %s\n%s = %s", v, ok, ch, kept, v, keptOK, ok)
	}
	return head, func() {
		f.give(s.Lhs[0], s.Tok, kept, elem)
		if len(s.Lhs) == 2 {
			f.give(s.Lhs[1], s.Tok, keptOK, types.Typ[types.Bool])
		}
		rest()
	}
}

// give assigns a value to an expression, or to a new variable.
func (f *function) give(lhs ast.Expr, tok token.Token, text string, t types.Type) {
	if id, ok := lhs.(*ast.Ident); ok && (id.Name == "_" || tok == token.DEFINE && f.pkg.Info.Defs[id] != nil) {
		if id.Name != "_" {
			f.variable(id, f.coerce(text, t, f.definedType(id, t)))
		}
		return
	}
	f.store(f.place(lhs, false), f.coerce(text, t, f.typeOf(lhs)))
}
