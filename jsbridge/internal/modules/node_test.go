package modules

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "ask node for the results in testdata/node")

// nodeCommand is node 20 in UTC; the test is skipped if there is none.
func nodeCommand(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	version, err := exec.Command("node", "--version").Output()
	if err != nil {
		t.Skip("node: not installed; nothing to compare with")
	}
	if !bytes.HasPrefix(version, []byte("v20.")) {
		t.Skipf("node: got %s, want v20, which this package follows", bytes.TrimSpace(version))
	}
	cmd := exec.Command("node", append([]string{"--no-warnings"}, args...)...)
	cmd.Env = append(os.Environ(), "TZ=UTC", "LC_ALL=en_US.UTF-8")
	return cmd
}

// expressions reads the lines of a file that are neither empty nor comments.
func expressions(t *testing.T, file string) (lines []string) {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			lines = append(lines, line)
		}
	}
	return lines
}

// evaluate runs the expressions in plugreel.
func evaluate(t *testing.T, lines []string) []string {
	t.Helper()
	harness, err := os.ReadFile("testdata/harness.js")
	require.NoError(t, err)
	h := newHost(t)
	v, err := h.run(string(harness) + "(" + toJSON(t, lines) + ", require)")
	require.NoError(t, err)
	var out []string
	require.NoError(t, h.vm.ExportTo(v, &out))
	return out
}

// difference is what an expression gives here where that is not what it gives in Node.
type difference struct{ Why, Here string }

func differences(t *testing.T) (known map[string]difference) {
	t.Helper()
	text, err := os.ReadFile("testdata/differences.json")
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &known))
	return known
}

// goldens are the results of Node 20 that are checked in, one a line, in the order of the
// expressions.
func goldens(t *testing.T, file string) (want []string) {
	t.Helper()
	text, err := os.ReadFile(strings.TrimSuffix(file, ".txt") + ".want")
	require.NoError(t, err)
	for line := range strings.Lines(string(text)) {
		want = append(want, strings.TrimSuffix(line, "\n"))
	}
	return want
}

// forEachFile runs f for the lists of expressions.
func forEachFile(t *testing.T, f func(t *testing.T, file string, lines []string)) {
	files, err := filepath.Glob("testdata/node/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) { f(t, file, expressions(t, file)) })
	}
}

// TestExpressions compares what expressions give here with what is known that they give in Node.
func TestExpressions(t *testing.T) {
	known := differences(t)
	forEachFile(t, func(t *testing.T, file string, lines []string) {
		want := goldens(t, file)
		require.Len(t, want, len(lines), "%s: run with -update", file)
		for i, here := range evaluate(t, lines) {
			if d, ok := known[lines[i]]; ok {
				assert.Equal(t, d.Here, here, "%s (%s)", lines[i], d.Why)
				assert.NotEqual(t, want[i], here, "%s: no longer differs", lines[i])
				continue
			}
			assert.Equal(t, want[i], here, "%s", lines[i])
		}
	})
}

// TestAgainstNode says whether the results that are checked in are those of Node; with -update it
// writes them.
func TestAgainstNode(t *testing.T) {
	harness, err := os.ReadFile("testdata/harness.js")
	require.NoError(t, err)
	forEachFile(t, func(t *testing.T, file string, lines []string) {
		cmd := nodeCommand(t, "-e", string(harness)+"("+toJSON(t, lines)+", require).then((out) => process.stdout.write(out.join('\\n') + '\\n'))")
		got, err := cmd.Output()
		require.NoError(t, err)
		if *update {
			require.NoError(t, os.WriteFile(strings.TrimSuffix(file, ".txt")+".want", got, 0o644))
		}
		want := goldens(t, file)
		for i, line := range strings.Split(strings.TrimSuffix(string(got), "\n"), "\n") {
			require.Less(t, i, len(want), "%s: run with -update", file)
			assert.Equal(t, line, want[i], "%s", lines[i])
		}
	})
}
