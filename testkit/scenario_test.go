package testkit_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/plugins"
	"github.com/plugreel/plugreel/testkit"
)

// worldly uses everything that a scenario can give.
const worldly = `
export async function processEvent(event, { config, attachments, storage, geoip }) {
    console.warn('seen', event.event, '\nby', config.by)
    if (event.event === 'drop') return null
    event.list = attachments.list.contents.toString().trim()
    event.n = await storage.get('n', 0)
    event.place = (await geoip.locate('1.2.3.4')).city
    event.answer = (await (await fetch('https://example.com/')).json()).a
    posthog.capture('made', { timestamp: '2024-01-01T00:00:00Z' })
    return event
}
export function composeWebhook(event) { return { url: 'https://example.com/', body: event.event } }
`

const scenario = `What it is about.
-- plugin.json --
{"config":[{"key":"by","default":"me"}]}
-- config.json --
{"by":"you"}
-- attachments/list/a.txt --
1,2
-- storage.json --
{"n": 5}
-- geoip.json --
{"1.2.3.4":{"city":"Delft"}}
-- cassette.jsonl --
{"cassette":"plugreel","version":1}
{"request":{"method":"GET","url":"https://example.com/"},"response":{"status":200,"body_json":{"a":1}}}
-- in.ndjson --
{"event":"a"}
{"event":"drop"}
nonsense
-- want.ndjson --
{"event":"a","list":"1,2","n":5,"place":"Delft","answer":1}
-- want.log --
WARN seen a 
  by you
WARN seen drop 
  by you
-- want.webhooks.ndjson --
{"plugin":"worldly","url":"https://example.com/","method":"POST","headers":{"Content-Type":"application/json"},"body":"a"}
`

func openWorldly(t *testing.T) *plugins.Plugin {
	p, err := plugins.OpenFS("worldly", fstest.MapFS{"index.js": {Data: []byte(worldly)}, "plugin.json": {Data: []byte(`{"name":"worldly"}`)}})
	require.NoError(t, err)
	return p
}

func TestScenario(t *testing.T) {
	p := openWorldly(t)
	file := filepath.Join(inDir(t, "s.txtar", scenario), "s.txtar")
	s, err := testkit.ReadScenario(file)
	require.NoError(t, err)
	err = s.Check(t.Context(), p)
	var failure *testkit.Failure
	require.ErrorAs(t, err, &failure, "captured events and dead letters are not in the file")
	assert.Equal(t, "What it is about.", failure.Reason)
	require.Len(t, failure.Findings, 2, "%v", err)
	assert.Contains(t, failure.Findings[0], "want.captured.ndjson (-want +got):\n    +1: {\"event\":\"made\",")
	assert.Contains(t, failure.Findings[1], "want.dead.ndjson (-want +got):\n    +1: {\"source\":\"in.ndjson\",\"line\":3,")

	changed, err := s.Update(t.Context(), p)
	require.NoError(t, err)
	assert.True(t, changed)
	again, err := testkit.ReadScenario(file)
	require.NoError(t, err)
	require.NoError(t, again.Check(t.Context(), p), "what was written is what comes out")
	before, err := os.Stat(file)
	require.NoError(t, err)
	changed, err = again.Update(t.Context(), p)
	require.NoError(t, err)
	assert.False(t, changed)
	after, err := os.Stat(file)
	require.NoError(t, err)
	assert.Equal(t, before.ModTime(), after.ModTime(), "a file that says it already is not written")
}

// A file whose content nobody wants any more goes; a log comes only if it was asked for.
func TestScenarioUpdateTakesFilesAway(t *testing.T) {
	p, err := plugins.OpenFS("p", fstest.MapFS{"index.js": {Data: []byte(`export function processEvent(e) { console.log(e); return e }`)}})
	require.NoError(t, err)
	file := filepath.Join(inDir(t, "s.txtar", "-- in.ndjson --\n{}\n-- want.webhooks.ndjson --\n{}\n-- want.ndjson --\n"), "s.txtar")
	s, err := testkit.ReadScenario(file)
	require.NoError(t, err)
	_, err = s.Update(t.Context(), p)
	require.NoError(t, err)
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, "-- in.ndjson --\n{}\n-- want.ndjson --\n{}\n", string(text))
}

func TestScenarioTakesWhatEditorsWrite(t *testing.T) {
	p, err := plugins.OpenFS("p", fstest.MapFS{"index.js": {Data: []byte(`export function processEvent(e) { return e }`)}})
	require.NoError(t, err)
	text := "\ufeff-- in.ndjson --\r\n{\"event\":\"a\"}\r\n-- want.ndjson --\r\n{\"event\":\"a\"}\r\n"
	s, err := testkit.ReadScenario(filepath.Join(inDir(t, "s.txtar", text), "s.txtar"))
	require.NoError(t, err, "a byte order mark")
	require.NoError(t, s.Check(t.Context(), p), "ends of lines as on Windows")
}

func TestScenarioErrors(t *testing.T) {
	tests := []struct{ name, reason, text, want string }{
		{"unknown file", "most likely a slip", "-- in.ndjson --\n-- want.txt --\n", `got a file "want.txt"`},
		{"no input", "", "-- want.ndjson --\n", "got no in.ndjson"},
		{"config", "", "-- config.json --\n[]\n-- in.ndjson --\n", "config"},
		{"manifest", "", "-- plugin.json --\n{\n-- in.ndjson --\n", "plugin.json: "},
		{"bad manifest", "what the file says counts", "-- plugin.json --\n{\"main\": 5}\n-- in.ndjson --\n", "main"},
		{"storage", "", "-- storage.json --\nx\n-- in.ndjson --\n", "storage.json: "},
		{"cassette", "", "-- cassette.jsonl --\nx\n-- in.ndjson --\n", "cassette.jsonl"},
		{"secret", "of a config that does not set up", "-- plugin.json --\n{\"config\":[{\"key\":\"t\",\"required\":true}]}\n-- in.ndjson --\n", "t"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			file := filepath.Join(inDir(t, "s.txtar", tt.text), "s.txtar")
			s, err := testkit.ReadScenario(file)
			if err == nil {
				err = s.Check(t.Context(), openWorldly(t))
			}
			require.ErrorContains(t, err, tt.want, tt.reason)
			assert.ErrorContains(t, err, "s.txtar: ")
			assert.False(t, errors.As(err, new(*testkit.Failure)))
		})
	}
}

// A line that is missing does not spoil the rest, and records differ by member.
func TestScenarioDiff(t *testing.T) {
	p, err := plugins.OpenFS("p", fstest.MapFS{"index.js": {Data: []byte(`export function processEvent(e) { return e }`)}})
	require.NoError(t, err)
	file := filepath.Join(inDir(t, "s.txtar", `-- in.ndjson --
{"event":"a"}
{"event":"b"}
{"event":"c"}
{"event":"d","n":1.0}
-- want.ndjson --
{"event":"b"}
{"event":"x"}
{"event":"d","n":1}
`), "s.txtar")
	s, err := testkit.ReadScenario(file)
	require.NoError(t, err)
	var failure *testkit.Failure
	require.ErrorAs(t, s.Check(t.Context(), p), &failure)
	assert.Equal(t, []string{`want.ndjson (-want +got):
    +1: {"event":"a"}
    line 3:
    -event: "x"
    +event: "c"
    -3: {"event":"d","n":1}
    +4: {"event":"d","n":1.0}`}, failure.Findings)
}
