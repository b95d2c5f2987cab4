package batch_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/testkit"
)

var errPurpose = errors.New("on purpose")

// byName does to an event what its name says.
func byName(e event, _ meta) (event, error) {
	switch e.Event() {
	case "drop":
		return nil, nil
	case "fail":
		e.Set("touched", true)
		return e, errPurpose
	case "panic":
		e.Set("touched", true)
		panic(errPurpose)
	case "team":
		e.Set("team_id", 99)
		e.Set("touched", true)
	case "nan":
		e.Set("touched", true)
		e.Set("bad", make(chan int))
	case "number":
		e.Set("touched", true)
		return nil, sdk.ErrNotAnEvent
	case "new":
		n, err := sdk.NewEvent([]byte(`{"event":"fresh","team_id":7}`))
		return n, err
	}
	return e, nil
}

func TestEveryRecordEndsInOnePlace(t *testing.T) {
	records := []string{
		`{"event":"a","properties":{}}`, ``, `{"event":"drop"}`, `not JSON`, `[1]`, `{"event":"fail","uuid":"u-1"}`, "  \t", `{"event":"b"} {}`,
	}
	got := replay(t, batch.Chain{plugin("by-name", byName), hello()}, batch.Records(records...), batch.Options{})
	require.NoError(t, got.err)
	assert.Equal(t, `{"event":"a","properties":{"greeting":"hello"}}
{"event":"fail","uuid":"u-1","touched":true,"properties":{"greeting":"hello"}}
`, got.out)
	assert.Equal(t, batch.Counts{Read: 8, Written: 2, Dropped: 1, Dead: 3, Skipped: 2}, got.report.Counts)
	assert.Equal(t, `{"source":"records","line":4,"offset":48,"error":"offset 0: got 'n', want an object","record_base64":"bm90IEpTT04="}
{"source":"records","line":5,"offset":57,"error":"offset 0: got '[', want an object","record":[1]}
{"source":"records","line":8,"offset":95,"error":"offset 14: got '{', want end of text","record_base64":"eyJldmVudCI6ImIifSB7fQ=="}
`, got.dead)
	assert.EqualValues(t, 4, got.report.Failures(), "three dead letters and a failed hook")
}

func TestResults(t *testing.T) {
	for _, c := range []struct{ name, in, want, failure string }{
		{"error keeps what was changed", `{"event":"fail"}`, `{"event":"fail","touched":true}`, "on purpose"},
		{"so does a panic", `{"event":"panic"}`, `{"event":"panic","touched":true}`, "panic: on purpose"},
		{"a changed team_id is undone, the rest stays", `{"event":"team","team_id":1}`, `{"event":"team","team_id":1,"touched":true}`, sdk.ErrTeamChanged.Error()},
		{"a team_id that was not there goes", `{"event":"team"}`, `{"event":"team","touched":true}`, sdk.ErrTeamChanged.Error()},
		{"what Set cannot take fails the hook", `{"event":"nan"}`, `{"event":"nan","touched":true}`, `set "bad"`},
		{"no event: as it entered", `{"event":"number"}`, `{"event":"number"}`, sdk.ErrNotAnEvent.Error()},
		{"a new object replaces the event", `{"event":"new","team_id":7,"x":1}`, `{"event":"fresh","team_id":7}`, ""},
		{"a new object with another team_id", `{"event":"new","team_id":8}`, `{"event":"fresh","team_id":8}`, sdk.ErrTeamChanged.Error()},
		{"a row: as it entered", `{"event":"number","person_id":"p"}`, `{"event":"number","person_id":"p"}`, sdk.ErrNotAnEvent.Error()},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := replay(t, batch.Chain{plugin("by-name", byName)}, batch.Records(c.in), batch.Options{})
			require.NoError(t, got.err)
			assert.Equal(t, c.want+"\n", got.out)
			hook := got.report.Plugins[0].Hooks["processEvent"]
			if c.failure == "" {
				assert.EqualValues(t, 1, hook.OK)
				return
			}
			require.Len(t, hook.Samples, 1)
			assert.Contains(t, hook.Samples[0].Error, c.failure)
			assert.EqualValues(t, 1, hook.Failed)
			assert.Zero(t, hook.OK)
		})
	}
}

