package interp

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/plugreel/plugreel/interp/internal/lower"
	"github.com/plugreel/plugreel/sdk"
)

// lifetime tells the code of a plugin that runs only at the beginning, before the first event,
// from the code that may run later. When in doubt it is later.
//
// The beginning is the constructor, SetupPlugin and init, and the functions that nothing else
// calls. A function that is not called there but handed on is called later, and so is a function
// literal, unless a compiled function takes it: it is done with it when it returns.
type lifetime struct {
	packages []*lower.Package
	root     *types.Package

	units []*codeUnit                 // declared functions, and literals that run at another time
	funcs map[*types.Func]*codeUnit   // declared functions
	lits  map[*ast.FuncLit]*codeUnit  // of the literals among units
	named map[string]bool             // methods that are called through interfaces
	held  map[types.Type]bool         // types of what lives as long as an instance
	calls map[*types.Func][]reference // where declared functions are mentioned
}

// codeUnit is a piece of code that runs at one time.
type codeUnit struct {
	pkg    *lower.Package
	node   ast.Node // *ast.FuncDecl, *ast.FuncLit, or *ast.ValueSpec
	within *codeUnit
	fn     *types.Func // nil for a literal
	early  bool
}

// reference is one mention of a declared function.
type reference struct {
	from   *codeUnit
	called bool
}

// newLifetime looks through the packages of a plugin.
func newLifetime(packages []*lower.Package, root *types.Package) *lifetime {
	l := &lifetime{
		packages: packages, root: root,
		funcs: map[*types.Func]*codeUnit{},
		lits:  map[*ast.FuncLit]*codeUnit{},
		named: map[string]bool{},
		held:  map[types.Type]bool{},
		calls: map[*types.Func][]reference{},
	}
	for _, pkg := range packages {
		for _, file := range pkg.Files {
			for _, d := range file.Decls {
				l.declare(pkg, d)
			}
		}
	}
	for _, u := range slices.Clone(l.units) {
		l.read(u)
	}
	l.spread()
	l.hold()
	return l
}

// declare notes the functions of a declaration, and initial values of variables.
func (l *lifetime) declare(pkg *lower.Package, d ast.Decl) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		fn, ok := pkg.Info.Defs[d.Name].(*types.Func)
		if ok && d.Body != nil {
			l.funcs[fn] = l.add(&codeUnit{pkg: pkg, node: d, fn: fn})
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			if v, ok := spec.(*ast.ValueSpec); ok {
				l.add(&codeUnit{pkg: pkg, node: v, early: true})
			}
		}
	}
}

func (l *lifetime) add(u *codeUnit) *codeUnit {
	l.units = append(l.units, u)
	return u
}

// read notes what a unit mentions, and the units inside it.
func (l *lifetime) read(u *codeUnit) {
	same := map[*ast.FuncLit]bool{} // literals that run with the unit
	called := map[*ast.Ident]bool{} // names of functions that are called
	setup := map[ast.Node]bool{}    // literals and names that are the hook SetupPlugin
	ast.Inspect(u.node, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			l.readCall(u, n, same, called)
		case *ast.CompositeLit:
			if hook := setupOf(u.pkg, n); hook != nil {
				setup[functionName(hook)] = true
			}
		case *ast.Ident:
			if fn, ok := u.pkg.Info.Uses[n].(*types.Func); ok && l.funcs[fn.Origin()] != nil {
				l.calls[fn.Origin()] = append(l.calls[fn.Origin()], reference{u, called[n] || setup[n]})
			}
		case *ast.FuncLit:
			if !same[n] && n != u.node {
				inner := l.add(&codeUnit{pkg: u.pkg, node: n, within: u, early: setup[n]})
				l.lits[n] = inner
				l.read(inner)
				return false
			}
		}
		return true
	})
}

// readCall notes which function a call calls, and which literals it is done with.
func (l *lifetime) readCall(u *codeUnit, call *ast.CallExpr, same map[*ast.FuncLit]bool, called map[*ast.Ident]bool) {
	fun := ast.Unparen(call.Fun)
	if lit, ok := fun.(*ast.FuncLit); ok {
		same[lit] = true
	}
	name, _ := functionName(fun).(*ast.Ident)
	if name == nil {
		return
	}
	called[name] = true
	fn, ok := u.pkg.Info.Uses[name].(*types.Func)
	if !ok {
		return
	}
	if recv := fn.Signature().Recv(); recv != nil && types.IsInterface(recv.Type()) {
		l.named[fn.Name()] = true
	}
	if l.funcs[fn.Origin()] != nil {
		return
	}
	for _, arg := range call.Args {
		if lit, ok := ast.Unparen(arg).(*ast.FuncLit); ok {
			same[lit] = true
		}
	}
}

// functionName is the name in an expression for a function, or the literal that it is.
func functionName(e ast.Expr) ast.Node {
	switch e := ast.Unparen(e).(type) {
	case *ast.SelectorExpr:
		return e.Sel
	case *ast.IndexExpr: // type arguments
		return functionName(e.X)
	case *ast.IndexListExpr:
		return functionName(e.X)
	default:
		return e
	}
}

