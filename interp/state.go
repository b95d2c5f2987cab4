package interp

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/plugreel/plugreel/interp/internal/lower"
	"github.com/plugreel/plugreel/sdk"
)

// findState decides whether the plugin remembers anything between events: it looks for functions
// that change package variables or meta.Global. What only runs at the beginning does not count.
// When in doubt it says memory.
func (p *program) findState() {
	p.info.State = sdk.StateNone
	for _, h := range hookTable {
		if slices.Contains(p.info.Hooks, h.name) && (h.schedule != 0 || h.name == sdk.HookJobs) {
			p.remembers(p.hookPos(h), h.goName+" runs between events")
		}
	}
	for _, pkg := range p.unit.Packages {
		for _, file := range pkg.Files {
			for _, d := range file.Decls {
				if f, ok := d.(*ast.FuncDecl); ok && f.Body != nil && !isInit(f) {
					(&stateScan{p: p, pkg: pkg, setup: f.Recv == nil && f.Name.Name == "SetupPlugin"}).scan(f.Body)
				}
			}
		}
	}
	if p.unit.Root.Scope().Lookup(constructor.goName) != nil {
		p.remembers(p.hookPos(constructor), "func Hooks may keep variables")
	}
}

// hookPos is where a hook is declared, or the constructor that makes it.
func (p *program) hookPos(h hook) token.Pos {
	if o := p.unit.Root.Scope().Lookup(h.goName); o != nil {
		return o.Pos()
	}
	return p.unit.Root.Scope().Lookup(constructor.goName).Pos()
}

func isInit(f *ast.FuncDecl) bool {
	return f.Recv == nil && (f.Name.Name == "init" || f.Name.Name == "main")
}

// remembers notes what makes the plugin stateful; the first place is enough.
func (p *program) remembers(pos token.Pos, why string) {
	if p.info.State == sdk.StateMemory {
		return
	}
	p.info.State = sdk.StateMemory
	file, line, column := p.unit.Place(pos)
	p.info.Notices = append(p.info.Notices, sdk.Notice{File: file, Line: line, Column: column, Code: "state-memory",
		Message: why + ": the plugin remembers from event to event"})
}

// shares notes a package variable that is changed; the first place of each is enough.
func (p *program) shares(pos token.Pos, v *types.Var) {
	if p.shared[v] {
		return
	}
	if p.shared == nil {
		p.shared = map[*types.Var]bool{}
	}
	p.shared[v] = true
	file, line, column := p.unit.Place(pos)
	p.variables = append(p.variables, sdk.Notice{File: file, Line: line, Column: column, Code: "package-variable",
		Message: fmt.Sprintf("package variable %s is changed", v.Name())})
}

// stores notes that the plugin uses what outlives an instance; the first place is enough.
func (p *program) stores(pos token.Pos, name string) {
	if p.info.State != sdk.StateNone {
		return
	}
	p.info.State = sdk.StateStore
	file, line, column := p.unit.Place(pos)
	p.info.Notices = append(p.info.Notices, sdk.Notice{File: file, Line: line, Column: column, Code: "state-store",
		Message: "uses meta." + name})
}

// stateScan looks through one function.
type stateScan struct {
	p     *program
	pkg   *lower.Package
	setup bool // it only runs at the beginning
}

func (s *stateScan) scan(body ast.Node) {
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, lhs := range n.Lhs {
				s.written(lhs)
			}
			if n.Tok == token.DEFINE || n.Tok == token.ASSIGN {
				for _, rhs := range n.Rhs {
					s.aliased(rhs)
				}
			}
		case *ast.IncDecStmt:
			s.written(n.X)
		case *ast.RangeStmt:
			s.written(n.Key)
			s.written(n.Value)
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				s.written(n.X)
			}
		case *ast.CallExpr:
			s.call(n)
		case *ast.SelectorExpr:
			s.selected(n)
		case *ast.SendStmt:
			s.written(n.Chan)
		}
		return true
	})
}

// selected notes a use of meta.Storage and its like.
func (s *stateScan) selected(e *ast.SelectorExpr) {
	switch e.Sel.Name {
	case "Storage", "Cache", "Jobs":
		if !s.setup && s.isMeta(e.X) {
			s.p.stores(e.Sel.Pos(), e.Sel.Name)
		}
	}
}

func (s *stateScan) isMeta(e ast.Expr) bool {
	t := s.pkg.Info.TypeOf(e)
	return t != nil && types.TypeString(t, nil) == "*github.com/plugreel/plugreel/sdk.PluginMeta"
}

