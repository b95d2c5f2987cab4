package lower

import (
	"reflect"
	"slices"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/token"
	"github.com/dop251/goja/unistring"
)

// Names of the functions that a program with twins finds in its global object.
const (
	Twin    = "%twin"    // ({k: f}, {k: g}, waits): f; g is its twin, a generator if waits
	Direct  = "%direct"  // (o, m): an object whose method m, instead of a promise, gives %await what it comes to; else o
	Await   = "%await"   // (v): what await v gives if that needs no waiting, else this function
	Awaited = "%awaited" // (): the v that the hook must wait for
	Return  = "%return"  // (v): what an asynchronous function that returns v comes to
)

// awaited is a variable of a twin.
const awaited = "%value"

// Twins gives the asynchronous functions at the top of a module that may be hooks a twin each: a function
// of the same text that makes no promise. Only the host calls twins, and it waits for whatever they
// give it, so that nothing but the time they take tells the two apart.
//
//	async function hook(a) { BODY }      %twin({hook}, {hook: function (a) { BODY' }}, waits)
//	hook = async (a) => BODY             hook = %twin({hook: async (a) => BODY}, {hook: (a) => BODY'}, waits)
//
// A twin that awaits something is a generator. It yields only if it must wait:
//
//	await E                              (v = %await(E)) === %await ? yield %awaited() : v
//	await o.m(a)                         the same with %direct(o, "m").m(a)
//	return E                             return %return(E)
//
// IsHook knows the names of hooks. Tree stays as it is.
func Twins(tree *ast.Program, isHook func(name string) bool) *ast.Program {
	made := *tree
	f := moduleFunction(tree.Body)
	if f == nil {
		made.Body = withTwins(tree.Body, isHook)
		return &made
	}
	function, body := *f, *f.Body
	body.List = withTwins(body.List, isHook)
	function.Body = &body
	made.Body = []ast.Statement{&ast.ExpressionStatement{Expression: &function}}
	return &made
}

// withTwins returns the statements of a module with their twins. Functions that are declared are there
// before the first statement runs.
func withTwins(top []ast.Statement, isHook func(name string) bool) []ast.Statement {
	f := twinFinder{isHook: isHook, aliases: map[unistring.String]bool{}, last: map[unistring.String]*ast.FunctionDeclaration{}}
	for _, s := range top {
		f.findAliases(s)
		if d, ok := s.(*ast.FunctionDeclaration); ok {
			f.last[d.Function.Name.Name] = d
		}
	}
	f.special = f.function
	var declared, rest []ast.Statement
	for _, s := range top {
		if d, ok := s.(*ast.FunctionDeclaration); ok && f.last[d.Function.Name.Name] == d {
			declared = append(declared, f.declaration(d)...)
		}
		rest = append(rest, f.statement(s))
	}
	return slices.Insert(rest, directives(top), declared...)
}

// twinFinder finds the functions that may be hooks.
type twinFinder struct {
	rewriter
	isHook  func(name string) bool
	aliases map[unistring.String]bool                     // variables of the module that are exported as hooks
	last    map[unistring.String]*ast.FunctionDeclaration // by name, the one that counts
}

// findAliases notes the names behind hook: name, hook: () => name and exports.hook = name.
func (f *twinFinder) findAliases(s ast.Statement) {
	visit(reflect.ValueOf(s), func(node any) bool {
		switch n := node.(type) {
		case *ast.PropertyKeyed:
			if f.isHook(keyOf(n)) {
				f.alias(n.Value)
			}
		case *ast.AssignExpression:
			if d, ok := n.Left.(*ast.DotExpression); ok && f.isHook(string(d.Identifier.Name)) {
				f.alias(n.Right)
			}
		}
		return true
	})
}

func (f *twinFinder) alias(e ast.Expression) {
	switch e := e.(type) {
	case *ast.Identifier:
		f.aliases[e.Name] = true
	case *ast.ArrowFunctionLiteral: // what esbuild makes of export
		if body, ok := e.Body.(*ast.ExpressionBody); ok && len(e.ParameterList.List) == 0 {
			f.alias(body.Expression)
		}
	}
}

