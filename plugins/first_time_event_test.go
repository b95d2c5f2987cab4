package plugins_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/testkit"
)

// Archives are in testdata/archive.txtar of the plugin; a table has one event a case.
func TestFirstTimeEvent(t *testing.T) {
	const in = `{"event":"x","distinct_id":"ada","properties":{"a":1.0}}`
	runBoth(t, "first-time-event", []testkit.Case{
		{Name: "first", Reason: "nothing was seen before", In: in,
			Want: `{"event":"x","distinct_id":"ada","properties":{"a":1.0,"is_event_first_for_user":true,"is_event_first_ever":true}}`},
		{Name: "nobody", Reason: "there is no person to be the first time of", In: `{"event":"x"}`, Want: `{"event":"x","properties":{"is_event_first_ever":true}}`},
		{Name: "odd identities", Reason: "a number is no distinct_id", In: `{"event":"x","distinct_id":7}`, Want: `{"event":"x","distinct_id":7,"properties":{"is_event_first_ever":true}}`},
		{Name: "lone surrogates", Reason: "any name makes a key", In: `{"event":"\ud800 /%","distinct_id":"\udfff"}`,
			Want: `{"event":"\ud800 /%","distinct_id":"\udfff","properties":{"is_event_first_for_user":true,"is_event_first_ever":true}}`},
		{Name: "other names", Reason: "properties may be taken", Config: config{"personProperty": "new", "everProperty": ""}, In: in, Want: `{"event":"x","distinct_id":"ada","properties":{"a":1.0,"new":true}}`},
		{Name: "not of the events", Reason: "it stays", Config: config{"events": "y, z"}, In: in, Want: in},
		{Name: "null properties", Reason: "they become an object", In: `{"event":"x","properties":null}`, Want: `{"event":"x","properties":{"is_event_first_ever":true}}`},
		{Name: "one name for two", Reason: "they would overwrite each other", Config: config{"personProperty": "a", "everProperty": "a"}, In: in, Error: `setupPlugin: everProperty: got "a", as in personProperty, want another name`},
		{Name: "no names", Reason: "the plugin would do nothing", Config: config{"personProperty": "", "everProperty": ""}, In: in, Error: `everProperty: got ""`},
		{Name: "unknown mark", Reason: "the manifest knows", Config: config{"mark": "none"}, In: in, Error: "mark"},
	})
}

// A host that lends no storage is told so with each event, and events go on.
func TestFirstTimeEventWithoutStorage(t *testing.T) {
	t.Chdir(t.TempDir())
	p := open(t, "first-time-event")
	meta, err := sdk.NewMeta(sdk.MetaConfig{})
	require.NoError(t, err)
	hooks, err := p.Program.New(t.Context(), meta)
	require.NoError(t, err)
	require.NoError(t, hooks.SetupPlugin(meta))
	e, err := sdk.NewEvent([]byte(`{"event":"x"}`))
	require.NoError(t, err)
	_, err = hooks.ProcessEvent(e, meta)
	assert.EqualError(t, err, "got no storage from the host, want one to remember events")
}
