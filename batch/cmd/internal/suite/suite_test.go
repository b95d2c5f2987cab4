package suite_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch/cmd/internal/suite"
	"github.com/plugreel/plugreel/plugins"
)

// write makes a file below a new directory or one that was made before.
func write(t *testing.T, dir, name, text string) {
	t.Helper()
	file := filepath.Join(dir, name)
	require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
	require.NoError(t, os.WriteFile(file, []byte(text), 0o644))
}

func plugin(t *testing.T) string {
	dir := t.TempDir()
	write(t, dir, "plugin.json", `{"name":"p"}`)
	write(t, dir, "index.js", `export function processEvent(event) { return event }`)
	return dir
}

// listed is a kind whose tests are given.
type listed []suite.Test

func (l listed) Suites(*suite.Target) ([]suite.Suite, error) { return []suite.Suite{l}, nil }
func (l listed) File() string                                { return "given" }
func (l listed) Run(_ context.Context, _ *suite.Target, o *suite.Options, emit func(suite.Test)) error {
	for _, t := range l {
		if o.Selects(l.File(), t.Name) {
			emit(t)
		}
	}
	return nil
}

func open(ctx context.Context, ref string) (*plugins.Plugin, error) {
	return plugins.Open(ref, plugins.WithContext(ctx))
}

// ticking is a clock that moves on by a millisecond with each look.
func ticking() func() time.Time {
	now := time.Unix(0, 0)
	return func() time.Time { now = now.Add(time.Millisecond); return now }
}

func TestAKindIsAllThatTakesMoreTests(t *testing.T) {
	dir := plugin(t)
	tests := listed{
		{Name: "a", File: "x.js", Line: 3, Status: suite.Passed},
		{Name: "b", File: "x.js", Line: 7, Status: suite.Failed, Message: "got 1\nwant 2"},
		{Name: "c", File: "x.js", Status: suite.Skipped, Message: "later"},
	}
	var out bytes.Buffer
	screen := &suite.Screen{W: &out, Verbose: true}
	runner := suite.Runner{Kinds: []suite.Kind{tests}, Open: open, OnFile: screen.File}
	report, err := runner.Run(t.Context(), []string{dir}, &suite.Options{Now: ticking()})
	require.NoError(t, err)
	screen.Summary(report)
	assert.Equal(t, `FAIL  given  1 failed, 1 passed, 1 skipped  1 ms
      a: passed  0 ms
      x.js:7: b
          got 1
          want 2
      x.js: c: skipped: later
1 failed, 1 passed, 1 skipped  3 ms
`, out.String())

	out.Reset()
	require.NoError(t, report.WriteJSON(&out))
	assert.JSONEq(t, `{"passed":1,"failed":1,"skipped":1,"broken":0,"time":0.003,
		"suites":{"passed":0,"failed":1},"snapshots":{"passed":0,"failed":0,"written":0,"removed":0,"obsolete":0},"tests":[
		{"name":"a","plugin":"`+dir+`","file":"x.js","line":3,"status":"passed","message":"","time":0},
		{"name":"b","plugin":"`+dir+`","file":"x.js","line":7,"status":"failed","message":"got 1\nwant 2","time":0},
		{"name":"c","plugin":"`+dir+`","file":"x.js","status":"skipped","message":"later","time":0}]}`, out.String())
}

func TestSelection(t *testing.T) {
	dir := plugin(t)
	tests := []struct {
		match, reason string
		want          int
	}{
		{"^a", "names", 2},
		{"given/", "the file's name", 3},
		{"^given/b$", "both", 1},
	}
	kinds := []suite.Kind{listed{{Name: "a", Status: suite.Passed}, {Name: "ab", Status: suite.Passed}, {Name: "b", Status: suite.Passed}}}
	for _, tt := range tests {
		runner := suite.Runner{Kinds: kinds, Open: open}
		report, err := runner.Run(t.Context(), []string{dir}, &suite.Options{Match: regexp.MustCompile(tt.match)})
		require.NoError(t, err)
		assert.Equal(t, tt.want, report.Passed, tt.reason)
	}
	runner := suite.Runner{Kinds: kinds, Open: open}
	_, err := runner.Run(t.Context(), []string{dir}, &suite.Options{Match: regexp.MustCompile("nothing")})
	assert.ErrorIs(t, err, suite.ErrNoTests)
}