func (f *twinFinder) isName(name unistring.String) bool {
	return f.isHook(string(name)) || f.aliases[name]
}

// function returns the rewritten form of what gives a name to a function.
func (f *twinFinder) function(node any) any {
	switch n := node.(type) {
	case *ast.FunctionDeclaration, *ast.FunctionLiteral, *ast.ArrowFunctionLiteral, *ast.ClassLiteral:
		return n // only what stands at the top is made once
	case *ast.Binding:
		id, ok := n.Target.(*ast.Identifier)
		if !ok || !f.isName(id.Name) {
			return nil
		}
		if made := f.pair(id.Name, n.Initializer); made != nil {
			return &ast.Binding{Target: n.Target, Initializer: made}
		}
	case *ast.PropertyKeyed:
		if key := keyOf(n); f.isHook(key) && (n.Kind == ast.PropertyKindValue || n.Kind == ast.PropertyKindMethod) {
			if made, waits := twin(n.Value); made != nil {
				value := pair(n, keyed(unistring.String(key), made), waits) // n may be a method, and stays one
				return &ast.PropertyKeyed{Key: n.Key, Kind: ast.PropertyKindValue, Value: value}
			}
		}
	case *ast.AssignExpression:
		if n.Operator != token.ASSIGN {
			return nil
		}
		name, ok := f.assigned(n.Left)
		if !ok {
			return nil
		}
		if made := f.pair(name, n.Right); made != nil {
			return &ast.AssignExpression{Operator: n.Operator, Left: f.expression(n.Left), Right: made}
		}
	}
	return nil
}

// assigned returns the name that a function takes from what it is assigned to: a variable gives its own, a
// member none.
func (f *twinFinder) assigned(target ast.Expression) (name unistring.String, ok bool) {
	switch n := target.(type) {
	case *ast.Identifier:
		return n.Name, f.isName(n.Name)
	case *ast.DotExpression:
		return "", f.isHook(string(n.Identifier.Name))
	}
	return "", false
}

// keyOf returns the name of a member of a literal, "" if it is computed.
func keyOf(p *ast.PropertyKeyed) string {
	if p.Computed {
		return ""
	}
	switch key := p.Key.(type) {
	case *ast.StringLiteral:
		return string(key.Value)
	case *ast.Identifier:
		return string(key.Name)
	}
	return ""
}

// declaration returns the statement that names the twin of a declared function; none if it has none.
func (f *twinFinder) declaration(d *ast.FunctionDeclaration) []ast.Statement {
	name := d.Function.Name
	if !f.isName(name.Name) {
		return nil
	}
	literal := *d.Function
	literal.Name = nil // inside, its name is that of the original
	made, waits := twin(&literal)
	if made == nil {
		return nil
	}
	return []ast.Statement{&ast.ExpressionStatement{Expression: pair(keyed(name.Name, name), keyed(name.Name, made), waits)}}
}

// pair returns a call that gives the function e, which takes its name from where it stands, a twin; nil if it
// has none.
func (f *twinFinder) pair(name unistring.String, e ast.Expression) ast.Expression {
	made, waits := twin(e)
	if made == nil {
		return nil
	}
	return pair(keyed(name, e), keyed(name, made), waits)
}

// pair makes %twin({original}, {twin}, waits).
func pair(original, twin ast.Property, waits bool) ast.Expression {
	at := original.Idx0()
	object := func(p ast.Property) ast.Expression {
		return &ast.ObjectLiteral{LeftBrace: at, RightBrace: p.Idx1(), Value: []ast.Property{p}}
	}
	return call(Twin, at, object(original), object(twin), &ast.BooleanLiteral{Idx: at, Value: waits})
}

// keyed makes the member name: e, which gives its name to a function that has none.
func keyed(name unistring.String, e ast.Expression) ast.Property {
	return &ast.PropertyKeyed{Key: text(&ast.Identifier{Name: name, Idx: e.Idx0()}), Kind: ast.PropertyKindValue, Value: e}
}

