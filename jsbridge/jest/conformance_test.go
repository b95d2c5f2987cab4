package jest_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/jsbridge/jest"
	"github.com/plugreel/plugreel/sdk/coverage"
)

var update = flag.Bool("update", false, "write what real Jest says into testdata/*.json")

// modulesVariable names a directory whose node_modules has Jest 29 and Babel, against which what is
// checked in is checked again.
const modulesVariable = "PLUGREEL_JEST"

// verdict is what became of a file of tests.
type verdict struct {
	Broken string     `json:"broken,omitempty"` // first line of what is wrong with the file as a whole
	Tests  [][]string `json:"tests"`            // name, status, what the failure says
	Snap   string     `json:"snap,omitempty"`   // the file of snapshots, as it was left
}

// accepted lists tests that end otherwise here, with the reason.
var accepted = map[string]string{}

// TestConformance runs the suites of testdata here and compares with what real Jest said.
func TestConformance(t *testing.T) {
	dirs, err := filepath.Glob("testdata/plugins/*")
	require.NoError(t, err)
	dirs = slices.DeleteFunc(dirs, func(name string) bool { return filepath.Ext(name) == ".json" })
	for _, dir := range append(dirs, "testdata/conformance") {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			golden := filepath.Clean(dir) + ".json"
			if real := askJest(t, dir); real != nil {
				if *update {
					text, err := json.MarshalIndent(real, "", " ")
					require.NoError(t, err)
					require.NoError(t, os.WriteFile(golden, append(text, '\n'), 0o666))
				}
				compare(t, readVerdicts(t, golden), real)
			}
			compare(t, readVerdicts(t, golden), runHere(t, dir, nil))
			// What is counted behaves as what is not.
			compare(t, readVerdicts(t, golden), runHere(t, dir, coverage.New(nil)))
		})
	}
}

func readVerdicts(t *testing.T, golden string) map[string]*verdict {
	t.Helper()
	text, err := os.ReadFile(golden)
	require.NoError(t, err)
	var want map[string]*verdict
	require.NoError(t, json.Unmarshal(text, &want))
	return want
}

func compare(t *testing.T, want, got map[string]*verdict) {
	t.Helper()
	for file, w := range want {
		g := got[file]
		if g == nil {
			t.Errorf("%s: not run", file)
			continue
		}
		if w.Broken != g.Broken {
			t.Errorf("%s: broken: got %q, want %q", file, g.Broken, w.Broken)
		}
		assert.Equal(t, w.Snap, g.Snap, file)
		if len(g.Tests) != len(w.Tests) {
			t.Errorf("%s: got %d tests, want %d", file, len(g.Tests), len(w.Tests))
		}
		for i := range min(len(g.Tests), len(w.Tests)) {
			if accepted[file+": "+w.Tests[i][0]] == "" && !slices.Equal(w.Tests[i], g.Tests[i]) {
				t.Errorf("%s:\n got %q\nwant %q", file, g.Tests[i], w.Tests[i])
			}
		}
	}
	require.Equal(t, len(want), len(got))
}

// copied copies a directory, since tests write snapshots into it.
func copied(t *testing.T, dir string) string {
	t.Helper()
	to := t.TempDir()
	require.NoError(t, os.CopyFS(to, os.DirFS(dir)))
	return to
}

func runHere(t *testing.T, dir string, c *coverage.Profile) map[string]*verdict {
	t.Helper()
	dir = copied(t, dir)
	p, err := jest.Open(dir, os.DirFS(dir), c)
	require.NoError(t, err)
	files, err := p.Files()
	require.NoError(t, err)
	got := map[string]*verdict{}
	for _, file := range files {
		v := &verdict{Tests: [][]string{}}
		outcome, err := p.Run(context.Background(), file, &jest.Options{Now: time.Now}, func(test jest.Test) {
			row := []string{test.Name(), string(test.Status)}
			if len(test.Failures) > 0 {
				row = append(row, told(test.Failures[0].Message))
			}
			v.Tests = append(v.Tests, row)
		})
		require.NoError(t, err)
		if len(outcome.Failures) > 0 {
			v.Broken = brokenLine(outcome.Failures[0].Message)
			if !strings.HasPrefix(v.Broken, "at the end") {
				v.Tests = [][]string{}
			}
		}
		v.Snap = snapOf(dir, file)
		got[file] = v
	}
	return got
}

// snapOf is the file of snapshots beside a file of tests, "" without one.
func snapOf(dir, file string) string {
	text, err := os.ReadFile(filepath.Join(dir, filepath.Dir(file), "__snapshots__", filepath.Base(file)+".snap"))
	if err != nil {
		return ""
	}
	return string(text)
}

