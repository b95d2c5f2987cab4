package plugins_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	piiredact "github.com/plugreel/plugreel/plugins/pii-redact"
	propertyfilter "github.com/plugreel/plugreel/plugins/property-filter"
	"github.com/plugreel/plugreel/plugins/webhook"
	"github.com/plugreel/plugreel/sdk"
)

// setUp sets one instance up with a config; the error is that of setupPlugin.
func setUp(t *testing.T, hooks sdk.Hooks, config map[string]any) (*sdk.PluginMeta, error) {
	t.Helper()
	text, err := json.Marshal(config)
	require.NoError(t, err)
	meta, err := sdk.NewMeta(sdk.MetaConfig{Config: text})
	require.NoError(t, err)
	return meta, hooks.SetupPlugin(meta)
}

func eventOf(t *testing.T, event map[string]any) *sdk.PluginEvent {
	t.Helper()
	text, err := json.Marshal(event)
	require.NoError(t, err)
	e, err := sdk.NewEvent(text)
	require.NoError(t, err)
	return e
}

// Whatever a text is, masking ends, leaves JSON, and finds nothing new in what it left.
func FuzzPIIRedact(f *testing.F) {
	for _, text := range []string{"ada@example.com", "a%40b.co", "4111 1111-1111 1111 5", "+43 (1) 234", "(212) 555-0187", "::1 1.2.3.4:5", "@.@a..b@c.dd", "\xff@é.ü"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		hooks := piiredact.Hooks()
		meta, err := setUp(t, hooks, config{})
		require.NoError(t, err)
		e, err := hooks.ProcessEvent(eventOf(t, config{"properties": config{"t": text}}), meta)
		require.NoError(t, err)
		once := e.String()
		require.NoError(t, sdk.Validate([]byte(once)))
		again, err := sdk.NewEvent([]byte(once))
		require.NoError(t, err)
		e, err = hooks.ProcessEvent(again, meta)
		require.NoError(t, err)
		assert.Equal(t, once, e.String())
	})
}

// Whatever template and values are: if the template is accepted, the body is JSON.
func FuzzWebhookBody(f *testing.F) {
	f.Add(`{"a":"{event.properties.v}","b":{event.properties.v}}`, `"\`, 1.5)
	f.Add(`{event}`, "}", 0.0)
	f.Add(`"\"{event.event}{event.properties.n}\\"`, "\x00\u2028", -0.1)
	f.Add(`[{event.properties.v.w},"{event.}"]`, "{event}", 1e300)
	f.Fuzz(func(t *testing.T, template, value string, n float64) {
		hooks := webhook.Hooks()
		meta, err := setUp(t, hooks, config{"url": "https://example.com/{event.properties.v}", "body": template, "headers": config{"X-V": "{event.properties.v}"}})
		if err != nil || template == "" {
			return
		}
		if n-n != 0 {
			n = 0 // no JSON
		}
		w, err := hooks.ComposeWebhook(eventOf(t, config{"event": value, "properties": config{"v": value, "n": n}}), meta)
		require.NoError(t, err)
		assert.NoError(t, sdk.Validate([]byte(w.Body)), w.Body)
		assert.NotContains(t, w.Headers["X-V"], "\n")
		for _, c := range []byte(w.URL) {
			assert.True(t, c > ' ' && c < 0x7f, w.URL)
		}
	})
}

// Dropping and keeping the same paths divide an event: what one leaves of a property the other
// takes.
func FuzzPropertyFilter(f *testing.F) {
	f.Add("a.b, *x*, **.c?", "a", "b", "xc")
	f.Add("**.*.a", "a", "a", "a")
	f.Add(`a\.b.c`, "a.b", "c", "")
	f.Fuzz(func(t *testing.T, properties, a, b, c string) {
		drop, keep := propertyfilter.Hooks(), propertyfilter.Hooks()
		dropMeta, err := setUp(t, drop, config{"properties": properties})
		if err != nil {
			return
		}
		keepMeta, err := setUp(t, keep, config{"properties": properties, "mode": "keep"})
		require.NoError(t, err)
		event := config{"properties": config{a: config{b: 1, c: config{a: 2}}, b: []any{config{c: 3}}, c: 4}}
		dropped, err := drop.ProcessEvent(eventOf(t, event), dropMeta)
		require.NoError(t, err)
		kept, err := keep.ProcessEvent(eventOf(t, event), keepMeta)
		require.NoError(t, err)
		all := eventOf(t, event)
		assert.Equal(t, leaves(all.Get("properties")), leaves(dropped.Get("properties"))+leaves(kept.Get("properties")), "%v and %v", dropped, kept)
	})
}

// leaves counts the values that are neither objects nor arrays.
func leaves(v sdk.Value) int {
	n := 0
	if o, ok := v.Object(); ok {
		o.Each(func(_ string, v sdk.Value) bool { n += leaves(v); return true })
		return n
	}
	if a, ok := v.Array(); ok {
		a.Each(func(_ int, v sdk.Value) bool { n += leaves(v); return true })
		return n
	}
	return 1
}