func TestTheNextPluginSeesWhatTheFailedOneLeft(t *testing.T) {
	seen := ""
	second := plugin("second", func(e event, _ meta) (event, error) {
		seen = e.String()
		return e, nil
	})
	replay(t, batch.Chain{hello(), plugin("by-name", byName), second}, batch.Records(`{"event":"number"}`), batch.Options{Workers: 1})
	assert.Equal(t, `{"event":"number","properties":{"greeting":"hello"}}`, seen)
}

func TestOnErrorDrop(t *testing.T) {
	composed := hooks("hooks", sdk.Hooks{
		ComposeWebhook: func(e event, _ meta) (*sdk.Webhook, error) { return &sdk.Webhook{URL: "https://example.com"}, nil },
	})
	late := hooks("late", sdk.Hooks{OnEvent: func(e event, _ meta) error {
		if e.Event() == "late" {
			return errPurpose
		}
		return nil
	}})
	records := []string{`{"event":"a"}`, `{"event":"fail","uuid":"u-2"}`, `{"event":"late","uuid":"u-3"}`, `{"event":"b"}`}
	chain := batch.Chain{hello(), plugin("by-name", byName), composed, late}
	got := replay(t, chain, batch.Records(records...), batch.Options{OnError: batch.Drop})
	require.NoError(t, got.err)
	assert.Equal(t, `{"event":"a","properties":{"greeting":"hello"}}
{"event":"b","properties":{"greeting":"hello"}}
`, got.out)
	assert.Equal(t, `{"source":"records","line":2,"offset":14,"plugin":"by-name","hook":"processEvent","error":"on purpose","uuid":"u-2","record":{"event":"fail","uuid":"u-2"}}
{"source":"records","line":3,"offset":44,"plugin":"late","hook":"onEvent","error":"on purpose","uuid":"u-3","record":{"event":"late","uuid":"u-3"}}
`, got.dead)
	assert.Equal(t, 2, strings.Count(got.webhooks, "\n"), "what was composed for an event that is dropped goes with it")

	again := replay(t, batch.Chain{hello()}, batch.Reader("dead.ndjson", strings.NewReader(got.dead)), batch.Options{})
	assert.Equal(t, `{"event":"fail","uuid":"u-2","properties":{"greeting":"hello"}}
{"event":"late","uuid":"u-3","properties":{"greeting":"hello"}}
`, again.out, "dead letters can be replayed")
	again = replay(t, nil, batch.Reader("dead.ndjson", strings.NewReader(got.dead)), batch.Options{})
	assert.Equal(t, records[1]+"\n"+records[2]+"\n", again.out)
}

func TestOnErrorStop(t *testing.T) {
	records := []string{`{"event":"a"}`, `{"event":"fail","uuid":"u-2"}`, `{"event":"fail","uuid":"u-3"}`}
	got := replay(t, batch.Chain{plugin("by-name", byName)}, batch.Records(records...), batch.Options{OnError: batch.Stop})
	require.ErrorIs(t, got.err, batch.ErrStopped)
	require.ErrorIs(t, got.err, errPurpose)
	var failed *sdk.PluginError
	require.ErrorAs(t, got.err, &failed)
	assert.Equal(t, "u-2", failed.UUID)
	assert.Contains(t, got.err.Error(), "records:2: ")
	assert.Empty(t, got.out)
	assert.Equal(t, batch.OutcomeStopped, got.report.Outcome)
}

