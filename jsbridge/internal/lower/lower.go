package lower

import (
	"reflect"
	"strconv"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/token"
	"github.com/dop251/goja/unistring"
)

// Names of the functions that a rewritten program finds in its global object.
const (
	Plain    = "%plain"    // (v): v is an array, and iterating it runs no code of the program
	Pristine = "%pristine" // (f): f is the engine's own Object.entries, and arrays iterate as they should
	Entries  = "%entries"  // (v): key, value, key, value … of v, as Object.entries finds them
	Elements = "%elements" // (v, n): an object whose members 0 to n-1 are the first elements of v
	List     = "%list"     // (v): [...v]
	Copy     = "%copy"     // (v): {...v}; (v, w): {...v, ...w}
	With     = "%with"     // (o, k, v, …): o, with the members k: v defined in it
	RegExp   = "%regexp"   // (c, p, f): new c(p, f), c being what RegExp is
	Knows    = "%knows"    // (p, s): whether pattern p matches text s; undefined if that is not known or p is no pattern
	Assign   = "%assign"   // (f, v, …): f({}, v, …), f being what Object.assign is
)

// Names of variables of a rewritten program; its own cannot begin like this.
const (
	source    = "%source"
	items     = "%items"
	index     = "%index"
	parameter = "%parameter"
)

// Program returns a tree that does what tree does, and shares nodes with it; tree stays as it is.
// If there is nothing to rewrite it returns tree itself.
func Program(tree *ast.Program) *ast.Program {
	var calls, tries, rest rewriter
	calls.special, tries.special, rest.special = calls.forEach, tries.try, rest.iteration
	if !touchesForEach.MatchString(tree.File.Source()) {
		tree = calls.program(tree)
	}
	return rest.program(hoist(tries.program(tree))) // in turn, because loops keep an original of their body
}

// rewriter copies a tree, and rewrites what it can on the way.
type rewriter struct {
	special func(node any) any // returns the rewritten form of a node, nil if it has none
	changed bool
}

// program returns a rewritten copy of a tree, or the tree itself if there is nothing to rewrite.
func (r *rewriter) program(tree *ast.Program) *ast.Program {
	made := r.node(reflect.ValueOf(tree)).Interface().(*ast.Program)
	if !r.changed {
		return tree
	}
	return made
}

var (
	fileType   = reflect.TypeFor[*file.File]()
	numberType = reflect.TypeFor[*ast.NumberLiteral]()
)

// node returns a rewritten copy of a node, of a list of nodes or of a part of a node.
func (r *rewriter) node(v reflect.Value) reflect.Value {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if v.IsNil() || v.Type() == fileType || v.Type() == numberType { // a number may be a big.Int
			return v
		}
		if special := r.special(v.Interface()); special != nil {
			return reflect.ValueOf(special)
		}
		if v.Kind() == reflect.Interface {
			return r.node(v.Elem())
		}
		if v.Elem().Kind() != reflect.Struct {
			return v
		}
		made := reflect.New(v.Type().Elem())
		made.Elem().Set(r.node(v.Elem()))
		return made
	case reflect.Struct:
		made := reflect.New(v.Type()).Elem()
		made.Set(v)
		for i := range v.NumField() {
			made.Field(i).Set(r.node(v.Field(i)))
		}
		return made
	case reflect.Slice:
		if v.IsNil() || v.Type().Elem().Kind() == reflect.Uint8 {
			return v
		}
		made := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		for i := range v.Len() {
			if item := v.Index(i); item.Kind() != reflect.Interface || !item.IsNil() {
				made.Index(i).Set(r.node(item))
			}
		}
		return made
	}
	return v
}

