package engine

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"strings"

	"github.com/plugreel/plugreel/interp/internal/cover"
	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/sdk/coverage"
)

// counted is what is counted of a unit. The zero value counts nothing.
type counted struct {
	profile *coverage.Profile
	plan    *cover.Plan
	first   int // number of the plan's first point in the profile
}

// newCounted plans what is counted of a checked program.
func newCounted(profile *coverage.Profile, c *checker) counted {
	if profile == nil {
		return counted{}
	}
	plan := cover.NewPlan()
	for _, pkg := range c.program {
		isConstant := func(e ast.Expr) bool { return pkg.Info.Types[e].Value != nil }
		for _, file := range pkg.Files {
			name := c.source.fset.PositionFor(file.Pos(), false).Filename
			if profile.Measures(name) && !vendored(name) {
				plan.AddFile(c.source.fset, file, isConstant)
			}
		}
	}
	return counted{profile, plan, profile.Add(plan.Points...)}
}

// AddPoints adds the points of one Go file of fsys to profile. A test, a file for other systems and one
// of a command below the root have none.
// Errors: joined *[sdk.LoadError] values.
func AddPoints(profile *coverage.Profile, fsys fs.FS, name string) error {
	s := &source{fsys: fsys, fset: token.NewFileSet()}
	dir := path.Dir(name)
	if !profile.Measures(name) || vendored(name) || !s.belongs(dir, path.Base(name)) {
		return nil
	}
	text, err := fs.ReadFile(fsys, name)
	if err != nil {
		return &sdk.LoadError{File: name, Err: err}
	}
	file, err := parser.ParseFile(s.fset, name, text, parser.SkipObjectResolution)
	if err != nil {
		s.syntax(err)
		return errors.Join(s.errs...)
	}
	if dir != "." && file.Name.Name == "main" {
		return nil
	}
	plan := cover.NewPlan()
	plan.AddFile(s.fset, file, func(ast.Expr) bool { return false })
	profile.Add(plan.Points...)
	return nil
}

// vendored says whether a file belongs to an installed package.
func vendored(name string) bool { return strings.HasPrefix(name, "vendor/") }

// hits are the counts of one machine.
func (c counted) hits() []int {
	if c.plan == nil {
		return nil
	}
	return make([]int, len(c.plan.Points))
}

func (c counted) collect(hits []int) {
	if c.profile != nil {
		c.profile.Collect(c.first, hits)
	}
}
