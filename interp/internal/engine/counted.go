package engine

import (
	"go/ast"
	"strings"

	"github.com/plugreel/plugreel/interp/internal/cover"
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