// setupOf is the hook SetupPlugin in a literal of sdk.Hooks, nil if there is none.
func setupOf(pkg *lower.Package, lit *ast.CompositeLit) ast.Expr {
	if typeText(pkg.Info.TypeOf(lit)) != "sdk.Hooks" {
		return nil
	}
	for _, e := range lit.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok && types.ExprString(kv.Key) == "SetupPlugin" {
			return kv.Value
		}
	}
	return nil
}

// spread decides for every unit when it runs: first all declared functions are early, then those
// are not that later code mentions, until nothing changes.
func (l *lifetime) spread() {
	for fn, u := range l.funcs {
		u.early = !l.isLate(fn)
	}
	for changed := true; changed; {
		changed = false
		for fn, u := range l.funcs {
			if u.early && slices.ContainsFunc(l.calls[fn], reference.late) {
				u.early, changed = false, true
			}
		}
		for _, u := range l.lits {
			if u.early && !u.within.early {
				u.early, changed = false, true
			}
		}
	}
}

// late says whether a mention makes the function one that runs later.
func (r reference) late() bool { return !r.called || !r.from.early }

// isLate says whether a function runs later whoever mentions it.
func (l *lifetime) isLate(fn *types.Func) bool {
	if fn.Signature().Recv() != nil {
		return l.named[fn.Name()] || len(l.calls[fn]) == 0 // the latter through an interface, such as fmt.Stringer
	}
	if fn.Pkg() != l.root {
		return false
	}
	return slices.ContainsFunc(hookTable, func(h hook) bool { return h.goName == fn.Name() && h.name != sdk.HookSetupPlugin })
}

// hold notes the types of what outlives a call in a plugin with a constructor: what literals of
// the beginning capture, receivers of methods that it hands on, and what these lead to.
func (l *lifetime) hold() {
	for _, u := range l.units {
		if !u.early {
			continue
		}
		ast.Inspect(u.node, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				if s := u.pkg.Info.Selections[n]; s != nil && s.Kind() == types.MethodVal && !l.isEarlyMethod(s.Obj()) {
					l.lead(s.Recv())
				}
			case *ast.FuncLit:
				if inner := l.lits[n]; inner != nil && !inner.early {
					l.captured(inner)
					return false
				}
			}
			return true
		})
	}
}

// isEarlyMethod says whether an object is a method of the plugin that only the beginning calls.
func (l *lifetime) isEarlyMethod(o types.Object) bool {
	fn, ok := o.(*types.Func)
	return ok && l.funcs[fn.Origin()] != nil && l.funcs[fn.Origin()].early
}

// captured notes the types of the variables that a literal takes from the code around it.
func (l *lifetime) captured(lit *codeUnit) {
	ast.Inspect(lit.node, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && isCaptured(lit.pkg.Info.Uses[id], lit.node) {
			l.lead(lit.pkg.Info.TypeOf(id))
		}
		return true
	})
}

// isCaptured says whether an object is a local variable from outside of a literal.
func isCaptured(o types.Object, lit ast.Node) bool {
	v, ok := o.(*types.Var)
	if !ok || v.IsField() || v.Pkg() == nil || v.Parent() == v.Pkg().Scope() {
		return false
	}
	return v.Pos() < lit.Pos() || v.Pos() >= lit.End()
}

// lead notes a type of the plugin and all that values of it lead to.
func (l *lifetime) lead(t types.Type) {
	t = types.Unalias(t)
	if l.held[t] {
		return
	}
	if named, ok := t.(*types.Named); ok && !l.isOwnType(named) {
		return
	}
	l.held[t] = true
	switch u := t.Underlying().(type) {
	case *types.Pointer:
		l.lead(u.Elem())
	case *types.Slice:
		l.lead(u.Elem())
	case *types.Array:
		l.lead(u.Elem())
	case *types.Chan:
		l.lead(u.Elem())
	case *types.Map:
		l.lead(u.Key())
		l.lead(u.Elem())
	case *types.Struct:
		for f := range u.Fields() {
			l.lead(f.Type())
		}
	case *types.Interface:
		l.leadImplementations(u)
	}
}

// leadImplementations notes the types of the plugin that an interface may hold.
func (l *lifetime) leadImplementations(i *types.Interface) {
	for _, pkg := range l.packages {
		for _, name := range pkg.Types.Scope().Names() {
			o, ok := pkg.Types.Scope().Lookup(name).(*types.TypeName)
			if !ok || types.IsInterface(o.Type()) {
				continue
			}
			if types.Implements(types.NewPointer(o.Type()), i) {
				l.lead(o.Type())
			}
		}
	}
}

func (l *lifetime) isOwnType(t *types.Named) bool {
	return slices.ContainsFunc(l.packages, func(p *lower.Package) bool { return p.Types == t.Obj().Pkg() })
}

// holds says whether values of a type are part of what lives as long as an instance.
func (l *lifetime) holds(t types.Type) bool {
	if t == nil {
		return false
	}
	named, ok := types.Unalias(t).(*types.Named)
	return ok && l.held[named.Origin()] || ok && l.held[named]
}
