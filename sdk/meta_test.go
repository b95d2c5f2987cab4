package sdk_test

import (
	"context"
	"errors"
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/sdk"
)

func newMeta(t *testing.T, c sdk.MetaConfig) *sdk.PluginMeta {
	t.Helper()
	m, err := sdk.NewMeta(c)
	require.NoError(t, err)
	return m
}

func TestNewMeta(t *testing.T) {
	m := newMeta(t, sdk.MetaConfig{})
	assert.Equal(t, "{}", m.Config.String())
	assert.NotNil(t, m.Global)
	assert.NotNil(t, m.Attachments)
	assert.False(t, m.Logger.Enabled(sdk.LevelError), "nobody reads")
	m.Logger.Error("discarded")
	assert.WithinDuration(t, time.Now(), m.Now(), time.Hour)
	assert.Equal(t, newMeta(t, sdk.MetaConfig{}).Random(), m.Random(), "the same stream for everybody without one")
	_, err := sdk.NewMeta(sdk.MetaConfig{Config: []byte("[]")})
	var syntax *sdk.SyntaxError
	require.ErrorAs(t, err, &syntax)
}

func TestCallContext(t *testing.T) {
	m := newMeta(t, sdk.MetaConfig{})
	require.ErrorIs(t, m.Context().Err(), context.Canceled, "outside a call")
	var stopped []error
	m.OnStop(func(cause error) { stopped = append(stopped, cause) })

	first := m.Begin(context.Background())
	ctx := m.Context()
	assert.Same(t, ctx, m.Context(), "one context for a call")
	require.NoError(t, ctx.Err())
	assert.Equal(t, first, m.Running())
	require.NoError(t, m.End())
	require.Error(t, ctx.Err(), "ends with the call")
	assert.Zero(t, m.Running())
	assert.False(t, m.Stop(first, sdk.ErrTimeout), "too late")

	second := m.Begin(context.Background())
	assert.NotEqual(t, first, second)
	assert.False(t, m.Stop(first, sdk.ErrTimeout), "another call")
	assert.True(t, m.Stop(second, sdk.ErrTimeout))
	assert.False(t, m.Stop(second, sdk.ErrTimeout), "once a call")
	require.ErrorIs(t, context.Cause(m.Context()), sdk.ErrTimeout, "also for a context that is asked for later")
	require.ErrorIs(t, m.End(), sdk.ErrTimeout)
	assert.Equal(t, []error{sdk.ErrTimeout}, stopped)

	parent, cancel := context.WithCancel(context.Background())
	m.Begin(parent)
	cancel()
	require.Error(t, m.Context().Err(), "ends with the run")
	require.NoError(t, m.End(), "which is not the call's fault")
}

func TestErrors(t *testing.T) {
	cause := errors.New("cause")
	rows := []struct {
		err  error
		want string
	}{
		{&sdk.LoadError{Err: cause}, "cause"},
		{&sdk.LoadError{Plugin: "p", File: "a.js", Err: cause}, "p: a.js: cause"},
		{&sdk.LoadError{Plugin: "p", File: "a.js", Line: 3, Err: cause}, "p: a.js:3: cause"},
		{&sdk.LoadError{File: "a.js", Line: 3, Column: 4, Err: cause}, "a.js:3:4: cause"},
		{&sdk.PluginError{Plugin: "p", Hook: "setupPlugin", Err: cause}, "p: setupPlugin: cause"},
		{&sdk.PluginError{Plugin: "p", Hook: "processEvent", UUID: "u", Err: errors.New("two\nlines")}, "p: processEvent u: two ⏎ lines"},
		{sdk.Retry(cause), "RetryError: cause"},
		{&sdk.RetryError{}, "RetryError"},
		{&sdk.SetError{Key: "k", Err: cause}, `set "k": cause`},
	}
	for _, row := range rows {
		assert.EqualError(t, row.err, row.want)
	}
	for _, row := range rows[:5] {
		require.ErrorIs(t, row.err, cause)
	}
	require.ErrorIs(t, sdk.Retry(io.EOF), io.EOF, "wrapped errors keep their identity")
	require.ErrorIs(t, sdk.ErrTimeout, context.DeadlineExceeded)
	assert.Empty(t, (&sdk.PluginError{Err: cause}).Stack())
	assert.Equal(t, "at f", (&sdk.PluginError{Err: withStack{}}).Stack())
}

type withStack struct{}

func (withStack) Error() string { return "x" }
func (withStack) Stack() string { return "at f" }

