package lower

import (
	"go/ast"
	"go/types"
)

// findRecursion finds the functions that can call themselves, directly or through others. Only
// these count how deep they are: a stack overflow cannot be recovered from and would end the host.
//
// A function that is mentioned counts as called. Calls of function values and through interfaces
// can reach anything, so that a function that makes one counts as recursive too. A compiled function
// may call the exported methods of what it is given, as fmt calls String: these count as called by
// one that stands for all compiled functions.
func (p *program) findRecursion() {
	p.recursive = map[*types.Func]bool{}
	calls := map[*types.Func][]*types.Func{}
	compiled := new(types.Func)
	for fn, decl := range p.decls {
		if decl.Body == nil {
			continue
		}
		if decl.Recv != nil && fn.Exported() {
			calls[compiled] = append(calls[compiled], fn)
		}
		info := p.packages[fn.Pkg()].Info
		ast.Inspect(decl.Body, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			if !ok {
				return true
			}
			callee, ok := info.Uses[id].(*types.Func)
			switch {
			case !ok:
			case p.decls[callee.Origin()] != nil:
				calls[fn] = append(calls[fn], callee.Origin())
			default:
				calls[fn] = append(calls[fn], compiled)
			}
			return true
		})
		if p.opensCall(info, decl.Body) {
			p.recursive[fn] = true
		}
	}
	for fn := range p.decls {
		if reaches(calls, fn) {
			p.recursive[fn] = true
		}
	}
}

func reaches(calls map[*types.Func][]*types.Func, from *types.Func) bool {
	seen := map[*types.Func]bool{}
	work := append([]*types.Func(nil), calls[from]...)
	for len(work) > 0 {
		fn := work[len(work)-1]
		work = work[:len(work)-1]
		if fn == from {
			return true
		}
		if !seen[fn] {
			seen[fn] = true
			work = append(work, calls[fn]...)
		}
	}
	return false
}

// opensCall says whether a body can call what cannot be seen here: through an interface of the
// program's own, or a function that it takes from a variable. A parameter is as harmless as the
// argument: whoever passes a function mentions it. Function literals are looked at by themselves.
func (p *program) opensCall(info *types.Info, body ast.Node) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return n == body
		case *ast.Ident:
			v, ok := info.Uses[n].(*types.Var)
			found = found || ok && v.Kind() != types.ParamVar && isFunc(v.Type())
		case *ast.SelectorExpr:
			s := info.Selections[n]
			found = found || s != nil && s.Kind() == types.MethodVal && p.isOpen(s.Recv())
		case *ast.IndexExpr:
			tv, ok := info.Types[n]
			found = found || ok && tv.IsValue() && isFunc(tv.Type) && !isFunc(info.TypeOf(n.X))
		case *ast.CallExpr:
			_, nested := ast.Unparen(n.Fun).(*ast.CallExpr)
			found = found || nested
		}
		return !found
	})
	return found
}

func isFunc(t types.Type) bool {
	_, ok := t.Underlying().(*types.Signature)
	return ok
}

// callsValues says whether a function literal could call itself.
func (f *function) callsValues(body *ast.BlockStmt) bool {
	return f.p.opensCall(f.pkg.Info, body)
}
