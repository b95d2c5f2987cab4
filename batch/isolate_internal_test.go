package batch

import (
	"bytes"
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch/internal/isolate"
	"github.com/plugreel/plugreel/sdk"
)

func fields(v any) []string {
	var names []string
	for _, f := range reflect.VisibleFields(reflect.TypeOf(v)) {
		names = append(names, f.Name)
	}
	return names
}

// TestOptionsCross fails when there is a new option: either a worker process must be told, or
// nobody looks at it there.
func TestOptionsCross(t *testing.T) {
	ofTheRun := []string{
		"Workers", "MaxRecord", "Limit", "From", "PartitionBy", "Dedupe", "DedupeMemory", "State", "Isolate",
		"ScheduleOff", "Captured", "DeadLetters", "Webhooks", "Deliveries", "OnLog", "OnRecordError", "OnUndelivered", "OnProgress",
		"Resume", "Shard", "Stop", "CheckpointBytes", "CheckpointEvery", "OnNotice",
	}
	told := fields(settings{})
	for _, name := range fields(Options{}) {
		assert.True(t, slices.Contains(told, name) || slices.Contains(ofTheRun, name), "Options.%s: should worker processes know it? See settings", name)
	}
}

// TestResultsCross fails when there is something new in a result that gains do not know.
func TestResultsCross(t *testing.T) {
	known := []string{
		"out", "packed", "dead", "webhooks", "captured", "metrics", "jobs", "log", "counts", "plugins", "samples", "bad", "stop", "cuts", "state",
	}
	assert.Equal(t, known, fields(result{}), "see gains")
	hooks := len(fields(pluginCounts{})) - 1
	want := len(fields(Counts{})) + 2*(hooks*len(fields(hookCounts{}))+1) + 2*len(logCounts{})
	assert.Len(t, newProgress(&Chunk{}, 2).result.counters(), want)
}

func newTestRun() *run {
	p := Plugin{Name: "p", Program: sdk.Native(sdk.Info{Name: "p"}, func() sdk.Hooks {
		return sdk.Hooks{ProcessEvent: func(e *sdk.PluginEvent, _ *sdk.PluginMeta) (*sdk.PluginEvent, error) { return e, nil }}
	})}
	return newRun(Chain{p}, Options{}.withDefaults(nil))
}

// full makes progress on a chunk of which everything has something.
func full() *progress {
	p := newProgress(&Chunk{Source: "s", Line: 1, Data: []byte("{}\n{}\n")}, 1)
	p.next()
	p.begin()
	r := &p.result
	for i, n := range r.counters() {
		*n = int64(i + 1)
	}
	r.out, r.dead, r.webhooks, r.captured = []byte("out"), []byte("dead"), []byte("hooks"), []byte("captured")
	r.metrics = []metric{{0, "m", sdk.MetricMax, -1.5}}
	r.jobs = []plannedJob{
		{name: "j", payload: []byte(`{"a":1}`), delay: time.Minute},
		{name: "k", at: time.Unix(5, 7).UTC()},
	}
	r.samples = []sample{{0, sdk.HookProcessEvent, Sample{"s", 1, 2, 4, "u", "error", "stack"}}}
	r.bad = []*RecordError{{"s", 1, 4, 2, 3, errors.New("bad")}}
	r.log.lines = []byte("lines")
	r.log.shown = []LogEntry{{time.Unix(5, 7).UTC(), "p", sdk.LevelWarn, "s", "u", "message"}}
	r.stop = &farError{text: "stop", stack: "stack", is: ErrMemory}
	return p
}

