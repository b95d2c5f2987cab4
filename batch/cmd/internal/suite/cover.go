package suite

import (
	"fmt"
	"io"
	"path"
	"path/filepath"
	"strings"

	"github.com/plugreel/plugreel/sdk/coverage"
)

// Coverage is what ran of the JavaScript and TypeScript of the plugins under test. The nil Coverage
// measures nothing.
type Coverage struct {
	dirs  []string // in the order of the tests
	of    map[string]*coverage.Profile
	tests map[string]bool // files that are tests themselves
}

// NewCoverage makes a Coverage in which nothing has run.
func NewCoverage() *Coverage {
	return &Coverage{of: map[string]*coverage.Profile{}, tests: map[string]bool{}}
}

// Of is what to count the files of a plugin's directory into, nil if nothing is measured.
func (c *Coverage) Of(dir string) *coverage.Profile {
	if c == nil {
		return nil
	}
	dir = filepath.Clean(dir)
	if c.of[dir] == nil {
		c.of[dir] = coverage.New(measured)
		c.dirs = append(c.dirs, dir)
	}
	return c.of[dir]
}

// measured says whether a file is the plugin's, by its name: mocks and settings are not.
func measured(file string) bool {
	return !strings.HasPrefix(path.Base(file), "jest.") && !strings.Contains("/"+file, "/__mocks__/") && !strings.Contains("/"+file, "/__tests__/")
}

// exclude takes a file of tests out.
func (c *Coverage) exclude(file string) {
	if c != nil {
		c.tests[filepath.Clean(file)] = true
	}
}

// files lists the files that were loaded, with their paths.
func (c *Coverage) files() []coverage.File {
	var list []coverage.File
	for _, dir := range c.dirs {
		for _, f := range c.of[dir].Files() {
			f.Name = filepath.Join(dir, filepath.FromSlash(f.Name))
			if !c.tests[f.Name] {
				list = append(list, f)
			}
		}
	}
	return list
}

// ratio is how many of something ran.
type ratio struct{ hit, all int }

func (r *ratio) count(n int) {
	r.all++
	if n > 0 {
		r.hit++
	}
}

// percent is 100 if there is nothing.
func (r ratio) percent() float64 {
	if r.all == 0 {
		return 100
	}
	return 100 * float64(r.hit) / float64(r.all)
}

func (r ratio) String() string { return fmt.Sprintf("%5.1f%% (%d/%d)", r.percent(), r.hit, r.all) }

func ratios(f coverage.File) (lines, branches ratio) {
	for _, l := range f.Lines {
		lines.count(l.Count)
	}
	for _, b := range f.Branches {
		branches.count(b.Count)
	}
	return lines, branches
}

// Lines is how much of the lines ran, in per cent.
func (c *Coverage) Lines() float64 {
	var all ratio
	for _, f := range c.files() {
		lines, _ := ratios(f)
		all.hit, all.all = all.hit+lines.hit, all.all+lines.all
	}
	return all.percent()
}

// Print prints a table: a line for each file that was loaded, with the lines that did not run.
func (c *Coverage) Print(w io.Writer) {
	files := c.files()
	width := len("All files")
	for _, f := range files {
		width = max(width, len(f.Name))
	}
	fmt.Fprintf(w, "\n%-*s  %-16s  %-16s  %s\n", width, "File", "Lines", "Branches", "Not run")
	var allLines, allBranches ratio
	for _, f := range files {
		lines, branches := ratios(f)
		row := fmt.Sprintf("%-*s  %-16s  %-16s  %s", width, f.Name, lines, branches, missing(f.Lines))
		fmt.Fprintln(w, strings.TrimRight(row, " "))
		allLines.hit, allLines.all = allLines.hit+lines.hit, allLines.all+lines.all
		allBranches.hit, allBranches.all = allBranches.hit+branches.hit, allBranches.all+branches.all
	}
	fmt.Fprintf(w, "%-*s  %-16s  %s\n", width, "All files", allLines, allBranches)
}

// missing lists the lines that did not run: "3, 7-9". Lines without statements between them are passed over.
func missing(lines []coverage.LineCount) string {
	var parts []string
	for i := 0; i < len(lines); i++ {
		if lines[i].Count > 0 {
			continue
		}
		last := i
		for last+1 < len(lines) && lines[last+1].Count == 0 {
			last++
		}
		if first := lines[i].Line; last > i {
			parts = append(parts, fmt.Sprintf("%d-%d", first, lines[last].Line))
		} else {
			parts = append(parts, fmt.Sprint(first))
		}
		i = last
	}
	return strings.Join(parts, ", ")
}

// LCOV is a profile in the format of lcov, which editors and services read.
func (c *Coverage) LCOV() []byte {
	var b strings.Builder
	for _, f := range c.files() {
		lines, branches := ratios(f)
		fmt.Fprintf(&b, "TN:\nSF:%s\n", filepath.ToSlash(f.Name))
		block := -1
		for i, br := range f.Branches {
			if i == 0 || br.Line != f.Branches[i-1].Line || br.Column != f.Branches[i-1].Column {
				block++
			}
			fmt.Fprintf(&b, "BRDA:%d,%d,%d,%d\n", br.Line, block, br.Arm, br.Count)
		}
		fmt.Fprintf(&b, "BRF:%d\nBRH:%d\n", branches.all, branches.hit)
		for _, l := range f.Lines {
			fmt.Fprintf(&b, "DA:%d,%d\n", l.Line, l.Count)
		}
		fmt.Fprintf(&b, "LF:%d\nLH:%d\nend_of_record\n", lines.all, lines.hit)
	}
	return []byte(b.String())
}
