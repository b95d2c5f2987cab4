package lower

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
)

// callee is a call whose operands are evaluated.
type callee struct {
	text    string // what stands before the parenthesis
	args    []string
	types   []types.Type // of args
	results *types.Tuple
	spread  bool // the last argument is followed by …
	own     bool // the function is interpreted
}

func (c callee) String() string {
	text := c.text + "(" + strings.Join(c.args, ", ")
	if c.spread {
		text += "..."
	}
	return text + ")"
}

// callStmt is a call whose results nobody wants.
func (f *function) callStmt(e *ast.CallExpr) {
	if f.isConversion(e) || isAnyBuiltin(f.pkg.Info, e.Fun) {
		if text := f.callExpr(e); text != "" && !isAtom(text) {
			f.emit("%s", text)
		}
		return
	}
	f.emit("%s", f.prepare(e))
}

// callExpr is a call with one result.
func (f *function) callExpr(e *ast.CallExpr) string {
	if f.isConversion(e) {
		return f.conversion(e.Args[0], f.typeOf(e))
	}
	if isAnyBuiltin(f.pkg.Info, e.Fun) {
		return f.builtin(e)
	}
	c := f.prepare(e)
	if c.results.Len() == 0 {
		f.emit("%s", c)
		return ""
	}
	result := f.keep(c, c.results.At(0).Type())
	f.back(c, e)
	return result
}

// keep puts a call's one result into a variable.
func (f *function) keep(c callee, t types.Type) string {
	if types.IsInterface(t) || !c.own {
		return f.tempOf(t, c.String())
	}
	return f.temp(c.String())
}

// back notes the line again after a call that has changed it.
func (f *function) back(c callee, e *ast.CallExpr) {
	if c.own {
		f.mark(e.Pos())
	}
}

func (f *function) callTuple(e *ast.CallExpr) (texts []string, typs []types.Type) {
	c := f.prepare(e)
	for v := range c.results.Variables() {
		texts = append(texts, f.p.unique("t"))
		typs = append(typs, v.Type())
	}
	for i := range texts {
		f.emit("var %s %s", texts[i], f.p.typ(typs[i]))
	}
	f.emit("%s = %s", strings.Join(texts, ", "), c)
	f.back(c, e)
	return texts, typs
}

func (f *function) isConversion(e *ast.CallExpr) bool {
	return f.pkg.Info.Types[ast.Unparen(e.Fun)].IsType()
}

// prepare evaluates a call's function and arguments.
func (f *function) prepare(e *ast.CallExpr) callee {
	c, sig := f.function1(e)
	c.results = sig.Results()
	f.arguments(&c, e, sig)
	return c
}

// function1 evaluates what is called.
func (f *function) function1(e *ast.CallExpr) (callee, *types.Signature) {
	if name, sig := f.functionName(e.Fun); name != "" {
		return callee{text: name, own: !strings.Contains(name, ".")}, sig
	}
	if sel, ok := ast.Unparen(e.Fun).(*ast.SelectorExpr); ok {
		if s := f.pkg.Info.Selections[sel]; s != nil && s.Kind() == types.MethodVal {
			return f.method(f.pathBase(sel.X), f.typeOf(sel.X), sel.Sel.Name, f.pkg.Types)
		}
	}
	sig := f.typeOf(e.Fun).Underlying().(*types.Signature)
	fun := f.variableOf(f.typeOf(e.Fun), f.expr(e.Fun))
	if _, ok := ast.Unparen(e.Fun).(*ast.FuncLit); !ok { // the interpreter calls nil without a word
		f.emit("if %s == nil {", fun)
		f.emit("rt.NilCall()")
		f.emit("}")
	}
	return callee{text: fun, own: true}, sig
}

// method makes the callee of a method call on a value.
func (f *function) method(base string, t types.Type, name string, from *types.Package) (callee, *types.Signature) {
	o, index, _ := types.LookupFieldOrMethod(t, true, from, name)
	fn, ok := o.(*types.Func)
	if !ok {
		panic(&Error{Message: fmt.Sprintf("no method %s in %v", name, t)})
	}
	recv, rt := f.walk(base, t, index[:len(index)-1])
	sig := fn.Signature()
	if types.IsInterface(rt) {
		if f.p.isOpen(rt) {
			d := f.p.dispatcher(fn, f.subst)
			return callee{text: d.name, args: []string{f.atom(recv)}, types: []types.Type{rt}, own: true}, sig
		}
		return callee{text: f.variableOf(rt, recv) + "." + name}, sig
	}
	if f.p.packages[fn.Pkg()] == nil {
		return f.compiledMethod(recv, rt, fn), sig
	}
	recv = f.receiver(recv, rt, sig)
	inst := f.p.instance(fn, typeArgs(rt))
	return callee{text: inst.name, args: []string{recv}, types: []types.Type{sig.Recv().Type()}, own: true}, sig
}