type sinkOf struct {
	least sdk.Level
	got   []string
}

func (s *sinkOf) Enabled(l sdk.Level) bool        { return l >= s.least }
func (s *sinkOf) Log(l sdk.Level, message string) { s.got = append(s.got, l.String()+" "+message) }

func TestLogger(t *testing.T) {
	s := &sinkOf{least: sdk.LevelLog}
	l := sdk.NewLogger(s)
	l.Debug("dropped")
	l.Log("a", 1, nil)
	l.Info()
	l.Warn("w")
	l.Error(io.EOF)
	l.Write(sdk.LevelError, "as it is")
	assert.Equal(t, []string{"LOG a 1 <nil>", "INFO ", "WARN w", "ERROR EOF", "ERROR as it is"}, s.got)
	var none *sdk.Logger
	none.Log("nothing happens")
	assert.Equal(t, "DEBUG", sdk.LevelDebug.String())
}

func TestNative(t *testing.T) {
	made := 0
	p := sdk.Native(sdk.Info{Name: "n", State: sdk.StateStore}, func() sdk.Hooks {
		made++
		n := 0
		return sdk.Hooks{
			ProcessEvent: func(e *sdk.PluginEvent, _ *sdk.PluginMeta) (*sdk.PluginEvent, error) {
				n++
				e.Set("n", n)
				return e, nil
			},
			RunEvery: map[sdk.Schedule]func(*sdk.PluginMeta) error{sdk.EveryHour: func(*sdk.PluginMeta) error { return nil }},
			Jobs:     map[string]func(sdk.Value, *sdk.PluginMeta) error{"j": nil},
		}
	})
	assert.Equal(t, sdk.Info{
		Name: "n", State: sdk.StateMemory, // whatever it says: it has jobs
		Hooks: []string{"processEvent", "runEveryHour", "jobs"}, Schedules: []sdk.Schedule{sdk.EveryHour},
	}, p.Info())
	for range 2 {
		h, err := p.New(context.Background(), newMeta(t, sdk.MetaConfig{}))
		require.NoError(t, err)
		e := event(t, `{}`)
		_, err = h.ProcessEvent(e, nil)
		require.NoError(t, err)
		assert.Equal(t, `{"n":1}`, e.String(), "variables are the instance's own")
	}
	assert.Equal(t, 3, made)
}

func TestNames(t *testing.T) {
	assert.Equal(t, []string{"none", "store", "memory"}, []string{sdk.StateNone.String(), sdk.StateStore.String(), sdk.StateMemory.String()})
	assert.Equal(t, []string{"runEveryMinute", "runEveryHour", "runEveryDay", "runEvery?"},
		[]string{sdk.EveryMinute.String(), sdk.EveryHour.String(), sdk.EveryDay.String(), sdk.Schedule(0).String()})
	assert.Equal(t, []time.Duration{time.Minute, time.Hour, 24 * time.Hour, 0},
		[]time.Duration{sdk.EveryMinute.Period(), sdk.EveryHour.Period(), sdk.EveryDay.Period(), sdk.Schedule(0).Period()})
	assert.Equal(t, "missing null boolean number string array object", joinKinds())
	assert.Equal(t, sdk.Webhook{URL: "u", Method: "POST", Headers: map[string]string{"Content-Type": "application/json"}}, sdk.Webhook{URL: "u"}.Normal())
	assert.Equal(t, sdk.Webhook{Method: "GET", Headers: map[string]string{}}, sdk.Webhook{Method: "GET", Headers: map[string]string{}}.Normal())
}

func joinKinds() string {
	text := ""
	for k := sdk.KindMissing; k <= sdk.KindObject; k++ {
		if text != "" {
			text += " "
		}
		text += k.String()
	}
	return text
}

func TestInPlugin(t *testing.T) {
	require.EqualError(t, sdk.InPlugin("p", io.EOF), "p: EOF")
	require.EqualError(t, sdk.InPlugin("p", &sdk.LoadError{File: "a.js", Err: io.EOF}), "p: a.js: EOF")
	require.EqualError(t, sdk.InPlugin("p", &sdk.LoadError{Plugin: "q", Err: io.EOF}), "q: EOF", "has a name")
	err := sdk.InPlugin("p", errors.Join(io.EOF, &sdk.LoadError{File: "a.js", Err: io.EOF}))
	require.EqualError(t, err, "p: EOF\np: a.js: EOF")
	var load *sdk.LoadError
	require.ErrorAs(t, err, &load)
}
