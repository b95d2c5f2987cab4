package lower

import (
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
)

// object rewrites {...E, k: v, …} and {...E, ...name, k: v, …}; nil if a literal is of another kind. E is
// copied before the values are evaluated, as in the original.
func (r *rewriter) object(n *ast.ObjectLiteral) ast.Expression {
	copied := spreads(n.Value)
	if len(copied) == 0 {
		return nil
	}
	members := make([]ast.Expression, 0, 1+2*len(n.Value))
	for _, p := range n.Value[len(copied):] {
		key, value := member(p)
		if key == nil {
			return nil
		}
		members = append(members, key, value)
	}
	r.changed = true
	at := place(copied[0])
	for i, e := range copied {
		copied[i] = r.expression(e)
	}
	made := call(Copy, at, copied...)
	if len(members) == 0 {
		return made
	}
	for i, e := range members {
		members[i] = r.expression(e)
	}
	return call(With, n.LeftBrace, append([]ast.Expression{made}, members...)...)
}

// spreads returns what a literal begins by copying: E of ...E, and the name of a second spread if it
// is one, because reading a variable changes nothing that E could notice.
func spreads(list []ast.Property) []ast.Expression {
	var found []ast.Expression
	for _, p := range list[:min(2, len(list))] {
		spread, ok := p.(*ast.SpreadElement)
		if !ok {
			break
		}
		if _, isName := spread.Expression.(*ast.Identifier); len(found) > 0 && !isName {
			break
		}
		found = append(found, spread.Expression)
	}
	return found
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
