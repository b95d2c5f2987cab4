package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/testkit"
)

func TestGen(t *testing.T) {
	var out, want bytes.Buffer
	require.NoError(t, run(t.Context(), strings.Fields("gen -n 5 -seed 9 -shape export"), &out, io.Discard))
	require.NoError(t, testkit.Generator{Seed: 9, Shape: testkit.BatchExport}.Write(&want, 5))
	assert.Equal(t, want.String(), out.String())

	assert.ErrorContains(t, run(t.Context(), strings.Fields("gen -shape csv"), &out, io.Discard), "capture or export")
}

func TestSelectCases(t *testing.T) {
	all, err := selectCases("")
	require.NoError(t, err)
	assert.Len(t, all, len(cases)-3, "all but the series")

	two, err := selectCases("none,noop")
	require.NoError(t, err)
	require.Len(t, two, 2)
	assert.Equal(t, "none", two[0].name)

	_, err = selectCases("none,nope")
	assert.EqualError(t, err, `-cases: got "nope", want some of none,noop,hello-world,drop-half,flatten,iterate,spread,regex,url,sha256,sync,async,typescript,chain-of-8,webhook,hello-world gz,none gz,hello-world zst,hello-world parquet,none parquet,startup,workers,growth`)
}

func TestGoPeers(t *testing.T) {
	l := &lab{plugreel: "plugreel", workers: 2}
	for _, p := range peers {
		prefix, ok := map[string]string{"plugreel, Go compiled in": "", "plugreel, Go interpreted": "interp:"}[p.name]
		if !ok {
			continue
		}
		for _, c := range cases {
			assert.Equal(t, c.inGo != "", p.does(c), c.name)
		}
		command := p.command(l, job{inGo: "hello-world-go", input: "in", output: "out", report: "r", plugins: []plugin{{ref: "hello-world"}}})
		assert.Equal(t, strings.Fields("plugreel replay -p "+prefix+"hello-world-go in -o out --quiet --workers 2 --report r"), command)
	}
}

// The whole program, with a plugreel that copies its input and wants a plugin.
func TestCompareAll(t *testing.T) {
	needs(t, "sh", "node", "cat")
	dir := t.TempDir()
	fake := fakePlugreel(t, dir)
	for range 2 { // the second time the events are there already
		r, err := measured(t, "-n", "50", "-runs", "2", "-cases", "noop,none", "-dir", dir, "-plugreel", fake)
		require.NoError(t, err)
		var verdicts []string
		for _, row := range r.Rows {
			verdicts = append(verdicts, row.Case+", "+row.Peer+": "+row.verdict())
		}
		assert.Equal(t, []string{
			"noop, plugreel: equal",
			"noop, node readline: (the measure)",
			"noop, node chunks: identical",
			"noop, node workers: identical",
			"none, plugreel: skipped: exit status 2: plugreel: replay needs -p",
			"none, node readline: (the measure)",
			"none, node chunks: identical",
			"none, node workers: identical",
			"none, cat: equal",
		}, verdicts)
		assert.Len(t, r.Rows[0].Samples, 2)
		assert.Positive(t, r.Rows[0].Median.WallSeconds)
		assert.Positive(t, r.Rows[0].Speed)
		assert.Equal(t, 0.25, r.Rows[0].Median.SyncSeconds, "as the report says")
		assert.Less(t, r.Rows[0].Median.WallSeconds, 99.0)
		assert.Positive(t, r.Rows[8].Median.SyncSeconds, "as the bench has flushed it")
	}
	left, err := filepath.Glob(filepath.Join(dir, "out-*"))
	require.NoError(t, err)
	assert.Empty(t, left)
}

// fakePlugreel writes a program that copies its input, wants a plugin, and has a report.
func fakePlugreel(t *testing.T, dir string) string {
	t.Helper()
	const script = `#!/bin/sh
[ "$2" = -p ] || { echo "plugreel: replay needs -p" >&2; exit 2; }
cp "$4" "$6"
if [ "${10}" = --report ]; then echo '{"wall_seconds": 99, "sync_seconds": 0.25}' > "${11}"; fi
`
	fake := filepath.Join(dir, "fake-plugreel")
	require.NoError(t, os.WriteFile(fake, []byte(script), 0o755))
	return fake
}

func TestStartup(t *testing.T) {
	needs(t, "sh", "node")
	dir := t.TempDir()
	r, err := measured(t, "-runs", "1", "-cases", "startup", "-dir", dir, "-plugreel", fakePlugreel(t, dir))
	assert.ErrorContains(t, err, "startup, plugreel: output: line 1: .properties.bar: got nothing", "the fake does not greet")
	var programs []string
	for _, row := range r.Rows {
		assert.Equal(t, 1, row.Events)
		assert.Len(t, row.Samples, 1, row.Failed)
		assert.NotContains(t, row.Command, "--report", "it would take its time")
		programs = append(programs, row.Peer)
	}
	assert.Equal(t, []string{
		"plugreel", "plugreel, TypeScript", "plugreel, Go compiled in", "plugreel, Go interpreted",
		"node readline", "node chunks", "node workers", "node -e 0",
	}, programs)
}

