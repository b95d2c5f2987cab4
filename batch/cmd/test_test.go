package cmd

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch/cmd/internal/suite"
)

// edits is a watcher whose changes are made by the test, one for each Wait.
type edits struct {
	dir  string
	todo []func()
}

func (e *edits) Wait(context.Context) ([]string, error) {
	if len(e.todo) == 0 {
		return nil, errors.New("interrupted")
	}
	e.todo[0]()
	e.todo = e.todo[1:]
	return []string{e.dir}, nil
}

// A watch runs the tests again after each change, whatever state the plugin is in, until the end.
func TestWatchTests(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
	write("plugin.json", `{"name":"p"}`)
	write("index.js", `export function processEvent(event) { event.n = 1; return event }`)
	write("p_cases.yaml", "cases: [{name: one, in: {event: x}, want: {event: x, n: 1}}]")

	var out bytes.Buffer
	a := newApp(strings.NewReader(""), &out, &out)
	watcher := &edits{dir, []func(){
		func() { write("index.js", `export function processEvent(event) { event.n = 2; return event }`) },
		func() { write("index.js", `export function processEvent(`) },
		func() { write("index.js", `export function processEvent(event) { event.n = 1; return event }`) },
	}}
	require.NoError(t, a.watchTests(t.Context(), &testFlags{}, []string{dir}, &suite.Options{}, watcher))
	text := out.String()
	for _, want := range []string{"1 passed", "--- changed: " + dir, "-n: 1", "+n: 2", "1 failed", "plugin loads", "cannot be used", "1 passed"} {
		i := strings.Index(text, want)
		require.GreaterOrEqual(t, i, 0, "%q in order in:\n%s", want, out.String())
		text = text[i+len(want):]
	}
	assert.Equal(t, 3, strings.Count(out.String(), "--- changed: "))
}
