package batch_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/testkit"
)

// diary writes down, as captured events, what it was called for and at what time.
func diary(name string, schedules ...sdk.Schedule) batch.Plugin {
	h := sdk.Hooks{
		RunEvery: map[sdk.Schedule]func(meta) error{},
		ProcessEvent: func(e event, m meta) (event, error) {
			return e, note(m, e.Event())
		},
	}
	for _, s := range schedules {
		h.RunEvery[s] = func(m meta) error { return note(m, s.String()) }
	}
	return hooks(name, h)
}

// note captures an event of that name with the plugin's time.
func note(m meta, name string) error {
	e, err := sdk.NewEvent([]byte("{}"))
	if err != nil {
		return err
	}
	e.Set("event", name)
	e.Set("at", m.Now().Format("01-02 15:04:05"))
	return m.Capturer.Capture(e)
}

// notes are the events that a run has captured, "name at" each.
func notes(t *testing.T, captured string) []string {
	t.Helper()
	var all []string
	for line := range strings.Lines(captured) {
		e, err := sdk.NewEvent([]byte(line))
		require.NoError(t, err)
		all = append(all, e.Event()+" "+e.Get("at").StrOr(""))
	}
	return all
}

// at makes records of the year 2024 from "month-day hour:minute:second", each named after its time.
func at(times ...string) batch.Source {
	var records []string
	for _, text := range times {
		year, rest, ok := strings.Cut(text, "/")
		if !ok {
			year, rest = "2024", text
		}
		records = append(records, fmt.Sprintf(`{"event":"e","timestamp":"%s-%sZ"}`, year, strings.Replace(rest, " ", "T", 1)))
	}
	return batch.Records(records...)
}

