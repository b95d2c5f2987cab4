package coverage_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/plugreel/plugreel/sdk/coverage"
)

func ExampleProfile() {
	p := coverage.New(nil)
	first := p.Add(
		coverage.Point{File: "index.js", Line: 3, Column: 1},
		coverage.Point{File: "index.js", Line: 3, Column: 5, Branch: true},
		coverage.Point{File: "index.js", Line: 3, Column: 5, Branch: true, Arm: 1},
	)
	p.Count(first)
	p.Collect(first, []int{1, 0, 2})
	for _, f := range p.Files() {
		fmt.Println(f.Name, f.Lines, f.Branches)
	}
	// Output: index.js [{3 2}] [{3 5 0 0} {3 5 1 2}]
}

// shown is "a.js 1:2 3:0 | 1.0:2", one file after the other: lines, then branches.
func shown(p *coverage.Profile) string {
	var files []string
	for _, f := range p.Files() {
		text := f.Name
		for _, l := range f.Lines {
			text += fmt.Sprintf(" %d:%d", l.Line, l.Count)
		}
		text += " |"
		for _, b := range f.Branches {
			text += fmt.Sprintf(" %d.%d:%d", b.Line, b.Arm, b.Count)
		}
		files = append(files, text)
	}
	return strings.Join(files, "; ")
}

func TestFiles(t *testing.T) {
	at := func(file string, line, column int) coverage.Point {
		return coverage.Point{File: file, Line: line, Column: column}
	}
	arm := func(line, arm int) coverage.Point {
		return coverage.Point{File: "a.js", Line: line, Column: 1, Branch: true, Arm: arm}
	}
	for _, row := range []struct {
		name, reason string
		points       []coverage.Point
		counts       []int
		want         string
	}{
		{"nothing", "no points, no files", nil, nil, ""},
		{"order", "of names and lines, whatever was added first", []coverage.Point{at("b.js", 2, 1), at("a.js", 9, 1), at("a.js", 3, 1)}, []int{1, 2, 3}, "a.js 3:3 9:2 |; b.js 2:1 |"},
		{"a line", "runs as often as its busiest statement", []coverage.Point{at("a.js", 1, 1), at("a.js", 1, 9)}, []int{2, 5}, "a.js 1:5 |"},
		{"the same place", "several programs of one file add up", []coverage.Point{at("a.js", 1, 1), at("a.js", 1, 1)}, []int{2, 5}, "a.js 1:7 |"},
		{"arms", "are no lines, and in order", []coverage.Point{arm(4, 1), arm(2, 0), arm(4, 0)}, []int{1, 0, 3}, "a.js | 2.0:0 4.0:3 4.1:1"},
	} {
		t.Run(row.name, func(t *testing.T) {
			p := coverage.New(nil)
			p.Collect(p.Add(row.points...), row.counts)
			assert.Equal(t, row.want, shown(p), row.reason)
		})
	}
}

func TestCollectEmptiesTheCounts(t *testing.T) {
	p := coverage.New(nil)
	counts := []int{3}
	first := p.Add(coverage.Point{File: "a.go", Line: 1})
	p.Collect(first, counts)
	p.Collect(first, counts)
	assert.Equal(t, "a.go 1:3 |", shown(p))
}

func TestMeasures(t *testing.T) {
	var none *coverage.Profile
	assert.False(t, none.Measures("index.js"), "the nil Profile measures nothing")
	assert.True(t, coverage.New(nil).Measures("index.js"), "nil measures all")
	some := coverage.New(func(file string) bool { return file == "index.js" })
	assert.True(t, some.Measures("index.js"))
	assert.False(t, some.Measures("lib.js"))
}

func TestKnows(t *testing.T) {
	p := coverage.New(nil)
	p.Add(coverage.Point{File: "a.js", Line: 1})
	assert.True(t, p.Knows("a.js"))
	assert.False(t, p.Knows("b.js"), "nothing was added")
}
