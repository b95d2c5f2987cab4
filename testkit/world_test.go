package testkit_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/testkit"
)

// traveller uses the world as the event's name says.
func traveller() sdk.Program {
	info := sdk.Info{Name: "traveller", Hooks: []string{sdk.HookProcessEvent, sdk.HookComposeWebhook, sdk.HookTeardownPlugin}, State: sdk.StateStore}
	return sdk.Native(info, func() sdk.Hooks {
		return sdk.Hooks{
			SetupPlugin: func(meta *sdk.PluginMeta) error {
				if meta.Config.Has("broken") {
					return errors.New("no key")
				}
				return nil
			},
			ProcessEvent: travel,
			ComposeWebhook: func(e *sdk.PluginEvent, _ *sdk.PluginMeta) (*sdk.Webhook, error) {
				return &sdk.Webhook{URL: "https://example.com/", Body: e.Event()}, nil
			},
			TeardownPlugin: func(meta *sdk.PluginMeta) error { meta.Logger.Info("bye"); return nil },
		}
	})
}

func travel(e *sdk.PluginEvent, meta *sdk.PluginMeta) (*sdk.PluginEvent, error) {
	switch e.Event() {
	case "drop":
		return nil, nil
	case "parse":
		_, err := strconv.Atoi("x")
		return e, fmt.Errorf("cannot count: %w", err)
	case "retry":
		return e, sdk.Retry(errors.New("later"))
	case "count":
		n, err := meta.Cache.Incr("n")
		e.Set("n", n)
		if err != nil {
			return e, err
		}
		_, err = meta.Cache.Expire("n", time.Minute)
		return e, err
	case "store":
		return e, meta.Storage.Set("k", e.Get("value"))
	case "list":
		_, err := meta.Cache.LPush("l", "a", "b")
		return e, err
	case "ask":
		answer, err := meta.Fetcher.Fetch(meta.Context(), &sdk.Request{Method: "POST", URL: "https://example.com/", Body: []byte("{}")})
		if err != nil {
			return e, err
		}
		e.Set("status", answer.Status)
	case "place":
		v, err := meta.GeoIP.Locate("1.2.3.4")
		e.SetValue("place", v)
		return e, err
	case "capture":
		made, err := sdk.NewEvent([]byte(`{"event":"made","uuid":"x"}`))
		if err != nil {
			return e, err
		}
		return e, meta.Capturer.Capture(made)
	case "time":
		e.Set("year", meta.Now().Year())
		e.Set("team", e.TeamID())
	}
	return e, nil
}

func TestCasesSeeTheWorld(t *testing.T) {
	at := func(name, clock string) string {
		return fmt.Sprintf(`{"event":%q,"now":"2024-01-31T%sZ"}`, name, clock)
	}
	count := func(clock string) string { return at("count", clock) }
	noop := func(clock string) string { return at("noop", clock) }
	testkit.RunProgram(t, traveller(), []testkit.Case{
		{Name: "cache expires between events", Reason: "its clock follows their times",
			Events:     []string{noop("00:00:00"), noop("00:00:00"), count("00:00:01"), count("00:00:02"), noop("00:02:00"), noop("00:02:01"), count("00:02:02")},
			WantSubset: `[{}, {}, {"n":1}, {"n":2}, {}, {}, {"n":1}]`},
		{Name: "some are dropped", Events: []string{`{"event":"drop"}`, `{"event":"a"}`}, Want: testkit.List("", `{"event":"a"}`)},
		{Name: "all are dropped", Events: []string{`{"event":"drop"}`, `{"event":"drop"}`}, Dropped: true, Webhook: "null"},
		{Name: "subset", In: `{"event":"a","b":[{"c":1,"d":2}],"e":null}`, WantSubset: `{"b":[{"c":1.0,"x":null}],"e":null,"f":null}`},
		{Name: "type of an error that is wrapped", In: `{"event":"parse"}`, ErrorType: "*strconv.NumError", Error: "cannot count"},
		{Name: "type of the outer error", In: `{"event":"parse"}`, ErrorType: "*fmt.wrapError"},
		{Name: "type of a setup error", Config: map[string]any{"broken": true}, In: `{"event":"a"}`, ErrorType: "*errors.errorString", Error: "no key"},
		{Name: "RetryError", In: `{"event":"retry"}`, ErrorType: "RetryError"},
		{Name: "stored before", Storage: map[string]any{"k": 1}, Cache: map[string]any{"n": 41}, In: `{"event":"count"}`,
			WantSubset: `{"n":42}`, StorageAfter: map[string]any{"k": 1, "m": nil}, CacheAfter: map[string]any{"n": 42}},
		{Name: "stored", In: `{"event":"store","value":{"b":1.0}}`, StorageAfter: map[string]any{"k": map[string]int{"b": 1}}},
		{Name: "a list in the cache", In: `{"event":"list"}`, CacheAfter: map[string]any{"l": []string{"b", "a"}}},
		{Name: "fetched", HTTP: []testkit.Answer{{URL: "https://example.com/", Status: 418}}, In: `{"event":"ask"}`,
			WantSubset: `{"status":418}`, Fetches: []string{"POST https://example.com/ {}"}},
		{Name: "nobody answers", In: `{"event":"ask"}`, Error: "the test has no answer", Fetches: []string{"POST https://example.com/"}},
		{Name: "place", GeoIP: map[string]any{"1.2.3.4": map[string]string{"city": "Delft"}}, In: `{"event":"place"}`, WantSubset: `{"place":{"city":"Delft"}}`},
		{Name: "captured", In: `{"event":"capture"}`, Captured: `[{"event":"made"}]`},
		{Name: "nothing captured", In: `{"event":"a"}`, Captured: `[]`, Fetches: []string{}},
		{Name: "clock and team", Clock: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC), TeamID: 9, In: `{"event":"time"}`, Want: `{"event":"time","year":2030,"team":9}`},
		{Name: "webhooks", Events: []string{`{"event":"a"}`, `{"event":"b"}`},
			Webhook: `[{"url":"https://example.com/","body":"a"},{"url":"https://example.com/","body":"b"}]`},
		{Name: "teardown is heard", In: `{"event":"a"}`, Logs: []string{"INFO bye"}},
	})
}