func TestGainsCross(t *testing.T) {
	from := full()
	entry := newGains(from).append(nil)
	r := newTestRun()
	to := newProgress(from.chunk, 1)
	require.NoError(t, r.receiver(to).all(entry))
	assert.Equal(t, 3, to.from)
	for i, n := range from.result.counters() {
		assert.Equal(t, *n, *to.result.counters()[i], i)
	}
	a, b := from.result, to.result
	assert.Equal(t, a.out, b.out)
	assert.Equal(t, [][]byte{a.dead, a.webhooks, a.captured, a.log.lines}, [][]byte{b.dead, b.webhooks, b.captured, b.log.lines})
	assert.Equal(t, a.metrics, b.metrics)
	assert.Equal(t, a.jobs, b.jobs)
	assert.Equal(t, a.samples, b.samples)
	assert.Equal(t, a.bad, b.bad)
	assert.Equal(t, a.log.shown, b.log.shown)
	assert.Equal(t, a.stop, b.stop)
}

func TestErrorsCross(t *testing.T) {
	r := newTestRun()
	plain := errors.New("text")
	failed := &sdk.PluginError{Plugin: "p", Hook: sdk.HookProcessEvent, UUID: "u", Err: sdk.ErrTimeout}
	for _, err := range []error{
		nil,
		plain,
		r.chain[0].setupError(failed),
		r.chain[0].setupError(errors.New("no names")),
		(&hand{run: r, p: full()}).stopError(failure{name: "p", hook: sdk.HookProcessEvent, err: sdk.ErrTimeout}, "message"),
	} {
		d := isolate.NewDecoder(appendError(nil, err))
		got := r.readError(d)
		require.NoError(t, d.Err())
		if err == nil {
			assert.NoError(t, got)
			continue
		}
		assert.EqualError(t, got, err.Error())
		assert.Equal(t, errors.Is(err, ErrStopped), errors.Is(got, ErrStopped))
		assert.Equal(t, errors.Is(err, sdk.ErrTimeout), errors.Is(got, sdk.ErrTimeout))
		if err != plain {
			assert.IsType(t, err, got)
		}
	}
}

// FuzzGains has a parent read what a stranger wrote.
func FuzzGains(f *testing.F) {
	entry := newGains(full()).append(nil)
	f.Add(entry)
	f.Add(entry[:len(entry)/2])
	f.Add(bytes.Repeat([]byte{0xff}, 100))
	r := newTestRun()
	f.Fuzz(func(t *testing.T, journal []byte) {
		p := newProgress(&Chunk{Data: make([]byte, 10)}, 1)
		_ = r.receiver(p).all(journal)
		assert.LessOrEqual(t, p.from, 10)
		assert.LessOrEqual(t, len(p.result.out), len(journal))
	})
}

// TestOptionsAreFacts fails when there is a new option: either a resumed run must have the same, or it
// changes nothing that is written.
func TestOptionsAreFacts(t *testing.T) {
	facts := map[string]string{
		"MaxRecord": "longest record", "OnError": "error policy", "TeamID": "team id", "Limit": "limit", "Seed": "seed",
		"ClockStart": "clock start", "RealClock": "real clock", "State": "state file", "GeoIP": "places of addresses",
		"Fetcher": "network", "ScheduleOff": "tasks are off",
		"From": "shape in", "To": "shape out", "PartitionBy": "partitions", "Dedupe": "dedupe", "Deliverer": "webhooks are sent", "Shard": "shard",
	}
	anything := []string{
		"Workers", "Timeout", "MaxHeap", "DedupeMemory", "Isolate", "Resume", "Stop", "CheckpointBytes", "CheckpointEvery",
		"Captured", "DeadLetters", "Webhooks", "Deliveries", "Logs", // their names are facts: see durable.outputs
		"OnLog", "OnRecordError", "OnUndelivered", "OnNotice", "OnProgress",
	}
	options := Options{}.withDefaults(nil)
	var listed []string
	for _, f := range options.facts() {
		listed = append(listed, f.Name)
	}
	for _, name := range fields(Options{}) {
		if fact, ok := facts[name]; ok {
			assert.Contains(t, listed, fact)
			continue
		}
		assert.Contains(t, anything, name, "Options.%s: does it change what is written? See Options.facts", name)
	}
}
