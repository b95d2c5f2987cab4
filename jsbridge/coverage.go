package jsbridge

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"

	"github.com/plugreel/plugreel/jsbridge/internal/cover"
)

// Coverage counts what runs of a plugin's own files, installed packages left out. Several programs
// and realms may count into one; its methods may be called from several goroutines.
type Coverage struct {
	measures func(file string) bool

	mu     sync.Mutex
	points []located
	hits   []int
}

// located is a point with its file.
type located struct {
	file string
	cover.Point
}

// NewCoverage makes a Coverage of the files for which measures says true; nil measures all.
func NewCoverage(measures func(file string) bool) *Coverage { return &Coverage{measures: measures} }

// WithCoverage counts what runs into c, which costs time and changes nothing else.
func WithCoverage(c *Coverage) Option { return func(p *program) { p.coverage = c } }

// FileCoverage is what ran of a file. Files that were not loaded have none.
type FileCoverage struct {
	Name     string
	Lines    []LineCount   // those with statements, in their order
	Branches []BranchCount // in the order of their places
}

// LineCount says how often the statements of a line ran: the one that ran most.
type LineCount struct{ Line, Count int }

// BranchCount says how often an arm of a branch was taken. The arms of an if are 0 and 1, also if it
// has no else; those of && and its like are their right sides.
type BranchCount struct{ Line, Column, Arm, Count int }

// Files lists the files that were loaded, in byte order of their names.
func (c *Coverage) Files() []FileCoverage {
	c.mu.Lock()
	defer c.mu.Unlock()
	ran := map[located]int{} // the same place may be in several programs
	for i, p := range c.points {
		ran[p] += c.hits[i]
	}
	lines := map[string]map[int]int{}
	branches := map[string][]BranchCount{}
	for p, n := range ran {
		if lines[p.file] == nil {
			lines[p.file] = map[int]int{}
		}
		if p.Branch {
			branches[p.file] = append(branches[p.file], BranchCount{p.Line, p.Column, p.Arm, n})
		} else {
			lines[p.file][p.Line] = max(lines[p.file][p.Line], n)
		}
	}
	var list []FileCoverage
	for _, name := range slices.Sorted(maps.Keys(lines)) {
		f := FileCoverage{Name: name}
		for _, line := range slices.Sorted(maps.Keys(lines[name])) {
			f.Lines = append(f.Lines, LineCount{line, lines[name][line]})
		}
		f.Branches = branches[name]
		slices.SortFunc(f.Branches, func(a, b BranchCount) int {
			return cmp.Or(a.Line-b.Line, a.Column-b.Column, a.Arm-b.Arm)
		})
		list = append(list, f)
	}
	return list
}

// instrument makes a module count. nil counts nothing.
func (c *Coverage) instrument(name string, tree *ast.Program) {
	if c == nil || strings.Contains("/"+name, "/node_modules/") || c.measures != nil && !c.measures(name) {
		return
	}
	cover.Program(tree, func(p cover.Point) int {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.points = append(c.points, located{name, p})
		c.hits = append(c.hits, 0)
		return len(c.hits) - 1
	})
}

// install defines the helper that instrumented modules call.
func (c *Coverage) install(in *instance) {
	if c == nil {
		return
	}
	in.helper(cover.Count, func(call goja.FunctionCall) goja.Value {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.hits[call.Argument(0).ToInteger()]++
		return goja.Undefined()
	})
}