// told is what a failure says, without stacks and code frames.
func told(message string) string {
	message = strings.TrimSpace(frames.Split(message, 2)[0])
	for _, words := range []string{"undefined or null", "null"} { // the engine does not say which it was
		message = strings.ReplaceAll(message, "properties of "+words+" (", "properties of undefined (")
	}
	return temporary.ReplaceAllString(message, "/tmp")
}

// frames match where a stack or a code frame begins.
var frames = regexp.MustCompile(`\n\s+at |\n\s*>? *\d+ \| `)

// temporary matches the directories that suites run in.
var temporary = regexp.MustCompile(`/[^' ]*/TestConformance[^/]*/\d+`)

// brokenLine leaves out what every parser and resolver words in its own way.
func brokenLine(message string) string {
	line, _, _ := strings.Cut(told(message), "\n")
	if strings.Contains(line, "Cannot find module") || strings.Contains(line, "at the") || strings.Contains(line, "must contain") || strings.Contains(line, "Returning a Promise") {
		return line
	}
	return "broken"
}

// askJest runs real Jest over a copy of a directory, nil if there is none.
func askJest(t *testing.T, dir string) map[string]*verdict {
	t.Helper()
	modules := os.Getenv(modulesVariable)
	if modules == "" {
		t.Logf("%s is not set to a directory with Jest 29 installed: comparing with what it said before", modulesVariable)
		return nil
	}
	dir = copied(t, dir)
	require.NoError(t, os.Symlink(filepath.Join(modules, "node_modules"), filepath.Join(dir, "node_modules")))
	babel := `module.exports = { presets: [['@babel/preset-env', { targets: { node: 'current' } }], '@babel/preset-typescript'] }`
	require.NoError(t, os.WriteFile(filepath.Join(dir, "babel.config.js"), []byte(babel), 0o666))
	_, noPackage := os.Stat(filepath.Join(dir, "package.json"))
	_, noConfig := os.Stat(filepath.Join(dir, "jest.config.js"))
	if noPackage != nil && noConfig != nil {
		require.NoError(t, os.WriteFile(filepath.Join(dir, "package.json"), []byte(`{"jest":{}}`), 0o666))
	}
	out := filepath.Join(t.TempDir(), "out.json")
	command := exec.Command("node", filepath.Join("node_modules", "jest", "bin", "jest.js"), "--rootDir", ".", "--json", "--outputFile", out, "--ci=false")
	command.Dir = dir
	output, err := command.CombinedOutput()
	text, readErr := os.ReadFile(out)
	require.NoError(t, readErr, "%v\n%s", err, output)
	return verdictsOf(t, dir, text)
}

// verdictsOf reads the report that Jest writes.
func verdictsOf(t *testing.T, dir string, text []byte) map[string]*verdict {
	t.Helper()
	var report struct {
		TestResults []struct {
			Name, Message, Status string
			AssertionResults      []struct {
				FullName, Status string
				FailureMessages  []string
			}
		}
	}
	require.NoError(t, json.Unmarshal(bytes.TrimSpace(text), &report))
	real := map[string]*verdict{}
	dir, err := filepath.EvalSymlinks(dir)
	require.NoError(t, err)
	for _, file := range report.TestResults {
		name, err := filepath.Rel(dir, file.Name)
		require.NoError(t, err)
		v := &verdict{Tests: [][]string{}}
		failed := false
		for _, test := range file.AssertionResults {
			status := map[string]string{"pending": "skipped"}[test.Status]
			row := []string{test.FullName, cmp.Or(status, test.Status)}
			if len(test.FailureMessages) > 0 {
				row = append(row, jestSays(test.FailureMessages[0]))
				failed = true
			}
			v.Tests = append(v.Tests, row)
		}
		if file.Status == "failed" && (!failed || strings.Contains(file.Message, "Test suite failed to run")) {
			v.Broken = brokenLine(suiteMessage(file.Message))
		}
		v.Snap = snapOf(dir, name)
		real[name] = v
	}
	return real
}

var colour = regexp.MustCompile("\x1b\\[[0-9;]*m")

// jestSays is what a failure says, as Jest prints it.
func jestSays(message string) string {
	return told(strings.TrimPrefix(colour.ReplaceAllString(message, ""), "Error: "))
}

// suiteMessage takes the heading away from the message of a file that could not be run.
func suiteMessage(message string) string {
	message = colour.ReplaceAllString(message, "")
	_, rest, _ := strings.Cut(message, "Test suite failed to run\n\n")
	return strings.TrimSpace(rest)
}
