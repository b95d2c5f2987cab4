package testkit_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/testkit"
)

// recorder is a T that keeps what it is told.
type recorder struct{ errors, fatals []string }

func (r *recorder) Helper() {}

func (r *recorder) Errorf(format string, args ...any) {
	r.errors = append(r.errors, fmt.Sprintf(format, args...))
}

func (r *recorder) Fatalf(format string, args ...any) {
	r.fatals = append(r.fatals, fmt.Sprintf(format, args...))
}

// greeter has every hook that a case can look at. What it does depends on the event's name.
func greeter() sdk.Program {
	return sdk.Native(sdk.Info{Name: "greeter"}, func() sdk.Hooks {
		return sdk.Hooks{SetupPlugin: setup, ProcessEvent: process, ComposeWebhook: compose}
	})
}

func setup(meta *sdk.PluginMeta) error {
	if meta.Config.Has("broken") {
		return errors.New("broken: want another config")
	}
	return nil
}

func process(e *sdk.PluginEvent, meta *sdk.PluginMeta) (*sdk.PluginEvent, error) {
	meta.Logger.Log("seen", e.Event())
	switch e.Event() {
	case "drop":
		return nil, nil
	case "fail":
		e.Properties().Set("tried", true)
		return e, errors.New("cannot greet")
	}
	e.Properties().Set("hello", meta.Config.Get("hello").StrOr("world"))
	return e, nil
}

func compose(e *sdk.PluginEvent, meta *sdk.PluginMeta) (*sdk.Webhook, error) {
	switch e.Event() {
	case "send":
		return &sdk.Webhook{URL: "https://example.com/", Body: `{"n": 1}`}, nil
	case "refuse":
		return nil, errors.New("cannot send")
	}
	return nil, nil
}

const greeted = `{"event":"x","properties":{"hello":"world"}}`

func TestRunProgramAccepts(t *testing.T) {
	testkit.RunProgram(t, greeter(), []testkit.Case{
		{Name: "event", In: `{"event":"x"}`, Want: greeted},
		{Name: "order and spelling", In: `{"n":1.0,"event":"x"}`, Want: `{"properties":{"hello":"world"},"event":"\u0078","n":1}`},
		{Name: "several lines", In: "\n{\n  \"event\": \"x\"\n}\n", Want: greeted},
		{Name: "config", Config: map[string]any{"hello": "there"}, In: `{"event":"x"}`, Want: `{"event":"x","properties":{"hello":"there"}}`},
		{Name: "row of a batch export", In: `{"event":"x","properties":"{}","elements_chain":"","team_id":1}`, Want: `{"event":"x","properties":"{\"hello\":\"world\"}","elements_chain":"","team_id":1}`},
		{Name: "dropped", In: `{"event":"drop"}`, Dropped: true},
		{Name: "failure", In: `{"event":"fail"}`, Error: "cannot greet"},
		{Name: "failure keeps what was changed", In: `{"event":"fail"}`, Error: "processEvent", Want: `{"event":"fail","properties":{"tried":true}}`},
		{Name: "setup", Config: map[string]any{"broken": true}, In: `{"event":"x"}`, Error: "want another config"},
		{Name: "webhook", In: `{"event":"send"}`, Webhook: `{"url":"https://example.com/","body":"{\"n\": 1}"}`},
		{Name: "webhook with a body that is JSON", In: `{"event":"send"}`, Webhook: `{"url":"https://example.com/","method":"POST","headers":{"Content-Type":"application/json"},"body":{"n":1.0}}`},
		{Name: "no webhook", In: `{"event":"x"}`, Want: greeted, Webhook: "null"},
		{Name: "no webhook of a dropped event", In: `{"event":"drop"}`, Dropped: true, Webhook: "null"},
		{Name: "webhook that fails", In: `{"event":"refuse"}`, Error: "composeWebhook", Webhook: "null"},
		{In: `{"event":"x"}`, Want: greeted},
	})
}

