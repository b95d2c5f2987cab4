package jsbridge_test

import (
	"maps"
	"runtime"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/jsbridge"
	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/sdk"
)

func TestScheduledTasks(t *testing.T) {
	for _, c := range []struct {
		name, reason, source string
		want                 []sdk.Schedule
	}{
		{"exported functions", "each is one", "export const runEveryMinute = () => {}\nexport async function runEveryHour() {}\nexport function runEveryDay() {}", []sdk.Schedule{sdk.EveryMinute, sdk.EveryHour, sdk.EveryDay}},
		{"bare functions", "as all hooks", "function runEveryDay() {}", []sdk.Schedule{sdk.EveryDay}},
		{"default export", "as all hooks", "export default { runEveryHour() {} }", []sdk.Schedule{sdk.EveryHour}},
		{"no function", "the original runtime skipped it", "export const runEveryMinute = 60, runEveryHour = () => {}", []sdk.Schedule{sdk.EveryHour}},
		{"no function in front of one", "an earlier place does not hide it", "exports.runEveryHour = true\nmodule.exports = { runEveryHour() {} }", []sdk.Schedule{sdk.EveryHour}},
		{"another period", "it was collected and never called", "export function runEvery15Minutes() {}", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			program := load(t, files("index.js", c.source))
			info := program.Info()
			assert.Equal(t, c.want, info.Schedules, c.reason)
			hooks := start(t, program, "{}").hooks
			assert.ElementsMatch(t, c.want, slices.Collect(maps.Keys(hooks.RunEvery)))
			if c.want != nil {
				assert.Equal(t, sdk.StateMemory, info.State)
			}
			for _, n := range info.Notices {
				assert.NotEqual(t, "hook-not-called", n.Code)
			}
		})
	}
}

func TestTasksRun(t *testing.T) {
	p := plug(t, `
export async function runEveryMinute(...args) {
	await new Promise((done) => setTimeout(done, 1000))
	console.log(args.length, typeof args[0].config, new Date().toISOString())
}
export async function runEveryHour() { await new Promise((done) => setTimeout(done, 1)); throw new RetryError('no') }
export const runEveryDay = async () => { for (;;) {} }`)
	run := func(s sdk.Schedule) error {
		return p.call(func() error { return p.hooks.RunEvery[s](p.meta) })
	}
	require.NoError(t, run(sdk.EveryMinute))
	assert.Equal(t, []string{"LOG 1 object 2024-03-05T10:11:13.345Z"}, p.logs)
	require.EqualError(t, run(sdk.EveryHour), "RetryError: no (index.js:6:96)")
	assert.Len(t, p.logs, 1, "a rejection that the host is told of is not an unhandled one")
	go func() {
		for p.meta.Running() == 0 {
			runtime.Gosched()
		}
		p.meta.Stop(p.meta.Running(), sdk.ErrTimeout)
	}()
	require.ErrorIs(t, run(sdk.EveryDay), sdk.ErrTimeout)
	require.ErrorIs(t, run(sdk.EveryMinute), sdk.ErrInstanceDead)
}

// TestJobsRun has payloads that are JSON, or nothing.
func TestJobsRun(t *testing.T) {
	const source = `
exports.jobs = { own: (...args) => console.log(JSON.stringify(args.slice(0, -1)), typeof args.at(-1).config), both: () => console.log('exports') }
module.exports = { jobs: { both: () => console.log('module.exports'), other: async () => { throw 'text' }, none: 5 } }`
	program := load(t, files("index.js", source))
	assert.Equal(t, []string{"jobs"}, program.Info().Hooks)
	p := start(t, program, "{}")
	assert.ElementsMatch(t, []string{"own", "both", "other", "none"}, slices.Collect(maps.Keys(p.hooks.Jobs)), "jobs of all places")
	run := func(name, payload string) error {
		v := sdk.Value{}
		if payload != "" {
			v = sdk.RawValue([]byte(payload))
		}
		return p.call(func() error { return p.hooks.Jobs[name](v, p.meta) })
	}
	for _, payload := range []string{`{"a":[1,null]}`, `"x"`, `[]`, ``, `null`, `0`, `""`, `false`} {
		require.NoError(t, run("own", payload))
	}
	require.NoError(t, run("both", ""))
	assert.Equal(t, []string{
		`LOG [{"a":[1,null]}] object`, `LOG ["x"] object`, `LOG [[]] object`,
		"LOG [] object", "LOG [] object", "LOG [] object", "LOG [] object", "LOG [] object", "LOG exports",
	}, p.logs, "what is false is no payload; of two jobs of a name the one in front runs")
	require.EqualError(t, run("other", ""), "text")
	require.EqualError(t, run("none", ""), "TypeError: hook is 5, not a function")

	assert.Equal(t, []string{"setupPlugin"}, load(t, files("index.js", "export const jobs = {}, setupPlugin = () => {}")).Info().Hooks, "no jobs are no hook")
}

// TestOriginalUnits has a month of 30 weeks.
func TestOriginalUnits(t *testing.T) {
	const source = "export const processEvent = async (e, { jobs }) => { for (const u of ['day', 'month', 'quarter', 'years']) await jobs.j().runIn(1, u) }"
	for _, c := range []struct {
		opts  []jsbridge.Option
		month string
	}{{nil, "720h0m0s"}, {[]jsbridge.Option{jsbridge.WithOriginalUnits()}, "5040h0m0s"}} {
		program, err := jsbridge.Load(t.Context(), files("index.js", source), &manifest.Manifest{Name: "test"}, c.opts...)
		require.NoError(t, err)
		h := &host{}
		p := &plugin{t: t}
		p.meta, err = sdk.NewMeta(sdk.MetaConfig{Jobs: h})
		require.NoError(t, err)
		p.hooks, err = program.New(t.Context(), p.meta)
		require.NoError(t, err)
		p.must("{}")
		assert.Equal(t, []string{"j  in 24h0m0s", "j  in " + c.month, "j  in 2184h0m0s", "j  in 8760h0m0s"}, h.jobs)
	}
}

// TestDelaysThatAreNoNumbers are none at all, or for ever.
func TestDelaysThatAreNoNumbers(t *testing.T) {
	p, h := lent(t, "for (const n of [NaN, 'x', undefined, -1, 1e300]) await meta.jobs.j().runIn(n, 'seconds')")
	p.must("{}")
	assert.Equal(t, []string{"j  in 0s", "j  in 0s", "j  in 0s", "j  in -1s", "j  in 1281023h53m38.427387904s"}, h.jobs)
}

// TestStoredEventsHaveTheBuiltInDate also where the plugin has put something else in its place.
func TestStoredEventsHaveTheBuiltInDate(t *testing.T) {
	p := plug(t, `
const Real = Date
globalThis.Date = class { constructor() { throw new Error('not mine') } }
export const composeWebhook = (e) => ({ url: 'https://a.example', body: String(e.timestamp instanceof Real) + e.timestamp.toISOString() })`)
	e, err := sdk.NewEvent([]byte(`{"timestamp":"2024-01-01T00:00:00.000Z"}`))
	require.NoError(t, err)
	var w *sdk.Webhook
	require.NoError(t, p.call(func() error {
		w, err = p.hooks.ComposeWebhook(e, p.meta)
		return err
	}))
	assert.Equal(t, "true2024-01-01T00:00:00.000Z", w.Body)
}
