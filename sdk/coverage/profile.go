package coverage

import (
	"cmp"
	"maps"
	"slices"
	"sync"
)

// Point is a place that is counted: a statement, or an arm of a branch. Points are equal if they
// are the same place, however often its file is loaded.
type Point struct {
	File         string // slash-separated, relative to the plugin's root
	Line, Column int    // in the author's file, 1-based
	Branch       bool   // an arm of a branch, not a statement
	Arm          int    // of a branch: 0 is the first
}

// Profile counts what runs of a plugin's own files. Several programs and instances may count into
// one: its methods may be called from several goroutines. The nil Profile measures nothing.
type Profile struct {
	measures func(file string) bool

	mu     sync.Mutex
	points []Point
	counts []int
	known  map[string]bool
}

// New makes a Profile of the files for which measures says true; nil measures all.
func New(measures func(file string) bool) *Profile {
	return &Profile{measures: measures, known: map[string]bool{}}
}

// Measures says whether a file, slash-separated and relative to the plugin's root, is to be counted.
func (p *Profile) Measures(file string) bool {
	return p != nil && (p.measures == nil || p.measures(file))
}

// Knows says whether points of a file were added.
func (p *Profile) Knows(file string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.known[file]
}

// Add adds points that have not run yet and returns the number of the first; the others follow it.
func (p *Profile) Add(points ...Point) (first int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	first = len(p.points)
	p.points = append(p.points, points...)
	p.counts = append(p.counts, make([]int, len(points))...)
	for _, point := range points {
		p.known[point.File] = true
	}
	return first
}

// Count counts the point of a number once.
func (p *Profile) Count(number int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.counts[number]++
}

// Collect counts what an engine has counted itself, counts[i] for the point first+i, and sets
// counts to zero.
func (p *Profile) Collect(first int, counts []int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, n := range counts {
		p.counts[first+i] += n
	}
	clear(counts)
}

// File is what ran of a file.
type File struct {
	Name     string        // as in [Point]
	Lines    []LineCount   // those on which statements begin, in their order
	Branches []BranchCount // in the order of their places
}

// LineCount says how often the statements of a line ran: the one that ran most.
type LineCount struct{ Line, Count int }

// BranchCount says how often an arm of a branch was taken. The arms of an if are 0 and 1, also if it
// has no else; those of && and its like are their right sides.
type BranchCount struct{ Line, Column, Arm, Count int }

// Files lists the files that have points, in byte order of their names.
func (p *Profile) Files() []File {
	files := map[string]*counter{}
	for point, n := range p.sums() {
		c := files[point.File]
		if c == nil {
			c = &counter{lines: map[int]int{}}
			files[point.File] = c
		}
		c.add(point, n)
	}
	var list []File
	for _, name := range slices.Sorted(maps.Keys(files)) {
		list = append(list, files[name].file(name))
	}
	return list
}

// sums are the counts by place: the same place may be in several programs.
func (p *Profile) sums() map[Point]int {
	p.mu.Lock()
	defer p.mu.Unlock()
	sums := map[Point]int{}
	for i, point := range p.points {
		sums[point] += p.counts[i]
	}
	return sums
}

// counter gathers the counts of one file.
type counter struct {
	lines    map[int]int
	branches []BranchCount
}

func (c *counter) add(p Point, n int) {
	if p.Branch {
		c.branches = append(c.branches, BranchCount{p.Line, p.Column, p.Arm, n})
		return
	}
	c.lines[p.Line] = max(c.lines[p.Line], n)
}

func (c *counter) file(name string) File {
	f := File{Name: name, Branches: c.branches}
	for _, line := range slices.Sorted(maps.Keys(c.lines)) {
		f.Lines = append(f.Lines, LineCount{line, c.lines[line]})
	}
	slices.SortFunc(f.Branches, func(a, b BranchCount) int {
		return cmp.Or(a.Line-b.Line, a.Column-b.Column, a.Arm-b.Arm)
	})
	return f
}
