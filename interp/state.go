package interp

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/plugreel/plugreel/interp/internal/lower"
	"github.com/plugreel/plugreel/sdk"
)

// findState decides whether the plugin remembers anything between events: it looks in all code
// that does not only run at the beginning for changes of package variables, of meta.Global and
// Config, and of what lives as long as an instance: see [lifetime]. When in doubt it says memory.
func (p *program) findState() {
	p.info.State = sdk.StateNone
	for _, h := range hookTable {
		if slices.Contains(p.info.Hooks, h.name) && (h.schedule != 0 || h.name == sdk.HookJobs) {
			p.remembers(p.hookPos(h), h.goName+" runs between events")
		}
	}
	life := newLifetime(p.unit.Packages, p.unit.Root)
	fresh := freshVariables(p.unit.Packages)
	for _, u := range life.units {
		s := &stateScan{p: p, pkg: u.pkg, life: life, unit: u, fresh: fresh, alias: map[*types.Var]bool{}}
		s.scan()
	}
}

// hookPos is where a hook is declared, or the constructor that makes it.
func (p *program) hookPos(h hook) token.Pos {
	if o := p.unit.Root.Scope().Lookup(h.goName); o != nil {
		return o.Pos()
	}
	return p.unit.Root.Scope().Lookup(constructor.goName).Pos()
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

// stateScan looks through one unit of code.
type stateScan struct {
	p     *program
	pkg   *lower.Package
	life  *lifetime
	unit  *codeUnit
	fresh map[*types.Var]bool
	alias map[*types.Var]bool // other names of slices that are kept, so far
}

func (s *stateScan) scan() {
	if f, ok := s.unit.node.(*ast.FuncDecl); ok && isInit(f) {
		return
	}
	ast.Inspect(s.unit.node, func(n ast.Node) bool {
		if lit, ok := n.(*ast.FuncLit); ok && n != s.unit.node && s.life.lits[lit] != nil {
			return false // a unit of its own
		}
		s.node(n)
		return true
	})
}

// isInit finds what runs before there are instances.
func isInit(f *ast.FuncDecl) bool {
	return f.Recv == nil && (f.Name.Name == "init" || f.Name.Name == "main")
}

func (s *stateScan) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.AssignStmt:
		for i, lhs := range n.Lhs {
			s.written(lhs)
			s.named(lhs, nth(n.Rhs, i, len(n.Lhs)))
		}
		if n.Tok == token.DEFINE || n.Tok == token.ASSIGN {
			s.aliasedAll(n.Rhs)
		}
	case *ast.ReturnStmt:
		s.aliasedAll(n.Results)
	case *ast.CompositeLit:
		s.aliasedAll(n.Elts)
	case *ast.KeyValueExpr:
		s.aliased(n.Value)
	case *ast.IncDecStmt:
		s.written(n.X)
	case *ast.RangeStmt:
		s.ranged(n)
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
}

// selected notes a use of meta.Storage and its like, also under a name that setup gave it.
func (s *stateScan) selected(e *ast.SelectorExpr) {
	if s.unit.early {
		return
	}
	name := strings.TrimPrefix(typeText(s.pkg.Info.TypeOf(e.X)), "sdk.")
	if s.isMeta(e.X) {
		name = e.Sel.Name
	}
	switch name {
	case "Storage", "Cache", "Jobs":
		s.p.stores(e.Sel.Pos(), name)
	}
}

func (s *stateScan) isMeta(e ast.Expr) bool {
	return typeText(s.pkg.Info.TypeOf(e)) == "*sdk.PluginMeta"
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
	case s.unit.early:
	case v != nil:
		s.p.remembers(e.Pos(), fmt.Sprintf("package variable %s is changed", v.Name()))
	case s.lent(e) != "":
		s.p.remembers(e.Pos(), "meta."+s.lent(e)+" is changed")
	case s.isKept(e):
		s.p.remembers(e.Pos(), fmt.Sprintf("%s lives as long as the instance and is changed", types.ExprString(e)))
	}
}

// aliased notes that a map or pointer that is kept gets another name.
func (s *stateScan) aliased(e ast.Expr) {
	if kv, ok := e.(*ast.KeyValueExpr); ok {
		e = kv.Value
	}
	e = ast.Unparen(e)
	switch e.(type) {
	case *ast.Ident, *ast.SelectorExpr, *ast.IndexExpr:
	default:
		return
	}
	if s.isShareable(s.pkg.Info.TypeOf(e)) && (s.variable(e) != nil || s.lent(e) != "" || s.isKept(e)) {
		s.written(e)
	}
}