func TestPhases(t *testing.T) {
	var calls []string
	trace := func(name string, drop bool) batch.Plugin {
		call := func(hook string, e event) { calls = append(calls, name+" "+hook+" "+e.String()) }
		return hooks(name, sdk.Hooks{
			SetupPlugin: func(meta) error { calls = append(calls, name+" setup"); return nil },
			ProcessEvent: func(e event, _ meta) (event, error) {
				call("process", e)
				e.Set(name, 1)
				if drop && e.Event() == "b" {
					return nil, nil
				}
				return e, nil
			},
			OnEvent: func(e event, _ meta) error {
				call("on", e)
				e.Set("event", "nobody sees this")
				return nil
			},
			ComposeWebhook: func(e event, _ meta) (*sdk.Webhook, error) { call("compose", e); return nil, nil },
			TeardownPlugin: func(meta) error { calls = append(calls, name+" teardown"); return nil },
			Close:          func() error { calls = append(calls, name+" close"); return nil },
		})
	}
	chain := batch.Chain{trace("p", false), trace("q", true)}
	got := replay(t, chain, batch.Records(`{"event":"a"}`, `{"event":"b"}`), batch.Options{Workers: 1})
	require.NoError(t, got.err)
	const on, compose = ` on {"ip":null,"event":"a","properties":{}}`, ` compose {"event":"a","properties":{}}`
	assert.Equal(t, []string{
		"p setup", "q setup",
		`p process {"event":"a"}`, `q process {"event":"a","p":1}`,
		"p" + on, "p" + compose, "q" + on, "q" + compose,
		`p process {"event":"b"}`, `q process {"event":"b","p":1}`,
		"p teardown", "q teardown", "p close", "q close",
	}, calls)
}

func TestWebhooks(t *testing.T) {
	p := hooks("hook", sdk.Hooks{ComposeWebhook: func(e event, _ meta) (*sdk.Webhook, error) {
		switch e.Event() {
		case "none":
			return nil, nil
		case "bad":
			return &sdk.Webhook{URL: "ftp://example.com"}, nil
		case "verb":
			return &sdk.Webhook{URL: "http://example.com", Method: "BREW"}, nil
		}
		return &sdk.Webhook{URL: "https://example.com/?a=<b>", Headers: map[string]string{"X-B": "2", "X-A": "1"}, Body: e.String(), Method: "PUT"}, nil
	}})
	records := []string{`{"event":"a","uuid":"u"}`, `{"event":"none"}`, `{"event":"bad"}`, `{"event":"verb"}`}
	got := replay(t, batch.Chain{p}, batch.Records(records...), batch.Options{})
	require.NoError(t, got.err)
	assert.Equal(t, `{"plugin":"hook","uuid":"u","url":"https://example.com/?a=<b>","method":"PUT","headers":{"X-A":"1","X-B":"2"},`+
		`"body":"{\"uuid\":\"u\",\"event\":\"a\",\"properties\":{}}"}`+"\n", got.webhooks)
	assert.Equal(t, 4, strings.Count(got.out, "\n"), "the events themselves are written")
	hook := got.report.Plugins[0].Hooks["composeWebhook"]
	assert.EqualValues(t, 2, hook.OK)
	assert.EqualValues(t, 2, hook.Failed)
	assert.EqualValues(t, 1, got.report.Counts.Webhooks)

	var line batch.ComposedWebhook
	require.NoError(t, json.Unmarshal([]byte(got.webhooks), &line))
	assert.Equal(t, "1", line.Headers["X-A"])
}

func TestKeptEventFailsLoudly(t *testing.T) {
	var kept event
	keeper := plugin("keeper", func(e event, _ meta) (event, error) {
		if kept != nil {
			old := kept
			kept = e
			return old, nil
		}
		kept = e
		return e, nil
	})
	got := replay(t, batch.Chain{keeper}, batch.Records(`{"n":1}`, `{"n":2}`), batch.Options{Workers: 1})
	require.NoError(t, got.err)
	assert.Equal(t, "{\"n\":1}\n{\"n\":2}\n", got.out)
	sample := got.report.Plugins[0].Hooks["processEvent"].Samples[0]
	assert.Contains(t, sample.Error, "used after the hook")
	assert.NotEmpty(t, sample.Stack)
}

func TestBadRecordsAreShown(t *testing.T) {
	var shown []string
	o := batch.Options{OnRecordError: func(err *batch.RecordError) { shown = append(shown, err.Error()) }}
	got := replay(t, nil, batch.Records(strings.Repeat("{}\n{oops\n", 100)), o)
	assert.EqualValues(t, 100, got.report.Counts.Dead)
	require.Len(t, shown, batch.MaxShownLogs)
	assert.Equal(t, "records:2: offset 1: got 'o', want a member name", shown[0])
}

