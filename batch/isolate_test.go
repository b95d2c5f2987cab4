//go:build linux

package batch_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/batch/state"
	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/testkit"
)

// stop halts this whole process, as if it were too busy to see what time it is.
func init() { stop = func() { _ = syscall.Kill(os.Getpid(), syscall.SIGSTOP) } }

// isolated makes a chain and the options to run it in other processes.
func isolated(t *testing.T, spec string, o batch.Options) (batch.Chain, batch.Options) {
	t.Helper()
	o.Isolate = &batch.Isolation{Spec: []byte(spec), MaxMemory: testMemory}
	chain, warnings, err := o.Isolate.Open(t.Context())
	require.NoError(t, err)
	assert.Equal(t, []string{"a warning"}, warnings)
	return chain, o
}

// timeless takes out of a report what is another one on every run.
func timeless(r batch.Report) batch.Report {
	r.WallSeconds, r.SyncSeconds = 0, 0
	for _, p := range r.Plugins {
		if r.Workers > 1 {
			delete(p.Hooks, "teardownPlugin") // one call for every worker that had something to do
		}
		for _, h := range p.Hooks {
			h.Seconds = 0
			for i := range h.Samples {
				h.Samples[i].Stack = "" // of goroutines, with addresses
			}
		}
	}
	return r
}

// both runs a chain in this process and in others, and compares all that is left. src is called for
// each run.
func both(t *testing.T, spec string, src func() batch.Source, options func() batch.Options) outcome {
	t.Helper()
	here, _, err := chainOf(spec)
	require.NoError(t, err)
	want := replay(t, here, src(), options())
	chain, o := isolated(t, spec, options())
	got := replay(t, chain, src(), o)
	assert.Equal(t, want.out, got.out)
	assert.Equal(t, want.dead, got.dead)
	assert.Equal(t, want.webhooks, got.webhooks)
	assert.Equal(t, want.deliveries, got.deliveries)
	assert.Equal(t, want.logs, got.logs)
	assert.Equal(t, want.shown, got.shown)
	assert.Equal(t, timeless(want.report), timeless(got.report))
	if want.err == nil {
		assert.NoError(t, got.err)
	} else {
		assert.EqualError(t, got.err, want.err.Error())
	}
	return got
}

func TestIsolatedRunsAreTheSame(t *testing.T) {
	var archive strings.Builder
	require.NoError(t, testkit.Generator{Seed: 3}.Write(&archive, 1_500))
	archive.WriteString("\noops\n[1]\n")
	require.NoError(t, testkit.Generator{Seed: 3, Shape: testkit.BatchExport}.Write(&archive, 1_500))
	src := func() batch.Source { return batch.Reader("archive", strings.NewReader(archive.String())) }
	for _, c := range []struct {
		spec    string
		workers int
		policy  batch.ErrorPolicy
	}{
		{"hello", 1, batch.Keep},
		{"hello busy", 1, batch.Keep},
		{"hello busy", 3, batch.Keep},
		{"busy hello", 2, batch.Drop},
		{"busy hello", 1, batch.Stop},
		{"", 2, batch.Keep},
	} {
		t.Run(fmt.Sprintf("%s %d %v", c.spec, c.workers, c.policy), func(t *testing.T) {
			both(t, c.spec, src, func() batch.Options {
				return batch.Options{Workers: c.workers, OnError: c.policy, TeamID: 5, Seed: 7, MaxRecord: 20_000}
			})
		})
	}
}

// TestIsolatedScriptsAreTheSame has what can be survived without isolation, too.
func TestIsolatedScriptsAreTheSame(t *testing.T) {
	src := func() batch.Source {
		return batch.Records(`{"event":"a"}`, `{"event":"hostile","uuid":"u"}`, `{"event":"b"}`, `{"event":"hostile"}`)
	}
	for _, name := range []string{"cyclic", "getter", "globals", "kept", "proxy", "recursion", "rejection", "throw-frozen", "throw-null", "throw-string", "unresolved"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			both(t, name+".js hello", src, func() batch.Options {
				return batch.Options{Workers: 1, OnError: batch.Drop, Timeout: 500 * time.Millisecond}
			})
		})
	}
}

func TestIsolatedRunsOfSamples(t *testing.T) {
	for _, name := range []string{"testdata/capture.ndjson", "testdata/export.ndjson"} {
		both(t, "hello busy", func() batch.Source { return batch.Files(name) }, func() batch.Options { return batch.Options{Workers: 1} })
	}
}