func (s *stateScan) aliasedAll(list []ast.Expr) {
	for _, e := range list {
		s.aliased(e)
	}
}

// named notes another name of a slice that is kept: what is written through it is kept as well.
func (s *stateScan) named(name, value ast.Expr) {
	id, ok := name.(*ast.Ident)
	if !ok || value == nil {
		return
	}
	v, ok := s.pkg.Info.ObjectOf(id).(*types.Var)
	if !ok {
		return
	}
	if _, ok := v.Type().Underlying().(*types.Slice); ok && (s.isKept(value) || s.variable(value) != nil) {
		s.alias[v] = true
	}
}

// isShareable says whether a change through one name of such a value is seen through the other,
// unless the change would be found by the type of what is changed. Objects are mostly read.
func (s *stateScan) isShareable(t types.Type) bool {
	if t == nil {
		return false
	}
	switch t := t.Underlying().(type) {
	case *types.Map, *types.Chan:
		return true
	case *types.Pointer:
		return !isConstant(t) && !s.life.holds(t.Elem()) && typeText(t) != "*sdk.Object"
	}
	return false
}

// ranged notes what a range statement writes, and names that it gives.
func (s *stateScan) ranged(n *ast.RangeStmt) {
	s.written(n.Key)
	s.written(n.Value)
	if n.Value != nil && s.isShareable(s.pkg.Info.TypeOf(n.Value)) && (s.variable(n.X) != nil || s.isKept(n.X)) {
		s.written(n.X)
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

// lent is the field of meta, Global or Config, that an expression is or is a part of, "" if none.
func (s *stateScan) lent(e ast.Expr) string {
	switch e := ast.Unparen(e).(type) {
	case *ast.SelectorExpr:
		if (e.Sel.Name == "Global" || e.Sel.Name == "Config") && s.isMeta(e.X) {
			return e.Sel.Name
		}
		return s.lent(e.X)
	case *ast.IndexExpr:
		return s.lent(e.X)
	case *ast.TypeAssertExpr:
		return s.lent(e.X)
	case *ast.StarExpr:
		return s.lent(e.X)
	}
	return ""
}

// isKept says whether an expression is in memory that lives as long as an instance: a variable
// that a hook captured, or a part of a value that one leads to.
func (s *stateScan) isKept(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return s.isCaptured(e)
	case *ast.SelectorExpr:
		return s.isKeptField(e)
	case *ast.IndexExpr:
		return s.isKept(e.X) || !s.isArray(e.X) && s.isHeld(e.X) || s.isAlias(e.X)
	case *ast.SliceExpr:
		return s.isKept(e.X) || !s.isArray(e.X) && s.isHeld(e.X) || s.isAlias(e.X)
	case *ast.StarExpr:
		return s.isKept(e.X) || s.isHeld(e.X) || s.pointsToHeld(e.X)
	case *ast.TypeAssertExpr:
		return s.isKept(e.X)
	}
	return false
}

func (s *stateScan) isKeptField(e *ast.SelectorExpr) bool {
	if s.pkg.Info.Selections[e] == nil {
		return false
	}
	return s.isKept(e.X) || s.pointsToHeld(e.X)
}

// pointsToHeld says whether an expression is a pointer to a value that is kept.
func (s *stateScan) pointsToHeld(e ast.Expr) bool {
	t := s.pkg.Info.TypeOf(e)
	if t == nil {
		return false
	}
	ptr, ok := t.Underlying().(*types.Pointer)
	return ok && s.life.holds(ptr.Elem()) && !s.isFresh(e)
}

// isHeld says whether an expression is a field of a value that is kept, or of a copy of one.
func (s *stateScan) isHeld(e ast.Expr) bool {
	sel, ok := ast.Unparen(e).(*ast.SelectorExpr)
	if !ok || s.pkg.Info.Selections[sel] == nil || s.isFresh(sel.X) {
		return false
	}
	return s.life.holds(s.pkg.Info.TypeOf(sel.X)) || s.pointsToHeld(sel.X) || s.isHeld(sel.X)
}

// isCaptured says whether a name is a variable of the beginning.
func (s *stateScan) isCaptured(id *ast.Ident) bool {
	top := s.unit
	for top.within != nil && !top.within.early {
		top = top.within
	}
	return top.within != nil && isCaptured(s.pkg.Info.Uses[id], top.node)
}

func (s *stateScan) isAlias(e ast.Expr) bool {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return false
	}
	v, ok := s.pkg.Info.Uses[id].(*types.Var)
	return ok && s.alias[v]
}

