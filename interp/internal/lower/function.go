package lower

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// function lowers one function, or what stands outside of functions.
type function struct {
	p     *program
	pkg   *Package
	subst substitution

	lines     []string // of the block that is being written
	names     map[types.Object]string
	known     map[ast.Expr]string // what has been evaluated before its turn
	results   []result            // of the innermost function or function literal
	unnamed   bool                // results have no variables: return takes values
	flow      []scope
	frame     string // variable that holds the function's deferred calls
	counted   bool   // returns count the depth of calls down
	gotoNames map[types.Object]string
}

// result is a result of the function.
type result struct {
	name string // of its variable, "" if it has none
	typ  types.Type
}

func (p *program) function(pkg *Package, subst substitution) *function {
	return &function{p: p, pkg: pkg, subst: subst, names: map[types.Object]string{}, known: map[ast.Expr]string{}, gotoNames: map[types.Object]string{}}
}

// emit writes one line of text.
func (f *function) emit(format string, args ...any) {
	f.lines = append(f.lines, fmt.Sprintf(format, args...))
}

// capture returns the lines that write writes.
func (f *function) capture(write func()) []string {
	outer := f.lines
	f.lines = nil
	write()
	lines := f.lines
	f.lines = outer
	return lines
}

// block writes lines between braces.
func (f *function) block(head string, lines []string) {
	f.emit("%s {", head)
	f.lines = append(f.lines, lines...)
	f.emit("}")
}

// temp puts a value into a new variable.
func (f *function) temp(text string) string {
	name := f.p.unique("t")
	f.emit("%s := %s", name, text)
	return name
}

// tempOf is temp for a value whose type the text does not tell.
func (f *function) tempOf(t types.Type, text string) string {
	name := f.p.unique("t")
	f.emit("var %s %s", name, f.p.typ(t))
	f.emit("%s = %s", name, text)
	return name
}

// atom returns text if it is a name or a literal, else the name of a variable that holds it.
func (f *function) atom(text string) string {
	if isAtom(text) {
		return text
	}
	return f.temp(text)
}