func TestTicks(t *testing.T) {
	minute := []sdk.Schedule{sdk.EveryMinute}
	for _, c := range []struct {
		name, reason string
		schedules    []sdk.Schedule
		in           batch.Source
		want         []string
	}{
		{
			"a boundary between two events", "it comes before the event that lies behind it, at its own time", minute,
			at("01-01 00:00:30", "01-01 00:00:59", "01-01 00:01:07"),
			[]string{"e 01-01 00:00:30", "e 01-01 00:00:59", "runEveryMinute 01-01 00:01:00", "e 01-01 00:01:07"},
		},
		{
			"an event on the boundary", "it is past it", minute,
			at("01-01 00:00:30", "01-01 00:01:00", "01-01 00:01:01"),
			[]string{"e 01-01 00:00:30", "runEveryMinute 01-01 00:01:00", "e 01-01 00:01:00", "e 01-01 00:01:01"},
		},
		{
			"a first event", "nothing lies before it", minute,
			at("01-01 00:01:00"),
			[]string{"e 01-01 00:01:00"},
		},
		{
			"a gap", "all boundaries in it are one call, at the last of them", minute,
			at("01-01 00:00:30", "01-01 07:13:20"),
			[]string{"e 01-01 00:00:30", "runEveryMinute 01-01 07:13:00", "e 01-01 07:13:20"},
		},
		{
			"events out of order", "the clock does not go back, so nothing is due twice", minute,
			at("01-01 00:00:30", "01-01 00:02:10", "01-01 00:01:20", "01-01 00:02:30", "01-01 00:03:00"),
			[]string{
				"e 01-01 00:00:30", "runEveryMinute 01-01 00:02:00", "e 01-01 00:02:10", "e 01-01 00:01:20", "e 01-01 00:02:30",
				"runEveryMinute 01-01 00:03:00", "e 01-01 00:03:00",
			},
		},
		{
			"a client's clock in 2099", "the gap up to there is one call, and nothing is due until then", minute,
			at("01-01 00:00:30", "2099/06-01 12:00:10", "01-01 00:02:10", "01-01 00:03:10", "2099/06-01 12:01:00"),
			[]string{
				"e 01-01 00:00:30", "runEveryMinute 06-01 12:00:00", "e 06-01 12:00:10", "e 01-01 00:02:10", "e 01-01 00:03:10",
				"runEveryMinute 06-01 12:01:00", "e 06-01 12:01:00",
			},
		},
		{
			"a server's clock beside it", "it is the one that counts", minute,
			batch.Records(
				`{"event":"e","now":"2024-01-01T00:00:30Z"}`,
				`{"event":"e","now":"2024-01-01T00:00:40Z","timestamp":"2099-01-01T00:00:00Z"}`,
				`{"event":"e","now":"2024-01-01T00:01:30Z"}`,
			),
			[]string{"e 01-01 00:00:30", "e 01-01 00:00:40", "runEveryMinute 01-01 00:01:00", "e 01-01 00:01:30"},
		},
		{
			"events without a time", "they pass at no time", minute,
			batch.Records(`{"event":"e"}`, `{"event":"e","now":"2024-01-01T00:00:30Z"}`, `{"event":"e"}`, ``, `{"event":"e","now":"2024-01-01T00:01:30Z"}`),
			[]string{"e 01-01 00:00:00", "e 01-01 00:00:30", "e 01-01 00:00:00", "runEveryMinute 01-01 00:01:00", "e 01-01 00:01:30"},
		},
		{
			"dead letters", "their time is that of the record in them", minute,
			batch.Records(
				`{"source":"s","line":1,"offset":0,"error":"e","record":{"event":"e","now":"2024-01-01T00:00:30Z"}}`,
				`{"source":"s","line":1,"offset":0,"error":"e","record_base64":"e30=","truncated":true}`,
				`{"source":"s","line":2,"offset":0,"error":"e","record":{"event":"e","now":"2024-01-01T00:01:30Z"}}`,
			),
			[]string{"e 01-01 00:00:30", "runEveryMinute 01-01 00:01:00", "e 01-01 00:01:30"},
		},
		{
			"other periods", "hours do not come by minutes", []sdk.Schedule{sdk.EveryHour},
			at("01-01 00:10:00", "01-01 00:20:00", "01-01 01:00:00", "01-01 01:59:59", "01-01 02:30:00"),
			[]string{
				"e 01-01 00:10:00", "e 01-01 00:20:00", "runEveryHour 01-01 01:00:00", "e 01-01 01:00:00", "e 01-01 01:59:59",
				"runEveryHour 01-01 02:00:00", "e 01-01 02:30:00",
			},
		},
		{
			"all periods", "the longest comes first, each at its own boundary", []sdk.Schedule{sdk.EveryMinute, sdk.EveryDay, sdk.EveryHour},
			at("01-01 23:59:30", "01-02 01:02:03", "01-02 01:03:00"),
			[]string{
				"e 01-01 23:59:30", "runEveryDay 01-02 00:00:00", "runEveryHour 01-02 01:00:00", "runEveryMinute 01-02 01:02:00",
				"e 01-02 01:02:03", "runEveryMinute 01-02 01:03:00", "e 01-02 01:03:00",
			},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, workers := range []int{1, 4} {
				var captured bytes.Buffer
				got := replay(t, batch.Chain{diary("diary", c.schedules...)}, c.in, batch.Options{Workers: workers, Captured: batch.Writer(&captured)})
				require.NoError(t, got.err)
				assert.Equal(t, c.want, notes(t, captured.String()), c.reason)
			}
		})
	}
}

