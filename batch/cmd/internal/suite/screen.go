package suite

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// Screen prints what a person wants to see of tests: a line for each file, what failed below it,
// and a summary.
type Screen struct {
	W       io.Writer
	Verbose bool // a line for each test
}

// File prints the tests of a file.
func (s *Screen) File(file string, tests []Test, took time.Duration) {
	var counts Report
	for _, t := range tests {
		counts.add(t)
	}
	word := "ok  "
	if counts.Failed > 0 {
		word = "FAIL"
	}
	fmt.Fprintf(s.W, "%s  %s  %s%s  %s\n", word, file, counts.summary(), updated(tests), shown(took))
	if len(tests[0].Titles) > 0 {
		s.tree(tests)
		return
	}
	for _, t := range tests {
		s.test(t)
	}
}

// updated says that goldens were written.
func updated(tests []Test) string {
	for _, t := range tests {
		if t.Updated {
			return ", written anew"
		}
	}
	return ""
}

func (s *Screen) test(t Test) {
	switch {
	case t.Status == Failed:
		fmt.Fprintf(s.W, "      %s %s\n%s\n", t.at(), t.Name, indented(t.Message, "          "))
	case t.Status == Skipped:
		fmt.Fprintf(s.W, "      %s %s: skipped: %s\n", t.at(), t.Name, t.Message)
	case s.Verbose:
		fmt.Fprintf(s.W, "      %s: passed  %s\n", t.Name, shown(t.took))
	}
}

// at is "file:line:", which terminals and editors open.
func (t Test) at() string {
	if t.Line == 0 {
		return t.File + ":"
	}
	return fmt.Sprintf("%s:%d:", t.File, t.Line)
}

// Summary prints the counts of all tests.
func (s *Screen) Summary(r Report) {
	if slices.ContainsFunc(r.Tests, func(t Test) bool { return len(t.Titles) > 0 }) {
		s.totals(r)
		return
	}
	fmt.Fprintf(s.W, "%s  %s\n", r.summary(), shown(time.Duration(r.Seconds*float64(time.Second))))
}

// summary is "1 failed, 7 passed".
func (r *Report) summary() string {
	var parts []string
	for _, c := range []struct {
		n    int
		word string
	}{{r.Failed, "failed"}, {r.Passed, "passed"}, {r.Skipped, "skipped"}} {
		if c.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", c.n, c.word))
		}
	}
	return strings.Join(parts, ", ")
}

// shown is a time as people like it: 3 ms, 1.2 s.
func shown(d time.Duration) string {
	if d < time.Second {
		return fmt.Sprintf("%d ms", d.Round(time.Millisecond).Milliseconds())
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}

func indented(text, by string) string {
	return by + strings.ReplaceAll(text, "\n", "\n"+by)
}

// WriteJSON writes a report as indented JSON.
func (r Report) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(r)
}
