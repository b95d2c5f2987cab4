package lower

import (
	"reflect"

	"github.com/dop251/goja/ast"
)

// try returns the rewritten form of a statement with both a catch and a finally block.
func (r *rewriter) try(node any) any {
	n, ok := node.(*ast.TryStatement)
	if !ok || n.Catch == nil || n.Finally == nil {
		return nil
	}
	r.changed = true
	copied := r.node(reflect.ValueOf(*n)).Interface().(ast.TryStatement)
	inner := &ast.TryStatement{Try: n.Try, Body: copied.Body, Catch: copied.Catch}
	return &ast.TryStatement{
		Try:     n.Try,
		Body:    &ast.BlockStatement{LeftBrace: n.Body.LeftBrace, RightBrace: n.Catch.Body.RightBrace, List: []ast.Statement{inner}},
		Finally: copied.Finally,
	}
}