// TestTicksOfAChain has an order: that of the chain.
func TestTicksOfAChain(t *testing.T) {
	var captured bytes.Buffer
	chain := batch.Chain{diary("b", sdk.EveryMinute, sdk.EveryHour), diary("a", sdk.EveryHour)}
	for i, name := range []string{"b", "a"} {
		every := chain[i].Program.Info().Schedules
		h := sdk.Hooks{RunEvery: map[sdk.Schedule]func(meta) error{}}
		for _, s := range every {
			h.RunEvery[s] = func(m meta) error { return note(m, name+" "+s.String()) }
		}
		chain[i] = hooks(name, h)
	}
	got := replay(t, chain, at("01-01 00:30:00", "01-01 01:30:00"), batch.Options{Captured: batch.Writer(&captured)})
	require.NoError(t, got.err)
	assert.Equal(t, []string{"b runEveryHour 01-01 01:00:00", "b runEveryMinute 01-01 01:30:00", "a runEveryHour 01-01 01:00:00"}, notes(t, captured.String()))
	assert.EqualValues(t, 1, got.report.Plugins[0].Hooks["runEveryMinute"].OK)
}

func TestScheduleOff(t *testing.T) {
	p := diary("diary", sdk.EveryMinute)
	got := replay(t, batch.Chain{p, worker()}, at("01-01 00:00:30", "01-01 00:05:00"), batch.Options{ScheduleOff: true})
	require.NoError(t, got.err)
	assert.Equal(t, &batch.HookReport{}, timed(got.report.Plugins[0].Hooks["runEveryMinute"]))
	assert.Equal(t, &batch.HookReport{Pending: 2}, timed(got.report.Plugins[1].Hooks["jobs"]), "enqueued and not run")
}

// timed takes out how long calls took.
func timed(h *batch.HookReport) *batch.HookReport {
	c := *h
	c.Seconds = 0
	return &c
}

// worker puts a job off for every event, as the event's name says, and notes it when it runs.
func worker() batch.Plugin {
	return hooks("worker", sdk.Hooks{
		ProcessEvent: func(e event, m meta) (event, error) {
			name, wait, _ := strings.Cut(e.Event(), " ")
			delay, err := time.ParseDuration(wait)
			if err != nil {
				return e, m.Jobs.Enqueue(name, e.Get("payload"), 0)
			}
			return e, m.Jobs.Enqueue(name, e.Get("payload"), delay)
		},
		Jobs: map[string]func(sdk.Value, meta) error{
			"e": func(_ sdk.Value, m meta) error { return note(m, "e") },
			"say": func(v sdk.Value, m meta) error {
				if !v.Exists() {
					return note(m, "nothing")
				}
				return note(m, v.String())
			},
			"fail":  func(sdk.Value, meta) error { return errors.New("on purpose") },
			"retry": func(sdk.Value, meta) error { return sdk.Retry(errors.New("again")) },
			"panic": func(sdk.Value, meta) error { panic("on purpose") },
			"again": func(v sdk.Value, m meta) error {
				n := v.IntOr(0)
				if n == 0 {
					return note(m, "done")
				}
				return m.Jobs.Enqueue("again", number(n-1), 0)
			},
			"hourly": func(v sdk.Value, m meta) error {
				return errors.Join(note(m, "hourly"), m.Jobs.Enqueue("hourly", v, time.Hour))
			},
			"endless": func(v sdk.Value, m meta) error { return m.Jobs.Enqueue("endless", v, 0) },
		},
	})
}

func number(n int64) sdk.Value { return sdk.RawValue(fmt.Append(nil, n)) }

// jobRecord is a record that enqueues a job.
func jobRecord(at, job, payload string) string {
	if payload != "" {
		payload = `,"payload":` + payload
	}
	return fmt.Sprintf(`{"event":"%s","timestamp":"2024-%sZ"%s}`, job, strings.Replace(at, " ", "T", 1), payload)
}