func TestQuietRunsCountLogs(t *testing.T) {
	p := plugin("p", func(e event, m meta) (event, error) { m.Logger.Warn("w"); return e, nil })
	report, err := batch.Run(context.Background(), batch.Chain{p}, batch.Records(strings.Repeat("{}\n", 50)), batch.Writer(io.Discard), batch.Options{})
	require.NoError(t, err)
	assert.EqualValues(t, 50, report.Plugins[0].Logs.Warn)
}

func TestCopyIsByteForByte(t *testing.T) {
	lines := []string{`{"a": 1.0,"a":2}`, ` {"big":12345678901234567890123} `, `{"s":"\ud800é"}`}
	src := batch.Reader("in", strings.NewReader("\xef\xbb\xbf"+lines[0]+"\r\n"+lines[1]+"\n\n"+lines[2]))
	got := replay(t, nil, src, batch.Options{})
	require.NoError(t, got.err)
	assert.Equal(t, strings.Join(lines, "\n")+"\n", got.out)
	assert.Equal(t, batch.Counts{Read: 4, Written: 3, Skipped: 1}, got.report.Counts)
}

func TestTeamID(t *testing.T) {
	p := hooks("p", sdk.Hooks{
		ProcessEvent: func(e event, _ meta) (event, error) {
			e.Properties().Set("seen", e.TeamID())
			return e, nil
		},
		ComposeWebhook: func(e event, _ meta) (*sdk.Webhook, error) {
			return &sdk.Webhook{URL: "https://example.com", Body: fmt.Sprint(e.TeamID())}, nil
		},
	})
	got := replay(t, batch.Chain{p}, batch.Records(`{"event":"a"}`, `{"event":"a","team_id":2}`), batch.Options{TeamID: 5})
	assert.Equal(t, `{"event":"a","properties":{"seen":5}}
{"event":"a","team_id":2,"properties":{"seen":2}}
`, got.out)
	assert.Contains(t, got.webhooks, `"body":"5"`)
}

func TestEventClock(t *testing.T) {
	p := plugin("p", func(e event, m meta) (event, error) {
		e.Set("t", []any{m.Now(), m.Now()})
		return e, nil
	})
	got := replay(t, batch.Chain{p}, batch.Records(`{"now":"2024-01-01T00:00:00Z"}`, `{}`), batch.Options{})
	assert.Equal(t, `{"now":"2024-01-01T00:00:00Z","t":["2024-01-01T00:00:00Z","2024-01-01T00:00:00.000001Z"]}
{"t":["1970-01-01T00:00:00Z","1970-01-01T00:00:00.000001Z"]}
`, got.out)
}

func TestLogs(t *testing.T) {
	p := hooks("p", sdk.Hooks{
		SetupPlugin: func(m meta) error { m.Logger.Warn("set up with", "s3cret"); return nil },
		ProcessEvent: func(e event, m meta) (event, error) {
			m.Logger.Debug("debug")
			m.Logger.Warn("token s3cret\nof", e.Event())
			m.Logger.Error(strings.Repeat("x", batch.MaxLogChars+1))
			return e, fmt.Errorf("bad s3cret")
		},
		TeardownPlugin: func(m meta) error { m.Logger.Info("bye"); return nil },
	})
	p.Secrets = []string{"s3cret"}
	got := replay(t, batch.Chain{p}, batch.Records(`{"event":"a","uuid":"u","now":"2024-01-01T00:00:00Z"}`), batch.Options{Workers: 8})
	require.NoError(t, got.err)
	assert.Equal(t, `{"time":"1970-01-01T00:00:00.000Z","plugin":"p","level":"WARN","message":"set up with [secret]"}
{"time":"2024-01-01T00:00:00.000Z","plugin":"p","level":"DEBUG","source":"records:1","uuid":"u","message":"debug"}
{"time":"2024-01-01T00:00:00.000Z","plugin":"p","level":"WARN","source":"records:1","uuid":"u","message":"token [secret]\nof a"}
{"time":"2024-01-01T00:00:00.000Z","plugin":"p","level":"ERROR","source":"records:1","uuid":"u","message":"processEvent: bad [secret]"}
{"time":"1970-01-01T00:00:00.000Z","plugin":"p","level":"INFO","message":"bye"}
`, got.logs)
	assert.Len(t, got.shown, 3)
	assert.Equal(t, batch.LogReport{Debug: 1, Info: 1, Warn: 2, Error: 1}, got.report.Plugins[0].Logs)
	assert.NotContains(t, string(got.report.JSON()), "s3cret")
}

