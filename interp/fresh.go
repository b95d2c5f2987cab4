package interp

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/plugreel/plugreel/interp/internal/lower"
)

// freshVariables are local variables that hold a value of their own: declared without a value or
// with a literal, or what new or make returns, and never assigned anything else.
func freshVariables(packages []*lower.Package) map[*types.Var]bool {
	f := freshScan{fresh: map[*types.Var]bool{}, spoilt: map[*types.Var]bool{}}
	for _, pkg := range packages {
		f.pkg = pkg
		for _, file := range pkg.Files {
			ast.Inspect(file, f.node)
		}
	}
	for v := range f.spoilt {
		delete(f.fresh, v)
	}
	return f.fresh
}

type freshScan struct {
	pkg           *lower.Package
	fresh, spoilt map[*types.Var]bool
}

func (f *freshScan) node(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.AssignStmt:
		for i, lhs := range n.Lhs {
			f.assigned(lhs, nth(n.Rhs, i, len(n.Lhs)))
		}
	case *ast.RangeStmt:
		f.assigned(n.Key, nil)
		f.assigned(n.Value, nil)
	case *ast.ValueSpec:
		for i, name := range n.Names {
			if n.Values != nil {
				f.assigned(name, nth(n.Values, i, len(n.Names)))
			} else if v, ok := f.pkg.Info.Defs[name].(*types.Var); ok {
				f.fresh[v] = true
			}
		}
	}
	return true
}

// nth is the value for the variable i of n, nil if one call gives all of them.
func nth(values []ast.Expr, i, n int) ast.Expr {
	if len(values) != n {
		return nil
	}
	return values[i]
}

// assigned notes what a variable gets.
func (f *freshScan) assigned(name, value ast.Expr) {
	id, ok := name.(*ast.Ident)
	if !ok {
		return
	}
	v, ok := f.pkg.Info.ObjectOf(id).(*types.Var)
	switch {
	case !ok:
	case f.isNew(value):
		f.fresh[v] = true
	default:
		f.spoilt[v] = true
	}
}

// isNew says whether an expression makes a new value.
func (f *freshScan) isNew(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.CompositeLit:
		return true
	case *ast.UnaryExpr:
		_, ok := ast.Unparen(e.X).(*ast.CompositeLit)
		return ok && e.Op == token.AND
	case *ast.CallExpr:
		id, ok := ast.Unparen(e.Fun).(*ast.Ident)
		return ok && (id.Name == "new" || id.Name == "make") && f.pkg.Info.Uses[id].Parent() == types.Universe
	}
	return false
}
