package lower

import (
	"go/ast"
	"go/token"
	"go/types"
)

// early evaluates the units in a list of operands before the rest, and returns what forgets them
// again. The language leaves open whether a variable is read before a call in the same list changes
// it; the compiler reads most variables last.
func (f *function) early(operands ...ast.Expr) (forget func()) {
	units := f.units(operands)
	if len(units) == 0 || len(units) == 1 && units[0] == ast.Unparen(operands[0]) && f.allConstant(operands[1:]) {
		return func() {}
	}
	return f.evaluate(units)
}

// evaluate evaluates units before their turn.
func (f *function) evaluate(units []ast.Expr) (forget func()) {
	for _, u := range units {
		t := types.Default(f.typeOf(u))
		f.known[u] = f.variableOf(t, f.expr(u))
	}
	return func() {
		for _, u := range units {
			delete(f.known, u)
		}
	}
}

func (f *function) allConstant(list []ast.Expr) bool {
	for _, e := range list {
		if f.pkg.Info.Types[e].Value == nil {
			return false
		}
	}
	return true
}

// units are the outermost parts of operands that the compiler evaluates in their order.
func (f *function) units(operands []ast.Expr) []ast.Expr {
	var list []ast.Expr
	for _, e := range operands {
		ast.Inspect(e, func(n ast.Node) bool {
			if _, ok := n.(*ast.FuncLit); ok {
				return false
			}
			e, ok := n.(ast.Expr)
			if !ok || !f.isUnit(e) {
				return true
			}
			if f.known[e] == "" {
				list = append(list, e)
			}
			return false
		})
	}
	return list
}

// isUnit says whether e is a call of a function with one result, a receive operation, a map with
// its values, or an operation that may leave its right side out.
func (f *function) isUnit(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.CallExpr:
		return f.isUnitCall(e)
	case *ast.UnaryExpr:
		return e.Op == token.ARROW
	case *ast.CompositeLit:
		_, isMap := f.typeOf(e).Underlying().(*types.Map)
		return isMap && e.Type != nil
	case *ast.BinaryExpr:
		return (e.Op == token.LAND || e.Op == token.LOR) && f.pkg.Info.Types[e].Value == nil
	}
	return false
}

func (f *function) isUnitCall(e *ast.CallExpr) bool {
	tv := f.pkg.Info.Types[e]
	if _, several := tv.Type.(*types.Tuple); several || tv.Value != nil || f.isConversion(e) {
		return false
	}
	if isBuiltin(f.pkg.Info, e.Fun, "len") || isBuiltin(f.pkg.Info, e.Fun, "cap") {
		_, isChan := coreOf(f.typeOf(e.Args[0])).(*types.Chan)
		return isChan
	}
	return !isAnyBuiltin(f.pkg.Info, e.Fun) || isBuiltin(f.pkg.Info, e.Fun, "append")
}
