// Package cover makes a module count which of its statements and branches run.
//
// The front door is [Program], which rewrites a syntax tree:
//
//	S                          %count(n); S
//	if (a) b                   if (a) { %count(n); b } else { %count(m) }
//	a ? b : c                  a ? (%count(n), b) : (%count(m), c)
//	a && b, a || b, a ?? b     a && (%count(n), b)
//	() => e                    () => (%count(n), e)
//	case a: S                  case a: %count(n); S
//
// The helper is the host's, and no program can write its name. Nothing else changes: directives
// stay in front, labels stay with their loops, functions keep their names, and errors their places.
//
// What esbuild added to the module (imports, the declaration of exports, helpers) is not counted,
// nor are declarations of functions. Package coverage of sdk has the notions.
package cover

import (
	"reflect"
	"slices"
	"strings"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/token"
	"github.com/dop251/goja/unistring"

	"github.com/plugreel/plugreel/sdk/coverage"
)

// Count is the name of the function that a rewritten program calls with the number of a point.
const Count = "%count"

// Program rewrites a tree in place. add gives each point, which has no File yet, its number.
func Program(tree *ast.Program, add func(coverage.Point) int) {
	c := counter{file: tree.File, add: add, seen: map[any]bool{}}
	body := &tree.Body
	if wrapped := wrappedBody(tree); wrapped != nil {
		body = &wrapped.List
	}
	var list []ast.Statement
	for i, s := range *body {
		if _, isReturn := s.(*ast.ReturnStatement); !generated(s) && !(isReturn && i == len(*body)-1) {
			c.walk(reflect.ValueOf(s))
			list = c.counted(list, s)
		}
		list = append(list, s)
	}
	*body = list
}

// wrappedBody is the body of the function that a module was made, nil for a script.
func wrappedBody(tree *ast.Program) *ast.BlockStatement {
	if len(tree.Body) != 1 {
		return nil
	}
	if s, ok := tree.Body[0].(*ast.ExpressionStatement); ok {
		if f, ok := s.Expression.(*ast.FunctionLiteral); ok {
			return f.Body
		}
	}
	return nil
}

// generated recognises statements at the top of a module that esbuild wrote.
func generated(s ast.Statement) bool {
	switch s := s.(type) {
	case *ast.VariableStatement:
		id, ok := s.List[0].Target.(*ast.Identifier)
		return ok && (strings.HasPrefix(string(id.Name), "__") || strings.HasPrefix(string(id.Name), "import_") || strings.HasSuffix(string(id.Name), "_exports"))
	case *ast.ExpressionStatement:
		e := s.Expression
		if assign, ok := e.(*ast.AssignExpression); ok {
			e = assign.Right
		}
		call, ok := e.(*ast.CallExpression)
		if !ok {
			return false
		}
		id, ok := call.Callee.(*ast.Identifier)
		return ok && strings.HasPrefix(string(id.Name), "__")
	}
	return false
}

// counter rewrites a tree.
type counter struct {
	file *file.File
	add  func(coverage.Point) int
	seen map[any]bool
}

// point makes the call that counts a place.
func (c *counter) point(at file.Idx, branch bool, arm int) ast.Expression {
	p := c.file.Position(int(at) - c.file.Base())
	n := c.add(coverage.Point{Line: p.Line, Column: p.Column, Branch: branch, Arm: arm})
	return &ast.CallExpression{
		Callee:           &ast.Identifier{Name: unistring.String(Count), Idx: at},
		LeftParenthesis:  at,
		ArgumentList:     []ast.Expression{&ast.NumberLiteral{Idx: at, Value: int64(n)}},
		RightParenthesis: at,
	}
}

// start is where a statement begins, after its label; the engine's parser does not say it of an if.
func start(s ast.Statement) file.Idx {
	switch s := s.(type) {
	case *ast.IfStatement:
		return s.Test.Idx0()
	case *ast.LabelledStatement:
		return start(s.Statement)
	}
	return s.Idx0()
}