// twin makes the twin of an asynchronous function, nil of anything else and where the two could be
// told apart.
func twin(e ast.Expression) (made ast.Expression, waits bool) {
	switch n := e.(type) {
	case *ast.FunctionLiteral:
		if n.Async && !n.Generator && twinnable(n, n.Name) {
			return functionTwin(n)
		}
	case *ast.ArrowFunctionLiteral:
		if n.Async && twinnable(n, nil) {
			return arrowTwin(n)
		}
	}
	return nil, false
}

func functionTwin(n *ast.FunctionLiteral) (ast.Expression, bool) {
	t := twinBody{of: n.ParameterList}
	body := t.body(n.Body)
	if t.refused {
		return nil, false
	}
	made := *n
	made.Async, made.Generator = false, t.waits
	made.Body, made.DeclarationList = body, t.declared(n.DeclarationList)
	return &made, t.waits
}

func arrowTwin(n *ast.ArrowFunctionLiteral) (ast.Expression, bool) {
	t := twinBody{of: n.ParameterList}
	made := *n
	made.Async = false
	if e, ok := n.Body.(*ast.ExpressionBody); ok {
		result := t.result(e.Expression)
		made.Body = &ast.ExpressionBody{Expression: result}
		if t.waits {
			made.Body = t.block(&ast.BlockStatement{LeftBrace: e.Idx0(), RightBrace: e.Idx1(), List: []ast.Statement{
				&ast.ReturnStatement{Return: e.Idx0(), Argument: result},
			}})
		}
	} else {
		made.Body = t.body(n.Body.(*ast.BlockStatement))
	}
	if t.refused {
		return nil, false
	}
	made.DeclarationList = t.declared(n.DeclarationList)
	if !t.waits {
		return &made, false
	}
	if usesThis(n) {
		return nil, false
	}
	return &ast.FunctionLiteral{
		Function: n.Start, ParameterList: n.ParameterList, Body: made.Body.(*ast.BlockStatement), Source: n.Source,
		DeclarationList: made.DeclarationList, Generator: true,
	}, true
}

// twinnable says that a function mentions nothing that its twin has not, or has another of: arguments, which
// know the function, its own name, super, and what eval may name.
func twinnable(n ast.Node, own *ast.Identifier) bool {
	taken := map[unistring.String]bool{"arguments": true, "eval": true, "yield": true}
	if own != nil {
		taken[own.Name] = true
	}
	fine := true
	visit(reflect.ValueOf(n), func(node any) bool {
		switch n := node.(type) {
		case *ast.Identifier:
			fine = fine && (n == own || !taken[n.Name])
		case *ast.PropertyShort:
			fine = fine && !taken[n.Name.Name]
		case *ast.SuperExpression:
			fine = false
		}
		return fine
	})
	return fine
}

// usesThis says that an arrow function could not be written as another one.
func usesThis(n ast.Node) bool {
	found := false
	visit(reflect.ValueOf(n), func(node any) bool {
		switch node.(type) {
		case *ast.ThisExpression, *ast.MetaProperty:
			found = true
		}
		return !found
	})
	return found
}

// twinBody rewrites what belongs to a function itself, not to those inside it.
type twinBody struct {
	rewriter
	of      *ast.ParameterList
	waits   bool // there is something to await
	refused bool // it can have no twin
	tidies  int  // try statements around that have a finally block
}

// body rewrites the body of a function.
func (t *twinBody) body(n *ast.BlockStatement) *ast.BlockStatement {
	t.special = t.own
	made := &ast.BlockStatement{LeftBrace: n.LeftBrace, RightBrace: n.RightBrace}
	for _, s := range n.List {
		made.List = append(made.List, t.statement(s))
	}
	return t.block(made)
}