func TestRunProgramReports(t *testing.T) {
	tests := []struct {
		name string
		c    testkit.Case
		want string
	}{
		{
			"wrong event",
			testkit.Case{Name: "says hello", Reason: "that is its job", In: `{"event":"x","a":1,"b":[1,2]}`, Want: `{"event":"x","a":2,"b":[1],"properties":{"hello":"you"}}`},
			`says hello
reason: that is its job
event (-want +got):
    -a: 2
    +a: 1
    +b[1]: 2
    -properties.hello: "you"
    +properties.hello: "world"
plugin log:
    LOG seen x`,
		},
		{
			"no name",
			testkit.Case{In: `{"event":"x"}`, Want: `{}`},
			`case 1
event (-want +got):
    +event: "x"
    +properties: {"hello":"world"}
plugin log:
    LOG seen x`,
		},
		{
			"dropped",
			testkit.Case{Name: "kept", In: `{"event":"drop"}`, Want: `{"event": "drop"}`},
			`kept
event: got it dropped, want
    {"event":"drop"}
plugin log:
    LOG seen drop`,
		},
		{
			"not dropped",
			testkit.Case{Name: "gone", In: `{"event":"x"}`, Dropped: true},
			`gone
event: got this, want it dropped
    ` + greeted + `
plugin log:
    LOG seen x`,
		},
		{
			"no failure",
			testkit.Case{Name: "fails", In: `{"event":"x"}`, Error: "cannot"},
			`fails
failure: got none, want one that contains "cannot"
plugin log:
    LOG seen x`,
		},
		{
			"webhook differs",
			testkit.Case{Name: "sends", In: `{"event":"send"}`, Webhook: `{"url":"https://example.com/x","method":"PUT","headers":{},"body":{"n":2}}`},
			`sends
webhook (-want +got):
    -url: "https://example.com/x"
    +url: "https://example.com/"
    -method: "PUT"
    +method: "POST"
    +headers["Content-Type"]: "application/json"
    -body.n: 2
    +body.n: 1
plugin log:
    LOG seen send`,
		},
		{
			"webhook body is text",
			testkit.Case{Name: "sends", In: `{"event":"send"}`, Webhook: `{"url":"https://example.com/","body":"{\"n\":1}"}`},
			`sends
webhook (-want +got):
    -body: "{\"n\":1}"
    +body: "{\"n\": 1}"
plugin log:
    LOG seen send`,
		},
		{
			"no webhook",
			testkit.Case{Name: "sends", In: `{"event":"x"}`, Webhook: `{"url":"u"}`},
			`sends
webhook: got none, want
    {"url":"u","method":"POST","headers":{"Content-Type":"application/json"},"body":""}
plugin log:
    LOG seen x`,
		},
		{
			"unwanted webhook",
			testkit.Case{Name: "keeps quiet", In: `{"event":"send"}`, Webhook: `null`},
			`keeps quiet
webhook: got this, want none
    {"url":"https://example.com/","method":"POST","headers":{"Content-Type":"application/json"},"body":"{\"n\": 1}"}
plugin log:
    LOG seen send`,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var r recorder
			testkit.RunProgram(&r, greeter(), []testkit.Case{tt.c})
			assert.Empty(t, r.fatals)
			assert.Equal(t, []string{tt.want}, r.errors)
		})
	}
}

// The exact text of a failure is that of the replay.
func TestRunProgramReportsFailures(t *testing.T) {
	broken := map[string]any{"broken": true}
	tests := []struct {
		name string
		c    testkit.Case
		want []string
	}{
		{"unwanted", testkit.Case{In: `{"event":"fail"}`, Want: `{"event":"fail","properties":{"tried":true}}`}, []string{"failure: got processEvent: cannot greet, want none"}},
		{"another", testkit.Case{In: `{"event":"fail"}`, Error: "other"}, []string{`cannot greet, want one that contains "other"`}},
		{"setup", testkit.Case{Config: broken, In: `{"event":"x"}`, Want: greeted}, []string{"broken: want another config", "event: got none written, want\n    " + greeted}},
		{"setup and dropped", testkit.Case{Config: broken, In: `{"event":"x"}`, Error: "broken", Dropped: true}, []string{"event: got none written, want it dropped by the plugin"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var r recorder
			testkit.RunProgram(&r, greeter(), []testkit.Case{tt.c})
			assert.Empty(t, r.fatals)
			require.Len(t, r.errors, 1)
			for _, want := range tt.want {
				assert.Contains(t, r.errors[0], want)
			}
		})
	}
}

func TestRunProgramRefusesACaseThatCannotBeRead(t *testing.T) {
	tests := []struct {
		name string
		c    testkit.Case
		want string
	}{
		{"no event", testkit.Case{Want: "{}"}, "case 1: got neither In nor Events, want the JSON text of an event (in a cases file: in, events)"},
		{"no wish", testkit.Case{In: "{}"}, "case 1: got nothing to look for, want at least one of Want, WantSubset, Dropped, Error, "},
		{"two wishes", testkit.Case{In: "{}", Want: "{}", Dropped: true}, "case 1: got both Want and Dropped, want one of them"},
		{"syntax", testkit.Case{Name: "typo", In: "{\n  \"event\": x\n}", Want: "{}"}, "typo: In:2:12: got 'x', want a value"},
		{"syntax at the end", testkit.Case{In: "{", Want: "{}"}, "case 1: In:1:2: got end of text, want "},
		{"two events", testkit.Case{In: "{}\n{}", Want: "{}"}, "case 1: In:2:1: "},
		{"no object", testkit.Case{In: "[]", Want: "{}"}, "case 1: In: got array, want object"},
		{"syntax of Want", testkit.Case{In: "{}", Want: "{,}"}, "case 1: Want:1:2: "},
		{"Want is no object", testkit.Case{In: "{}", Want: "null"}, "case 1: Want: got null, want object"},
		{"syntax of Webhook", testkit.Case{In: "{}", Webhook: "{"}, "case 1: Webhook:1:2: "},
		{"kind of Webhook", testkit.Case{In: "{}", Webhook: "1"}, "case 1: Webhook: got number, want object"},
		{"member of Webhook", testkit.Case{In: "{}", Webhook: `{"uri":"x"}`}, `case 1: got a member "uri" in Webhook, want only url, method, headers, body`},
		{"config", testkit.Case{In: "{}", Want: "{}", Config: map[string]any{"f": func() {}}}, `case 1: config: "f": got func()`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var r recorder
			testkit.RunProgram(&r, greeter(), []testkit.Case{tt.c})
			assert.Empty(t, r.errors)
			require.Len(t, r.fatals, 1)
			assert.Contains(t, r.fatals[0], tt.want)
		})
	}
}

