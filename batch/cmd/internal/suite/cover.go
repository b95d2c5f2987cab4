package suite

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/plugreel/plugreel/plugins"
	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/sdk/coverage"
)

// Coverage is what ran of the source of the plugins under test. The nil Coverage measures nothing.
type Coverage struct {
	dirs  []string // in the order of the tests
	of    map[string]*coverage.Profile
	tests map[string]bool // files that are tests themselves, by their absolute paths
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
	if path.Ext(file) == ".go" {
		return true
	}
	return !strings.HasPrefix(path.Base(file), "jest.") && !strings.Contains("/"+file, "/__mocks__/") && !strings.Contains("/"+file, "/__tests__/")
}

// exclude takes a file of tests out.
func (c *Coverage) exclude(file string) {
	if c != nil {
		c.tests[absolute(file)] = true
	}
}

// AddSources adds the plugins' own files that no test has loaded: see [plugins.AddSources].
//
// Errors: joined *[sdk.LoadError] values for files that cannot be parsed, which are left out. A
// plugin that cannot be opened has none; its tests say why.
func (c *Coverage) AddSources() error {
	var errs []error
	for _, dir := range c.dirs {
		p, err := plugins.Inspect(asPath(dir))
		if err != nil {
			continue
		}
		if err := plugins.AddSources(c.of[dir], p.FS, p.Manifest); err != nil {
			errs = append(errs, sdk.InPlugin(dir, err))
		}
		errs = append(errs, p.Close())
	}
	return errors.Join(errs...)
}

// files lists the files that have anything to count, with their paths. One that was counted for several
// directories, as a plugin's for the monorepo that has the configuration of its tests, is listed once.
func (c *Coverage) files() []coverage.File {
	var list []coverage.File
	at := map[string]int{}
	for _, dir := range c.dirs {
		for _, f := range c.of[dir].Files() {
			f.Name = filepath.Join(dir, filepath.FromSlash(f.Name))
			place := absolute(f.Name)
			if c.tests[place] {
				continue
			}
			if i, ok := at[place]; ok {
				list[i] = sum(list[i], f)
				continue
			}
			at[place] = len(list)
			list = append(list, f)
		}
	}
	return list
}

// absolute is what a path means, whatever it is relative to.
func absolute(name string) string {
	if path, err := filepath.Abs(name); err == nil {
		return path
	}
	return filepath.Clean(name)
}

// sum adds up what ran of a file.
func sum(a, b coverage.File) coverage.File {
	lines := map[int]int{}
	for _, l := range slices.Concat(a.Lines, b.Lines) {
		lines[l.Line] += l.Count
	}
	branches := map[coverage.BranchCount]int{}
	for _, br := range slices.Concat(a.Branches, b.Branches) {
		place := br
		place.Count = 0
		branches[place] += br.Count
	}
	s := coverage.File{Name: a.Name}
	for _, line := range slices.Sorted(maps.Keys(lines)) {
		s.Lines = append(s.Lines, coverage.LineCount{Line: line, Count: lines[line]})
	}
	for br, n := range branches {
		br.Count = n
		s.Branches = append(s.Branches, br)
	}
	slices.SortFunc(s.Branches, func(a, b coverage.BranchCount) int {
		return cmp.Or(a.Line-b.Line, a.Column-b.Column, a.Arm-b.Arm)
	})
	return s
}

// Share is how many of something ran.
type Share struct {
	Covered int `json:"covered"`
	Total   int `json:"total"`
}

func (s *Share) count(n int) {
	s.Total++
	if n > 0 {
		s.Covered++
	}
}

func (s *Share) add(more Share) {
	s.Covered += more.Covered
	s.Total += more.Total
}

// percent is 100 if there is nothing.
func (s Share) percent() float64 {
	if s.Total == 0 {
		return 100
	}
	return 100 * float64(s.Covered) / float64(s.Total)
}

func (s Share) String() string {
	return fmt.Sprintf("%5.1f%% (%d/%d)", s.percent(), s.Covered, s.Total)
}

// Covered is how much of the lines and branches of something ran.
type Covered struct {
	Lines    Share `json:"lines"`
	Branches Share `json:"branches"`
}

func covered(f coverage.File) (c Covered) {
	for _, l := range f.Lines {
		c.Lines.count(l.Count)
	}
	for _, b := range f.Branches {
		c.Branches.count(b.Count)
	}
	return c
}

// CoverageReport is how much of the plugins' source ran.
type CoverageReport struct {
	Files []FileReport `json:"files"` // in the order of the plugins, then of their names; never nil
	Total Covered      `json:"total"`
}

// FileReport is how much of one file ran.
type FileReport struct {
	File string `json:"file"` // its path
	Covered
	NotRun []int `json:"not_run"` // its lines that did not run, in their order; never nil

	missing string // NotRun for people
}

// Report sums up what ran; nil if nothing was measured.
func (c *Coverage) Report() *CoverageReport {
	if c == nil {
		return nil
	}
	r := &CoverageReport{Files: []FileReport{}}
	for _, f := range c.files() {
		file := FileReport{File: f.Name, Covered: covered(f), NotRun: []int{}, missing: missing(f.Lines)}
		for _, l := range f.Lines {
			if l.Count == 0 {
				file.NotRun = append(file.NotRun, l.Line)
			}
		}
		r.Files = append(r.Files, file)
		r.Total.Lines.add(file.Lines)
		r.Total.Branches.add(file.Branches)
	}
	return r
}

// Percent is how much of the lines ran, in per cent.
func (r *CoverageReport) Percent() float64 { return r.Total.Lines.percent() }

// Print prints a table: a line for each file, with the lines that did not run.
func (r *CoverageReport) Print(w io.Writer) {
	width := len("All files")
	for _, f := range r.Files {
		width = max(width, len(f.File))
	}
	fmt.Fprintf(w, "\n%-*s  %-16s  %-16s  %s\n", width, "File", "Lines", "Branches", "Not run")
	for _, f := range r.Files {
		row := fmt.Sprintf("%-*s  %-16s  %-16s  %s", width, f.File, f.Lines, f.Branches, f.missing)
		fmt.Fprintln(w, strings.TrimRight(row, " "))
	}
	fmt.Fprintf(w, "%-*s  %-16s  %s\n", width, "All files", r.Total.Lines, r.Total.Branches)
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
