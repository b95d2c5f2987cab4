package batch_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/batch/state"
	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/testkit"
)

// keeping makes a plugin that says it keeps state.
func keeping(name string, process func(event, meta) (event, error)) batch.Plugin {
	return batch.Plugin{Program: sdk.Native(sdk.Info{Name: name, State: sdk.StateStore}, func() sdk.Hooks {
		return sdk.Hooks{ProcessEvent: process}
	})}
}

func TestStorageLastsForTheRun(t *testing.T) {
	counter := keeping("counter", func(e event, m meta) (event, error) {
		err := m.Storage.Update("n", func(old sdk.Value) (sdk.Value, error) {
			e.Set("n", old.IntOr(0)+1)
			return e.Get("n"), nil
		})
		return e, err
	})
	kept := state.New()
	got := replay(t, batch.Chain{counter}, batch.Records(`{"event":"a"}`, `{"event":"b"}`), batch.Options{State: kept})
	assert.Equal(t, "{\"event\":\"a\",\"n\":1}\n{\"event\":\"b\",\"n\":2}\n", got.out)
	got = replay(t, batch.Chain{counter}, batch.Records(`{"event":"c"}`), batch.Options{State: kept})
	assert.Equal(t, "{\"event\":\"c\",\"n\":3}\n", got.out, "and longer, with the same State")
	got = replay(t, batch.Chain{counter}, batch.Records(`{"event":"c"}`), batch.Options{})
	assert.Equal(t, "{\"event\":\"c\",\"n\":1}\n", got.out, "nil is an empty one")
}

// TestCacheExpiresByTheRunClock uses records of two chunks: the clock stands still inside a chunk.
func TestCacheExpiresByTheRunClock(t *testing.T) {
	record := func(minute int, pad int) string {
		return fmt.Sprintf(`{"event":"e","now":"2024-01-01T00:%02d:00Z","pad":"%s"}`, minute, strings.Repeat("x", pad))
	}
	seen := keeping("seen", func(e event, m meta) (event, error) {
		_, ok, err := m.Cache.Get("k")
		e.Set("seen", ok)
		e.Delete("pad")
		if !ok {
			err = m.Cache.Set("k", "1", 2*time.Minute)
		}
		return e, err
	})
	src := batch.Records(record(0, 0), record(5, 1<<20), record(6, 1<<20), record(6, 0))
	got := replay(t, batch.Chain{seen}, src, batch.Options{})
	var flags []string
	for line := range strings.Lines(got.out) {
		e, err := sdk.NewEvent([]byte(line))
		require.NoError(t, err)
		flags = append(flags, e.Get("seen").String())
	}
	assert.Equal(t, []string{"false", "true", "false", "true"}, flags, "five minutes passed with the first chunk, none inside it, one with the second")
}

func TestRandomnessIsTheRecords(t *testing.T) {
	var archive bytes.Buffer
	require.NoError(t, testkit.Generator{}.Write(&archive, 3000))
	dice := plugin("dice", func(e event, m meta) (event, error) {
		e.Set("roll", []uint64{m.Random() % 6, m.Random() % 6})
		return e, nil
	})
	run := func(o batch.Options) string {
		return replay(t, batch.Chain{dice}, batch.Reader("r", bytes.NewReader(archive.Bytes())), o).out
	}
	one := run(batch.Options{Workers: 1})
	assert.Equal(t, one, run(batch.Options{Workers: 8}), "whoever handles the record")
	assert.NotEqual(t, one, run(batch.Options{Seed: 1}))
}

func TestCapturedEventsAndMetrics(t *testing.T) {
	maker := plugin("maker", func(e event, m meta) (event, error) {
		made, err := sdk.NewEvent([]byte(`{"event":"made"}`))
		if err != nil {
			return nil, err
		}
		made.Set("of", e.Event())
		m.Metrics.Record("sum", sdk.MetricSum, 2)
		m.Metrics.Record("max", sdk.MetricMax, float64(len(e.Event())))
		m.Metrics.Record("min", sdk.MetricMin, float64(len(e.Event())))
		return e, m.Capturer.Capture(made)
	})
	var captured bytes.Buffer
	got := replay(t, batch.Chain{maker}, batch.Records(`{"event":"a"}`, `{"event":"bcd"}`), batch.Options{Captured: batch.Writer(&captured)})
	require.NoError(t, got.err)
	assert.Equal(t, "{\"event\":\"made\",\"of\":\"a\"}\n{\"event\":\"made\",\"of\":\"bcd\"}\n", captured.String())
	assert.EqualValues(t, 2, got.report.Counts.Captured)
	assert.Equal(t, map[string]float64{"sum": 4, "max": 3, "min": 1}, got.report.Plugins[0].Metrics)

}

// TestCapturedOutsideEvents has what the first worker's setupPlugin and teardownPlugin make, once.
func TestCapturedOutsideEvents(t *testing.T) {
	say := func(text string) func(meta) error {
		return func(m meta) error {
			made, err := sdk.NewEvent([]byte(text))
			if err != nil {
				return err
			}
			m.Metrics.Record("calls", sdk.MetricSum, 1)
			return m.Capturer.Capture(made)
		}
	}
	maker := hooks("maker", sdk.Hooks{SetupPlugin: say(`{"event":"hello"}`), TeardownPlugin: say(`{"event":"bye"}`)})
	for _, workers := range []int{1, 3} {
		var captured bytes.Buffer
		got := replay(t, batch.Chain{maker}, batch.Records(`{"event":"a"}`), batch.Options{Workers: workers, Captured: batch.Writer(&captured)})
		require.NoError(t, got.err)
		assert.Equal(t, "{\"event\":\"hello\"}\n{\"event\":\"bye\"}\n", captured.String())
		assert.EqualValues(t, 2, got.report.Counts.Captured)
		assert.EqualValues(t, 2, got.report.Plugins[0].Metrics["calls"])
	}
}

func TestClocks(t *testing.T) {
	watch := plugin("watch", func(e event, m meta) (event, error) {
		e.Set("at", m.Now().Format(time.RFC3339))
		return e, nil
	})
	records := batch.Records(`{"now":"2024-01-01T00:00:00Z"}`, `{}`)
	got := replay(t, batch.Chain{watch}, records, batch.Options{})
	assert.Equal(t, "{\"now\":\"2024-01-01T00:00:00Z\",\"at\":\"2024-01-01T00:00:00Z\"}\n{\"at\":\"1970-01-01T00:00:00Z\"}\n", got.out)
	got = replay(t, batch.Chain{watch}, records, batch.Options{ClockStart: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)})
	assert.Contains(t, got.out, `{"at":"2020-01-01T00:00:00Z"}`)
	got = replay(t, batch.Chain{watch}, records, batch.Options{RealClock: true})
	assert.NotContains(t, got.out, `{"at":"1970`)
}
