package plugins_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/plugins"
	"github.com/plugreel/plugreel/testkit"
)

// The tables and scenarios of every first-party plugin, as plugreel test runs them.
func TestFirstParty(t *testing.T) {
	for _, name := range plugins.Builtins() {
		t.Run(name, func(t *testing.T) { testkit.RunFiles(t, "./"+name) })
	}
}

// A plugin that exists in several languages has the same tests in each.
func TestTwinsHaveTheSameTests(t *testing.T) {
	const one = "hello-world"
	tables, err := testkit.Tables(one)
	require.NoError(t, err)
	scenarios, err := testkit.Scenarios(one)
	require.NoError(t, err)
	for _, other := range []string{"hello-world-ts", "hello-world-go"} {
		for _, file := range append(tables, scenarios...) {
			twin := filepath.Join(other, strings.Replace(strings.TrimPrefix(file, one), one, other, 1))
			assert.Equal(t, body(t, file), body(t, twin), "%s and %s", file, twin)
		}
	}
}

// body is a file without its first two lines, which say whose it is.
func body(t *testing.T, file string) string {
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	return strings.SplitN(string(text), "\n", 3)[2]
}