// A recording answers what the plugin fetches, and nothing else.
func TestCaseWithACassette(t *testing.T) {
	dir := inDir(t, "rec.jsonl", `{"cassette":"plugreel","version":1}
{"request":{"method":"POST","url":"https://example.com/","body_json":{}},"response":{"status":201}}
`, "empty.jsonl", `{"cassette":"plugreel","version":1}`+"\n")
	testkit.RunProgram(t, traveller(), []testkit.Case{
		{Name: "recorded", Cassette: filepath.Join(dir, "rec.jsonl"), In: `{"event":"ask"}`,
			WantSubset: `{"status":201}`, Fetches: []string{"POST https://example.com/ {}"}},
		{Name: "not recorded", Cassette: filepath.Join(dir, "empty.jsonl"), In: `{"event":"ask"}`, Error: "https://example.com/"},
	})
}

func TestCasesReportTheWorld(t *testing.T) {
	tests := []struct {
		name string
		c    testkit.Case
		want string
	}{
		{"subset", testkit.Case{In: `{"event":"a","n":1,"m":2}`, WantSubset: `{"n":2,"m":null}`},
			"event (-want +got):\n    -n: 2\n    +n: 1\n    -m: null\n    +m: 2"},
		{"events", testkit.Case{Events: []string{`{"event":"a"}`, `{"event":"drop"}`, `{"event":"c"}`}, Want: `[{"event":"b"},{"event":"drop"},null]`},
			"events[0] (-want +got):\n    -event: \"b\"\n    +event: \"a\"\nevents[1]: got it dropped, want\n    {\"event\":\"drop\"}\nevents[2]: got this, want none written\n    {\"event\":\"c\"}"},
		{"dropped", testkit.Case{Events: []string{`{"event":"drop"}`, `{"event":"a"}`}, Dropped: true}, "events[1]: got this, want it dropped"},
		{"type", testkit.Case{In: `{"event":"parse"}`, ErrorType: "TypeError"}, "failure: got processEvent: cannot count: strconv.Atoi: parsing \"x\": invalid syntax, want one of type TypeError"},
		{"type and text", testkit.Case{In: `{"event":"a"}`, ErrorType: "TypeError", Error: "x"}, `failure: got none, want one of type TypeError and that contains "x"`},
		{"storage", testkit.Case{In: `{"event":"store","value":{"a":1}}`, StorageAfter: map[string]any{"k": map[string]int{"a": 2}, "other": 1}},
			"storage (-want +got):\n    -k.a: 2\n    +k.a: 1\n    -other: 1"},
		{"storage left", testkit.Case{In: `{"event":"store","value":1}`, StorageAfter: map[string]any{"k": nil}}, "storage (-want +got):\n    +k: 1"},
		{"cache", testkit.Case{In: `{"event":"count"}`, CacheAfter: map[string]any{"n": 2}}, "cache (-want +got):\n    -n: 2\n    +n: 1"},
		{"fetches", testkit.Case{HTTP: []testkit.Answer{{URL: "*"}}, Events: []string{`{"event":"ask"}`, `{"event":"ask"}`}, Fetches: []string{"GET https://example.com/"}},
			"fetches (-want +got):\n    -GET https://example.com/\n    +POST https://example.com/ {}\n    +POST https://example.com/ {}"},
		{"no fetch", testkit.Case{In: `{"event":"a"}`, Fetches: []string{"GET u"}}, "fetches (-want +got):\n    -GET u"},
		{"captured", testkit.Case{In: `{"event":"capture"}`, Captured: `[{"event":"other"},{"event":"more"}]`},
			"captured[0] (-want +got):\n    -event: \"other\"\n    +event: \"made\"\ncaptured[1]: got none, want\n    {\"event\":\"more\"}"},
		{"captured too", testkit.Case{In: `{"event":"capture"}`, Captured: `[]`}, "captured[0]: got this, want none"},
		{"logs", testkit.Case{In: `{"event":"a"}`, Logs: []string{"bye", "bye"}}, `log: got no message after the first 1, want one that contains "bye"`},
		{"no logs", testkit.Case{In: `{"event":"a"}`, Logs: []string{}}, "log: got messages, want none\nplugin log:\n    INFO bye"},
		{"webhooks", testkit.Case{Events: []string{`{"event":"a"}`, `{"event":"b"}`}, Webhook: `{"url":"https://example.com/","body":"a"}`}, "webhook[1]: got this, want none"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var r recorder
			testkit.RunProgram(&r, traveller(), []testkit.Case{tt.c})
			assert.Empty(t, r.fatals)
			require.Len(t, r.errors, 1)
			assert.Contains(t, r.errors[0], tt.want)
		})
	}
}