func TestJobs(t *testing.T) {
	for _, c := range []struct {
		name, reason string
		in           []string
		want         []string
		report       batch.HookReport
	}{
		{
			"now", "it runs before the next chunk, here at the end of the input",
			[]string{jobRecord("01-01 00:00:30", "say", `{"a": [1, 2]}`)},
			[]string{`{"a":[1,2]} 01-01 00:00:30`},
			batch.HookReport{OK: 1},
		},
		{
			"now, and a minute passes", "it runs when the clock is looked at, which is once a minute",
			[]string{jobRecord("01-01 00:00:30", "say", ``), jobRecord("01-01 00:02:30", "say 1h", `1`)},
			[]string{`nothing 01-01 00:02:00`},
			batch.HookReport{OK: 1, Pending: 1},
		},
		{
			"in order", "by the time when they are due, then as they were enqueued",
			[]string{
				jobRecord("01-01 00:00:00", "say 3m", `"c"`), jobRecord("01-01 00:00:10", "say 1m", `"a"`), jobRecord("01-01 00:00:20", "say 1m", `"b"`),
				jobRecord("01-01 00:05:10", "say", `"d"`),
			},
			[]string{`"a" 01-01 00:05:00`, `"b" 01-01 00:05:00`, `"c" 01-01 00:05:00`, `"d" 01-01 00:05:10`},
			batch.HookReport{OK: 4},
		},
		{
			"one that never comes", "the input ends before",
			[]string{jobRecord("01-01 00:00:00", "say 720h", `1`), jobRecord("01-15 00:00:00", "say", `2`)},
			[]string{`2 01-15 00:00:00`},
			batch.HookReport{OK: 1, Pending: 1},
		},
		{
			"failures", "none is tried again, as in the original, and the event is none the wiser",
			[]string{jobRecord("01-01 00:00:00", "fail", ``), jobRecord("01-01 00:00:01", "retry", ``), jobRecord("01-01 00:00:02", "panic", ``), jobRecord("01-01 00:00:03", "unknown", ``)},
			nil,
			batch.HookReport{Failed: 4, Samples: []batch.Sample{
				{Error: "fail: on purpose"}, {Error: "retry: RetryError: again"}, {Error: "panic: panic: on purpose"}, {Error: `unknown: Task "unknown" not found for plugin "worker"`},
			}},
		},
		{
			"jobs of jobs", "they run in the same gap",
			[]string{jobRecord("01-01 00:00:00", "again", `500`), jobRecord("01-01 00:01:10", "say", `1`)},
			[]string{"done 01-01 00:01:00", "1 01-01 00:01:10"},
			batch.HookReport{OK: 502},
		},
		{
			"a job that puts itself off", "the gap is crossed in one step, like that of a task",
			[]string{jobRecord("01-01 00:00:00", "hourly", ``), jobRecord("01-01 12:00:30", "say", `1`), jobRecord("01-01 13:30:00", "say", `2`)},
			[]string{"hourly 01-01 12:00:00", "1 01-01 13:30:00", "hourly 01-01 13:30:00", "2 01-01 13:30:00"},
			batch.HookReport{OK: 4, Pending: 1},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, workers := range []int{1, 4} {
				var captured bytes.Buffer
				got := replay(t, batch.Chain{worker()}, batch.Records(c.in...), batch.Options{Workers: workers, Captured: batch.Writer(&captured)})
				require.NoError(t, got.err)
				assert.Equal(t, c.want, notes(t, captured.String()), c.reason)
				h := timed(got.report.Plugins[0].Hooks["jobs"])
				for i := range h.Samples {
					h.Samples[i].Stack = ""
				}
				assert.Equal(t, &c.report, h, c.reason)
				assert.EqualValues(t, len(c.in), got.report.Counts.Written)
				assert.EqualValues(t, c.report.Failed, got.report.Plugins[0].Logs.Error)
			}
		})
	}
}

func TestEndlessJobsEnd(t *testing.T) {
	got := replay(t, batch.Chain{worker()}, batch.Records(jobRecord("01-01 00:00:00", "endless", ``), jobRecord("01-01 00:01:00", "say", ``)), batch.Options{})
	require.NoError(t, got.err)
	h := got.report.Plugins[0].Hooks["jobs"]
	assert.EqualValues(t, batch.MaxChainedJobs+2, h.OK, "the first, those that it has enqueued, and the other")
	assert.EqualValues(t, 1, h.Failed)
	assert.Equal(t, "endless: got more than 10000 jobs that tasks and jobs enqueued between two events, and this one did not run; put it off with runIn", h.Samples[0].Error)
	assert.Contains(t, got.logs, h.Samples[0].Error)
}

