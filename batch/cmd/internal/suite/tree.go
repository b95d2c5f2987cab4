package suite

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// marks of tests in a tree, as Jest has them.
var marks = map[Status]string{Passed: "✓", Failed: "✕", Skipped: "○"}

// tree prints tests that have titles: the blocks as headings, a line for each test, and then what
// failed.
func (s *Screen) tree(tests []Test) {
	var open []string
	for _, t := range tests {
		blocks := t.Titles[:len(t.Titles)-1]
		same := 0
		for same < min(len(open), len(blocks)) && open[same] == blocks[same] {
			same++
		}
		for depth := same; depth < len(blocks); depth++ {
			fmt.Fprintf(s.W, "%s%s\n", treeIndent(depth), blocks[depth])
		}
		open = blocks
		fmt.Fprintf(s.W, "%s%s\n", treeIndent(len(blocks)), t.treeLine())
	}
	for _, t := range tests {
		if t.Status == Failed {
			fmt.Fprintf(s.W, "\n  ● %s\n\n%s\n", strings.Join(t.Titles, " › "), indentLines(t.Message, "    "))
		}
	}
}

func treeIndent(depth int) string { return strings.Repeat("  ", depth+1) }

func (t Test) treeLine() string {
	name := t.Titles[len(t.Titles)-1]
	switch {
	case t.Status == Skipped && t.Message == "todo":
		return "✎ todo " + name
	case t.Status == Skipped:
		return "○ skipped " + name
	case t.took >= time.Millisecond:
		return fmt.Sprintf("%s %s (%s)", marks[t.Status], name, shown(t.took))
	}
	return marks[t.Status] + " " + name
}

// indentLines indents the lines that are not empty.
func indentLines(text, by string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if line != "" {
			lines[i] = by + line
		}
	}
	return strings.Join(lines, "\n")
}

// Snapshots counts the snapshots that Jest tests compared.
type Snapshots struct {
	Passed   int `json:"passed"`
	Failed   int `json:"failed"`
	Written  int `json:"written"`  // new ones, and with --update those that differed
	Removed  int `json:"removed"`  // with --update: nobody asks for them
	Obsolete int `json:"obsolete"` // nobody asked for them
}

func (s *Snapshots) add(more Snapshots) {
	s.Passed += more.Passed
	s.Failed += more.Failed
	s.Written += more.Written
	s.Removed += more.Removed
	s.Obsolete += more.Obsolete
}

// counts are "2 failed, 3 passed, 5 total", what is 0 left out.
func counts(total int, parts ...part) string {
	parts = slices.DeleteFunc(parts, func(p part) bool { return p.n == 0 })
	var words []string
	for _, p := range append(parts, part{total, "total"}) {
		words = append(words, fmt.Sprintf("%d %s", p.n, p.word))
	}
	return strings.Join(words, ", ")
}

type part struct {
	n    int
	word string
}

// totals prints what Jest prints at the end.
func (s *Screen) totals(r Report) {
	fmt.Fprintf(s.W, "\nTest suites: %s\n", counts(r.Suites.Passed+r.Suites.Failed, part{r.Suites.Failed, "failed"}, part{r.Suites.Passed, "passed"}))
	fmt.Fprintf(s.W, "Tests:       %s\n", counts(len(r.Tests), part{r.Failed, "failed"}, part{r.Skipped, "skipped"}, part{r.Passed, "passed"}))
	n := r.Snapshots
	fmt.Fprintf(s.W, "Snapshots:   %s\n", counts(n.Passed+n.Failed+n.Written, part{n.Failed, "failed"}, part{n.Removed, "removed"}, part{n.Obsolete, "obsolete"}, part{n.Written, "written"}, part{n.Passed, "passed"}))
	fmt.Fprintf(s.W, "Time:        %s\n", shown(time.Duration(r.Seconds*float64(time.Second))))
}