// typeArgs are the type arguments of a named type or of what it points to.
func typeArgs(t types.Type) []types.Type {
	t = types.Unalias(t)
	if ptr, ok := t.(*types.Pointer); ok {
		t = types.Unalias(ptr.Elem())
	}
	n, ok := t.(*types.Named)
	if !ok {
		return nil
	}
	var list []types.Type
	for a := range n.TypeArgs().Types() {
		list = append(list, a)
	}
	return list
}

// receiver makes a pointer of a value, or the other way round, as the method wants it.
func (f *function) receiver(recv string, t types.Type, sig *types.Signature) string {
	_, have := types.Unalias(t).(*types.Pointer)
	_, want := types.Unalias(sig.Recv().Type()).(*types.Pointer)
	switch {
	case have && !want:
		return "*" + f.atom(recv)
	case want && !have:
		return f.temp("&" + recv)
	}
	return recv
}

// replacedMethods are methods of compiled types that must know the program's own types.
var replacedMethods = map[string]string{
	"(*encoding/json.Decoder).Decode":                "rt.Decode",
	"(*encoding/json.Decoder).UseNumber":             "rt.UseNumber",
	"(*encoding/json.Decoder).DisallowUnknownFields": "rt.Disallow",
	"(*encoding/json.Encoder).Encode":                "rt.Encode",
}

func (f *function) compiledMethod(recv string, t types.Type, fn *types.Func) callee {
	if name := replacedMethods[fn.FullName()]; name != "" {
		return callee{text: name, args: []string{f.atom(recv)}, types: []types.Type{t}}
	}
	if isAtom(recv) {
		return callee{text: recv + "." + fn.Name()}
	}
	_, have := t.(*types.Pointer)
	_, want := fn.Signature().Recv().Type().(*types.Pointer)
	if want && !have {
		return callee{text: f.temp("&"+recv) + "." + fn.Name()}
	}
	return callee{text: f.tempOf(t, recv) + "." + fn.Name()}
}

// arguments evaluates a call's arguments.
func (f *function) arguments(c *callee, e *ast.CallExpr, sig *types.Signature) {
	texts, typs := f.operands(e)
	defer f.early(e.Args...)()
	n := sig.Params().Len()
	fixed := n
	if sig.Variadic() && !e.Ellipsis.IsValid() {
		fixed = n - 1
	}
	for i := range fixed {
		t := sig.Params().At(i).Type()
		c.args = append(c.args, f.pass(texts[i], typs[i], t, e, i))
		c.types = append(c.types, t)
	}
	switch {
	case !sig.Variadic():
	case e.Ellipsis.IsValid():
		c.spread = !c.own
	default:
		f.variadic(c, e, sig, texts[fixed:], typs[fixed:])
	}
}

// operands are the arguments before they are converted: of a call with several results these.
// Where typs has nil, the argument is still an expression.
func (f *function) operands(e *ast.CallExpr) (texts []string, typs []types.Type) {
	if len(e.Args) == 1 {
		if tuple, ok := f.typeOf(e.Args[0]).(*types.Tuple); ok && tuple.Len() > 1 {
			return f.tuple(e.Args[0], tuple.Len())
		}
	}
	return make([]string, len(e.Args)), make([]types.Type, len(e.Args))
}

// pass is argument i of a call as a value of type t.
func (f *function) pass(text string, have, t types.Type, e *ast.CallExpr, i int) string {
	if have != nil {
		return f.coerce(text, have, t)
	}
	text = f.converted(e.Args[i], t)
	if isAtom(text) || f.pkg.Info.Types[e.Args[i]].Value != nil {
		return text
	}
	return f.tempOf(t, text)
}

// variadic adds the arguments of the last parameter. Functions of the program take a slice.
func (f *function) variadic(c *callee, e *ast.CallExpr, sig *types.Signature, texts []string, typs []types.Type) {
	last := sig.Params().At(sig.Params().Len() - 1).Type()
	elem := last.(*types.Slice).Elem()
	first := sig.Params().Len() - 1
	var parts []string
	for i := range texts {
		parts = append(parts, f.pass(texts[i], typs[i], elem, e, first+i))
	}
	if !c.own {
		c.args = append(c.args, parts...)
		for range parts {
			c.types = append(c.types, elem)
		}
		return
	}
	c.types = append(c.types, last)
	if len(parts) == 0 {
		c.args = append(c.args, f.zero(last))
		return
	}
	c.args = append(c.args, f.temp(fmt.Sprintf("%s{%s}", f.p.typ(last), strings.Join(parts, ", "))))
}