// outside enqueues jobs in setupPlugin, which the original runtime ran when it had started, and in
// teardownPlugin, which it ran in another process.
func outside() batch.Plugin {
	return batch.Plugin{Program: sdk.Native(sdk.Info{Name: "outside"}, func() sdk.Hooks {
		state := "running"
		return sdk.Hooks{
			SetupPlugin: func(m meta) error {
				return errors.Join(m.Jobs.Enqueue("say", number(1), 0), m.Jobs.Enqueue("say", number(2), 2*time.Minute))
			},
			ProcessEvent: func(e event, m meta) (event, error) { return e, note(m, "event") },
			TeardownPlugin: func(m meta) error {
				state = "torn down"
				return errors.Join(m.Jobs.Enqueue("say", number(3), 0), m.Jobs.Enqueue("say", number(4), time.Minute))
			},
			Jobs: map[string]func(sdk.Value, meta) error{"say": func(v sdk.Value, m meta) error {
				return note(m, v.String()+" "+state)
			}},
		}
	})}
}

func TestJobsOutsideEvents(t *testing.T) {
	var captured bytes.Buffer
	in := at("01-01 10:00:30", "01-01 10:01:30", "01-01 10:02:30")
	got := replay(t, batch.Chain{outside()}, in, batch.Options{Captured: batch.Writer(&captured)})
	require.NoError(t, got.err)
	assert.Equal(t, []string{
		"1 running 01-01 10:00:00", "event 01-01 10:00:30", "event 01-01 10:01:30", "2 running 01-01 10:02:00", "event 01-01 10:02:30",
		"3 running 01-01 10:02:30",
	}, notes(t, captured.String()), "in a new instance, whose setupPlugin enqueues nothing")
	p := got.report.Plugins[0]
	assert.Equal(t, &batch.HookReport{OK: 3, Pending: 1}, timed(p.Hooks["jobs"]))
	assert.EqualValues(t, 1, p.Hooks["teardownPlugin"].OK)
	got = replay(t, batch.Chain{outside()}, in, batch.Options{ScheduleOff: true})
	assert.Equal(t, &batch.HookReport{Pending: 4}, timed(got.report.Plugins[0].Hooks["jobs"]))
}

// TestEveryWorkerTearsDown has what each of them remembers.
func TestEveryWorkerTearsDown(t *testing.T) {
	buffers := batch.Plugin{Program: sdk.Native(sdk.Info{Name: "buffers"}, func() sdk.Hooks {
		var held []string
		return sdk.Hooks{
			ProcessEvent: func(e event, _ meta) (event, error) { held = append(held, e.Event()); return e, nil },
			TeardownPlugin: func(m meta) error {
				var errs []error
				for _, name := range held {
					errs = append(errs, m.Jobs.Enqueue("send", sdk.RawValue(sdk.AppendString(nil, name)), 0))
				}
				return errors.Join(errs...)
			},
			Jobs: map[string]func(sdk.Value, meta) error{"send": func(v sdk.Value, m meta) error { return note(m, v.StrOr("")) }},
		}
	})}
	var records, want []string
	for i := range 8 {
		name := fmt.Sprint("e", i)
		records = append(records, fmt.Sprintf(`{"event":%q,"pad":%q}`, name, strings.Repeat("x", 1<<20)))
		want = append(want, name+" 01-01 00:00:00")
	}
	for _, workers := range []int{1, 3} {
		var captured bytes.Buffer
		got := replay(t, batch.Chain{buffers}, batch.Records(records...), batch.Options{Workers: workers, Captured: batch.Writer(&captured)})
		require.NoError(t, got.err)
		assert.ElementsMatch(t, want, notes(t, captured.String()), "nothing is lost and nothing comes twice")
	}
}