func TestShownLogsAreBounded(t *testing.T) {
	p := plugin("p", byName)
	records := strings.Repeat(`{"event":"fail"}`+"\n", 100)
	got := replay(t, batch.Chain{p}, batch.Records(records), batch.Options{})
	assert.Len(t, got.shown, batch.MaxShownLogs)
	assert.EqualValues(t, 100, got.report.Plugins[0].Shown())
	assert.Equal(t, 100, strings.Count(got.logs, "\n"))
	assert.Len(t, got.report.Plugins[0].Hooks["processEvent"].Samples, batch.MaxSamples)
	assert.EqualValues(t, 5, got.report.Plugins[0].Hooks["processEvent"].Samples[4].Line)
}

func TestLimit(t *testing.T) {
	for limit, want := range map[int64]string{1: "{\"n\":1}\n", 2: "{\"n\":1}\n{\"n\":2}\n", 9: "{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n"} {
		got := replay(t, nil, batch.Records(`{"n":1}`, ``, `{"n":2}`, `{"n":3}`), batch.Options{Limit: limit})
		assert.Equal(t, want, got.out, limit)
	}
}

func TestMaxRecord(t *testing.T) {
	long := `{"long":"` + strings.Repeat("x", 200) + `"}`
	for _, chain := range []batch.Chain{nil, {hello()}} {
		got := replay(t, chain, batch.Records(`{"n":1}`, long, `{"n":2}`), batch.Options{MaxRecord: 100})
		require.NoError(t, got.err)
		assert.EqualValues(t, batch.Counts{Read: 3, Written: 2, Dead: 1}, got.report.Counts)
		var letter batch.DeadLetter
		require.NoError(t, json.Unmarshal([]byte(got.dead), &letter))
		assert.Equal(t, "record: got 211 bytes, want at most 100", letter.Error)
		assert.EqualValues(t, 2, letter.Line)
		assert.EqualValues(t, 8, letter.Offset)
		assert.True(t, letter.Truncated)
		assert.True(t, strings.HasPrefix(long, string(letter.RecordBase64)))
		assert.NotEmpty(t, letter.RecordBase64)

		again := replay(t, chain, batch.Reader("dead", strings.NewReader(got.dead)), batch.Options{})
		assert.Contains(t, again.dead, "does not hold its record")
	}
}

func TestUsage(t *testing.T) {
	for name, run := range map[string]func() error{
		"two of one name": func() error {
			return replay(t, batch.Chain{hello(), hello()}, batch.Records(), batch.Options{}).err
		},
		"no program": func() error { return replay(t, batch.Chain{{Name: "x"}}, batch.Records(), batch.Options{}).err },
		"no input":   func() error { return replay(t, nil, batch.Files(), batch.Options{}).err },
		"stdin twice": func() error {
			return replay(t, nil, batch.Files("-", "-"), batch.Options{}).err
		},
	} {
		var usage *batch.UsageError
		assert.ErrorAs(t, run(), &usage, name)
	}
}

func TestMissingInput(t *testing.T) {
	got := replay(t, nil, batch.Files("no-such-file"), batch.Options{})
	var failed *batch.IOError
	require.ErrorAs(t, got.err, &failed)
	assert.Equal(t, "no-such-file", failed.Path)
	assert.Equal(t, batch.OutcomeFailed, got.report.Outcome)
}

func TestReadError(t *testing.T) {
	src := batch.Reader("in", io.MultiReader(strings.NewReader("{}\n"), errReader{}))
	got := replay(t, nil, src, batch.Options{})
	require.ErrorIs(t, got.err, errPurpose)
	var failed *batch.IOError
	require.ErrorAs(t, got.err, &failed)
}

type errReader struct{}

func (errReader) Read([]byte) (int, error) { return 0, errPurpose }

type errWriter struct{}

func (errWriter) Write([]byte) (int, error) { return 0, errPurpose }

