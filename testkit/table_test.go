package testkit_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/testkit"
)

// inDir writes files, alternating names and texts, into a new directory.
func inDir(t testing.TB, files ...string) string {
	t.Helper()
	dir := t.TempDir()
	for i := 0; i < len(files); i += 2 {
		name := filepath.Join(dir, files[i])
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
		require.NoError(t, os.WriteFile(name, []byte(files[i+1]), 0o644))
	}
	return dir
}

func TestReadTable(t *testing.T) {
	dir := inDir(t, "a,b.csv", "1,2\n", "p_cases.yaml", `
config: {a: 1, b: two}
cases:
  - name: whole
    reason: every field
    config: {b: 3, big: 12345678901234567890}
    attachments: {file: "a,b.csv", text: {text: hi, name: x.txt, type: text/x}}
    storage: {k: {n: 1.0}}
    cache: {c: [1]}
    http:
      - {method: post, url: "https://x/*", status: 201, headers: {x-a: b}, json: {n: 1}}
      - {url: "https://y/", body: text, error: refused}
    cassette: rec.jsonl
    geoip: {1.2.3.4: {city: X}}
    clock: 2024-01-31T00:00:00Z
    team_id: 7
    events:
      - {event: a}
      - '{"event": "b"}'
    want: [{event: a, n: 1.0}, null]
    error: e
    error_type: TypeError
    webhook: null
    logs: [a, "WARN b"]
    storage_after: {k: null, m: 1}
    cache_after: {c: x}
    captured: []
    fetches: ["GET https://x/1"]
  - name: short
    skip: not yet
    in: &e
      event: c
    want_subset: *e
    dropped: false
    logs: []
`)
	table, err := testkit.ReadTable(filepath.Join(dir, "p_cases.yaml"))
	require.NoError(t, err)
	require.Len(t, table.Cases, 2)
	c := table.Cases[0]
	assert.Equal(t, []string{"whole", "every field", filepath.Join(dir, "p_cases.yaml") + ":4", filepath.Join(dir, "rec.jsonl"), "e", "TypeError", "null", "[]"},
		[]string{c.Name, c.Reason, c.At, c.Cassette, c.Error, c.ErrorType, c.Webhook, c.Captured})
	assert.Equal(t, map[string]any{"a": json.RawMessage("1"), "b": json.RawMessage("3"), "big": json.RawMessage("12345678901234567890")}, c.Config)
	assert.Equal(t, "1,2\n", string(c.Attachments["file"].Contents))
	assert.Equal(t, []string{"hi", "x.txt", "text/x"}, []string{string(c.Attachments["text"].Contents), c.Attachments["text"].FileName, c.Attachments["text"].ContentType})
	assert.Equal(t, map[string]any{"k": json.RawMessage(`{"n":1.0}`)}, c.Storage)
	assert.Equal(t, map[string]any{"k": nil, "m": json.RawMessage("1")}, c.StorageAfter)
	assert.Equal(t, []testkit.Answer{
		{Method: "POST", URL: "https://x/*", Status: 201, Headers: map[string]string{"X-A": "b"}, JSON: json.RawMessage(`{"n":1}`)},
		{URL: "https://y/", Body: "text", Error: "refused"},
	}, c.HTTP)
	assert.Equal(t, time.Date(2024, 1, 31, 0, 0, 0, 0, time.UTC), c.Clock)
	assert.Equal(t, int64(7), c.TeamID)
	assert.Equal(t, []string{`{"event":"a"}`, `{"event": "b"}`}, c.Events)
	assert.Equal(t, `[{"event":"a","n":1.0},null]`, c.Want)
	assert.Equal(t, []string{"a", "WARN b"}, c.Logs)
	assert.Equal(t, []string{"GET https://x/1"}, c.Fetches)

	c = table.Cases[1]
	assert.Equal(t, []string{"not yet", `{"event":"c"}`, `{"event":"c"}`}, []string{c.Skip, c.In, c.WantSubset})
	assert.Equal(t, []string{}, c.Logs, "an empty list is one")
	assert.Nil(t, c.Fetches)
	assert.Equal(t, map[string]any{"a": json.RawMessage("1"), "b": json.RawMessage(`"two"`)}, c.Config)
}

func TestReadTableTakesWhatEditorsWrite(t *testing.T) {
	text := "\ufeffcases:\r\n  - name: x\r\n    in: {event: a}\r\n    dropped: true\r\n"
	table, err := testkit.ReadTable(filepath.Join(inDir(t, "p_cases.yaml", text), "p_cases.yaml"))
	require.NoError(t, err, "a byte order mark, and ends of lines as on Windows")
	require.Len(t, table.Cases, 1)
	assert.Equal(t, "x", table.Cases[0].Name)
}