func TestRunProgramWantsCases(t *testing.T) {
	var r recorder
	testkit.RunProgram(&r, greeter(), nil)
	assert.Equal(t, []string{"greeter: got no cases, want at least one"}, r.fatals)
}

// parent is a T with the optional methods.
type parent struct {
	recorder
	*testing.T
	names []string
}

func (p *parent) Helper()                           {}
func (p *parent) Errorf(format string, args ...any) { p.recorder.Errorf(format, args...) }
func (p *parent) Fatalf(format string, args ...any) { p.recorder.Fatalf(format, args...) }
func (p *parent) Context() context.Context          { return p.T.Context() }

func (p *parent) Run(name string, f func(*testing.T)) bool {
	p.names = append(p.names, name)
	return p.T.Run(name, f)
}

func TestRunProgramMakesSubtests(t *testing.T) {
	p := &parent{T: t}
	testkit.RunProgram(p, greeter(), []testkit.Case{
		{Name: "first", In: `{"event":"x"}`, Want: greeted},
		{In: `{"event":"drop"}`, Dropped: true},
	})
	assert.Equal(t, []string{"first", "case 2"}, p.names)
	assert.Empty(t, p.errors)
}

// pluginDir writes a JavaScript plugin.
func pluginDir(t *testing.T, manifest, source string) string {
	t.Helper()
	root := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(root, "plugin.json"), []byte(manifest), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(root, "index.js"), []byte(source), 0o600))
	return root
}

func TestRun(t *testing.T) {
	ref := pluginDir(t,
		`{"name":"adder","config":[{"key":"by","default":"2"},{"key":"token","secret":true},{"key":"unit","required":true}]}`,
		`let calls = 0
		export function processEvent(event, { config }) {
			console.log('token', config.token)
			if (!event.properties) throw new Error('no properties for ' + config.token)
			event.properties.n += Number(config.by)
			event.properties.calls = ++calls
			return event
		}`)
	unit := map[string]any{"unit": "m"}
	in := `{"event":"x","properties":{"n":1}}`
	testkit.Run(t, ref, []testkit.Case{
		{Name: "default", Config: unit, In: in, Want: `{"event":"x","properties":{"n":3,"calls":1}}`},
		{Name: "config", Config: map[string]any{"unit": "m", "by": 3}, In: in, Want: `{"event":"x","properties":{"n":4,"calls":1}}`},
		{Name: "required", In: in, Error: "unit"},
		{Name: "failure", Config: unit, In: `{}`, Error: "no properties"},
	})

	t.Run("secrets are not shown", func(t *testing.T) {
		var r recorder
		testkit.Run(&r, ref, []testkit.Case{{Config: map[string]any{"unit": "m", "token": "hunter22"}, In: `{"event":"x"}`, Want: in}})
		require.Len(t, r.errors, 1)
		assert.NotContains(t, r.errors[0], "hunter22")
		assert.Contains(t, r.errors[0], "LOG token [secret]")
		assert.Contains(t, r.errors[0], "no properties for [secret]")
	})
	t.Run("what is odd in the config stands in the log", func(t *testing.T) {
		var r recorder
		testkit.Run(&r, ref, []testkit.Case{{Config: map[string]any{"unit": "m", "bye": "3"}, In: in, Want: in}})
		require.Len(t, r.errors, 1)
		assert.Contains(t, r.errors[0], "plugin log:\n    WARN adder: config.bye: ")
	})
}

func TestRunOfNoPlugin(t *testing.T) {
	var r recorder
	testkit.Run(&r, "./nope", []testkit.Case{{In: "{}", Want: "{}"}})
	require.Len(t, r.fatals, 1)
	assert.True(t, strings.HasPrefix(r.fatals[0], "./nope: "), r.fatals[0])
	assert.Empty(t, r.errors)
}