// counted appends the count of a statement, if it is one that runs where it stands.
func (c *counter) counted(list []ast.Statement, s ast.Statement) []ast.Statement {
	switch s := s.(type) {
	case *ast.FunctionDeclaration, *ast.EmptyStatement, *ast.BlockStatement:
		return list
	case *ast.ExpressionStatement:
		if _, directive := s.Expression.(*ast.StringLiteral); directive {
			return list
		}
	}
	return append(list, &ast.ExpressionStatement{Expression: c.point(start(s), false, 0)})
}

func (c *counter) list(statements []ast.Statement) []ast.Statement {
	var list []ast.Statement
	for _, s := range statements {
		list = append(c.counted(list, s), s)
	}
	return list
}

// block makes a block of the body of a statement.
func (c *counter) block(s ast.Statement) ast.Statement {
	if _, ok := s.(*ast.BlockStatement); ok || s == nil {
		return s
	}
	return &ast.BlockStatement{LeftBrace: start(s), List: c.list([]ast.Statement{s}), RightBrace: start(s)}
}

// arm is a block that begins with the count of an arm of a branch.
func (c *counter) arm(s ast.Statement, at file.Idx, n int) ast.Statement {
	count := &ast.ExpressionStatement{Expression: c.point(at, true, n)}
	if s == nil {
		return &ast.BlockStatement{LeftBrace: at, List: []ast.Statement{count}, RightBrace: at}
	}
	block := c.block(s).(*ast.BlockStatement)
	block.List = slices.Insert(block.List, 0, ast.Statement(count))
	return block
}

// valued is an expression that is counted when it is evaluated.
func (c *counter) valued(e ast.Expression, at file.Idx, branch bool, arm int) ast.Expression {
	return &ast.SequenceExpression{Sequence: []ast.Expression{c.point(at, branch, arm), e}}
}

// walk rewrites what is below a value, the inner parts first.
func (c *counter) walk(v reflect.Value) {
	switch v.Kind() {
	case reflect.Interface:
		if !v.IsNil() {
			c.walk(v.Elem())
		}
	case reflect.Pointer:
		if v.IsNil() || v.Elem().Kind() != reflect.Struct || v.Type() == fileType || c.seen[v.Interface()] {
			return
		}
		c.seen[v.Interface()] = true
		c.walk(v.Elem())
		c.rewrite(v.Interface())
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && f.Name != "DeclarationList" {
				c.walk(v.Field(i))
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			c.walk(v.Index(i))
		}
	}
}

var fileType = reflect.TypeFor[*file.File]()

func (c *counter) rewrite(node any) {
	switch n := node.(type) {
	case *ast.BlockStatement:
		n.List = c.list(n.List)
	case *ast.IfStatement:
		n.Consequent = c.arm(n.Consequent, start(n), 0)
		n.Alternate = c.arm(n.Alternate, start(n), 1)
	case *ast.SwitchStatement:
		for i, s := range n.Body {
			count := &ast.ExpressionStatement{Expression: c.point(start(n), true, i)}
			s.Consequent = slices.Insert(c.list(s.Consequent), 0, ast.Statement(count))
		}
	case *ast.ForStatement:
		n.Body = c.block(n.Body)
	case *ast.ForInStatement:
		n.Body = c.block(n.Body)
	case *ast.ForOfStatement:
		n.Body = c.block(n.Body)
	case *ast.WhileStatement:
		n.Body = c.block(n.Body)
	case *ast.DoWhileStatement:
		n.Body = c.block(n.Body)
	case *ast.ExpressionBody:
		n.Expression = c.valued(n.Expression, n.Expression.Idx0(), false, 0)
	case *ast.ConditionalExpression:
		at := n.Test.Idx0()
		n.Consequent = c.valued(n.Consequent, at, true, 0)
		n.Alternate = c.valued(n.Alternate, at, true, 1)
	case *ast.BinaryExpression:
		if n.Operator == token.LOGICAL_AND || n.Operator == token.LOGICAL_OR || n.Operator == token.COALESCE {
			n.Right = c.valued(n.Right, n.Right.Idx0(), true, 0)
		}
	}
}