// iteration returns the rewritten form of loops, patterns and copies.
func (r *rewriter) iteration(node any) any {
	switch n := node.(type) {
	case *ast.LabelledStatement:
		if loop, ok := n.Statement.(*ast.ForOfStatement); ok {
			return &ast.LabelledStatement{Label: n.Label, Colon: n.Colon, Statement: r.plainLoop(loop)}
		}
	case *ast.ForOfStatement:
		if loop := r.forOf(n); loop != nil {
			return loop
		}
	case *ast.LexicalDeclaration:
		return r.declaration(n)
	case *ast.ArrowFunctionLiteral:
		if patterns(n.ParameterList, n.DeclarationList, n.Body) {
			return r.arrow(n)
		}
	case *ast.FunctionLiteral:
		if !n.Generator && patterns(n.ParameterList, n.DeclarationList, n.Body) {
			return r.function(n)
		}
	case *ast.ObjectLiteral:
		if copied := r.object(n); copied != nil {
			return copied
		}
	case *ast.CallExpression:
		if assigned := r.assign(n); assigned != nil {
			return assigned
		}
		if known := r.match(n); known != nil {
			return known
		}
	case *ast.NewExpression:
		if made := r.regExp(n.Callee, n.ArgumentList, n.New); made != nil {
			return made
		}
	case *ast.ArrayLiteral:
		if e := soleSpread(n); e != nil {
			r.changed = true
			return call(List, place(e), r.expression(e))
		}
	}
	return nil
}

func (r *rewriter) expression(e ast.Expression) ast.Expression {
	if e == nil {
		return nil
	}
	return r.node(reflect.ValueOf(&e).Elem()).Interface().(ast.Expression)
}

func (r *rewriter) statement(s ast.Statement) ast.Statement {
	return r.node(reflect.ValueOf(&s).Elem()).Interface().(ast.Statement)
}

// plainLoop rewrites the parts of a loop that is to stay one.
func (r *rewriter) plainLoop(n *ast.ForOfStatement) *ast.ForOfStatement {
	return &ast.ForOfStatement{For: n.For, Into: n.Into, Source: r.expression(n.Source), Body: r.statement(n.Body)}
}

// forOf rewrites a loop; nil if it is to stay as it is.
func (r *rewriter) forOf(n *ast.ForOfStatement) ast.Statement {
	bind := r.binder(n)
	if bind == nil {
		return nil
	}
	r.changed = true
	l := loop{of: n, at: n.For, from: n.Source, test: call(Plain, n.For, name(source, n.For)), items: name(source, n.For), again: name(source, n.For), step: 1}
	if entries, of := entriesOf(n.Source); of != nil && isPair(n.Into) {
		again := *entries
		again.ArgumentList = []ast.Expression{l.again}
		l.from, l.test, l.items, l.again, l.step = of, call(Pristine, n.For, entries.Callee), call(Entries, place(entries), l.again), &again, 2
	}
	body := &ast.BlockStatement{
		LeftBrace: n.Body.Idx0(), RightBrace: n.Body.Idx1(),
		List: append(bind(l.item), r.statement(n.Body)),
	}
	return l.statement(r.expression(l.from), body)
}

// loop is a loop over the elements of a list.
type loop struct {
	of    *ast.ForOfStatement
	at    file.Idx
	from  ast.Expression // what is evaluated once
	test  ast.Expression // may the loop take the short way over it?
	items ast.Expression // the list
	again ast.Expression // what the original loop runs over
	step  int            // elements of the list to a turn
}

// item is the element at hand, or what comes that far behind it.
func (l *loop) item(offset int) ast.Expression {
	at := l.from.Idx0()
	member := ast.Expression(name(index, at))
	if offset > 0 {
		member = &ast.BinaryExpression{Operator: token.PLUS, Left: member, Right: number(offset, at)}
	}
	return &ast.BracketExpression{Left: name(items, at), Member: member, LeftBracket: at, RightBracket: at}
}

// statement puts the loop together from the rewritten source and body.
func (l *loop) statement(from ast.Expression, body ast.Statement) ast.Statement {
	fast := &ast.ForStatement{
		For: l.at,
		Initializer: &ast.ForLoopInitializerLexicalDecl{LexicalDeclaration: *declare(token.LET, l.at,
			&ast.Binding{Target: name(items, l.at), Initializer: l.items},
			&ast.Binding{Target: name(index, l.at), Initializer: number(0, l.at)},
		)},
		Test:   &ast.BinaryExpression{Operator: token.LESS, Left: name(index, l.at), Right: dot(name(items, l.at), "length"), Comparison: true},
		Update: &ast.AssignExpression{Operator: token.PLUS, Left: name(index, l.at), Right: number(l.step, l.at)},
		Body:   body,
	}
	slow := &ast.ForOfStatement{For: l.at, Into: l.of.Into, Source: l.again, Body: l.of.Body}
	return &ast.BlockStatement{LeftBrace: l.at, RightBrace: l.of.Body.Idx1(), List: []ast.Statement{
		declare(token.CONST, l.at, &ast.Binding{Target: name(source, l.at), Initializer: from}),
		&ast.IfStatement{If: l.at, Test: l.test, Consequent: fast, Alternate: slow},
	}}
}

