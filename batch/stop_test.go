package batch_test

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/sdk"
)

// counter counts the instances that were made, set up, torn down and closed.
type counter struct{ made, set, torn, closed int }

// counted makes a plugin with a processEvent and counts its instances.
func counted(n *counter, process func(event, meta) (event, error)) batch.Plugin {
	return batch.Plugin{Program: sdk.Native(sdk.Info{Name: "p"}, func() sdk.Hooks {
		n.made++
		return sdk.Hooks{
			SetupPlugin:    func(meta) error { n.set++; return nil },
			ProcessEvent:   process,
			TeardownPlugin: func(meta) error { n.torn++; return nil },
			Close:          func() error { n.closed++; return nil },
		}
	})}
}

// listens waits for the end of its time in events named "slow".
func listens(e event, m meta) (event, error) {
	e.Set("touched", true)
	if e.Event() == "slow" {
		<-m.Context().Done()
		return e, m.Context().Err()
	}
	return e, nil
}

func TestTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var n counter
		start := time.Now()
		got := replay(t, batch.Chain{hello(), counted(&n, listens)},
			batch.Records(`{"event":"a"}`, `{"event":"slow"}`, `{"event":"b"}`), batch.Options{Workers: 1, Timeout: 2 * time.Second})
		require.NoError(t, got.err)
		assert.Less(t, time.Since(start), 3*time.Second)
		assert.Equal(t, `{"event":"a","properties":{"greeting":"hello"},"touched":true}
{"event":"slow","properties":{"greeting":"hello"}}
{"event":"b","properties":{"greeting":"hello"},"touched":true}
`, got.out, "the event goes on as it entered the plugin")
		p := got.report.Plugins[1]
		assert.Equal(t, "got no answer in 2s; raise the timeout if that is expected", p.Hooks["processEvent"].Samples[0].Error)
		assert.EqualValues(t, 1, p.Restarts)
		assert.Equal(t, counter{made: 3, set: 2, torn: 1, closed: 2}, n, "one is made to see its hooks; the dead one is not torn down")
		assert.InDelta(t, 2, p.Hooks["processEvent"].Seconds, 0.3)
	})
}

func TestDeadInstanceIsReplaced(t *testing.T) {
	var n counter
	dies := counted(&n, func(e event, _ meta) (event, error) {
		e.Set("touched", true)
		return nil, errors.Join(errPurpose, sdk.ErrInstanceDead)
	})
	got := replay(t, batch.Chain{dies}, batch.Records(`{"n":1}`, `{"n":2}`), batch.Options{Workers: 1})
	require.NoError(t, got.err)
	assert.Equal(t, "{\"n\":1}\n{\"n\":2}\n", got.out)
	assert.Equal(t, counter{made: 4, set: 3, torn: 1, closed: 3}, n)
}

func TestReplacementThatDoesNotSetUpEndsTheRun(t *testing.T) {
	sets := 0
	p := hooks("p", sdk.Hooks{
		SetupPlugin: func(meta) error {
			if sets++; sets > 1 {
				return errPurpose
			}
			return nil
		},
		ProcessEvent: func(e event, _ meta) (event, error) { return nil, sdk.ErrInstanceDead },
	})
	got := replay(t, batch.Chain{p}, batch.Records(`{}`), batch.Options{Workers: 1})
	var setup *manifest.SetupError
	require.ErrorAs(t, got.err, &setup)
	require.ErrorIs(t, got.err, errPurpose)
}

// restarts lists how many instances of each plugin were replaced.
func restarts(r batch.Report) []int64 {
	var n []int64
	for _, p := range r.Plugins {
		n = append(n, p.Restarts)
	}
	return n
}

// TestAbandon has hooks that do not listen: the run goes on without them, and what they do later
// touches nothing.
func TestAbandon(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		deaf := hooks("deaf", sdk.Hooks{ProcessEvent: func(e event, m meta) (event, error) {
			if e.Event() != "slow" {
				return e, nil
			}
			m.Logger.Warn("before")
			<-release
			m.Logger.Warn("after") // heard by nobody
			e.Set("event", "late")
			return e, nil
		}})
		late := hooks("late", sdk.Hooks{OnEvent: func(e event, m meta) error {
			if e.DistinctID() == "on" {
				<-release
			}
			return nil
		}})
		records := []string{`{"event":"a"}`, `{"event":"slow"}`, `{"event":"b","distinct_id":"on"}`, `{"event":"slow","distinct_id":"on"}`, `{"event":"c"}`}
		got := replay(t, batch.Chain{hello(), deaf, late}, batch.Records(records...), batch.Options{Workers: 1, Timeout: time.Second})
		require.NoError(t, got.err)
		want := ""
		for _, r := range records {
			want += strings.TrimSuffix(r, "}") + `,"properties":{"greeting":"hello"}}` + "\n"
		}
		assert.Equal(t, want, got.out)
		assert.EqualValues(t, 5, got.report.Counts.Written)
		assert.EqualValues(t, 5, got.report.Plugins[0].Hooks["processEvent"].OK, "calls that were made again count once")
		assert.EqualValues(t, 2, got.report.Plugins[1].Hooks["processEvent"].Failed)
		assert.EqualValues(t, 2, got.report.Plugins[2].Hooks["onEvent"].Failed)
		assert.EqualValues(t, []int64{0, 2, 2}, restarts(got.report), "instances that are left behind are replaced, too")
		assert.NotContains(t, got.logs, "after")
		assert.NotContains(t, got.logs, "before", "the call is done again without being made")

		close(release)
		synctest.Wait()
		assert.Equal(t, want, got.out)
	})
}