func TestWhatCannotBeUsedIsAFailedTest(t *testing.T) {
	good, bare, bad := plugin(t), plugin(t), plugin(t)
	write(t, good, "p_cases.yaml", "cases: [{in: {event: x}, want: {event: x}}]")
	write(t, bad, "index.js", "export function (")
	var told []string
	runner := suite.Runner{Kinds: []suite.Kind{suite.Cases{}, suite.Scenarios{}}, Open: open, OnFile: func(file string, _ []suite.Test, _ time.Duration) { told = append(told, file) }}
	report, err := runner.Run(t.Context(), []string{bad, good}, &suite.Options{})
	require.NoError(t, err)
	assert.Equal(t, []int{1, 1, 1}, []int{report.Passed, report.Failed, report.Broken})
	assert.Equal(t, "plugin loads", report.Tests[0].Name)
	assert.Contains(t, report.Tests[0].Message, "index.js:1:17")
	assert.Equal(t, "case 1", report.Tests[1].Name)
	assert.Equal(t, []string{bad, filepath.Join(good, "p_cases.yaml")}, told)

	report, err = runner.Run(t.Context(), []string{filepath.Join(good, "p_cases.yaml")}, &suite.Options{})
	require.NoError(t, err)
	assert.Equal(t, 1, report.Broken)
	assert.Contains(t, report.Tests[0].Message, "got a file, want a plugin's directory; the tests of one file: plugreel test "+good+` --run '^p_cases\.yaml/'`)

	_, err = runner.Run(t.Context(), []string{good, bare}, &suite.Options{})
	assert.ErrorIs(t, err, suite.ErrNoTests)
	assert.ErrorContains(t, err, bare)
}

func TestRunEndsWithItsContext(t *testing.T) {
	dir := plugin(t)
	write(t, dir, "p_cases.yaml", "cases: [{in: {event: x}, want: {event: x}}]")
	ctx, cancel := context.WithCancelCause(t.Context())
	stop := errors.New("stop")
	cancel(stop)
	runner := suite.Runner{Kinds: []suite.Kind{suite.Cases{}}, Open: open}
	_, err := runner.Run(ctx, []string{dir}, &suite.Options{})
	assert.ErrorIs(t, err, stop)
}

// A poll looks when it is told to, and says what has changed since it was made, or looked.
func TestPoll(t *testing.T) {
	a, b := plugin(t), plugin(t)
	tick := make(chan time.Time)
	poll := suite.NewPoll([]string{a, b}, tick)
	rows := []struct {
		name, reason string
		change       func()
		want         []string
	}{
		{"content", "of another size", func() { write(t, b, "index.js", "export function onEvent() {}") }, []string{b}},
		{"same size", "the time of the file has changed", func() {
			require.NoError(t, os.Chtimes(filepath.Join(a, "index.js"), time.Time{}, time.Unix(1, 0)))
		}, []string{a}},
		{"new files", "below directories too", func() { write(t, a, "testdata/x.txtar", ""); write(t, b, "x", "") }, []string{a, b}},
		{"gone", "", func() { require.NoError(t, os.Remove(filepath.Join(b, "x"))) }, []string{b}},
		{"all gone", "a directory may go away", func() { require.NoError(t, os.RemoveAll(b)) }, []string{b}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			row.change()
			go func() { tick <- time.Time{} }()
			got, err := poll.Wait(t.Context())
			require.NoError(t, err)
			assert.Equal(t, row.want, got, row.reason)
		})
	}

	write(t, a, "node_modules/x/index.js", "")
	write(t, a, ".git/index", "")
	write(t, a, ".x.swp", "")
	ctx, cancel := context.WithCancelCause(t.Context())
	stop := errors.New("stop")
	go func() {
		tick <- time.Time{}
		tick <- time.Time{} // is taken when it has looked after the first
		cancel(stop)
	}()
	_, err := poll.Wait(ctx)
	assert.ErrorIs(t, err, stop, "what is no part of the plugin is no change")
}