// written notes that an expression is changed.
func (s *stateScan) written(e ast.Expr) {
	if e == nil {
		return
	}
	v := s.variable(e)
	if v != nil {
		s.p.shares(e.Pos(), v)
	}
	switch {
	case s.setup:
	case v != nil:
		s.p.remembers(e.Pos(), fmt.Sprintf("package variable %s is changed", v.Name()))
	case s.isGlobal(e):
		s.p.remembers(e.Pos(), "meta.Global is changed")
	}
}

// aliased notes that a map or pointer of a package variable gets another name.
func (s *stateScan) aliased(e ast.Expr) {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok || s.variable(id) == nil {
		if sel, ok := ast.Unparen(e).(*ast.SelectorExpr); ok && sel.Sel.Name == "Global" && s.isGlobal(sel) {
			s.written(e)
		}
		return
	}
	switch t := s.pkg.Info.TypeOf(id).Underlying().(type) {
	case *types.Map, *types.Chan:
		s.written(e)
	case *types.Pointer:
		if !isConstant(t) {
			s.written(e)
		}
	}
}

// variable is the package variable that an expression is or is a part of.
func (s *stateScan) variable(e ast.Expr) *types.Var {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		v, ok := s.pkg.Info.Uses[e].(*types.Var)
		if ok && v.Pkg() != nil && v.Parent() == v.Pkg().Scope() {
			return v
		}
	case *ast.SelectorExpr:
		if s.pkg.Info.Selections[e] == nil {
			return s.variable(e.Sel)
		}
		return s.variable(e.X)
	case *ast.IndexExpr:
		return s.variable(e.X)
	case *ast.SliceExpr:
		return s.variable(e.X)
	case *ast.StarExpr:
		return s.variable(e.X)
	case *ast.TypeAssertExpr:
		return s.variable(e.X)
	}
	return nil
}

// isGlobal says whether an expression is meta.Global or a part of it.
func (s *stateScan) isGlobal(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.SelectorExpr:
		if e.Sel.Name == "Global" && s.isMeta(e.X) {
			return true
		}
		return s.isGlobal(e.X)
	case *ast.IndexExpr:
		return s.isGlobal(e.X)
	case *ast.TypeAssertExpr:
		return s.isGlobal(e.X)
	case *ast.StarExpr:
		return s.isGlobal(e.X)
	}
	return false
}

// call looks at what a call may change: the receiver of a method with a pointer receiver, and
// reference arguments.
func (s *stateScan) call(e *ast.CallExpr) {
	if sel, ok := ast.Unparen(e.Fun).(*ast.SelectorExpr); ok {
		if m := s.pkg.Info.Selections[sel]; m != nil && m.Kind() == types.MethodVal {
			recv, isPointer := m.Obj().(*types.Func).Signature().Recv().Type().(*types.Pointer)
			if isPointer && !isConstant(recv) {
				s.written(sel.X)
			}
			return
		}
	}
	id, ok := ast.Unparen(e.Fun).(*ast.Ident)
	if ok && (id.Name == "len" || id.Name == "cap" || id.Name == "append") {
		return
	}
	for _, arg := range e.Args {
		if s.isGlobal(arg) && s.isMap(arg) {
			s.written(arg)
		} else if s.variable(arg) != nil && s.isMap(arg) && s.isOwn(e.Fun) {
			s.written(arg)
		}
	}
}

func (s *stateScan) isMap(e ast.Expr) bool {
	_, ok := s.pkg.Info.TypeOf(e).Underlying().(*types.Map)
	return ok
}

// isOwn says whether a call's function can change a map: all but those of compiled packages.
func (s *stateScan) isOwn(fun ast.Expr) bool {
	sel, ok := ast.Unparen(fun).(*ast.SelectorExpr)
	return !ok || s.pkg.Info.Selections[sel] != nil || sel.Sel.Name == "Copy" || sel.Sel.Name == "DeleteFunc"
}

// constants are compiled types whose methods change nothing.
var constants = map[string]bool{
	"regexp.Regexp": true, "strings.Replacer": true, "time.Location": true, "net/url.URL": true,
	"encoding/base64.Encoding": true, "encoding/base32.Encoding": true,
	"math/big.Int": false,
}

func isConstant(t *types.Pointer) bool { return constants[types.TypeString(t.Elem(), nil)] }
