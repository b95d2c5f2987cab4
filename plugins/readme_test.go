package plugins_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/plugins"
	"github.com/plugreel/plugreel/testkit"
)

// TestReadme runs the plugin that the README shows on the event that it shows.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	require.NoError(t, err)
	blocks := map[string]string{}
	for _, m := range regexp.MustCompile("(?s)```(?:js|json|yaml) (\\w+)\n(.*?)```").FindAllStringSubmatch(string(readme), -1) {
		blocks[m[1]] = m[2]
	}
	plugin, err := plugins.OpenFS("readme", fstest.MapFS{"index.js": {Data: []byte(blocks["plugin"])}})
	require.NoError(t, err)
	testkit.RunProgram(t, plugin.Program, []testkit.Case{{
		Name:   "before and after",
		Reason: "what the README promises",
		Config: map[string]any{"internal": `@example\.org$`},
		In:     blocks["before"],
		Want:   blocks["after"],
	}, {
		Name:    "dropped",
		Reason:  "the mail address is internal",
		Config:  map[string]any{"internal": `@example\.org$`},
		In:      `{"event":"login","properties":{"email":"a@example.org"}}`,
		Dropped: true,
	}})
	assert.Equal(t, "{\"internal\": \"@example\\\\.org$\"}\n", blocks["config"])

	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "index.js"), []byte(blocks["plugin"]), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "readme_cases.yaml"), []byte(blocks["cases"]), 0o600))
	testkit.RunFiles(t, dir)
}

// The README has a row for each plugin that comes with plugreel, and for no other.
func TestReadmeListsThePlugins(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	require.NoError(t, err)
	_, section, ok := strings.Cut(string(readme), "## Plugins that come with it")
	require.True(t, ok)
	section, _, _ = strings.Cut(section, "\n## ")
	var listed []string
	for _, row := range regexp.MustCompile("(?m)^\\| (`.*?) \\|").FindAllStringSubmatch(section, -1) {
		for _, name := range strings.Split(row[1], ", ") {
			listed = append(listed, strings.Trim(name, "`"))
		}
	}
	assert.ElementsMatch(t, plugins.Builtins(), listed)
}
