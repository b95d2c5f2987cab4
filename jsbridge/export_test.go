package jsbridge_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/sdk"
)

func TestExportEvents(t *testing.T) {
	program := load(t, files("index.js", `
let attempts = 0
export async function exportEvents(events, meta) {
	if (events.some((e) => e.event === 'retry') && ++attempts < 3) throw new RetryError('again')
	if (events.some((e) => e.event === 'bad')) throw new Error('lost')
	console.log(events.map((e) => e.event).join(','), attempts, typeof meta.config)
}
export function onEvent(event) { console.log('on', event.event) }
export function teardownPlugin() { console.log('bye') }`))
	info := program.Info()
	assert.Equal(t, []string{"onEvent", "teardownPlugin"}, info.Hooks)
	assert.Equal(t, sdk.StateMemory, info.State, "the buffer is state")

	p := start(t, program, `{"exportEventsBufferBytes":"90","exportEventsToIgnore":"skipped, other"}`)
	on := func(name string, pad int) error {
		e, err := sdk.NewEvent([]byte(fmt.Sprintf(`{"event":"%s","pad":"%s"}`, name, strings.Repeat("x", pad))))
		require.NoError(t, err)
		return p.call(func() error { return p.hooks.OnEvent(e, p.meta) })
	}
	require.NoError(t, on("a", 10))
	require.NoError(t, on("skipped", 10))
	require.NoError(t, on("b", 10))
	require.NoError(t, on("c", 10), "does not fit: a and b are handed over first")
	require.NoError(t, on("large", 100), "c goes first, then the event itself is over the limit")
	require.NoError(t, on("retry", 100))
	require.ErrorContains(t, on("bad", 100), "Error: lost")
	require.NoError(t, on("rest", 1))
	require.NoError(t, p.call(func() error { return p.hooks.TeardownPlugin(p.meta) }))
	assert.Equal(t, []string{
		"LOG on a", "LOG on skipped", "LOG on b", "LOG a,b 0 object", "LOG on c", "LOG c 0 object", "LOG large 0 object", "LOG on large",
		"LOG retry 3 object", "LOG on retry", "LOG on bad", "LOG on rest", "LOG rest 3 object", "LOG bye",
	}, p.logs)
}

func TestExportEventsWaitsOnThePluginsClock(t *testing.T) {
	program := load(t, files("index.js", "export const exportEvents = (events) => { console.log(events.length) }"))
	p := &plugin{t: t}
	now := time.Unix(0, 0)
	var err error
	p.meta, err = sdk.NewMeta(sdk.MetaConfig{Log: p, Clock: func() time.Time { return now }})
	require.NoError(t, err)
	p.hooks, err = program.New(t.Context(), p.meta)
	require.NoError(t, err)
	for range 12 {
		e, err := sdk.NewEvent([]byte(`{"event":"e"}`))
		require.NoError(t, err)
		require.NoError(t, p.call(func() error { return p.hooks.OnEvent(e, p.meta) }))
		now = now.Add(3 * time.Second)
	}
	assert.Equal(t, []string{"LOG 4", "LOG 4"}, p.logs, "ten seconds after the first event of a batch")
}

// TestExportEventsAreTriedAgain has a batch that is lost after four attempts: onEvent does not ask for
// another, which would buffer its event again.
func TestExportEventsAreTriedAgain(t *testing.T) {
	p := plug(t, `
export async function exportEvents(events) { console.log(events.length, new Date().toISOString()); throw new RetryError('later') }
export function onEvent() { throw new RetryError('me too') }
export const teardownPlugin = () => {}`)
	e, err := sdk.NewEvent([]byte(`{"event":"e"}`))
	require.NoError(t, err)
	retry := (*sdk.RetryError)(nil)
	err = p.call(func() error { return p.hooks.OnEvent(e, p.meta) })
	require.EqualError(t, err, "RetryError: me too (index.js:3:35)")
	assert.NotErrorAs(t, err, &retry)
	err = p.call(func() error { return p.hooks.TeardownPlugin(p.meta) })
	require.ErrorContains(t, err, "RetryError: later (index.js:2:")
	assert.Equal(t, []string{
		"LOG 1 2024-03-05T10:11:12.345Z", "LOG 1 2024-03-05T10:11:18.345Z", "LOG 1 2024-03-05T10:11:30.345Z", "LOG 1 2024-03-05T10:11:54.345Z",
	}, p.logs, "6, 12 and 24 seconds by the plugin's clock")
}
