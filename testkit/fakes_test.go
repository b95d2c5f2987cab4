package testkit_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/testkit"
)

func ExampleWorld() {
	// A hook of a Go plugin, called by the test itself.
	processEvent := func(e *sdk.PluginEvent, meta *sdk.PluginMeta) (*sdk.PluginEvent, error) {
		answer, err := meta.Fetcher.Fetch(meta.Context(), &sdk.Request{URL: meta.Config.Get("url").StrOr("")})
		if err != nil {
			return nil, err
		}
		meta.Logger.Info("got", answer.Status)
		e.Properties().Set("rate", string(answer.Body))
		return e, nil
	}
	var t printer // in a test: t *testing.T
	world := testkit.World{
		Config: map[string]any{"url": "https://example.com/rate"},
		HTTP:   testkit.NewHTTP(testkit.Answer{URL: "https://example.com/*", Body: "1.07"}),
	}
	event, err := sdk.NewEvent([]byte(`{"event":"order"}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	if _, err := processEvent(event, world.Meta(t)); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(event)
	fmt.Println(world.HTTP.Calls()[0], world.Logs.Messages())
	// Output:
	// {"event":"order","properties":{"rate":"1.07"}}
	// GET https://example.com/rate [INFO got 200]
}

func TestWorldsCacheFollowsItsClock(t *testing.T) {
	world := testkit.World{Clock: testkit.NewClock(time.Unix(1000, 0))}
	meta := world.Meta(t)
	require.NoError(t, meta.Cache.Set("k", "v", time.Minute))
	require.NoError(t, meta.Storage.Set("k", sdk.RawValue([]byte("1"))))
	world.Clock.Advance(59 * time.Second)
	_, ok, err := meta.Cache.Get("k")
	require.NoError(t, err)
	assert.True(t, ok)
	world.Clock.Advance(time.Second)
	_, ok, err = meta.Cache.Get("k")
	require.NoError(t, err)
	assert.False(t, ok, "its time is over")
	assert.Equal(t, time.Unix(1060, 0), meta.Now())
	v, err := world.State.Storage().Get("k")
	require.NoError(t, err)
	assert.Equal(t, "1", v.String(), "what is stored stays")
}

func TestWorldRefusesConfigWithoutJSON(t *testing.T) {
	var rec recorder
	world := testkit.World{Config: map[string]any{"f": func() {}}}
	assert.Nil(t, world.Meta(&rec))
	assert.Contains(t, strings.Join(rec.fatals, ""), `Config["f"]: `)
}

func TestHTTP(t *testing.T) {
	tests := []struct {
		name, reason string
		answers      []testkit.Answer
		requests     []sdk.Request
		want         []string // "status body", or the error
	}{
		{"none", "an error that says what was asked", nil, []sdk.Request{{URL: "https://x/"}}, []string{"fetch: got GET https://x/, and the test has no answer to it"}},
		{"defaults", "GET and 200", []testkit.Answer{{URL: "https://x/", Body: "b"}}, []sdk.Request{{URL: "https://x/"}, {Method: "POST", URL: "https://x/"}}, []string{"200 b", "200 b"}},
		{"method", "", []testkit.Answer{{Method: "PUT", URL: "u", Status: 201}, {URL: "u", Status: 202}}, []sdk.Request{{URL: "u"}, {Method: "put", URL: "u"}}, []string{"202 ", "201 "}},
		{"beginning", "a star at the end", []testkit.Answer{{URL: "https://x/*"}}, []sdk.Request{{URL: "https://x/a?b"}, {URL: "https://y/"}}, []string{"200 ", "fetch: got GET https://y/, and the test has no answer to it"}},
		{"conversation", "in order, the last again and again", []testkit.Answer{{URL: "u", Status: 503}, {URL: "u", Body: "ok"}}, []sdk.Request{{URL: "u"}, {URL: "u"}, {URL: "u"}}, []string{"503 ", "200 ok", "200 ok"}},
		{"error", "", []testkit.Answer{{URL: "u", Error: "refused"}}, []sdk.Request{{URL: "u"}}, []string{"refused"}},
		{"json", "", []testkit.Answer{{URL: "u", JSON: map[string]int{"n": 1}}}, []sdk.Request{{URL: "u"}}, []string{`200 {"n":1}`}},
		{"no json", "a mistake of the test", []testkit.Answer{{URL: "u", JSON: func() {}}}, []sdk.Request{{URL: "u"}}, []string{"answer to u: json: unsupported type: func()"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h := testkit.NewHTTP(tt.answers...)
			for i, r := range tt.requests {
				got := ""
				if answer, err := h.Fetch(t.Context(), &r); err != nil {
					got = err.Error()
				} else {
					got = fmt.Sprintf("%d %s", answer.Status, answer.Body)
				}
				assert.Equal(t, tt.want[i], got, tt.reason)
			}
			assert.Len(t, h.Calls(), len(tt.requests))
		})
	}
}

func ExamplePageview() {
	fmt.Println(testkit.Event("signup", testkit.Prop("plan", "free"), testkit.Without("ip")))
	fmt.Println(testkit.Exported(testkit.Identify(testkit.Without("$set_once")), testkit.With("elements_chain", "a;b")))
	// Output:
	// {"uuid":"018f0000-0000-7000-8000-000000000001","event":"signup","distinct_id":"ada","site_url":"https://app.example.com","team_id":2,"now":"2024-01-31T12:00:01.000Z","sent_at":"2024-01-31T12:00:00.500Z","timestamp":"2024-01-31T12:00:00.000Z","properties":{"plan":"free"}}
	// {"uuid":"018f0000-0000-7000-8000-000000000001","timestamp":"2024-01-31T12:00:00.000Z","_inserted_at":"2024-01-31T12:00:01.000Z","created_at":"2024-01-31T12:00:01.000Z","event":"$identify","properties":{"$set":{"email":"ada@example.com","name":"Ada"}},"distinct_id":"ada","elements_chain":"a;b","person_properties":{},"person_id":null}
}

func TestFactories(t *testing.T) {
	for name, text := range map[string]string{
		"$pageview": testkit.Pageview(), "$identify": testkit.Identify(), "$autocapture": testkit.Autocapture(), "x": testkit.Event("x"),
	} {
		o, err := sdk.ParseObject([]byte(text))
		require.NoError(t, err)
		assert.Equal(t, name, o.Get("event").StrOr(""))
		assert.Equal(t, name == "$pageview" || name == "$autocapture", o.Has("properties"))
		row, err := sdk.ParseObject([]byte(testkit.Exported(text)))
		require.NoError(t, err)
		assert.Equal(t, []string{"uuid", "timestamp", "_inserted_at", "created_at", "event", "properties", "distinct_id", "elements_chain", "person_properties", "person_id"}, row.Keys())
	}
	assert.Equal(t, `[{"a":1},null]`, testkit.List(`{"a":1}`, ""))
	assert.Panics(t, func() { testkit.Event("x", testkit.Prop("f", func() {})) })
	assert.Panics(t, func() { testkit.Exported("[]") })
}