func (s *stateScan) isArray(e ast.Expr) bool {
	_, ok := s.pkg.Info.TypeOf(e).Underlying().(*types.Array)
	return ok
}

// isFresh says whether an expression is a local variable with a value that was made for it.
func (s *stateScan) isFresh(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		v, ok := s.pkg.Info.Uses[e].(*types.Var)
		return ok && s.fresh[v] && !s.isCaptured(e)
	case *ast.SelectorExpr:
		return s.isFresh(e.X)
	}
	return false
}

// call looks at what a call may change: the receiver of a compiled method with a pointer
// receiver, and reference arguments.
func (s *stateScan) call(e *ast.CallExpr) {
	if sel, ok := ast.Unparen(e.Fun).(*ast.SelectorExpr); ok {
		if m := s.pkg.Info.Selections[sel]; m != nil && m.Kind() == types.MethodVal {
			s.method(sel, m.Obj().(*types.Func))
		}
	}
	if s.elements(e) {
		return
	}
	for _, arg := range e.Args {
		switch {
		case !s.isShareable(s.pkg.Info.TypeOf(arg)):
		case s.lent(arg) != "":
			s.written(arg)
		case s.isOwn(e.Fun):
			s.aliased(arg)
		}
	}
}

// elements looks at calls of functions that do nothing to an argument but perhaps write the
// elements of a slice; it says whether this is one.
func (s *stateScan) elements(e *ast.CallExpr) bool {
	switch name := types.ExprString(e.Fun); name {
	case "len", "cap":
		return true
	case "append":
		if _, ok := ast.Unparen(e.Args[0]).(*ast.SliceExpr); ok {
			s.written(e.Args[0])
		}
		return true
	case "copy", "slices.Reverse", "slices.Sort", "slices.SortFunc", "slices.SortStableFunc",
		"sort.Strings", "sort.Ints", "sort.Float64s", "sort.Slice", "sort.SliceStable":
		s.written(e.Args[0])
		return true
	}
	return false
}

// method notes what calling a method changes. What methods of the plugin change is found where
// they do so, if they are called through a value that is kept.
func (s *stateScan) method(sel *ast.SelectorExpr, fn *types.Func) {
	recv, ok := fn.Signature().Recv().Type().(*types.Pointer)
	if !ok || isConstant(recv) || readers[typeText(recv)+"."+fn.Name()] {
		return
	}
	if s.life.funcs[fn.Origin()] == nil || s.variable(sel.X) != nil || s.lent(sel.X) != "" {
		s.written(sel.X)
	}
}

// isOwn says whether a call's function can change what it is given: all but those of compiled
// packages.
func (s *stateScan) isOwn(fun ast.Expr) bool {
	sel, ok := ast.Unparen(fun).(*ast.SelectorExpr)
	return !ok || s.pkg.Info.Selections[sel] != nil || sel.Sel.Name == "Copy" || sel.Sel.Name == "DeleteFunc"
}

// constants are compiled types whose methods change nothing.
var constants = map[string]bool{
	"regexp.Regexp": true, "strings.Replacer": true, "time.Location": true, "net/url.URL": true,
	"encoding/base64.Encoding": true, "encoding/base32.Encoding": true,
	"github.com/plugreel/plugreel/sdk.PluginMeta": true, "github.com/plugreel/plugreel/sdk.Logger": true,
}

func isConstant(t *types.Pointer) bool { return constants[types.TypeString(t.Elem(), nil)] }

// readers are methods with pointer receivers that change nothing.
var readers = map[string]bool{
	"*sdk.Object.Get": true, "*sdk.Object.Has": true, "*sdk.Object.Len": true, "*sdk.Object.Keys": true,
	"*sdk.Object.Each": true, "*sdk.Object.Clone": true, "*sdk.Object.All": true, "*sdk.Object.AppendJSON": true, "*sdk.Object.String": true,
}
