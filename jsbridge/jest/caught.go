package jest

import (
	"reflect"
	"strings"

	"github.com/dop251/goja/ast"
)

// caughtHelper is the parameter of a module's function that gives errors of the engine the words of V8.
const caughtHelper = "__reworded"

// rewordCaught lets each catch clause that names what it caught begin with a call of caughtHelper, so that
// what plugins do with the messages of such errors is what their authors' tests expect.
func rewordCaught(tree *ast.Program) {
	if strings.Contains(tree.File.Source(), "catch") {
		visit(reflect.ValueOf(tree.Body), func(node any) {
			if clause, ok := node.(*ast.CatchStatement); ok {
				rewordClause(clause)
			}
		})
	}
}

func rewordClause(clause *ast.CatchStatement) {
	name, ok := clause.Parameter.(*ast.Identifier)
	if !ok {
		return
	}
	call := &ast.CallExpression{
		Callee:           &ast.Identifier{Name: caughtHelper, Idx: name.Idx},
		LeftParenthesis:  name.Idx,
		ArgumentList:     []ast.Expression{&ast.Identifier{Name: name.Name, Idx: name.Idx}},
		RightParenthesis: name.Idx,
	}
	clause.Body.List = append([]ast.Statement{&ast.ExpressionStatement{Expression: call}}, clause.Body.List...)
}