func isAtom(text string) bool {
	for i := range len(text) {
		c := text[i]
		if c != '_' && (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && c < 0x80 {
			return false
		}
	}
	return true
}

// typeOf is an expression's type with type parameters replaced.
func (f *function) typeOf(e ast.Expr) types.Type {
	t := f.pkg.Info.TypeOf(e)
	if t == nil {
		fail(e.Pos(), "expression without a type")
	}
	return f.subst.apply(t)
}

// name returns a local variable's name in the text.
func (f *function) name(o types.Object) string {
	n := f.names[o]
	if n == "" {
		n = f.p.unique(asciiName(o.Name()))
		f.names[o] = n
	}
	return n
}

func asciiName(name string) string {
	return "v" + strings.Map(func(r rune) rune {
		if r < 0x80 {
			return r
		}
		return 'u'
	}, name)
}

// rename gives a variable another name from here on and returns what restores the old one.
func (f *function) rename(o types.Object, name string) (restore func()) {
	old := f.names[o]
	f.names[o] = name
	return func() { f.names[o] = old }
}

// mark notes the line that is about to run.
func (f *function) mark(pos token.Pos) {
	if pos.IsValid() {
		f.emit("line_ = %d", f.p.position(pos))
	}
}

// count counts a statement that is about to run, if it is one that is counted.
func (f *function) count(s ast.Node) {
	if n, ok := f.p.in.Counted.Statement(s); ok {
		f.hit(n)
	}
}

// countArm counts an arm of a branch that has been taken.
func (f *function) countArm(n ast.Node, arm int) {
	if n, ok := f.p.in.Counted.Arm(n, arm); ok {
		f.hit(n)
	}
}

// hit counts a place. The interpreter takes three times as long for hits_[n]++.
func (f *function) hit(n int) { f.emit("hits_[%d] = hits_[%d] + 1", n, n) }

// lowerFunc writes one function.
func (p *program) lowerFunc(i *instance) {
	decl := p.decls[i.fn]
	pkg := p.packages[i.fn.Pkg()]
	if decl == nil || decl.Body == nil {
		fail(i.fn.Pos(), "function %s has no body", i.fn.Name())
	}
	f := p.function(pkg, i.subst)
	sig := i.fn.Type().(*types.Signature)
	var params []string
	if recv := sig.Recv(); recv != nil {
		params = append(params, f.param(recv))
	}
	for v := range sig.Params().Variables() {
		params = append(params, f.param(v))
	}
	lines := f.capture(func() { f.body(decl.Body, sig, p.recursive[i.fn]) })
	out := f.resultTypes(sig)
	fmt.Fprintf(&p.text, "func %s(%s)%s {\n%s\n}\n", i.name, strings.Join(params, ", "), out, strings.Join(lines, "\n"))
}

func (f *function) param(v *types.Var) string {
	name := f.p.unique("p")
	if v.Name() != "" && v.Name() != "_" {
		name = f.name(v)
	}
	return name + " " + f.p.typ(f.subst.apply(v.Type()))
}

func (f *function) resultTypes(sig *types.Signature) string {
	var out []string
	for v := range sig.Results().Variables() {
		out = append(out, f.p.typ(f.subst.apply(v.Type())))
	}
	return results(out)
}

// body writes the body of a function or function literal.
func (f *function) body(b *ast.BlockStmt, sig *types.Signature, recursive bool) {
	f.results, f.unnamed, f.flow, f.frame, f.counted = nil, true, nil, "", false
	traits := f.traits(b)
	if sig.Results().Len() > 0 && (traits.defers || traits.rangeFunc || sig.Results().At(0).Name() != "") {
		f.unnamed = false
	}
	for v := range sig.Results().Variables() {
		f.result(v)
	}
	f.counted = recursive && !traits.defers
	if traits.defers {
		f.frame = f.p.unique("d")
		f.emit("%s := rt.Frame()", f.frame)
	}
	if recursive {
		f.emit("depth_++")
		f.emit("if depth_ > %d {", MaxDepth)
		f.emit("rt.Overflow()")
		f.emit("}")
	}
	if traits.defers {
		f.deferred(b)
		return
	}
	f.stmts(b.List)
	if !terminates(b.List) {
		f.leave()
	}
}

// MaxDepth is how deeply calls that can recur may be nested.
const MaxDepth = 1000

func (f *function) result(v *types.Var) {
	r := result{typ: f.subst.apply(v.Type())}
	if !f.unnamed {
		r.name = f.p.unique("r")
		if v.Name() != "" && v.Name() != "_" {
			r.name = f.name(v)
		}
		f.emit("var %s %s", r.name, f.p.typ(r.typ))
	}
	f.results = append(f.results, r)
}

// deferred writes a body that has deferred calls: the host runs it, and them.
func (f *function) deferred(b *ast.BlockStmt) {
	lines := f.capture(func() {
		f.flow = append(f.flow, scope{kind: scopeDefer})
		f.stmts(b.List)
		f.flow = f.flow[:len(f.flow)-1]
	})
	run := f.p.unique("b")
	f.block(run+" := func()", lines)
	f.emit("rt.Run(%s, %s)", f.frame, run)
	f.leave()
}

// leave writes a return of the result variables.
func (f *function) leave() {
	if f.counted {
		f.emit("depth_--")
	}
	if f.unnamed {
		if len(f.results) == 0 {
			f.emit("return")
		} else {
			f.emit("panic(\"unreachable\")")
		}
		return
	}
	names := make([]string, len(f.results))
	for i, r := range f.results {
		names[i] = r.name
	}
	f.emit("return %s", strings.Join(names, ", "))
}

// terminates says whether the last statement is a return.
func terminates(list []ast.Stmt) bool {
	if len(list) == 0 {
		return false
	}
	_, ok := list[len(list)-1].(*ast.ReturnStmt)
	return ok
}

// traits are what decides how a body is written.
type traits struct {
	defers    bool
	rangeFunc bool
}

func (f *function) traits(b *ast.BlockStmt) traits {
	var t traits
	ast.Inspect(b, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.DeferStmt:
			t.defers = true
		case *ast.RangeStmt:
			if _, ok := coreOf(f.typeOf(n.X)).(*types.Signature); ok {
				t.rangeFunc = true
			}
		}
		return true
	})
	return t
}

// coreOf is the underlying type, of a pointer to an array the array.
func coreOf(t types.Type) types.Type {
	t = t.Underlying()
	if ptr, ok := t.(*types.Pointer); ok {
		if a, ok := ptr.Elem().Underlying().(*types.Array); ok {
			return a
		}
	}
	return t
}

// literal writes a function literal and returns the name of a variable that holds it.
func (f *function) literal(e *ast.FuncLit) string {
	sig := f.pkg.Info.TypeOf(e).(*types.Signature)
	outer := *f
	var params []string
	for v := range sig.Params().Variables() {
		params = append(params, f.param(v))
	}
	recursive := f.callsValues(e.Body)
	lines := f.capture(func() { f.body(e.Body, sig, recursive) })
	f.results, f.unnamed, f.flow, f.frame, f.counted = outer.results, outer.unnamed, outer.flow, outer.frame, outer.counted
	name := f.p.unique("f")
	f.block(fmt.Sprintf("%s := func(%s)%s", name, strings.Join(params, ", "), f.resultTypes(sig)), lines)
	return name
}