func TestReadTableRefuses(t *testing.T) {
	tests := []struct{ name, reason, text, want string }{
		{"nothing", "", "", ": got nothing, want cases"},
		{"two documents", "", "cases: []\n---\ncases: []", "got 2 documents, want one"},
		{"syntax", "with its place, without an excerpt", "cases: [", ":1:8: "},
		{"no cases", "", "config: {}", "cases: got none, want at least one"},
		{"unknown member", "most likely a slip", "cases:\n  - {nam: x, in: {}, want: {}}", `:2:6: cases[0].nam: got an unknown member; did you mean "name"?`},
		{"swapped letters", "", "cases:\n  - {wnat: {}}", `did you mean "want"?`},
		{"top", "", "case: []", `:1:1: case: got an unknown member; did you mean "cases"?`},
		{"cases", "", "cases: 5", ":1:8: cases: got a number, want a list"},
		{"a case", "", "cases: [x]", ":1:9: cases[0]: got a text, want an object"},
		{"name", "", "cases: [{name: [x]}]", "cases[0].name: got a list, want a text"},
		{"dropped", "", "cases: [{dropped: 1}]", "cases[0].dropped: got a number, want true or false"},
		{"clock", "", "cases: [{clock: today}]", "cases[0].clock: got today, want a time such as 2024-01-31T00:00:00Z"},
		{"team", "", "cases: [{team_id: x}]", "cases[0].team_id: got x, want a whole number"},
		{"answer", "", "cases: [{http: [{body: x}]}]", "cases[0].http: got an answer without url"},
		{"attachment", "", "cases: [{attachments: {a: nowhere}}]", "cases[0].attachments: open "},
		{"alias", "of what comes later", "cases: [{in: *a, want: &a {}}]", "cases[0].in: "},
		{"several", "all problems at once", "cases: [{dropped: 1}, {dropped: 2}]", "cases[1].dropped"},
		{"infinity", "JSON has none", "cases: [{in: {n: .inf}}]", "cases[0].in: "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			file := filepath.Join(inDir(t, "p_cases.yaml", tt.text), "p_cases.yaml")
			_, err := testkit.ReadTable(file)
			require.ErrorContains(t, err, tt.want, tt.reason)
			assert.True(t, strings.HasPrefix(err.Error(), file+":"), err.Error())
		})
	}
	_, err := testkit.ReadTable(filepath.Join(t.TempDir(), "none_cases.yaml"))
	assert.ErrorIs(t, err, os.ErrNotExist)
}

var _ = flag.Bool("update", false, "as the tests of a plugin define it")

// With the flag -update of the test binary the wishes of scenarios are written.
func TestRunFilesUpdates(t *testing.T) {
	dir := inDir(t, "index.js", echo, "testdata/s.txtar", "-- in.ndjson --\n{\"event\":\"a\"}\n-- want.ndjson --\nold\n")
	var rec recorder
	testkit.RunFiles(&rec, dir)
	assert.Len(t, rec.errors, 1)
	require.NoError(t, flag.Set("update", "true"))
	t.Cleanup(func() { require.NoError(t, flag.Set("update", "false")) })
	rec = recorder{}
	testkit.RunFiles(&rec, dir)
	assert.Empty(t, append(rec.errors, rec.fatals...))
	text, err := os.ReadFile(filepath.Join(dir, "testdata", "s.txtar"))
	require.NoError(t, err)
	assert.Equal(t, "-- in.ndjson --\n{\"event\":\"a\"}\n-- want.ndjson --\n{\"event\":\"a\"}\n", string(text))
}

const echo = `export function processEvent(event, { config }) { event.by = config.by; return event }`

func TestRunFiles(t *testing.T) {
	dir := inDir(t,
		"plugin.json", `{"name":"p","config":[{"key":"by","default":"x"}]}`, "index.js", echo,
		"p_cases.yaml", "cases: [{name: one, in: {event: a}, want: {event: a, by: x}}, {name: later, skip: not yet}]",
		"testdata/s.txtar", "A scenario.\n-- in.ndjson --\n{\"event\":\"a\"}\n-- want.ndjson --\n{\"event\":\"a\",\"by\":\"x\"}\n")
	p := &parent{T: t}
	testkit.RunFiles(p, dir)
	assert.Equal(t, []string{"p_cases.yaml", "s.txtar"}, p.names)
	assert.Empty(t, append(p.errors, p.fatals...))

	tests := []struct {
		name, reason  string
		files         []string
		errors, fatal string
	}{
		{"nothing", "a plugin without tests is none that passes", nil, "", "got no tests, want *_cases.yaml or testdata/*.txtar"},
		{"bad table", "", []string{"p_cases.yaml", "cases: 1"}, "", "cases: got a number"},
		{"bad scenario", "", []string{"testdata/s.txtar", "no file"}, "", "got no in.ndjson"},
		{"another event", "", []string{"p_cases.json", `{"cases":[{"name":"one","in":{"event":"a"},"want":{"event":"b"}}]}`}, "one\nevent (-want +got):", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var rec recorder
			testkit.RunFiles(&rec, inDir(t, append([]string{"index.js", echo}, tt.files...)...))
			assert.Contains(t, strings.Join(rec.errors, "\n"), tt.errors, tt.reason)
			assert.Contains(t, strings.Join(rec.fatals, "\n"), tt.fatal, tt.reason)
		})
	}
	var rec recorder
	testkit.RunFiles(&rec, "no-such-plugin")
	assert.Contains(t, strings.Join(rec.fatals, ""), "./no-such-plugin: ")
}