// binder returns what gives the variables of a loop their values, nil if the loop is of a kind
// that is not rewritten. item is the element at hand, or what comes that far behind it.
func (r *rewriter) binder(n *ast.ForOfStatement) func(item func(offset int) ast.Expression) []ast.Statement {
	switch into := n.Into.(type) {
	case *ast.ForIntoVar:
		id, ok := into.Binding.Target.(*ast.Identifier)
		if !ok || into.Binding.Initializer != nil || mentions(n.Source, map[unistring.String]bool{id.Name: true}) {
			return nil
		}
		return func(item func(int) ast.Expression) []ast.Statement {
			return []ast.Statement{&ast.ExpressionStatement{Expression: &ast.AssignExpression{Operator: token.ASSIGN, Left: id, Right: item(0)}}}
		}
	case *ast.ForDeclaration:
		if mentions(n.Source, bound(into.Target)) {
			return nil // the loop's own variables shadow those that its source names
		}
		return func(item func(int) ast.Expression) []ast.Statement {
			d := declare(token.LET, into.Idx)
			if into.IsConst {
				d.Token = token.CONST
			}
			if _, of := entriesOf(n.Source); of != nil && isPair(into) {
				for i, e := range into.Target.(*ast.ArrayPattern).Elements {
					if e == nil {
						continue
					}
					d.List = append(d.List, &ast.Binding{Target: e.(*ast.Identifier), Initializer: item(i)})
				}
				return []ast.Statement{d}
			}
			d.List = []*ast.Binding{{Target: into.Target, Initializer: item(0)}}
			return []ast.Statement{r.declaration(d)}
		}
	}
	return nil
}

// entriesOf recognises Object.entries(E) and returns the call and E.
func entriesOf(e ast.Expression) (*ast.CallExpression, ast.Expression) {
	c, ok := e.(*ast.CallExpression)
	if !ok || len(c.ArgumentList) != 1 {
		return nil, nil
	}
	if _, spread := c.ArgumentList[0].(*ast.SpreadElement); spread {
		return nil, nil
	}
	callee, ok := c.Callee.(*ast.DotExpression)
	if !ok || callee.Identifier.Name != "entries" {
		return nil, nil
	}
	if object, ok := callee.Left.(*ast.Identifier); !ok || object.Name != "Object" {
		return nil, nil
	}
	return c, c.ArgumentList[0]
}

// isPair says that a loop binds a key and a value, or one of them.
func isPair(into ast.ForInto) bool {
	d, ok := into.(*ast.ForDeclaration)
	if !ok {
		return false
	}
	p, ok := d.Target.(*ast.ArrayPattern)
	if !ok || p.Rest != nil || len(p.Elements) == 0 || len(p.Elements) > 2 {
		return false
	}
	for _, e := range p.Elements {
		if _, ok := e.(*ast.Identifier); !ok && e != nil {
			return false
		}
	}
	return p.Elements[len(p.Elements)-1] != nil
}

// declaration rewrites the array patterns of let and const.
func (r *rewriter) declaration(n *ast.LexicalDeclaration) *ast.LexicalDeclaration {
	made := declare(n.Token, n.Idx)
	for _, b := range n.List {
		made.List = append(made.List, r.binding(b))
	}
	return made
}

func (r *rewriter) binding(b *ast.Binding) *ast.Binding {
	p, ok := b.Target.(*ast.ArrayPattern)
	if !ok || p.Rest != nil || len(p.Elements) == 0 || b.Initializer == nil {
		return r.node(reflect.ValueOf(*b)).Addr().Interface().(*ast.Binding)
	}
	r.changed = true
	return &ast.Binding{
		Target:      r.members(p),
		Initializer: call(Elements, place(b.Initializer), r.expression(b.Initializer), number(len(p.Elements), p.LeftBracket)),
	}
}