// TestJobsOfAPluginWithoutJobs fail at the end of the input, as nobody waits for them.
func TestJobsOfAPluginWithoutJobs(t *testing.T) {
	p := plugin("p", func(e event, m meta) (event, error) { return e, m.Jobs.Enqueue("j", sdk.Value{}, 0) })
	got := replay(t, batch.Chain{p}, at("01-01 10:00:30"), batch.Options{})
	require.NoError(t, got.err)
	assert.EqualValues(t, 1, got.report.Plugins[0].Hooks["jobs"].Failed)
	assert.Contains(t, got.logs, `jobs: j: Task \"j\" not found for plugin \"p\"`)
}

// hanging has a task and a job that do not come back.
func hanging() batch.Plugin {
	wait := func(m meta) error { <-m.Context().Done(); return nil }
	return hooks("hanging", sdk.Hooks{
		SetupPlugin:  func(m meta) error { m.Logger.Info("set up"); return m.Jobs.Enqueue("j", sdk.Value{}, 0) },
		ProcessEvent: func(e event, m meta) (event, error) { return e, note(m, "event") },
		RunEvery:     map[sdk.Schedule]func(meta) error{sdk.EveryMinute: wait},
		Jobs:         map[string]func(sdk.Value, meta) error{"j": func(_ sdk.Value, m meta) error { return wait(m) }},
	})
}

// tasker has a task that ends its process, between two that do not.
func tasker() batch.Plugin {
	return hooks("tasker", sdk.Hooks{RunEvery: map[sdk.Schedule]func(meta) error{
		sdk.EveryDay:    func(m meta) error { return note(m, "day") },
		sdk.EveryHour:   func(m meta) error { os.Exit(5); return nil },
		sdk.EveryMinute: func(m meta) error { return note(m, "minute") },
	}})
}

func TestTasksThatHang(t *testing.T) {
	o := batch.Options{Timeout: 30 * time.Millisecond, MaxHeap: -1} // the heap is that of all tests
	got := replay(t, batch.Chain{hanging(), diary("diary", sdk.EveryMinute)}, at("01-01 00:00:30", "01-01 00:01:30"), o)
	require.NoError(t, got.err)
	p := got.report.Plugins[0]
	assert.EqualValues(t, 1, p.Hooks["runEveryMinute"].Failed)
	assert.EqualValues(t, 1, p.Hooks["jobs"].Failed, "the setup of an instance that takes the place of another enqueues nothing")
	assert.EqualValues(t, 2, p.Restarts)
	assert.Contains(t, p.Hooks["runEveryMinute"].Samples[0].Error, "got no answer in 30ms")
	assert.EqualValues(t, 1, got.report.Plugins[1].Hooks["runEveryMinute"].OK, "the others go on")
	assert.EqualValues(t, 2, got.report.Counts.Written)
}

func TestTasksAndPolicies(t *testing.T) {
	fails := hooks("fails", sdk.Hooks{RunEvery: map[sdk.Schedule]func(meta) error{sdk.EveryMinute: func(meta) error { return errPurpose }}})
	in := func() batch.Source { return at("01-01 00:00:30", "01-01 00:01:30") }
	got := replay(t, batch.Chain{fails}, in(), batch.Options{OnError: batch.Drop})
	require.NoError(t, got.err)
	assert.Empty(t, got.dead, "no record is to blame")
	assert.EqualValues(t, 1, got.report.Failures())
	got = replay(t, batch.Chain{fails}, in(), batch.Options{OnError: batch.Stop})
	require.ErrorIs(t, got.err, batch.ErrStopped)
	assert.EqualError(t, got.err, "2024-01-01T00:01:00Z: "+batch.ErrStopped.Error()+": fails: runEveryMinute: "+errPurpose.Error())
	assert.EqualValues(t, 1, got.report.Counts.Written, "what came before is written")
}

