package lower

import (
	"reflect"
	"strconv"
	"strings"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/token"
	"github.com/dop251/goja/unistring"
)

// constant begins the names of the variables that hold what a module makes once.
const constant = "%constant"

// hoister makes once for a module what its functions would make anew in every call, although nobody
// can tell: patterns, lists of plain values and functions that use nothing of their surroundings,
// where they are at once handed to a method that does not keep them.
type hoister struct {
	rewriter
	names scope
	depth int // functions around the node at hand, the module's own not counted
	made  []*ast.Binding
}

// hoist returns a tree with such constants at its top, or tree itself if there are none.
func hoist(tree *ast.Program) *ast.Program {
	list := moduleBody(tree.Body)
	h := &hoister{names: scopeOf(list)}
	if h.names.dynamic {
		return tree
	}
	h.special = h.constants
	if len(list) > 0 && &list[0] != &tree.Body[0] {
		h.depth = -1 // the module's own function is still to come
	}
	made := h.program(tree)
	if made == tree {
		return tree
	}
	body := moduleBody(made.Body)
	at := list[0].Idx0()
	first := declare(token.CONST, at, h.made...)
	n := directives(body)
	extended := make([]ast.Statement, 0, len(body)+1)
	extended = append(append(append(extended, body[:n]...), first), body[n:]...)
	setModuleBody(made, extended)
	return made
}

// moduleBody returns the statements of a module, which is one function, or of a script.
func moduleBody(list []ast.Statement) []ast.Statement {
	if f := moduleFunction(list); f != nil && len(f.Body.List) > 0 {
		return f.Body.List
	}
	return list
}

func setModuleBody(tree *ast.Program, list []ast.Statement) {
	if f := moduleFunction(tree.Body); f != nil {
		f.Body.List = list
		return
	}
	tree.Body = list
}

// moduleFunction returns the function that a program consists of, nil if it is another one.
func moduleFunction(list []ast.Statement) *ast.FunctionLiteral {
	if len(list) != 1 {
		return nil
	}
	s, ok := list[0].(*ast.ExpressionStatement)
	if !ok {
		return nil
	}
	f, _ := s.Expression.(*ast.FunctionLiteral)
	return f
}

// directives counts the statements at the start of a body that are nothing but text, "use strict" for one.
func directives(list []ast.Statement) int {
	for i, s := range list {
		e, ok := s.(*ast.ExpressionStatement)
		if !ok {
			return i
		}
		if _, ok := e.Expression.(*ast.StringLiteral); !ok {
			return i
		}
	}
	return len(list)
}

// constants rewrites calls, and keeps count of the functions around them.
func (h *hoister) constants(node any) any {
	switch n := node.(type) {
	case *ast.FunctionLiteral:
		h.depth++
		defer func() { h.depth-- }()
		return h.node(reflect.ValueOf(*n)).Addr().Interface()
	case *ast.ArrowFunctionLiteral:
		h.depth++
		defer func() { h.depth-- }()
		return h.node(reflect.ValueOf(*n)).Addr().Interface()
	case *ast.VariableDeclaration:
		return n // it repeats a statement
	case *ast.CallExpression:
		if callee, ok := n.Callee.(*ast.DotExpression); ok && h.depth > 0 {
			return h.call(n, callee)
		}
	}
	return nil
}

// call rewrites a call of a method.
func (h *hoister) call(n *ast.CallExpression, callee *ast.DotExpression) any {
	method := string(callee.Identifier.Name)
	made := *n
	made.Callee = &ast.DotExpression{Left: h.receiver(callee.Left, method), Identifier: callee.Identifier}
	made.ArgumentList = make([]ast.Expression, len(n.ArgumentList))
	for i, e := range n.ArgumentList {
		switch e := e.(type) {
		case *ast.RegExpLiteral:
			if i == 0 && takesPattern[method] && !strings.Contains(e.Flags, "y") {
				made.ArgumentList[i] = h.keep(e, e.Idx)
				continue
			}
		case *ast.ArrowFunctionLiteral:
			if takesCallback[method] && h.names.closed(e, e.ParameterList) {
				made.ArgumentList[i] = h.keepFunction(e, e.Start)
				continue
			}
		}
		made.ArgumentList[i] = h.expression(e)
	}
	return &made
}

// takesPattern names the methods of strings that set the lastIndex of a pattern to 0, or leave it alone.
var takesPattern = map[string]bool{"match": true, "matchAll": true, "replace": true, "replaceAll": true, "search": true, "split": true}

// takesCallback names the methods of arrays that forget what they call, and the one of strings.
var takesCallback = map[string]bool{
	"every": true, "filter": true, "find": true, "findIndex": true, "findLast": true, "findLastIndex": true, "flatMap": true, "forEach": true,
	"map": true, "reduce": true, "reduceRight": true, "replace": true, "replaceAll": true, "some": true, "sort": true, "toSorted": true,
}