// members makes a pattern over the members 0, 1, … of one over elements.
func (r *rewriter) members(p *ast.ArrayPattern) *ast.ObjectPattern {
	made := &ast.ObjectPattern{LeftBrace: p.LeftBracket, RightBrace: p.RightBracket}
	for i, e := range p.Elements {
		if e == nil {
			continue
		}
		made.Properties = append(made.Properties, &ast.PropertyKeyed{
			Key: number(i, e.Idx0()), Kind: ast.PropertyKindValue, Value: r.expression(e),
		})
	}
	return made
}

// patterns says that a function has parameters which are array patterns, and that they may become
// variables of its body.
func patterns(list *ast.ParameterList, declared []*ast.VariableDeclaration, body ast.Node) bool {
	found := false
	taken := declaredIn(declared, body)
	for _, b := range list.List {
		if b.Initializer != nil {
			return false
		}
		p, ok := b.Target.(*ast.ArrayPattern)
		if !ok {
			continue
		}
		if p.Rest != nil || len(p.Elements) == 0 {
			return false
		}
		for id := range bound(p) {
			if taken[id] {
				return false
			}
		}
		found = true
	}
	return found && list.Rest == nil
}

// parameters replaces array patterns by names, and returns the statement that takes them apart.
func (r *rewriter) parameters(list *ast.ParameterList) (*ast.ParameterList, ast.Statement) {
	r.changed = true
	made := &ast.ParameterList{Opening: list.Opening, Closing: list.Closing}
	prologue := declare(token.LET, list.Opening)
	for i, b := range list.List {
		p, ok := b.Target.(*ast.ArrayPattern)
		if !ok {
			made.List = append(made.List, r.binding(b))
			continue
		}
		id := name(parameter+strconv.Itoa(i), p.LeftBracket)
		made.List = append(made.List, &ast.Binding{Target: id})
		prologue.List = append(prologue.List, r.binding(&ast.Binding{Target: p, Initializer: id}))
	}
	return made, prologue
}

func (r *rewriter) arrow(n *ast.ArrowFunctionLiteral) *ast.ArrowFunctionLiteral {
	list, prologue := r.parameters(n.ParameterList)
	made := *n
	made.ParameterList = list
	made.DeclarationList = r.node(reflect.ValueOf(n.DeclarationList)).Interface().([]*ast.VariableDeclaration)
	if body, ok := n.Body.(*ast.BlockStatement); ok {
		made.Body = r.block(body, prologue)
		return &made
	}
	e := n.Body.(*ast.ExpressionBody).Expression
	made.Body = &ast.BlockStatement{LeftBrace: e.Idx0(), RightBrace: e.Idx1(), List: []ast.Statement{
		prologue, &ast.ReturnStatement{Return: e.Idx0(), Argument: r.expression(e)},
	}}
	return &made
}

func (r *rewriter) function(n *ast.FunctionLiteral) *ast.FunctionLiteral {
	list, prologue := r.parameters(n.ParameterList)
	made := *n
	made.ParameterList = list
	made.DeclarationList = r.node(reflect.ValueOf(n.DeclarationList)).Interface().([]*ast.VariableDeclaration)
	made.Body = r.block(n.Body, prologue)
	return &made
}

// block rewrites the body of a function and puts a statement in front of it.
func (r *rewriter) block(n *ast.BlockStatement, first ast.Statement) *ast.BlockStatement {
	made := &ast.BlockStatement{LeftBrace: n.LeftBrace, RightBrace: n.RightBrace, List: []ast.Statement{first}}
	for _, s := range n.List {
		made.List = append(made.List, r.statement(s))
	}
	return made
}

// soleSpread returns E of [...E].
func soleSpread(n *ast.ArrayLiteral) ast.Expression {
	if len(n.Value) != 1 {
		return nil
	}
	if spread, ok := n.Value[0].(*ast.SpreadElement); ok {
		return spread.Expression
	}
	return nil
}