func TestCasesThatCannotBeMeant(t *testing.T) {
	tests := []struct {
		name string
		c    testkit.Case
		want string
	}{
		{"in twice", testkit.Case{In: "{}", Events: []string{"{}"}, Dropped: true}, "got both In and Events"},
		{"subset and all", testkit.Case{In: "{}", Want: "{}", WantSubset: "{}"}, "got WantSubset beside Want or Dropped"},
		{"too few", testkit.Case{Events: []string{"{}", "{}"}, Want: "[{}]"}, "Want: got 1 elements for 2 events"},
		{"an object for several", testkit.Case{Events: []string{"{}"}, WantSubset: "{}"}, "WantSubset: got object, want array"},
		{"event", testkit.Case{Events: []string{"{}", "[]"}, Dropped: true}, "Events[1]: got array, want object"},
		{"captured", testkit.Case{In: "{}", Captured: "{}"}, "Captured: got object, want array"},
		{"storage", testkit.Case{In: "{}", Dropped: true, Storage: map[string]any{"k": func() {}}}, `storage "k": `},
		{"cache", testkit.Case{In: "{}", Dropped: true, Cache: map[string]any{"k": func() {}}}, `cache "k": `},
		{"cassette and answers", testkit.Case{In: "{}", Dropped: true, Cassette: "x", HTTP: []testkit.Answer{{URL: "u"}}}, "got both HTTP and Cassette"},
		{"no cassette", testkit.Case{In: "{}", Dropped: true, Cassette: "nowhere.jsonl"}, "nowhere.jsonl"},
		{"webhook in a list", testkit.Case{In: "{}", Webhook: "[1]"}, "Webhook: got number in the list, want object"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var r recorder
			testkit.RunProgram(&r, traveller(), []testkit.Case{tt.c})
			require.Len(t, r.fatals, 1)
			assert.Contains(t, r.fatals[0], tt.want)
			assert.True(t, strings.HasPrefix(r.fatals[0], "case 1: "), r.fatals[0])
		})
	}
}

func TestSkip(t *testing.T) {
	var r recorder
	testkit.RunProgram(&r, traveller(), []testkit.Case{{Skip: "not yet"}})
	assert.Empty(t, append(r.errors, r.fatals...), "a T that cannot skip passes it over")
	t.Run("skipped", func(t *testing.T) {
		testkit.RunProgram(t, traveller(), []testkit.Case{{Skip: "not yet"}})
	})
}