func TestSeries(t *testing.T) {
	needs(t, "sh")
	dir := t.TempDir()
	r, err := measured(t, "-n", "20", "-cases", "workers,growth", "-dir", dir, "-plugreel", fakePlugreel(t, dir))
	require.NoError(t, err)
	var rows []string
	for _, row := range r.Rows {
		rows = append(rows, fmt.Sprintf("%s, %s: %d runs of %d events, %s", row.Case, row.Peer, len(row.Samples), row.Events, row.verdict()))
		assert.Equal(t, 0.25, row.Median.SyncSeconds)
	}
	assert.Equal(t, []string{
		"workers, plugreel, 1 worker: 3 runs of 20 events, (the measure)",
		"workers, plugreel, 2 workers: 3 runs of 20 events, identical",
		"growth, plugreel, 20 events: 1 runs of 20 events, (the measure)",
		"growth, plugreel, 200 events: 1 runs of 200 events, -",
	}, rows)
}

// measured runs the program and reads what it prints.
func measured(t *testing.T, args ...string) (r report, err error) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	err = run(t.Context(), append([]string{"-json"}, args...), &stdout, &stderr)
	require.NoError(t, json.Unmarshal(stdout.Bytes(), &r), stderr.String())
	return r, err
}

// The peer loads a plugin in each style that the original runtime accepted.
func TestPeersLoadPlugins(t *testing.T) {
	needs(t, "node")
	peers := []string{"readline.mjs", "chunks.mjs", "workers.mjs"}
	const (
		setup   = `function setupPlugin({ config, global }) { global.greeting = config.greeting }`
		process = `function processEvent(event, { global, config }) {
			if (event.event === 'drop') return null
			event.properties.said = global.greeting
			event.properties.unset = config.unset === undefined
			if (event.event === 'throw') throw new Error('no')
			return event
		}`
		list   = `[{"markdown": "Hello"}, {"key": "greeting", "default": "hi"}, {"key": "unset"}]`
		object = `{"greeting": {"type": "string", "default": "hi"}, "unset": {"default": null}}`
	)
	tests := []struct{ name, config, source string }{
		{"asynchronous", list, "export async " + setup + "\nexport async " + process},
		{"ES module", list, "export async " + setup + "\nexport " + process},
		{"ES module with a default export", object, setup + process + "\nexport default { setupPlugin, processEvent }"},
		{"CommonJS", list, setup + process + "\nmodule.exports = { setupPlugin, processEvent }"},
		{"CommonJS by name", object, setup + process + "\nexports.setupPlugin = setupPlugin; exports.processEvent = processEvent"},
		{"bare functions", list, setup + process},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			write := func(name, text string) string {
				path := filepath.Join(dir, name)
				require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
				return path
			}
			write("plugin.json", `{"name": "greet", "main": "greet.js", "config": `+tt.config+`}`)
			write("greet.js", tt.source)
			in := write("in.ndjson", `{"event":"a","properties":{"n":1.0}}`+"\n"+`{"event":"drop"}`+"\n"+`{"event":"b","properties":{}}`)
			out := filepath.Join(dir, "out.ndjson")

			throws := write("throws.ndjson", `{"event":"throw","properties":{}}`)
			chain, err := peerChain([]plugin{{dir: dir}})
			require.NoError(t, err)
			for _, peer := range peers {
				_, err := measure(t.Context(), []string{"node", filepath.Join("peers", peer), in, out, chain})
				require.NoError(t, err)
				got, err := os.ReadFile(out)
				require.NoError(t, err)
				assert.Equal(t, `{"event":"a","properties":{"n":1,"said":"hi","unset":true}}`+"\n"+
					`{"event":"b","properties":{"said":"hi","unset":true}}`+"\n", string(got), peer)

				_, err = measure(t.Context(), []string{"node", filepath.Join("peers", peer), throws, out, chain})
				assert.EqualError(t, err, "exit status 1: processEvent threw for 1 events", peer)
				got, err = os.ReadFile(out)
				require.NoError(t, err)
				assert.Equal(t, `{"event":"throw","properties":{"said":"hi","unset":true}}`+"\n", string(got), peer)
			}
		})
	}
}

func needs(t *testing.T, programs ...string) {
	t.Helper()
	for _, program := range programs {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("%s is not on PATH", program)
		}
	}
}

// TestLoad runs all loads with a plugreel that reads its input and nothing else.
func TestLoad(t *testing.T) {
	needs(t, "sh", "cat")
	dir := t.TempDir()
	fake := filepath.Join(dir, "fake-plugreel")
	require.NoError(t, os.WriteFile(fake, []byte("#!/bin/sh\nfor last; do :; done\n[ -e \"$last\" ] || [ \"$last\" = - ] || exit 3\ncat > /dev/null\n"), 0o755))
	var stdout, stderr bytes.Buffer
	require.NoError(t, run(t.Context(), []string{"load", "-scale", "10000", "-dir", dir, "-plugreel", fake}, &stdout, &stderr), stderr.String())
	lines := strings.Split(strings.TrimSpace(stdout.String()), "\n")
	require.Len(t, lines, 1+len(loads))
	assert.Contains(t, lines[1], "500 events")
	assert.NoDirExists(t, filepath.Join(dir, "load"))
}