func TestIsolatedCaptures(t *testing.T) {
	var captured [2]bytes.Buffer
	i := 0
	both(t, "busy", func() batch.Source { return batch.Records(`{"uuid":"5"}`, `{"uuid":"1"}`, `{"uuid":"5"}`) }, func() batch.Options {
		i++
		return batch.Options{Workers: 1, Captured: batch.Writer(&captured[i-1])}
	})
	assert.Equal(t, "{\"event\":\"made\"}\n{\"event\":\"made\"}\n", captured[1].String())
	assert.Equal(t, captured[0].String(), captured[1].String())
}

type fakeWorld struct{}

func (fakeWorld) Locate(ip string) (sdk.Value, error) {
	return sdk.ParseValue([]byte(`{"ip":"` + ip + `"}`))
}

func (fakeWorld) Fetch(_ context.Context, r *sdk.Request) (*sdk.Response, error) {
	if r.URL == "refused" {
		return nil, errors.New("refused: name the host")
	}
	return &sdk.Response{URL: r.URL, Status: 200, StatusText: "OK", Headers: r.Headers, Body: append(r.Body, '!')}, nil
}

func TestIsolatedServices(t *testing.T) {
	src := func() batch.Source { return batch.Records(`{"event":"1"}`, `{"event":"2"}`, `{"event":"3"}`) }
	got := both(t, "services", src, func() batch.Options {
		return batch.Options{GeoIP: fakeWorld{}, Fetcher: fakeWorld{}, State: state.New()}
	})
	assert.NotContains(t, got.out, "malformed")
	assert.Contains(t, got.out, "refused: name the host")
}

// TestIsolatedLargeRecords has records and outputs that have no room in the memory that processes share.
func TestIsolatedLargeRecords(t *testing.T) {
	long := strings.Repeat("y", 5<<20)
	records := []string{`{"grow":1}`, `{"grow":3000000}`, `{"grow":6000000}`, `{"y":"` + long + `"}`, `{"grow":2}`, `{"grow":2000000}`, `{"grow":2000000}`, `{"grow":2000000}`}
	got := both(t, "recorder", func() batch.Source { return batch.Records(records...) }, func() batch.Options { return batch.Options{} })
	assert.EqualValues(t, 8, got.report.Counts.Written)
}

// TestHostile has one hostile event among others: it fails, and they do not know of it.
func TestHostile(t *testing.T) {
	scripts, err := filepath.Glob("testdata/hostile/*.js")
	require.NoError(t, err)
	require.NotEmpty(t, scripts)
	for _, file := range scripts {
		name := filepath.Base(file)
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if raceEnabled && (name == "brackets.js" || name == "repeat.js") {
				t.Skip("needs a limit of memory, which the race detector does not")
			}
			failsAlone(t, name, "hostile", 500*time.Millisecond)
		})
	}
}

// TestHostileGo has interpreted Go that is allowed too much, and what it does with it: it fails, and
// the other events do not know of it.
func TestHostileGo(t *testing.T) {
	for _, c := range []struct{ name, reason, want string }{
		{"exit.go", "os.Exit", "the plugin's process died: exit status 3"},
		{"fatal.go", "a logger ends the process too", "the plugin's process died: exit status 1"},
		{"goroutine.go", "nobody can recover from it", "the plugin's process died: panic: "},
		{"maps.go", "the Go runtime gives up", "the plugin's process died: concurrent map"},
		{"recursion.go", "interpreted calls are counted", "stack overflow: more than 1000 calls deep"},
		{"callbacks.go", "compiled functions in between make no difference", "stack overflow: more than 1000 calls deep"},
		{"stringer.go", "nor do methods that package fmt calls", "stack overflow: more than 1000 calls deep"},
		{"memory.go", "the call is stopped, or its process is", ""},
		{"doubling.go", "in one piece: the call is stopped, or its process is", ""},
		{"huge.go", "larger than all there is", ""},
		{"loop.go", "the interpreter stops it", "got no answer in 300ms"},
		{"recover.go", "a stop is no panic", "got no answer in 300ms"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if raceEnabled && slices.Contains([]string{"callbacks.go", "maps.go", "memory.go", "doubling.go", "huge.go"}, c.name) {
				t.Skip("another end, or none for long, with the race detector")
			}
			limit := time.Minute
			if strings.Contains(c.want, "300ms") {
				limit = 300 * time.Millisecond
			}
			failure := failsAlone(t, c.name, "hostile", limit)
			assert.Contains(t, failure, c.want, c.reason)
		})
	}
}

