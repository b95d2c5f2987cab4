package interp

import (
	"go/ast"
	"go/types"
	"strings"

	"github.com/plugreel/plugreel/interp/internal/lower"
	"github.com/plugreel/plugreel/sdk"
)

// NoticeDiffers is the code of notices about what means one thing interpreted and another
// compiled in. Each of them says what is the same in both.
const NoticeDiffers = "compiled-differs"

// differing says how functions of packages differ once they are compiled, by package and name.
var differing = map[string]map[string]string{
	"time": {
		"Now":   clockDiffers,
		"Since": clockDiffers,
		"Until": clockDiffers,
		"Sleep": "time.Sleep moves the event's clock on when interpreted, and waits when compiled in; do without it",
	},
	"fmt": {"Print": printDiffers, "Printf": printDiffers, "Println": printDiffers},
}

const (
	clockDiffers = "the clock of package time is the event's when interpreted, and the machine's when compiled in; meta.Now() is the event's in both"
	printDiffers = "what is printed goes to the log when interpreted, and to the standard output or error when compiled in; meta.Logger is the log in both"
	randDiffers  = "the functions of package rand draw from meta.Random when interpreted, and give other numbers on every run when compiled in; rand.New(rand.NewPCG(meta.Random(), 0)) is the same in both"
	rangeDiffers = "range goes through a map in the order of its keys when interpreted, and in any order when compiled in; where the order is seen, range over slices.Sorted(maps.Keys(m))"
)

// findDifferences notes where the plugin's meaning depends on how it is run; the first place of
// each kind is enough.
func (p *program) findDifferences() {
	seen := map[string]bool{}
	for _, pkg := range p.unit.Packages {
		for _, file := range pkg.Files {
			ast.Inspect(file, func(n ast.Node) bool {
				if message := difference(pkg, n); message != "" && !seen[message] {
					seen[message] = true
					notice := sdk.Notice{Code: NoticeDiffers, Message: message}
					notice.File, notice.Line, notice.Column = p.unit.Place(n.Pos())
					p.info.Notices = append(p.info.Notices, notice)
				}
				return true
			})
		}
	}
}

// difference says how a node's meaning differs, "" if it does not.
func difference(pkg *lower.Package, n ast.Node) string {
	switch n := n.(type) {
	case *ast.RangeStmt:
		if _, ok := pkg.Info.TypeOf(n.X).Underlying().(*types.Map); ok && n.Key != nil && !orderless(pkg, n) {
			return rangeDiffers
		}
	case *ast.Ident:
		switch o := pkg.Info.Uses[n].(type) {
		case *types.Builtin:
			if o.Name() == "print" || o.Name() == "println" {
				return printDiffers
			}
		case *types.Func:
			return functionDiffers(o)
		}
	}
	return ""
}

// orderless says whether all that a loop does is to set entries of maps under the key that it is at,
// which has the same result in any order.
func orderless(pkg *lower.Package, loop *ast.RangeStmt) bool {
	key, ok := loop.Key.(*ast.Ident)
	if !ok {
		return false
	}
	for _, stmt := range loop.Body.List {
		set, ok := stmt.(*ast.AssignStmt)
		if !ok || len(set.Lhs) != 1 {
			return false
		}
		entry, ok := set.Lhs[0].(*ast.IndexExpr)
		if !ok {
			return false
		}
		index, isIdent := entry.Index.(*ast.Ident)
		_, isMap := pkg.Info.TypeOf(entry.X).Underlying().(*types.Map)
		if !isIdent || !isMap || index.Name != key.Name {
			return false
		}
	}
	return true
}

func functionDiffers(f *types.Func) string {
	if f.Pkg() == nil || f.Signature().Recv() != nil {
		return ""
	}
	if path := f.Pkg().Path(); strings.TrimSuffix(path, "/v2") == "math/rand" && !strings.HasPrefix(f.Name(), "New") {
		return randDiffers
	}
	return differing[f.Pkg().Path()][f.Name()]
}