// TestThreeDaysOfTicks replays events of three days, one every ten minutes, and counts.
func TestThreeDaysOfTicks(t *testing.T) {
	var archive bytes.Buffer
	start := time.Date(2024, 3, 1, 0, 5, 0, 0, time.UTC)
	for i := range 3 * 24 * 6 {
		fmt.Fprintf(&archive, "{\"event\":\"e\",\"timestamp\":%q}\n", start.Add(time.Duration(i)*10*time.Minute).Format(time.RFC3339))
	}
	var outputs []string
	for _, workers := range []int{1, 8} {
		var captured bytes.Buffer
		got := replay(t, batch.Chain{diary("p", sdk.EveryMinute, sdk.EveryHour, sdk.EveryDay), worker()}, batch.Reader("r", bytes.NewReader(archive.Bytes())), batch.Options{Workers: workers, Captured: batch.Writer(&captured)})
		require.NoError(t, got.err)
		h := got.report.Plugins[0].Hooks
		assert.EqualValues(t, []int64{3*24*6 - 1, 3*24 - 1, 2}, []int64{h["runEveryMinute"].OK, h["runEveryHour"].OK, h["runEveryDay"].OK})
		assert.EqualValues(t, 3*24*6, got.report.Plugins[1].Hooks["jobs"].OK)
		outputs = append(outputs, got.out+captured.String())
	}
	assert.Equal(t, outputs[0], outputs[1])
}

// TestCutsAreSeamless replays generated events, which cross many minutes and days, with and without
// somebody who looks at the clock.
func TestCutsAreSeamless(t *testing.T) {
	var archive bytes.Buffer
	require.NoError(t, testkit.Generator{Seed: 5}.Write(&archive, 2_000))
	archive.WriteString("\noops\n{}")
	src := func() batch.Source { return batch.Reader("r", bytes.NewReader(archive.Bytes())) }
	want := replay(t, batch.Chain{hello()}, src(), batch.Options{Limit: 1_990})
	silent := hooks("silent", sdk.Hooks{RunEvery: map[sdk.Schedule]func(meta) error{sdk.EveryMinute: func(meta) error { return nil }}})
	got := replay(t, batch.Chain{hello(), silent}, src(), batch.Options{Limit: 1_990})
	require.NoError(t, got.err)
	assert.NotZero(t, got.report.Plugins[1].Hooks["runEveryMinute"].OK)
	assert.Equal(t, want.out, got.out)
	assert.Equal(t, want.dead, got.dead, "positions are those of the file")
	assert.Equal(t, want.report.Counts, got.report.Counts)
	assert.Equal(t, want.report.Sources, got.report.Sources)
	assert.Equal(t, want.report.Bytes, got.report.Bytes)

	file := func(chain batch.Chain, workers int) string {
		name := filepath.Join(t.TempDir(), "out.ndjson.gz")
		_, err := batch.Run(t.Context(), chain, src(), batch.Create(name), batch.Options{Workers: workers})
		require.NoError(t, err)
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		return string(text)
	}
	packed := file(batch.Chain{hello()}, 1)
	assert.Equal(t, packed, file(batch.Chain{hello(), silent}, 1), "compressed by chunks as if nobody had cut them")
	assert.Equal(t, packed, file(batch.Chain{hello(), silent}, 5))
}