// block declares the variable of a body that waits.
func (t *twinBody) block(n *ast.BlockStatement) *ast.BlockStatement {
	if !t.waits {
		return n
	}
	declared := declare(token.LET, n.LeftBrace, &ast.Binding{Target: name(awaited, n.LeftBrace)})
	n.List = slices.Insert[[]ast.Statement, ast.Statement](n.List, directives(n.List), declared)
	return n
}

// declared rewrites what the parser lists beside a body.
func (t *twinBody) declared(list []*ast.VariableDeclaration) []*ast.VariableDeclaration {
	return t.node(reflect.ValueOf(list)).Interface().([]*ast.VariableDeclaration)
}

func (t *twinBody) own(node any) any {
	switch n := node.(type) {
	case *ast.FunctionLiteral, *ast.ArrowFunctionLiteral:
		return n
	case *ast.AwaitExpression:
		return t.await(n)
	case *ast.ReturnStatement:
		return &ast.ReturnStatement{Return: n.Return, Argument: t.result(n.Argument)}
	case *ast.TryStatement:
		if n.Finally != nil {
			t.tidies++
			made := t.node(reflect.ValueOf(*n)).Interface().(ast.TryStatement)
			t.tidies--
			return &made
		}
	}
	return nil
}

// await rewrites an await. A hook that begins by waiting for what takes its time gains nothing.
func (t *twinBody) await(n *ast.AwaitExpression) ast.Expression {
	t.refused = t.refused || !t.waits && takesTime(n.Argument)
	t.waits = true
	at := place(n.Argument) // where the engine reports what is wrong with the value
	return &ast.ConditionalExpression{
		Test: &ast.BinaryExpression{
			Operator: token.STRICT_EQUAL, Comparison: true, Right: name(Await, at),
			Left: &ast.AssignExpression{Operator: token.ASSIGN, Left: name(awaited, n.Await), Right: call(Await, at, t.expression(direct(n.Argument)))},
		},
		Consequent: &ast.YieldExpression{Yield: at, Argument: call(Awaited, at)},
		Alternate:  name(awaited, at),
	}
}

// direct gives the object whose method is called a chance not to make a promise.
func direct(e ast.Expression) ast.Expression {
	c, ok := e.(*ast.CallExpression)
	if !ok {
		return e
	}
	callee, ok := c.Callee.(*ast.DotExpression)
	if !ok {
		return e
	}
	made := *c
	made.Callee = &ast.DotExpression{
		Left:       call(Direct, place(callee.Left), callee.Left, text(&callee.Identifier)),
		Identifier: callee.Identifier,
	}
	return &made
}

// takesTime guesses whether a value has still to come: fetch(…), helper(…), new Promise(…), Promise.all(…),
// but not storage.get(…).
func takesTime(e ast.Expression) bool {
	switch n := e.(type) {
	case *ast.NewExpression:
		return true
	case *ast.CallExpression:
		callee, ok := n.Callee.(*ast.DotExpression)
		if !ok {
			return true
		}
		class, ok := callee.Left.(*ast.Identifier)
		return ok && class.Name == "Promise" && callee.Identifier.Name != "resolve"
	}
	return false
}

// result rewrites what is returned. A finally block runs between a value and its return, which %return
// would come before.
func (t *twinBody) result(e ast.Expression) ast.Expression {
	if t.special == nil {
		t.special = t.own
	}
	if e == nil || t.isPlain(e) {
		return e
	}
	t.refused = t.refused || t.tidies > 0
	return call(Return, e.Idx0(), t.expression(e))
}

// isPlain says that what is returned is no promise and no object like one: a literal, or the event itself.
func (t *twinBody) isPlain(e ast.Expression) bool {
	switch n := e.(type) {
	case *ast.NullLiteral, *ast.BooleanLiteral, *ast.NumberLiteral, *ast.StringLiteral:
		return true
	case *ast.Identifier:
		if n.Name == "undefined" || len(t.of.List) == 0 {
			return n.Name == "undefined"
		}
		first, ok := t.of.List[0].Target.(*ast.Identifier)
		return ok && first.Name == n.Name
	}
	return false
}