func TestTooManyAbandoned(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		deaf := plugin("deaf", func(e event, _ meta) (event, error) { <-release; return e, nil })
		got := replay(t, batch.Chain{deaf}, batch.Records(strings.Repeat("{}\n", 20)), batch.Options{Workers: 1, Timeout: time.Second})
		require.ErrorIs(t, got.err, batch.ErrTooManyAbandoned)
		close(release)
	})
}

func TestGoexitIsAFailure(t *testing.T) {
	exits := plugin("exits", func(e event, _ meta) (event, error) {
		if e.Event() == "exit" {
			runtime.Goexit()
		}
		return e, nil
	})
	got := replay(t, batch.Chain{exits}, batch.Records(`{"event":"exit"}`, `{"event":"b"}`), batch.Options{Workers: 1})
	require.NoError(t, got.err)
	assert.Equal(t, "{\"event\":\"exit\"}\n{\"event\":\"b\"}\n", got.out)
	assert.EqualValues(t, 1, got.report.Plugins[0].Hooks["processEvent"].Failed)
}

func TestSetup(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		attempts := 0
		for name, c := range map[string]struct {
			setup func(meta) error
			want  string
		}{
			"fails": {func(meta) error { return errors.New("no s3cret for apiKey") },
				"p: setupPlugin: no [secret] for apiKey; config keys involved: apiKey"},
			"panics":  {func(meta) error { panic("oops") }, "p: setupPlugin: panic: oops; config keys involved: apiKey, other"},
			"listens": {func(m meta) error { <-m.Context().Done(); return nil }, "got no answer in 1s"},
			"hangs":   {func(meta) error { <-release; return nil }, "got no answer in 1s"},
			"retries in vain": {func(meta) error { attempts++; return sdk.Retry(errPurpose) },
				"p: setupPlugin: RetryError: on purpose"},
		} {
			p := hooks("p", sdk.Hooks{SetupPlugin: c.setup})
			p.Config, p.Secrets = []byte(`{"apiKey":"s3cret","other":1}`), []string{"s3cret"}
			got := replay(t, batch.Chain{p}, batch.Records(`{}`), batch.Options{Timeout: time.Second})
			var setup *manifest.SetupError
			require.ErrorAs(t, got.err, &setup, name)
			assert.Contains(t, got.err.Error(), c.want, name)
			assert.Zero(t, got.report.Counts.Read, name)
			assert.NotContains(t, string(got.report.JSON()), "s3cret")
		}
		assert.Equal(t, 5, attempts)
		close(release)
	})
}

func TestSetupIsTriedAgain(t *testing.T) {
	attempts := 0
	p := hooks("p", sdk.Hooks{SetupPlugin: func(meta) error {
		if attempts++; attempts < 3 {
			return sdk.Retry(nil)
		}
		return nil
	}})
	require.NoError(t, replay(t, batch.Chain{p}, batch.Records(`{}`), batch.Options{Workers: 1}).err)
	assert.Equal(t, 3, attempts)
}

func TestTeardownFailureIsCounted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		for name, teardown := range map[string]func(meta) error{
			"fails": func(meta) error { return errPurpose },
			"hangs": func(meta) error { <-release; return nil },
		} {
			p := hooks("p", sdk.Hooks{TeardownPlugin: teardown, Close: func() error { panic("nobody hears this") }})
			got := replay(t, batch.Chain{p}, batch.Records(`{}`), batch.Options{Workers: 1, Timeout: time.Second})
			require.NoError(t, got.err, name)
			assert.EqualValues(t, 1, got.report.Plugins[0].Hooks["teardownPlugin"].Failed, name)
			assert.Equal(t, "{}\n", got.out)
		}
		close(release)
	})
}

func TestCancel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		for name, wait := range map[string]func(meta){
			"in a hook that listens":  func(m meta) { <-m.Context().Done() },
			"in a hook that does not": func(meta) { <-release },
		} {
			ctx, cancel := context.WithCancelCause(t.Context())
			time.AfterFunc(time.Minute, func() { cancel(errPurpose) })
			p := plugin("p", func(e event, m meta) (event, error) { wait(m); return e, nil })
			got := replayIn(t, ctx, batch.Chain{p}, batch.Records(`{}`), batch.Options{Timeout: -1})
			require.ErrorIs(t, got.err, errPurpose, name)
			assert.Equal(t, batch.OutcomeInterrupted, got.report.Outcome)
			assert.Empty(t, got.out)
		}
		close(release)
	})
}

// blockedReader is a terminal at which nobody types.
type blockedReader struct{ release chan struct{} }

func (r blockedReader) Read([]byte) (int, error) {
	<-r.release
	return 0, errPurpose
}

func TestCancelWhileTheSourceBlocks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		src := blockedReader{make(chan struct{})}
		got := replayIn(t, ctx, nil, batch.Reader("tty", src), batch.Options{})
		require.ErrorIs(t, got.err, context.DeadlineExceeded)
		close(src.release)
	})
}

func TestStateNeedsOneWorker(t *testing.T) {
	stateful := batch.Plugin{Program: sdk.Native(sdk.Info{Name: "s", State: sdk.StateMemory}, func() sdk.Hooks { return sdk.Hooks{} })}
	got := replay(t, batch.Chain{stateful}, batch.Records(`{}`), batch.Options{})
	assert.Equal(t, 1, got.report.Workers)
	assert.False(t, got.report.OrderDependent)
	got = replay(t, batch.Chain{stateful}, batch.Records(`{}`), batch.Options{Workers: 3})
	assert.Equal(t, 3, got.report.Workers)
	assert.True(t, got.report.OrderDependent)
}