// TestRandomnessOfTasks is another one for each call, and the same on every run.
func TestRandomnessOfTasks(t *testing.T) {
	dice := func() batch.Plugin {
		roll := func(m meta) error { m.Logger.Info(m.Random()); return nil }
		return hooks("dice", sdk.Hooks{
			ProcessEvent: func(e event, m meta) (event, error) {
				return e, errors.Join(m.Jobs.Enqueue("roll", sdk.Value{}, 0), m.Jobs.Enqueue("roll", sdk.Value{}, 0))
			},
			RunEvery: map[sdk.Schedule]func(meta) error{sdk.EveryMinute: roll},
			Jobs:     map[string]func(sdk.Value, meta) error{"roll": func(_ sdk.Value, m meta) error { return roll(m) }},
		})
	}
	run := func(o batch.Options) string {
		return replay(t, batch.Chain{dice()}, at("01-01 10:00:30", "01-01 10:01:30", "01-01 10:02:30"), o).logs
	}
	one := run(batch.Options{})
	assert.Equal(t, one, run(batch.Options{Workers: 2}))
	assert.NotEqual(t, one, run(batch.Options{Seed: 1}))
	seen := map[string]bool{}
	for line := range strings.Lines(one) {
		_, message, _ := strings.Cut(line, "message")
		assert.False(t, seen[message], "twice: %s", line)
		seen[message] = true
	}
	assert.Len(t, seen, 2+6)
}

// TestRetries has hooks that ask to be called again, and see the time pass by the pauses of the original.
func TestRetries(t *testing.T) {
	var seen []string
	failures := 0
	attempt := func(m meta) error {
		seen = append(seen, m.Now().Format("15:04:05"))
		if failures--; failures >= 0 {
			return sdk.Retry(errPurpose)
		}
		return nil
	}
	h := sdk.Hooks{
		SetupPlugin: attempt,
		OnEvent:     func(_ event, m meta) error { return attempt(m) },
		ComposeWebhook: func(_ event, m meta) (*sdk.Webhook, error) {
			seen = append(seen, "compose "+m.Now().Format("15:04:05"))
			return nil, sdk.Retry(errPurpose)
		},
	}
	for _, c := range []struct {
		name   string
		asks   int // for another attempt, of onEvent
		failed int64
		want   []string
	}{
		{"never", 0, 0, []string{"10:00:00", "compose 10:00:00"}},
		{"twice", 2, 0, []string{"10:00:00", "10:00:05", "10:00:15", "compose 10:00:00"}},
		{"in vain", 9, 1, []string{"10:00:00", "10:00:05", "10:00:15", "10:00:35", "10:01:15", "compose 10:00:00"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			seen, failures = nil, 4
			setup := h.SetupPlugin
			h := h
			h.SetupPlugin = func(m meta) error {
				err := setup(m)
				if err == nil {
					failures = c.asks
				}
				return err
			}
			got := replay(t, batch.Chain{hooks("p", h)}, at("01-01 10:00:00"), batch.Options{Workers: 1})
			require.NoError(t, got.err)
			assert.Equal(t, append([]string{"00:00:00", "00:00:05", "00:00:15", "00:00:35", "00:01:15"}, c.want...), seen)
			assert.EqualValues(t, c.failed, got.report.Plugins[0].Hooks["onEvent"].Failed)
			assert.EqualValues(t, 1-c.failed, got.report.Plugins[0].Hooks["onEvent"].OK, "one call, however many attempts")
			assert.EqualValues(t, 1, got.report.Plugins[0].Hooks["composeWebhook"].Failed, "it has one attempt")
		})
	}
}

// TestPluginsMaySpeakBetweenCalls has a plugin with a goroutine of its own, which logs when no hook runs.
func TestPluginsMaySpeakBetweenCalls(t *testing.T) {
	var m meta
	h := sdk.Hooks{SetupPlugin: func(given meta) error { m = given; return nil }}
	o := batch.Options{Workers: 1, OnProgress: func(batch.Progress) {
		m.Logger.Warn("between")
		assert.NoError(t, m.Jobs.Enqueue("none", sdk.Value{}, 0))
		assert.NoError(t, note(m, "unheard"))
	}}
	got := replay(t, batch.Chain{hooks("p", h)}, at("01-01 10:00:00"), o)
	require.NoError(t, got.err)
	assert.Zero(t, got.report.Counts.Captured)
}
