package lower

import (
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/token"
)

// match rewrites E.test(A), E.exec(A) and A.match(E), where both can be evaluated twice without a
// difference; nil if a call is another one. The host may know that nothing of a text matches a pattern.
func (r *rewriter) match(n *ast.CallExpression) ast.Expression {
	callee, ok := n.Callee.(*ast.DotExpression)
	if !ok || len(n.ArgumentList) != 1 || !repeatable(callee.Left) || !repeatable(n.ArgumentList[0]) {
		return nil
	}
	pattern, subject := callee.Left, n.ArgumentList[0]
	if callee.Identifier.Name == "match" {
		pattern, subject = subject, pattern
	}
	knows := call(Knows, n.LeftParenthesis, pattern, subject)
	switch callee.Identifier.Name {
	case "test":
		r.changed = true
		return &ast.BinaryExpression{Operator: token.COALESCE, Left: knows, Right: n}
	case "exec", "match":
		r.changed = true
		return &ast.ConditionalExpression{
			Test:       &ast.BinaryExpression{Operator: token.STRICT_EQUAL, Left: knows, Right: &ast.BooleanLiteral{Idx: n.LeftParenthesis, Literal: "false"}, Comparison: true},
			Consequent: &ast.NullLiteral{Idx: n.LeftParenthesis, Literal: "null"},
			Alternate:  n,
		}
	}
	return nil
}

// repeatable says that nobody can tell how often an expression is evaluated: it is a variable.
func repeatable(e ast.Expression) bool {
	_, ok := e.(*ast.Identifier)
	return ok
}