// TestCrashes has compiled-in code that ends its process in every way there is.
func TestCrashes(t *testing.T) {
	for _, c := range []struct{ way, want string }{
		{"kill", "the plugin's process died: signal: killed"},
		{"exit", "the plugin's process died: exit status 3"},
		{"goroutine", "the plugin's process died: panic: in a goroutine"},
		{"map", "the plugin's process died: concurrent map writes"},
		{"stack", "the plugin's process died: stack overflow"},
		{"memory", "memory"},
		{"stop", "got no answer in 300ms; raise the timeout if that is expected"},
		{"deaf", "got no answer in 300ms; raise the timeout if that is expected"},
		{"goexit", "the hook ended its goroutine"},
	} {
		t.Run(c.way, func(t *testing.T) {
			t.Parallel()
			if raceEnabled && (c.way == "memory" || c.way == "map" || c.way == "stack") {
				t.Skip("another end with the race detector")
			}
			limit := 10 * time.Second
			if c.way == "deaf" || c.way == "stop" {
				limit = 300 * time.Millisecond
			}
			failure := failsAlone(t, "crasher", c.way, limit)
			assert.Contains(t, failure, c.want)
		})
	}
}

// failsAlone replays 20 records of which one is hostile, and returns why it failed.
func failsAlone(t *testing.T, spec, hostile string, timeout time.Duration) string {
	t.Helper()
	var records []string
	want := ""
	for i := range 20 {
		name, seen := "tame", `,"seen":true`
		if i == 13 {
			name, seen = hostile, ""
		}
		record := fmt.Sprintf(`{"event":%q,"uuid":"u-%d"`, name, i)
		records = append(records, record+"}")
		want += record + seen + `,"properties":{"greeting":"hello"}` + "}\n"
	}
	chain, o := isolated(t, spec+" hello", batch.Options{Workers: 1, Timeout: timeout, MaxHeap: 256 << 20})
	got := replay(t, chain, batch.Records(records...), o)
	require.NoError(t, got.err)
	assert.Equal(t, want, got.out)
	hook := got.report.Plugins[0].Hooks["processEvent"]
	assert.EqualValues(t, 19, hook.OK)
	assert.EqualValues(t, 20, got.report.Plugins[1].Hooks["processEvent"].OK)
	require.Len(t, hook.Samples, 1)
	assert.Equal(t, "u-13", hook.Samples[0].UUID)
	return hook.Samples[0].Error
}

func TestEveryRecordKills(t *testing.T) {
	chain, o := isolated(t, "hello crasher", batch.Options{Workers: 2, OnError: batch.Drop})
	got := replay(t, chain, batch.Records(strings.Repeat(`{"event":"exit"}`+"\n", 20)+`{"event":"a"}`), o)
	require.NoError(t, got.err)
	assert.Equal(t, `{"event":"a","properties":{"greeting":"hello"},"seen":true}`+"\n", got.out)
	assert.Equal(t, 20, strings.Count(got.dead, "\n"))
	assert.EqualValues(t, 21, got.report.Plugins[0].Hooks["processEvent"].OK, "calls that were made again count once")
	assert.Len(t, got.shown, 20)
}

// TestProcessesThatAreKilled has processes that somebody kills, each once: no plugin is to blame.
func TestProcessesThatAreKilled(t *testing.T) {
	dir := t.TempDir()
	var records, want strings.Builder
	for i := range 5_000 {
		record := fmt.Sprintf(`{"event":"tame","uuid":"u-%d","pad":"%0500d"`, i, i)
		switch i % 500 {
		case 100:
			record = fmt.Sprintf(`{"event":"once","marker":"%s/%d"`, dir, i)
		case 200:
			record = fmt.Sprintf(`{"event":"later","marker":"%s/%d"`, dir, i)
		}
		records.WriteString(record + "}\n")
		want.WriteString(record + `,"properties":{"greeting":"hello"},"seen":true}` + "\n")
	}
	chain, o := isolated(t, "hello crasher", batch.Options{Workers: 2})
	o.OnProgress = func(batch.Progress) { time.Sleep(30 * time.Millisecond) }
	got := replay(t, chain, batch.Reader("records", strings.NewReader(records.String())), o)
	require.NoError(t, got.err)
	assert.True(t, want.String() == got.out, "other output")
	assert.Zero(t, got.report.Failures())
	assert.GreaterOrEqual(t, got.report.Plugins[0].Restarts+got.report.Plugins[1].Restarts, int64(10))
	assert.Empty(t, children(t))
}

