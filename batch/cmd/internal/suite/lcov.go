package suite

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/plugreel/plugreel/sdk/coverage"
)

// LCOV is a profile in the format of lcov, which editors, services and genhtml read.
//
// The format knows branches by their lines alone, and genhtml refuses a file in which these do not
// fit together: a branch is on a line with a statement, and of a line that ran an arm was taken.
// So a branch in a continuation line is put on the line of its statement, and an arm more stands for
// what is left when none was taken: a switch in which no clause fits, an && that ends at its left side.
// Source: geninfo(1), section tracefile format.
func (c *Coverage) LCOV() []byte {
	var b strings.Builder
	for _, f := range c.files() {
		fmt.Fprintf(&b, "TN:\nSF:%s\n", filepath.ToSlash(f.Name))
		writeBranches(&b, tracedBranches(f))
		for _, l := range f.Lines {
			fmt.Fprintf(&b, "DA:%d,%d\n", l.Line, l.Count)
		}
		lines := covered(f).Lines
		fmt.Fprintf(&b, "LF:%d\nLH:%d\nend_of_record\n", lines.Total, lines.Covered)
	}
	return []byte(b.String())
}

// tracedBranch is a branch as the format has it.
type tracedBranch struct {
	line coverage.LineCount // of its statement
	arms []int              // how often each was taken
}

func writeBranches(b *strings.Builder, list []tracedBranch) {
	var arms Share
	for block, br := range list {
		for arm, n := range br.arms {
			fmt.Fprintf(b, "BRDA:%d,%d,%d,%d\n", br.line.Line, block, arm, n)
			arms.count(n)
		}
	}
	fmt.Fprintf(b, "BRF:%d\nBRH:%d\n", arms.Total, arms.Covered)
}

// ran says whether an arm was taken.
func (b tracedBranch) ran() bool {
	return slices.ContainsFunc(b.arms, func(n int) bool { return n > 0 })
}

// tracedBranches are the branches of a file in the order of their places.
func tracedBranches(f coverage.File) []tracedBranch {
	var list []tracedBranch
	for i := 0; i < len(f.Branches); {
		at, br := f.Branches[i], tracedBranch{}
		for ; i < len(f.Branches) && f.Branches[i].Line == at.Line && f.Branches[i].Column == at.Column; i++ {
			br.arms = append(br.arms, f.Branches[i].Count)
		}
		br.line = statementLine(f.Lines, at.Line, br.ran())
		list = append(list, br)
	}
	leaveOut(list)
	return list
}

// statementLine is the line of the statement that a branch is part of: the last one up to the
// branch's own, of those that ran if the branch did.
func statementLine(lines []coverage.LineCount, line int, ran bool) coverage.LineCount {
	found := coverage.LineCount{Line: line}
	for _, l := range lines {
		if l.Line <= line && (l.Count > 0 || !ran) {
			found = l
		}
	}
	return found
}

// leaveOut adds the arm of those who took none to a branch of each line that ran without taking any.
func leaveOut(list []tracedBranch) {
	taken := map[int]bool{}
	for _, br := range list {
		taken[br.line.Line] = taken[br.line.Line] || br.ran()
	}
	for i, br := range list {
		if br.line.Count > 0 && !taken[br.line.Line] {
			list[i].arms = append(br.arms, br.line.Count)
			taken[br.line.Line] = true
		}
	}
}