// prepareCall evaluates a call's function and arguments now, and returns what makes the call.
func (f *function) prepareCall(e *ast.CallExpr) func() {
	if isAnyBuiltin(f.pkg.Info, e.Fun) {
		return f.deferBuiltin(e)
	}
	c := f.prepare(e)
	for i := range c.args {
		if !f.isLiteral(c.args[i]) && !strings.HasPrefix(c.args[i], "\"") {
			c.args[i] = f.tempOf(c.types[i], c.args[i])
		}
	}
	if c.own && !strings.HasPrefix(c.text, "F") && !strings.HasPrefix(c.text, "D") {
		c.text = f.tempOf(f.typeOf(e.Fun), c.text)
	}
	if recv, name, ok := strings.Cut(c.text, "."); ok && !c.own && !f.isPackage(recv) {
		c.text = f.frozenReceiver(e, recv) + "." + name
	}
	return func() { f.emit("%s", c) }
}

func (f *function) isPackage(name string) bool {
	return name == "rt" || strings.HasPrefix(name, "p_")
}

// frozenReceiver keeps the receiver of a deferred method of a compiled type: the pointer, if the
// method has a pointer receiver.
func (f *function) frozenReceiver(e *ast.CallExpr, recv string) string {
	sel := ast.Unparen(e.Fun).(*ast.SelectorExpr)
	fn := f.pkg.Info.Selections[sel].Obj().(*types.Func)
	t := f.typeOf(sel.X)
	_, have := t.Underlying().(*types.Pointer)
	_, want := fn.Signature().Recv().Type().(*types.Pointer)
	if want && !have {
		return f.temp("&" + recv)
	}
	return f.temp(recv)
}

// methodValue is x.M as a function: the receiver is kept as it is now.
func (f *function) methodValue(e *ast.SelectorExpr) string {
	sig := f.typeOf(e).(*types.Signature)
	c, _ := f.method(f.pathBase(e.X), f.typeOf(e.X), e.Sel.Name, f.pkg.Types)
	for i := range c.args {
		c.args[i] = f.tempOf(c.types[i], c.args[i])
	}
	if len(c.args) == 0 {
		return f.tempOf(sig, c.text)
	}
	return f.bind(c, sig)
}

// bind is a function that adds its parameters to the arguments that c has.
func (f *function) bind(c callee, sig *types.Signature) string {
	var params []string
	for v := range sig.Params().Variables() {
		name := f.p.unique("p")
		params = append(params, name+" "+f.p.typ(v.Type()))
		c.args = append(c.args, name)
	}
	c.spread = sig.Variadic() && !c.own
	lines := f.capture(func() { f.returnCall(c, sig.Results().Len()) })
	var out []string
	for v := range sig.Results().Variables() {
		out = append(out, f.p.typ(v.Type()))
	}
	name := f.p.unique("f")
	f.block(fmt.Sprintf("%s := func(%s)%s", name, strings.Join(params, ", "), results(out)), lines)
	return name
}

// methodExpr is T.M as a function.
func (f *function) methodExpr(e *ast.SelectorExpr) string {
	sig := f.typeOf(e).(*types.Signature)
	recv := f.p.unique("p")
	params := []string{recv + " " + f.p.typ(sig.Params().At(0).Type())}
	var names []string
	for v := range tail(sig.Params()) {
		names = append(names, f.p.unique("p"))
		params = append(params, names[len(names)-1]+" "+f.p.typ(v.Type()))
	}
	lines := f.capture(func() {
		c, _ := f.method(recv, sig.Params().At(0).Type(), e.Sel.Name, f.pkg.Types)
		c.args = append(c.args, names...)
		c.spread = sig.Variadic() && !c.own
		f.returnCall(c, sig.Results().Len())
	})
	var out []string
	for v := range sig.Results().Variables() {
		out = append(out, f.p.typ(v.Type()))
	}
	name := f.p.unique("f")
	f.block(fmt.Sprintf("%s := func(%s)%s", name, strings.Join(params, ", "), results(out)), lines)
	return name
}

func (f *function) returnCall(c callee, n int) {
	if n == 0 {
		f.emit("%s", c)
		return
	}
	names := make([]string, n)
	for i := range names {
		names[i] = f.p.unique("t")
	}
	f.emit("%s := %s", strings.Join(names, ", "), c)
	f.emit("return %s", strings.Join(names, ", "))
}

// tail is all but the first variable.
func tail(t *types.Tuple) func(yield func(*types.Var) bool) {
	return func(yield func(*types.Var) bool) {
		for i := 1; i < t.Len(); i++ {
			if !yield(t.At(i)) {
				return
			}
		}
	}
}
