// Package cover finds the places of Go source that are counted when a plugin runs: its statements
// and the arms of its branches, as package coverage of sdk defines them.
//
// The front door is [Plan], which numbers the places of a program's files. It needs the syntax
// alone, so that a file that nothing imports has the same places as one that runs. The lowering
// asks for the number of what it writes:
//
//	S                     hits_[n] = hits_[n] + 1; S
//	if a { b }            if a { hits_[n]…; b } else { hits_[m]… }
//	case a: b             case a: hits_[n]…; b
//	a && b, a || b        hits_[n]… where b is evaluated
package cover

import (
	"go/ast"
	"go/token"

	"github.com/plugreel/plugreel/sdk/coverage"
)

// Plan is the places of a program that are counted. The nil Plan has none.
type Plan struct {
	Points []coverage.Point // by number

	numbers map[place]int
}

// place is what of a node is counted.
type place struct {
	node ast.Node
	arm  int // of a branch; wholeNode for a statement
}

const wholeNode = -1

// NewPlan makes a Plan without places.
func NewPlan() *Plan { return &Plan{numbers: map[place]int{}} }

// Statement is the number of a statement, or of the initial value of a package variable. ok is
// false for what is not counted.
func (p *Plan) Statement(n ast.Node) (number int, ok bool) { return p.number(place{n, wholeNode}) }

// Arm is the number of an arm: 0 and 1 of an *ast.IfStmt, 0 of a clause or of an *ast.BinaryExpr.
func (p *Plan) Arm(n ast.Node, arm int) (number int, ok bool) { return p.number(place{n, arm}) }

func (p *Plan) number(at place) (int, bool) {
	if p == nil {
		return 0, false
	}
	n, ok := p.numbers[at]
	return n, ok
}

// AddFile numbers the places of a file. isConstant tells expressions that are computed before the
// program runs.
func (p *Plan) AddFile(fset *token.FileSet, file *ast.File, isConstant func(ast.Expr) bool) {
	f := finder{plan: p, fset: fset, isConstant: isConstant}
	for _, d := range file.Decls {
		if d, ok := d.(*ast.GenDecl); ok {
			f.variables(d)
		}
	}
	ast.Inspect(file, f.visit)
}

// finder looks through a file.
type finder struct {
	plan       *Plan
	fset       *token.FileSet
	isConstant func(ast.Expr) bool
}

func (f *finder) add(n ast.Node, arm int, pos token.Pos, p coverage.Point) {
	at := f.fset.PositionFor(pos, false)
	p.File, p.Line, p.Column = at.Filename, at.Line, at.Column
	f.plan.numbers[place{n, arm}] = len(f.plan.Points)
	f.plan.Points = append(f.plan.Points, p)
}

func (f *finder) statement(n ast.Node, pos token.Pos) { f.add(n, wholeNode, pos, coverage.Point{}) }

// arm adds the arm of a branch at pos. It is the arm number nth of that branch, and number arm of n.
func (f *finder) arm(n ast.Node, arm int, pos token.Pos, nth int) {
	f.add(n, arm, pos, coverage.Point{Branch: true, Arm: nth})
}

// variables adds the initial values of package variables.
func (f *finder) variables(d *ast.GenDecl) {
	if d.Tok != token.VAR {
		return
	}
	for _, spec := range d.Specs {
		spec := spec.(*ast.ValueSpec)
		for i, value := range spec.Values {
			f.statement(value, spec.Names[i].Pos())
		}
	}
}

func (f *finder) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.GenDecl:
		return n.Tok == token.VAR
	case *ast.BlockStmt:
		f.list(n.List)
	case *ast.CaseClause:
		f.list(n.Body)
	case *ast.CommClause:
		f.list(n.Body)
	case *ast.IfStmt:
		f.branch(n)
	case *ast.SwitchStmt:
		f.clauses(n, n.Body)
	case *ast.TypeSwitchStmt:
		f.clauses(n, n.Body)
	case *ast.SelectStmt:
		f.clauses(n, n.Body)
	case *ast.BinaryExpr:
		if (n.Op == token.LAND || n.Op == token.LOR) && !f.isConstant(n) {
			f.arm(n, 0, n.Y.Pos(), 0)
		}
	}
	return true
}

// list adds the statements that run where they stand.
func (f *finder) list(statements []ast.Stmt) {
	for _, s := range statements {
		if s = unlabeled(s); runs(s) {
			f.statement(s, s.Pos())
		}
	}
}

// unlabeled is a statement without its labels.
func unlabeled(s ast.Stmt) ast.Stmt {
	for {
		labeled, ok := s.(*ast.LabeledStmt)
		if !ok {
			return s
		}
		s = labeled.Stmt
	}
}

// runs says whether a statement does anything itself.
func runs(s ast.Stmt) bool {
	switch s := s.(type) {
	case *ast.EmptyStmt, *ast.BlockStmt, *ast.CaseClause, *ast.CommClause:
		return false
	case *ast.DeclStmt:
		return s.Decl.(*ast.GenDecl).Tok == token.VAR
	}
	return true
}

// branch adds the arms of an if. The if of an else if is a statement, too.
func (f *finder) branch(s *ast.IfStmt) {
	f.arm(s, 0, s.Pos(), 0)
	f.arm(s, 1, s.Pos(), 1)
	if nested, ok := s.Else.(*ast.IfStmt); ok {
		f.statement(nested, nested.Pos())
	}
}

// clauses adds those of a switch or a select.
func (f *finder) clauses(s ast.Stmt, body *ast.BlockStmt) {
	for i, c := range body.List {
		f.arm(c, 0, s.Pos(), i)
	}
}
