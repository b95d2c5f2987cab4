package lower

import (
	"reflect"
	"strconv"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/token"
	"github.com/dop251/goja/unistring"
)

func name(text string, at file.Idx) *ast.Identifier {
	return &ast.Identifier{Name: unistring.String(text), Idx: at}
}

func number(n int, at file.Idx) *ast.NumberLiteral {
	return &ast.NumberLiteral{Idx: at, Literal: strconv.Itoa(n), Value: int64(n)}
}

func call(helper string, at file.Idx, args ...ast.Expression) *ast.CallExpression {
	return &ast.CallExpression{Callee: name(helper, at), LeftParenthesis: at, ArgumentList: args, RightParenthesis: at}
}

// place is where an error about the value of e is reported: at the last name of a chain.
func place(e ast.Expression) file.Idx {
	switch e := e.(type) {
	case *ast.DotExpression:
		return e.Identifier.Idx
	case *ast.CallExpression:
		return e.LeftParenthesis
	case *ast.BracketExpression:
		return e.LeftBracket
	}
	return e.Idx0()
}

func declare(kind token.Token, at file.Idx, list ...*ast.Binding) *ast.LexicalDeclaration {
	return &ast.LexicalDeclaration{Idx: at, Token: kind, List: list}
}

func dot(left ast.Expression, member string) *ast.DotExpression {
	return &ast.DotExpression{Left: left, Identifier: *name(member, left.Idx0())}
}

// bound returns the names that a pattern binds.
func bound(target ast.Expression) map[unistring.String]bool {
	names := map[unistring.String]bool{}
	addBound(names, target)
	return names
}

func addBound(names map[unistring.String]bool, target ast.Expression) {
	switch t := target.(type) {
	case *ast.Identifier:
		names[t.Name] = true
	case *ast.AssignExpression:
		addBound(names, t.Left)
	case *ast.ArrayPattern:
		for _, e := range t.Elements {
			addBound(names, e)
		}
		addBound(names, t.Rest)
	case *ast.ObjectPattern:
		for _, p := range t.Properties {
			switch p := p.(type) {
			case *ast.PropertyShort:
				names[p.Name.Name] = true
			case *ast.PropertyKeyed:
				addBound(names, p.Value)
			}
		}
		addBound(names, t.Rest)
	}
}

// declaredIn returns the names that a function's body declares at its top, var and function.
func declaredIn(declared []*ast.VariableDeclaration, body ast.Node) map[unistring.String]bool {
	names := map[unistring.String]bool{}
	for _, d := range declared {
		for _, b := range d.List {
			addBound(names, b.Target)
		}
	}
	if block, ok := body.(*ast.BlockStatement); ok {
		for _, s := range block.List {
			if f, ok := s.(*ast.FunctionDeclaration); ok {
				names[f.Function.Name.Name] = true
			}
		}
	}
	return names
}

// mentions says whether one of the names stands anywhere in a node.
func mentions(node any, names map[unistring.String]bool) bool {
	return mentioned(reflect.ValueOf(node), names)
}

func mentioned(v reflect.Value, names map[unistring.String]bool) bool {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if v.IsNil() || v.Type() == fileType {
			return false
		}
		if id, ok := v.Interface().(*ast.Identifier); ok {
			return names[id.Name]
		}
		return mentioned(v.Elem(), names)
	case reflect.Struct:
		for i := range v.NumField() {
			if mentioned(v.Field(i), names) {
				return true
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			if mentioned(v.Index(i), names) {
				return true
			}
		}
	}
	return false
}