func TestDeathTakesBackWhatTheRecordStored(t *testing.T) {
	chain, o := isolated(t, "recorder crasher", batch.Options{State: state.New()})
	got := replay(t, chain, batch.Records(`{"event":"a"}`, `{"event":"kill"}`, `{"event":"b"}`), o)
	require.NoError(t, got.err)
	assert.Contains(t, got.out, `"event":"a","long":"","n":1`)
	assert.Contains(t, got.out, `"event":"kill","long":"","n":2`)
	assert.Contains(t, got.out, `"event":"b","long":"","n":3`)
}

func TestDeathAtSetup(t *testing.T) {
	for spec, want := range map[string]string{
		"hello setup": "failing: setupPlugin: on purpose; config keys involved: apiKey",
		"hello dies":  "failing: setupPlugin: the plugin's process died: exit status 5; config keys involved: apiKey",
		"hello hangs": "failing: setupPlugin: got no answer in 100ms; raise the timeout if that is expected; config keys involved: apiKey",
	} {
		chain, o := isolated(t, spec, batch.Options{Timeout: 100 * time.Millisecond})
		got := replay(t, chain, batch.Records(`{}`), o)
		var setup *manifest.SetupError
		require.ErrorAs(t, got.err, &setup, spec)
		assert.EqualError(t, got.err, want)
		assert.Empty(t, got.out)
	}
}

func TestDeathAtTeardown(t *testing.T) {
	chain, o := isolated(t, "teardown", batch.Options{Workers: 1})
	got := replay(t, chain, batch.Records(`{}`), o)
	require.NoError(t, got.err)
	assert.EqualValues(t, 1, got.report.Plugins[0].Hooks["teardownPlugin"].Failed)
	assert.Equal(t, "{}\n", got.out)
}

func TestChainThatCannotBeOpenedElsewhere(t *testing.T) {
	for spec, want := range map[string]string{
		"unopenable":  "on purpose",
		"exits":       "plugins: loading them: the plugin's process died: exit status 7",
		"hello hello": `plugin "hello-world": got two of that name; give one of them another`,
	} {
		_, _, err := (&batch.Isolation{Spec: []byte(spec)}).Open(t.Context())
		var usage *batch.UsageError
		require.ErrorAs(t, err, &usage, spec)
		assert.EqualError(t, err, want)
	}
	got := replay(t, batch.Chain{hello()}, batch.Records(`{}`), batch.Options{Isolate: &batch.Isolation{Spec: []byte("busy"), MaxMemory: testMemory}})
	require.ErrorContains(t, got.err, "another chain")
	got = replay(t, batch.Chain{hello()}, batch.Records(`{}`), batch.Options{Isolate: &batch.Isolation{MaxMemory: 1000}})
	require.ErrorContains(t, got.err, "want at least 268435456")
}

func TestProgramsOfAnotherProcessDoNotRunHere(t *testing.T) {
	chain, _ := isolated(t, "busy", batch.Options{})
	assert.Equal(t, []string{"setupPlugin", "processEvent", "onEvent", "composeWebhook", "teardownPlugin"}, chain[0].Program.Info().Hooks)
	got := replay(t, chain, batch.Records(`{}`), batch.Options{})
	require.ErrorContains(t, got.err, "has not loaded it")
}

