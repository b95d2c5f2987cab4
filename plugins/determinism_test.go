package plugins_test

import (
	"bytes"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/plugins"
	"github.com/plugreel/plugreel/testkit"
)

// TestSameBytesWithAnyWorkers replays one archive through the first-party plugins and all fixtures
// of the conformance suite: a plugin that keeps no state gives the same bytes with one worker and
// with eight, one that keeps state runs on one worker unless the user asks otherwise.
func TestSameBytesWithAnyWorkers(t *testing.T) {
	const fixtures = "../jsbridge/testdata/conformance"
	opened := map[string]*plugins.Plugin{}
	entries, err := os.ReadDir(fixtures)
	require.NoError(t, err)
	for _, e := range entries {
		ext := path.Ext(e.Name())
		if ext != ".js" && ext != ".ts" {
			continue
		}
		source, err := os.ReadFile(path.Join(fixtures, e.Name()))
		require.NoError(t, err)
		opened[e.Name()], err = plugins.OpenFS(e.Name(), fstest.MapFS{"index" + ext: {Data: source}})
		require.NoError(t, err)
	}
	require.Greater(t, len(opened), 60)
	for _, name := range plugins.Builtins() {
		opened[name] = openScenario(t, name)
	}
	var archive bytes.Buffer
	require.NoError(t, testkit.Generator{Seed: 3}.Write(&archive, 800)) // two chunks
	for name, plugin := range opened {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			resolved, err := plugin.Resolve(manifest.Given{Config: settings[name]})
			require.NoError(t, err)
			chain := batch.Chain{{Program: plugin.Program, Config: resolved.Config}}
			one, ok := replayed(t, chain, archive.Bytes(), 1)
			if !ok && slices.Contains(plugins.Builtins(), name) {
				t.Fatal("does not set up: see settings")
			}
			if !ok {
				t.Skip("does not set up without its config")
			}
			workers := 8
			if plugin.Program.Info().State != 0 {
				workers = 0 // the default, which is one for such a plugin
			}
			many, _ := replayed(t, chain, archive.Bytes(), workers)
			a, b := strings.Split(one, "\n"), strings.Split(many, "\n")
			require.Len(t, b, len(a))
			for i := range a {
				require.Equal(t, a[i], b[i], "line %d", i+1)
			}
		})
	}
}

// settings are what plugins need that have no default for it.
var settings = map[string][]byte{
	"http-post":       []byte(`{"url":"https://example.org/"}`),
	"property-filter": []byte(`{"properties":"$browser*"}`),
	"webhook":         []byte(`{"url":"https://example.org/"}`),
}

// replayed returns everything that a replay writes; false if the plugin does not set up.
func replayed(t *testing.T, chain batch.Chain, archive []byte, workers int) (string, bool) {
	t.Helper()
	var out, dead, webhooks, captured, logs bytes.Buffer
	_, err := batch.Run(t.Context(), chain, batch.Reader("archive", bytes.NewReader(archive)), batch.Writer(&out), batch.Options{
		Workers: workers, DeadLetters: batch.Writer(&dead), Webhooks: batch.Writer(&webhooks), Captured: batch.Writer(&captured), Logs: batch.Writer(&logs),
	})
	if err != nil {
		return "", false
	}
	return strings.Join([]string{out.String(), dead.String(), webhooks.String(), captured.String(), logs.String()}, "\x00"), true
}
