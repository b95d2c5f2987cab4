package suite_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/plugreel/plugreel/batch/cmd/internal/suite"
	"github.com/plugreel/plugreel/sdk/coverage"
)

// genhtml wants a branch to be on a line with a statement, and an arm of a line that ran to be taken.
func TestLCOVBranches(t *testing.T) {
	line := func(n int) coverage.Point { return coverage.Point{File: "a.js", Line: n} }
	arm := func(n, column, arm int) coverage.Point {
		return coverage.Point{File: "a.js", Line: n, Column: column, Branch: true, Arm: arm}
	}
	for _, row := range []struct {
		name, reason string
		points       []coverage.Point
		counts       []int
		want         string
	}{
		{"if", "stays as it is", []coverage.Point{line(1), arm(1, 1, 0), arm(1, 1, 1)}, []int{3, 0, 3}, "1,0,0,0 1,0,1,3"},
		{"blocks", "are numbered by place", []coverage.Point{line(1), arm(1, 9, 0), arm(1, 1, 0), line(2), arm(2, 1, 0)}, []int{3, 1, 2, 1, 1}, "1,0,0,2 1,1,0,1 2,2,0,1"},
		{"not run", "has no arm more", []coverage.Point{line(1), arm(1, 1, 0)}, []int{0, 0}, "1,0,0,0"},
		{"nothing taken", "an arm for those who went past", []coverage.Point{line(1), arm(1, 1, 0), arm(1, 1, 1)}, []int{3, 0, 0}, "1,0,0,0 1,0,1,0 1,0,2,3"},
		{"one of a line", "is enough", []coverage.Point{line(1), arm(1, 1, 0), arm(1, 9, 0)}, []int{3, 0, 1}, "1,0,0,0 1,1,0,1"},
		{"none of a line", "one arm more is enough", []coverage.Point{line(1), arm(1, 1, 0), arm(1, 9, 0)}, []int{3, 0, 0}, "1,0,0,0 1,0,1,3 1,1,0,0"},
		{"continuation line", "belongs to its statement", []coverage.Point{line(1), arm(3, 1, 0), line(4)}, []int{3, 2, 3}, "1,0,0,2"},
		{"after a function that did not run", "belongs to a statement that did", []coverage.Point{line(1), line(2), arm(3, 5, 0)}, []int{1, 0, 1}, "1,0,0,1"},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := suite.NewCoverage()
			profile := c.Of("p")
			profile.Collect(profile.Add(row.points...), row.counts)
			var got []string
			for text := range strings.Lines(string(c.LCOV())) {
				if record, ok := strings.CutPrefix(strings.TrimSpace(text), "BRDA:"); ok {
					got = append(got, record)
				}
			}
			assert.Equal(t, row.want, strings.Join(got, " "), row.reason)
		})
	}
}

func TestLCOV(t *testing.T) {
	c := suite.NewCoverage()
	profile := c.Of("./plugins/p/")
	profile.Collect(profile.Add(
		coverage.Point{File: "sub/a.go", Line: 3, Column: 1},
		coverage.Point{File: "sub/a.go", Line: 4, Column: 2},
		coverage.Point{File: "sub/a.go", Line: 4, Column: 2, Branch: true},
		coverage.Point{File: "sub/a.go", Line: 4, Column: 2, Branch: true, Arm: 1},
	), []int{0, 2, 2, 0})
	assert.Equal(t, `TN:
SF:plugins/p/sub/a.go
BRDA:4,0,0,2
BRDA:4,0,1,0
BRF:2
BRH:1
DA:3,0
DA:4,2
LF:2
LH:1
end_of_record
`, string(c.LCOV()))
}
