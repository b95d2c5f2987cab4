package lower

import (
	"reflect"
	"regexp"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/token"
)

// touchesForEach matches source that may change what lists of entries do.
var touchesForEach = regexp.MustCompile(`(?:forEach|entries)\s*=[^=]|["'\x60](?:forEach|entries)["'\x60]`)

// forEach rewrites a statement Object.entries(E).forEach(([k, v]) => BODY) into the loop that it stands for;
// nil if it is another one, or if the loop would differ.
func (r *rewriter) forEach(node any) any {
	s, ok := node.(*ast.ExpressionStatement)
	if !ok {
		return nil
	}
	n, ok := s.Expression.(*ast.CallExpression)
	if !ok || len(n.ArgumentList) != 1 {
		return nil
	}
	callee, ok := n.Callee.(*ast.DotExpression)
	if !ok || callee.Identifier.Name != "forEach" {
		return nil
	}
	entries, of := entriesOf(callee.Left)
	f, ok := n.ArgumentList[0].(*ast.ArrowFunctionLiteral)
	if of == nil || !ok || f.Async || len(f.DeclarationList) > 0 || len(f.ParameterList.List) != 1 || f.ParameterList.Rest != nil {
		return nil
	}
	parameter := f.ParameterList.List[0]
	into := &ast.ForDeclaration{Idx: f.Start, Target: parameter.Target}
	if parameter.Initializer != nil || !isPair(into) || mentions(of, bound(parameter.Target)) {
		return nil
	}
	body := turn(f)
	if body == nil {
		return nil
	}
	r.changed = true
	return &ast.ForOfStatement{For: n.Idx0(), Into: into, Source: r.expression(entries), Body: r.statement(body)}
}

// turn makes the body of a loop of that of a function: to return is to continue. It is nil if that
// cannot be.
func turn(f *ast.ArrowFunctionLiteral) ast.Statement {
	switch body := f.Body.(type) {
	case *ast.ExpressionBody:
		return &ast.BlockStatement{LeftBrace: body.Idx0(), RightBrace: body.Idx1(), List: []ast.Statement{&ast.ExpressionStatement{Expression: body.Expression}}}
	case *ast.BlockStatement:
		t := turner{ok: true}
		t.special = t.returns
		made := t.statement(body)
		if t.ok {
			return made
		}
	}
	return nil
}

// turner replaces the returns of a function.
type turner struct {
	rewriter
	ok bool // all were replaced, and what the function declares can stand in a loop
}

func (t *turner) returns(node any) any {
	switch n := node.(type) {
	case *ast.ReturnStatement:
		next := &ast.BranchStatement{Idx: n.Return, Token: token.CONTINUE}
		if n.Argument == nil {
			return next
		}
		return &ast.BlockStatement{LeftBrace: n.Return, RightBrace: n.Argument.Idx1(), List: []ast.Statement{&ast.ExpressionStatement{Expression: n.Argument}, next}}
	case *ast.FunctionDeclaration:
		t.ok = false // it may be hoisted
		return n
	case *ast.FunctionLiteral, *ast.ArrowFunctionLiteral, *ast.ClassLiteral:
		return n
	case *ast.ForStatement, *ast.ForInStatement, *ast.ForOfStatement, *ast.WhileStatement, *ast.DoWhileStatement, *ast.WithStatement, *ast.LabelledStatement:
		if returnsFrom(n) {
			t.ok = false
		}
		return n
	}
	return nil
}

// returnsFrom says whether a statement holds a return of the function around it, or declares a function.
func returnsFrom(statement any) bool {
	found := false
	visit(reflect.ValueOf(statement), func(node any) bool {
		switch node.(type) {
		case *ast.ReturnStatement, *ast.FunctionDeclaration:
			found = true
		case *ast.FunctionLiteral, *ast.ArrowFunctionLiteral, *ast.ClassLiteral:
			return false
		}
		return !found
	})
	return found
}
