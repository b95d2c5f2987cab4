package suite

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"github.com/plugreel/plugreel/plugins"
)

// Kind is a way to write tests.
type Kind interface {
	// Suites lists the files of tests of a plugin, in the order in which they are to run.
	Suites(t *Target) ([]Suite, error)
}

// Suite is a file of tests.
type Suite interface {
	// File is the path of the file, as the user would write it.
	File() string
	// Run runs the tests that o selects and emits each when it has ended. An error says that the
	// file as a whole could not be used; a test that fails is none.
	Run(ctx context.Context, t *Target, o *Options, emit func(Test)) error
}

// Target is a plugin under test.
type Target struct {
	Dir    string          // as the user wrote it
	Plugin *plugins.Plugin // opened; nil if it does not load

	closers []io.Closer // what the suites need until they have run
}

// close lets go of the plugin. Nothing was written.
func (t *Target) close() {
	for _, c := range t.closers {
		c.Close()
	}
	if t.Plugin != nil {
		t.Plugin.Close()
	}
}

// Options says which tests to run, and how.
type Options struct {
	Match  *regexp.Regexp   // of NAME, or FILE/NAME with the file's base name; nil runs all
	Update bool             // goldens are written anew
	CI     bool             // a snapshot that is new is a failure, and not written
	Now    func() time.Time // for how long tests take; nil means time.Now
}

// Selects says whether a test is to run.
func (o *Options) Selects(file, name string) bool {
	return o.Match == nil || o.Match.MatchString(name) || o.Match.MatchString(filepath.Base(file)+"/"+name)
}

// Timed returns how long f took.
func (o *Options) Timed(f func()) time.Duration {
	now := o.Now
	if now == nil {
		now = time.Now
	}
	start := now()
	f()
	return now().Sub(start)
}

// Status is how a test ended.
type Status string

// How a test ends.
const (
	Passed  Status = "passed"
	Failed  Status = "failed"
	Skipped Status = "skipped"
)

// Test is a test that has run, or was skipped.
type Test struct {
	Name    string        `json:"name"`
	Plugin  string        `json:"plugin"`            // its directory
	File    string        `json:"file"`              // where the test stands
	Line    int           `json:"line,omitempty"`    // in it, 1-based
	Status  Status        `json:"status"`            // passed, failed or skipped
	Message string        `json:"message"`           // why it failed or was skipped; several lines
	Seconds float64       `json:"time"`              // that it took
	Updated bool          `json:"updated,omitempty"` // its golden was written anew
	Titles  []string      `json:"titles,omitempty"`  // of a Jest test: of the blocks around it, and its own
	took    time.Duration // Seconds
}

// Ended fills in how long a test took.
func (t Test) Ended(took time.Duration) Test {
	t.took, t.Seconds = took, took.Seconds()
	return t
}

// Report counts tests.
type Report struct {
	Passed  int     `json:"passed"`
	Failed  int     `json:"failed"`
	Skipped int     `json:"skipped"`
	Seconds float64 `json:"time"`
	Tests   []Test  `json:"tests"`  // in the order in which they ran; never nil
	Broken  int     `json:"broken"` // plugins and files that could not be used; each is a failed test

	Suites    SuiteCounts `json:"suites"`
	Snapshots Snapshots   `json:"snapshots"`

	Coverage *CoverageReport `json:"coverage,omitempty"` // nil if nothing was measured
}

// SuiteCounts counts files of tests. One fails if one of its tests does.
type SuiteCounts struct {
	Passed int `json:"passed"`
	Failed int `json:"failed"`
}

// addSuite counts a file whose tests have run.
func (r *Report) addSuite(tests []Test, err error) {
	failed := slices.ContainsFunc(tests, func(t Test) bool { return t.Status == Failed })
	switch {
	case failed, err != nil:
		r.Suites.Failed++
	case len(tests) > 0:
		r.Suites.Passed++
	}
}

func (r *Report) add(t Test) {
	r.Tests = append(r.Tests, t)
	switch t.Status {
	case Passed:
		r.Passed++
	case Failed:
		r.Failed++
	case Skipped:
		r.Skipped++
	}
}

// ErrNoTests reports that there was nothing to run.
var ErrNoTests = errors.New("got no tests")