// TestRecordThatNoProcessSurvives has a record that takes all memory before any plugin sees it.
func TestRecordThatNoProcessSurvives(t *testing.T) {
	if raceEnabled {
		t.Skip("needs a limit of memory")
	}
	t.Cleanup(runtime.GC) // else its garbage is in the heap of the tests that follow, which limit it
	long := `{"x":"` + strings.Repeat("x", 230<<20) + `"}`
	chain, o := isolated(t, "hello", batch.Options{Workers: 1, MaxRecord: 300 << 20})
	o.Isolate.MaxMemory = batch.MinMaxMemory
	got := replay(t, chain, batch.Records(`{"n":1}`, long, `{"n":2}`), o)
	require.NoError(t, got.err)
	assert.Equal(t, `{"n":1,"properties":{"greeting":"hello"}}`+"\n"+`{"n":2,"properties":{"greeting":"hello"}}`+"\n", got.out)
	assert.EqualValues(t, batch.Counts{Read: 3, Written: 2, Dead: 1}, got.report.Counts)
	assert.Contains(t, got.dead[:300], "ran out of memory")
}

func TestIsolatedRunsEndWithTheirContext(t *testing.T) {
	chain, o := isolated(t, "crasher", batch.Options{Timeout: -1, Workers: 2})
	ctx, cancel := context.WithCancelCause(t.Context())
	interrupted := errors.New("interrupted")
	o.OnProgress = func(batch.Progress) { cancel(interrupted) }
	records := `{"event":"a","pad":"` + strings.Repeat("x", 1<<20) + `"}` + "\n" + `{"event":"deaf"}`
	start := time.Now()
	got := replayIn(t, ctx, chain, batch.Records(records), o)
	require.ErrorIs(t, got.err, interrupted)
	assert.Less(t, time.Since(start), 5*time.Second)
	assert.Equal(t, batch.OutcomeInterrupted, got.report.Outcome)
	assert.Empty(t, children(t))

	_, _, err := o.Isolate.Open(ctx)
	require.ErrorIs(t, err, interrupted)
}

// children lists the processes that this one has started and that are left.
func children(t *testing.T) []string {
	t.Helper()
	all, err := filepath.Glob("/proc/[0-9]*/stat")
	require.NoError(t, err)
	var found []string
	for _, name := range all {
		text, err := os.ReadFile(name)
		_, rest, ok := strings.Cut(string(text), ") ") // pid (name) state ppid
		if f := strings.Fields(rest); err == nil && ok && f[1] == strconv.Itoa(os.Getpid()) {
			found = append(found, name)
		}
	}
	return found
}

// A program that isolates plugins calls batch.WorkerMain first in main, with a function that makes a
// chain of a spec. Here that is TestMain.
func ExampleIsolation() {
	ctx := context.Background()
	isolation := &batch.Isolation{Spec: []byte("crasher"), MaxMemory: testMemory}
	chain, _, err := isolation.Open(ctx)
	if err != nil {
		fmt.Println(err)
		return
	}
	src := batch.Records(`{"event":"a"}`, `{"event":"exit"}`, `{"event":"b"}`)
	report, err := batch.Run(ctx, chain, src, batch.Writer(os.Stdout), batch.Options{Isolate: isolation})
	fmt.Println(report.Plugins[0].Hooks["processEvent"].Samples[0].Error, err)
	// Output:
	// {"event":"a","seen":true}
	// {"event":"exit"}
	// {"event":"b","seen":true}
	// the plugin's process died: exit status 3 <nil>
}

// BenchmarkIsolated is BenchmarkRun's hello in another process.
func BenchmarkIsolated(b *testing.B) {
	isolation := &batch.Isolation{Spec: []byte("hello")}
	chain, _, err := isolation.Open(b.Context())
	require.NoError(b, err)
	benchmarkRun(b, chain, generated(b, testkit.Capture), batch.Options{Workers: 1, Isolate: isolation})
}

// An isolated chain tells the same of every record as one in this process, blank lines or not.
func TestCompareIsolated(t *testing.T) {
	chain, o := isolated(t, "busy", batch.Options{})
	records, err := os.ReadFile("testdata/capture.ndjson")
	require.NoError(t, err)
	src := batch.Records("\n", string(records), `["none"]`, "\n\n", `{"uuid":"ends in 1"}`, "\n")
	fold := batch.Fold[*int]{
		Begin: func() *int { return new(int) },
		Add: func(n *int, p *batch.Pair) {
			*n++
			assert.Equal(t, outcomeText(p.Old), outcomeText(p.New), "line %d", p.Line)
		},
		Merge: func(n *int) error {
			assert.Equal(t, 202, *n, "there is one chunk")
			return nil
		},
	}
	did, err := batch.Compare(t.Context(), batch.Side{Chain: batch.Chain{busy()}}, batch.Side{Chain: chain, Isolate: o.Isolate}, src, fold, batch.Options{})
	require.NoError(t, err)
	assert.Equal(t, did.Old.Counts, did.New.Counts)
	assert.Greater(t, did.Old.Plugins[0].Hooks["processEvent"].Failed, int64(batch.MaxSamples), "not only the failures of a report are known")
}