func TestWriteError(t *testing.T) {
	_, err := batch.Run(context.Background(), batch.Chain{hello()}, batch.Records(`{}`), batch.Writer(errWriter{}), batch.Options{})
	require.ErrorIs(t, err, errPurpose)
	var failed *batch.IOError
	require.ErrorAs(t, err, &failed)
	assert.Equal(t, "write", failed.Op)
}

// TestSameBytes is the promise of the package: the outputs are the same at any number of
// workers, and every record ends in one place.
func TestSameBytes(t *testing.T) {
	var archive strings.Builder
	require.NoError(t, testkit.Generator{Seed: 3}.Write(&archive, 1_500))
	require.NoError(t, testkit.Generator{Seed: 3, Shape: testkit.BatchExport}.Write(&archive, 1_500))
	busy := hooks("busy", sdk.Hooks{
		ProcessEvent: func(e event, m meta) (event, error) {
			switch e.UUID()[len(e.UUID())-1] {
			case '0':
				return nil, nil
			case '1':
				m.Logger.Warn(e.UUID(), m.Now())
				return e, errPurpose
			case '2':
				panic(e.UUID())
			}
			e.Properties().Set("at", m.Now())
			return e, nil
		},
		ComposeWebhook: func(e event, _ meta) (*sdk.Webhook, error) {
			return &sdk.Webhook{URL: "https://example.com", Body: e.String()}, nil
		},
	})
	for _, policy := range []batch.ErrorPolicy{batch.Keep, batch.Drop} {
		var want outcome
		for i, workers := range []int{1, 2, 8} {
			got := replay(t, batch.Chain{busy, hello()}, batch.Records(archive.String()), batch.Options{Workers: workers, OnError: policy, MaxHeap: -1})
			require.NoError(t, got.err)
			if i == 0 {
				want = got
				continue
			}
			assert.Equal(t, want.out, got.out)
			assert.Equal(t, want.dead, got.dead)
			assert.Equal(t, want.webhooks, got.webhooks)
			assert.Equal(t, want.logs, got.logs)
			assert.Equal(t, want.shown, got.shown)
			assert.Equal(t, want.report.Counts, got.report.Counts)
			assert.Equal(t, want.report.Plugins[0].Hooks["processEvent"].Samples[4].UUID, got.report.Plugins[0].Hooks["processEvent"].Samples[4].UUID)
		}
	}
}

func TestRandomInput(t *testing.T) {
	line := rapid.SampledFrom([]string{
		``, ` `, `{}`, `{"event":"a"}`, `{"event":"drop"}`, `{"event":"fail"}`, `{"event":"panic","created_at":"x"}`, `{"event":"team"}`,
		`{"event":"nan"}`, `{"event":"number"}`, `{"event":"new"}`, `[]`, `null`, `{"event":`, "\xff\xfe", `{"source":"x","offset":1,"error":"e","record":{"event":"fail"}}`,
		`{"source":"x","offset":1,"error":"e","bytes":3}`,
		`{"batch":[]}`, `{"api_key":"k","batch":[{"event":"a"},{"event":"drop"}, 7,{}]}`, `[{"event":"fail","uuid":"u"}]`, `{"event":"a","uuid":"u"}`,
		`{"EVENT":"fail","UUID":"u"}`, `{"event":"new","elements":[{}]}`,
	})
	end := rapid.SampledFrom([]string{"\n", "\r\n"})
	rapid.Check(t, func(rt *rapid.T) {
		var in strings.Builder
		for _, l := range rapid.SliceOf(line).Draw(rt, "lines") {
			in.WriteString(l + end.Draw(rt, "end"))
		}
		policy := rapid.SampledFrom([]batch.ErrorPolicy{batch.Keep, batch.Drop}).Draw(rt, "policy")
		chain := batch.Chain{plugin("by-name", byName), webhook()}[:rapid.IntRange(0, 2).Draw(rt, "plugins")]
		o := batch.Options{OnError: policy, Dedupe: rapid.Bool().Draw(rt, "dedupe"), To: rapid.SampledFrom([]batch.Shape{batch.ShapeAuto, batch.ShapeCapture, batch.ShapeBatchExport, batch.ShapeProcessed}).Draw(rt, "to")}
		o.Workers = 1
		one := replay(t, chain, batch.Reader("in", strings.NewReader(in.String())), o)
		o.Workers, o.PartitionBy = 4, rapid.SampledFrom([]string{"", "event"}).Draw(rt, "by")
		many := replay(t, chain, batch.Reader("in", strings.NewReader(in.String())), o)
		require.NoError(rt, one.err)
		require.Equal(rt, one.report.Counts, many.report.Counts)
		require.Equal(rt, one.out, many.out)
		require.Equal(rt, one.dead, many.dead)
		c := one.report.Counts
		require.EqualValues(rt, c.Written, strings.Count(one.out, "\n"))
		require.EqualValues(rt, c.Dead, strings.Count(one.dead, "\n"))
		require.EqualValues(rt, c.Webhooks, strings.Count(one.webhooks, "\n"))
	})
}

