package lower

import (
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
)

// object rewrites {...E, k: v, …}; nil if a literal is of another kind. E is copied before the
// values are evaluated, as in the original.
func (r *rewriter) object(n *ast.ObjectLiteral) ast.Expression {
	if len(n.Value) == 0 {
		return nil
	}
	spread, ok := n.Value[0].(*ast.SpreadElement)
	if !ok {
		return nil
	}
	members := make([]ast.Expression, 0, 1+2*len(n.Value))
	for _, p := range n.Value[1:] {
		key, value := member(p)
		if key == nil {
			return nil
		}
		members = append(members, key, value)
	}
	r.changed = true
	copied := call(Copy, place(spread.Expression), r.expression(spread.Expression))
	if len(members) == 0 {
		return copied
	}
	for i, e := range members {
		members[i] = r.expression(e)
	}
	return call(With, n.LeftBrace, append([]ast.Expression{copied}, members...)...)
}

// member returns name and value of an ordinary member of a literal, nil for all others: methods,
// accessors, spreads, __proto__, and functions that take their name from the member.
func member(p ast.Property) (key, value ast.Expression) {
	switch p := p.(type) {
	case *ast.PropertyShort:
		if p.Initializer == nil && p.Name.Name != "__proto__" {
			return text(&p.Name), &p.Name
		}
	case *ast.PropertyKeyed:
		if p.Kind != ast.PropertyKindValue || isAnonymous(p.Value) {
			return nil, nil
		}
		switch key := p.Key.(type) {
		case *ast.StringLiteral:
			if p.Computed || key.Value != "__proto__" {
				return key, p.Value
			}
		case *ast.Identifier:
			if p.Computed {
				return key, p.Value
			}
			if key.Name != "__proto__" {
				return text(key), p.Value
			}
		}
	}
	return nil, nil
}

func text(id *ast.Identifier) *ast.StringLiteral {
	return &ast.StringLiteral{Idx: id.Idx, Literal: `"` + string(id.Name) + `"`, Value: id.Name}
}

func isAnonymous(e ast.Expression) bool {
	switch e.(type) {
	case *ast.FunctionLiteral, *ast.ArrowFunctionLiteral, *ast.ClassLiteral:
		return true
	}
	return false
}

// assign rewrites Object.assign({}, E, …); nil if a call is another one.
func (r *rewriter) assign(n *ast.CallExpression) ast.Expression {
	callee, ok := n.Callee.(*ast.DotExpression)
	if !ok || callee.Identifier.Name != "assign" || len(n.ArgumentList) < 2 {
		return nil
	}
	if object, ok := callee.Left.(*ast.Identifier); !ok || object.Name != "Object" {
		return nil
	}
	if target, ok := n.ArgumentList[0].(*ast.ObjectLiteral); !ok || len(target.Value) > 0 {
		return nil
	}
	args := []ast.Expression{r.expression(callee)}
	for _, e := range n.ArgumentList[1:] {
		if _, spread := e.(*ast.SpreadElement); spread {
			return nil
		}
		args = append(args, r.expression(e))
	}
	r.changed = true
	return call(Assign, n.LeftParenthesis, args...)
}

// regExp rewrites new RegExp(p) and new RegExp(p, f), whose patterns are often the same each time;
// nil for other classes.
func (r *rewriter) regExp(class ast.Expression, args []ast.Expression, at file.Idx) ast.Expression {
	if id, ok := class.(*ast.Identifier); !ok || id.Name != "RegExp" || len(args) == 0 || len(args) > 2 {
		return nil
	}
	made := []ast.Expression{class}
	for _, e := range args {
		if _, spread := e.(*ast.SpreadElement); spread {
			return nil
		}
		made = append(made, r.expression(e))
	}
	r.changed = true
	return call(RegExp, at, made...)
}