func TestIsolatedRowsAreTheSame(t *testing.T) {
	_, file := asParquet(t, testkit.BatchExport, 5000)
	both(t, "busy hello", func() batch.Source { return batch.Files(file) }, func() batch.Options {
		return batch.Options{Workers: 2, OnError: batch.Drop, MaxRecord: 3_000, MaxHeap: -1}
	})
}

func TestPartsInProcesses(t *testing.T) {
	archive, _ := withDuplicates(t, 1000)
	o := batch.Options{Dedupe: true, PartitionBy: "distinct_id", Workers: 2}
	one := replay(t, batch.Chain{nth()}, batch.Records(archive), o)
	require.NoError(t, one.err)
	chain, far := isolated(t, "nth", o)
	same(t, one, replay(t, chain, batch.Records(archive), far))
}

// TestPartsOutliveTheirProcesses has workers die in the middle of their parts.
func TestPartsOutliveTheirProcesses(t *testing.T) {
	var in strings.Builder
	for i := range 60 {
		name := []string{"a", "b", "exit", "once", "goroutine"}[i%5]
		fmt.Fprintf(&in, "{\"event\":%q,\"distinct_id\":\"p%d\",\"batch_no\":%d}\n", name, i%4, i)
	}
	chain, o := isolated(t, "crasher", batch.Options{Workers: 1, OnError: batch.Drop})
	one := replay(t, chain, batch.Records(in.String()), o)
	require.NoError(t, one.err)
	o.Workers, o.PartitionBy = 2, "distinct_id"
	many := replay(t, chain, batch.Records(in.String()), o)
	require.NoError(t, many.err)
	assert.Equal(t, one.out, many.out)
	assert.Equal(t, one.dead, many.dead)
	assert.Equal(t, one.logs, many.logs)
	assert.Equal(t, one.report.Counts, many.report.Counts)
}

// TestIsolatedTasksAreTheSame has scheduled tasks and jobs, some of which do not come back.
func TestIsolatedTasksAreTheSame(t *testing.T) {
	src := func() batch.Source {
		return batch.Records(
			jobRecord("01-01 23:59:30", "say 1m", `{"a": 1}`), jobRecord("01-01 23:59:40", "fail", ``), jobRecord("01-01 23:59:50", "unknown", ``),
			jobRecord("01-02 00:01:10", "again", `20`), jobRecord("01-02 00:04:00", "say 1h", ``), "oops",
		)
	}
	for _, c := range []struct {
		spec    string
		workers int
	}{
		{"diary worker", 1}, {"diary worker", 3}, {"hanging diary", 1}, {"outside diary", 1}, {"diary hanging worker", 2},
	} {
		t.Run(fmt.Sprintf("%s %d", c.spec, c.workers), func(t *testing.T) {
			var captured [2]bytes.Buffer
			n := 0
			both(t, c.spec, src, func() batch.Options {
				o := batch.Options{Workers: c.workers, Timeout: 100 * time.Millisecond, MaxHeap: -1, Captured: batch.Writer(&captured[n])}
				n++
				return o
			})
			assert.NotEmpty(t, captured[0].String())
			assert.Equal(t, captured[0].String(), captured[1].String())
		})
	}
}

// TestIsolatedTaskThatExits fails alone.
func TestIsolatedTaskThatExits(t *testing.T) {
	var captured bytes.Buffer
	chain, o := isolated(t, "tasker", batch.Options{Captured: batch.Writer(&captured)})
	got := replay(t, chain, at("01-01 23:59:30", "01-02 00:00:10"), o)
	require.NoError(t, got.err)
	assert.Equal(t, []string{"day 01-02 00:00:00", "minute 01-02 00:00:00"}, notes(t, captured.String()))
	h := got.report.Plugins[0].Hooks["runEveryHour"]
	assert.EqualValues(t, 1, h.Failed)
	assert.Contains(t, h.Samples[0].Error, "the plugin's process died: exit status 5")
	assert.EqualValues(t, 2, got.report.Counts.Written)
}
