package plugins_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/plugins"
	"github.com/plugreel/plugreel/testkit"
)

var update = flag.Bool("update", false, "write what plugins do into the scenarios of testdata")

// scenarios lists plugins and whose scenarios they play. A path is a directory, so that a Go plugin
// is interpreted; a name is what was compiled in.
var scenarios = []struct{ plugin, of string }{
	{"./hello-world", "hello-world"},
	{"./hello-world-ts", "hello-world"},
	{"./hello-world-go", "hello-world"},
	{"./http-post", "http-post"},
	{"./downsample", "downsample"},
	{"./first-time-event", "first-time-event"},
	{"./pii-redact", "pii-redact"},
	{"./property-filter", "property-filter"},
	{"./timestamp-parser", "timestamp-parser"},
	{"./url-params", "url-params"},
	{"./webhook", "webhook"},
	{"hello-world-go", "hello-world"},
	{"downsample", "downsample"},
	{"first-time-event", "first-time-event"},
	{"pii-redact", "pii-redact"},
	{"property-filter", "property-filter"},
	{"timestamp-parser", "timestamp-parser"},
	{"url-params", "url-params"},
	{"webhook", "webhook"},
}

// A scenario is an archive before and after: config.json, in.ndjson, and byte for byte what
// comes of it, want.ndjson and want.webhooks.ndjson.
func TestScenarios(t *testing.T) {
	for _, s := range scenarios {
		files, err := filepath.Glob(filepath.Join(s.of, "testdata", "*.txtar"))
		require.NoError(t, err)
		require.NotEmpty(t, files)
		for _, file := range files {
			t.Run(s.plugin+"/"+filepath.Base(file), func(t *testing.T) { play(t, s.plugin, file) })
		}
	}
}

func play(t *testing.T, plugin, file string) {
	archive, err := txtar.ParseFile(file)
	require.NoError(t, err)
	files := map[string]*txtar.File{}
	for i := range archive.Files {
		files[archive.Files[i].Name] = &archive.Files[i]
	}
	var config []byte
	if f := files["config.json"]; f != nil {
		config = f.Data
	}
	out, webhooks := replay(t, plugin, config, files["in.ndjson"].Data, 1)
	for name, got := range map[string]string{"want.ndjson": out, "want.webhooks.ndjson": webhooks} {
		f := files[name]
		switch {
		case f == nil:
			assert.Empty(t, got, "%s is not in %s", name, file)
		case *update:
			f.Data = []byte(got)
		default:
			assert.Equal(t, string(f.Data), got, "%s of %s; go test ./plugins -update writes it", name, file)
		}
	}
	if *update {
		require.NoError(t, os.WriteFile(file, txtar.Format(archive), 0o600))
	}
}

// interpretedHere says whether a reference is the directory of a Go plugin.
func interpretedHere(ref string) bool {
	files, err := filepath.Glob(filepath.Join(ref, "*.go"))
	return err == nil && files != nil
}

// openScenario opens a built-in plugin where no directory stands before its name.
func openScenario(t *testing.T, ref string) *plugins.Plugin {
	t.Helper()
	if !strings.HasPrefix(ref, "./") {
		here, err := os.Getwd()
		require.NoError(t, err)
		require.NoError(t, os.Chdir(t.TempDir()))
		defer func() { require.NoError(t, os.Chdir(here)) }()
	}
	p, err := plugins.Open(ref)
	require.NoError(t, err)
	return p
}

// replay runs an archive through a plugin and returns the events and the webhooks.
func replay(t *testing.T, plugin string, config, in []byte, workers int) (out, webhooks string) {
	p := openScenario(t, plugin)
	defer func() { assert.NoError(t, p.Close()) }()
	resolved, err := p.Resolve(manifest.Given{Config: config})
	require.NoError(t, err)
	chain := batch.Chain{{Name: p.Name, Program: p.Program, Config: resolved.Config}}
	var events, requests bytes.Buffer
	report, err := batch.Run(t.Context(), chain, batch.Reader("in.ndjson", bytes.NewReader(in)), batch.Writer(&events),
		batch.Options{Workers: workers, Webhooks: batch.Writer(&requests)})
	require.NoError(t, err)
	assert.Equal(t, report.Counts.Read, report.Counts.Written+report.Counts.Dropped)
	return events.String(), requests.String()
}

// A plugin that keeps no state gives the same bytes with one worker and with eight.
func TestFirstPartyPluginsTreatEachEventAlone(t *testing.T) {
	var in bytes.Buffer
	require.NoError(t, testkit.Generator{Seed: 3}.Write(&in, 1500)) // more than one chunk
	for _, s := range scenarios {
		if strings.Contains(s.plugin, "first-time-event") || interpretedHere(s.plugin) {
			continue // keeps state, or is slow and the same as compiled in: TestGoPluginsAgree
		}
		t.Run(s.plugin, func(t *testing.T) {
			config := []byte(`{"url":"https://example.com/","properties":"$browser"}`)
			out, webhooks := replay(t, s.plugin, config, in.Bytes(), 1)
			moreOut, moreWebhooks := replay(t, s.plugin, config, in.Bytes(), 8)
			assert.True(t, out == moreOut, "events differ")
			assert.True(t, webhooks == moreWebhooks, "webhooks differ")
			assert.NotEmpty(t, out)
		})
	}
}