// TestImports keeps engines out of programs that embed this package with compiled-in plugins.
func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", ".", "./testdata/no-autocapture").Output()
	require.NoError(t, err)
	require.Contains(t, string(out), "plugreel/batch/testdata/no-autocapture")
	for _, path := range strings.Fields(string(out)) {
		for _, bad := range []string{"plugreel/jsbridge", "plugreel/interp", "plugreel/plugins", "plugreel/testkit", "goja", "esbuild", "yaegi", "cobra"} {
			assert.NotContains(t, path, bad)
		}
	}
}

func TestDeadLettersOfBytesAreReplayed(t *testing.T) {
	first := replay(t, nil, batch.Records(`oops`), batch.Options{})
	again := replay(t, nil, batch.Reader("dead", strings.NewReader(first.dead)), batch.Options{})
	assert.Equal(t, `{"source":"dead","line":1,"offset":0,"error":"offset 0: got 'o', want an object","record_base64":"b29wcw=="}`+"\n",
		again.dead)
	for name, line := range map[string]string{
		"base64 that is none": `{"source":"x","offset":0,"error":"e","record_base64":"?"}`,
		"a damaged range":     `{"source":"x","offset":0,"error":"e","bytes":5}`,
		"cut off":             `{"source":"x","offset":0,"error":"e","record_base64":"e30=","truncated":true}`,
	} {
		got := replay(t, nil, batch.Records(line), batch.Options{})
		assert.Contains(t, got.dead, "does not hold its record", name)
	}
	for name, line := range map[string]string{
		"an event that has a source": `{"source":"x","offset":0,"error":"e","record":{},"event":"a"}`,
		"no dead letter at all":      `{"source":"x"}`,
	} {
		assert.Equal(t, line+"\n", replay(t, nil, batch.Records(line), batch.Options{}).out, name)
	}
}

func TestLongDeadLetterIsCutOff(t *testing.T) {
	record := `{"event":"fail","s":"` + strings.Repeat("x", 2<<20) + `"}`
	got := replay(t, batch.Chain{plugin("by-name", byName)}, batch.Records(record), batch.Options{OnError: batch.Drop})
	var letter batch.DeadLetter
	require.NoError(t, json.Unmarshal([]byte(got.dead), &letter))
	assert.Len(t, letter.RecordBase64, 1<<20)
	assert.True(t, letter.Truncated)
}

func TestErrorsOfEnginesAreShownOnce(t *testing.T) {
	p := plugin("p", func(e event, _ meta) (event, error) {
		return nil, &sdk.PluginError{Plugin: "p", Hook: "processEvent", UUID: "u", Err: stackError{}}
	})
	got := replay(t, batch.Chain{p}, batch.Records(`{"uuid":"u"}`), batch.Options{})
	sample := got.report.Plugins[0].Hooks["processEvent"].Samples[0]
	assert.Equal(t, batch.Sample{Source: "records", Line: 1, UUID: "u", Error: "two ⏎ lines", Stack: "at index.js:1"}, sample)
}

type stackError struct{}

func (stackError) Error() string { return "two\nlines" }
func (stackError) Stack() string { return "at index.js:1" }

func TestRecordError(t *testing.T) {
	err := &batch.RecordError{Source: "in", Line: 2, Err: errPurpose}
	assert.EqualError(t, err, "in:2: on purpose")
	assert.ErrorIs(t, err, errPurpose)
	assert.EqualError(t, &batch.RecordError{Source: "in", Row: 3, Err: errPurpose}, "in: row 3: on purpose")
}