// receiver rewrites what a method is called on.
func (h *hoister) receiver(e ast.Expression, method string) ast.Expression {
	switch e := e.(type) {
	case *ast.RegExpLiteral:
		if (method == "test" || method == "exec") && !strings.ContainsAny(e.Flags, "gy") {
			return h.keep(e, e.Idx)
		}
	case *ast.ArrayLiteral:
		if (method == "includes" || method == "indexOf") && plainValues(e.Value) {
			return h.keep(e, e.LeftBracket)
		}
	}
	return h.expression(e)
}

// plainValues says that a list has literals only, and no holes.
func plainValues(list []ast.Expression) bool {
	for _, e := range list {
		switch e.(type) {
		case *ast.StringLiteral, *ast.NumberLiteral, *ast.BooleanLiteral, *ast.NullLiteral:
		default:
			return false
		}
	}
	return true
}

// keep makes a constant of an expression and returns its name.
func (h *hoister) keep(e ast.Expression, at file.Idx) ast.Expression {
	h.changed = true
	id := name(constant+strconv.Itoa(len(h.made)), at)
	h.made = append(h.made, &ast.Binding{Target: id, Initializer: e})
	return name(string(id.Name), at)
}

// keepFunction does it for a function, which would take the name of the constant if it stood alone.
func (h *hoister) keepFunction(f ast.Expression, at file.Idx) ast.Expression {
	return h.keep(&ast.SequenceExpression{Sequence: []ast.Expression{number(0, at), h.expression(f)}}, at)
}

// scope is what is known of the names in a module.
type scope struct {
	top, all map[unistring.String]int // how often a name is bound: by statements of the module itself, and anywhere
	dynamic  bool                     // names may mean what cannot be seen
}

func scopeOf(list []ast.Statement) scope {
	s := scope{top: map[unistring.String]int{}, all: map[unistring.String]int{}}
	for _, statement := range list {
		switch n := statement.(type) {
		case *ast.LexicalDeclaration:
			count(s.top, n.List)
		case *ast.VariableStatement:
			count(s.top, n.List)
		case *ast.FunctionDeclaration:
			s.top[n.Function.Name.Name]++
		case *ast.ClassDeclaration:
			s.top[n.Class.Name.Name]++
		}
	}
	visit(reflect.ValueOf(list), func(node any) bool {
		s.bind(node)
		return true
	})
	return s
}

// count counts the names that a declaration binds.
func count(names map[unistring.String]int, list []*ast.Binding) {
	for _, b := range list {
		for id := range bound(b.Target) {
			names[id]++
		}
	}
}

// bind counts the names that a node binds.
func (s *scope) bind(node any) {
	switch n := node.(type) {
	case *ast.Binding:
		count(s.all, []*ast.Binding{n})
	case *ast.ParameterList:
		for id := range bound(n.Rest) {
			s.all[id]++
		}
	case *ast.ForDeclaration:
		for id := range bound(n.Target) {
			s.all[id]++
		}
	case *ast.CatchStatement:
		for id := range bound(n.Parameter) {
			s.all[id]++
		}
	case *ast.FunctionLiteral:
		if n.Name != nil {
			s.all[n.Name.Name]++
		}
	case *ast.ClassLiteral:
		if n.Name != nil {
			s.all[n.Name.Name]++
		}
	case *ast.WithStatement:
		s.dynamic = true
	case *ast.Identifier:
		s.dynamic = s.dynamic || n.Name == "eval"
	}
}

// closed says that a function uses only its parameters, what the module binds and what is global.
func (s *scope) closed(f ast.Expression, list *ast.ParameterList) bool {
	own := bound(list.Rest)
	for _, b := range list.List {
		addBound(own, b.Target)
	}
	closed := true
	free := func(id unistring.String) {
		if id == "arguments" || !own[id] && s.all[id] > s.top[id] {
			closed = false
		}
	}
	visit(reflect.ValueOf(f), func(node any) bool {
		switch n := node.(type) {
		case *ast.Identifier:
			free(n.Name)
		case *ast.PropertyShort:
			free(n.Name.Name)
		case *ast.ThisExpression, *ast.SuperExpression, *ast.MetaProperty, *ast.PrivateDotExpression, *ast.PrivateIdentifier, *ast.AwaitExpression, *ast.YieldExpression:
			closed = false
		}
		return closed
	})
	return closed
}

// visit calls f for every node of a tree that it finds through pointers, and leaves out what is below one
// for which f says false. Lists that repeat declarations are left out.
func visit(v reflect.Value, f func(node any) bool) {
	switch v.Kind() {
	case reflect.Interface:
		if !v.IsNil() {
			visit(v.Elem(), f)
		}
	case reflect.Pointer:
		if !v.IsNil() && v.Type() != fileType && v.Elem().Kind() == reflect.Struct && f(v.Interface()) {
			visit(v.Elem(), f)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if field := v.Type().Field(i); field.IsExported() && field.Name != "DeclarationList" {
				visit(v.Field(i), f)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			visit(v.Index(i), f)
		}
	}
}
