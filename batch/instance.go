package batch

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/plugreel/plugreel/batch/internal/stream"
	"github.com/plugreel/plugreel/sdk"
)

// instance is one running copy of a plugin.
type instance struct {
	plugin int
	hooks  *sdk.Hooks
	meta   *sdk.PluginMeta
	log    *pluginLog
	muted  bool // nobody wants to hear of what it hands out: another instance does the same
	timer  stopwatch
	random stream.Stream
}

// maxAttempts is how often setupPlugin and onEvent are called as long as they ask for another
// attempt. The original runtime waited for firstPause, and each time twice as long; here the
// plugin's clock is moved on instead.
// Source: fact sheet sections 2.4 and 2.5.
const (
	maxAttempts = 5
	firstPause  = 5 * time.Second
)

// attempts makes a hook call again as long as its error asks for that.
func (h *hand) attempts(call func() error) error {
	defer h.clock.Wait(0)
	var waited time.Duration
	for n := 1; ; n++ {
		err := call()
		if retry := (*sdk.RetryError)(nil); n == maxAttempts || !errors.As(err, &retry) || fatal(err) || h.ctx.Err() != nil {
			return err
		}
		waited += firstPause << (n - 1)
		h.clock.Wait(waited)
	}
}

// newInstance makes an instance of plugin i and sets it up. Errors say which plugin and which
// config keys.
func (h *hand) newInstance(i int, muted bool) (*instance, error) {
	p := &h.run.chain[i]
	in := &instance{
		plugin: i, hooks: &sdk.Hooks{}, muted: muted,
		log:    &pluginLog{hand: h, plugin: i, muted: muted},
		random: stream.Stream{Seed: h.run.opts.Seed, Plugin: p.Name},
	}
	var err error
	in.meta, err = sdk.NewMeta(h.metaConfig(in))
	if err != nil {
		return nil, p.setupError(fmt.Errorf("config: %w", err))
	}
	if err := h.load(in, p.Program); err != nil {
		return nil, p.setupError(err)
	}
	if err := h.setup(in); err != nil {
		in.close()
		err = &sdk.PluginError{Plugin: p.Name, Hook: sdk.HookSetupPlugin, Err: bare(err)}
		return nil, p.setupError(err)
	}
	in.muted, in.log.muted = false, false
	return in, nil
}

// load runs the top-level code of a plugin.
func (h *hand) load(in *instance, program sdk.Program) (err error) {
	ctx := h.enter(in, sdk.HookSetupPlugin)
	defer h.leave(in, &err)
	hooks, err := program.New(ctx, in.meta)
	if err == nil {
		in.hooks = hooks
	}
	h.returned = true
	return err
}

func (h *hand) setup(in *instance) error {
	if in.hooks.SetupPlugin == nil {
		return nil
	}
	return h.attempts(func() error { return h.callMeta(in, sdk.HookSetupPlugin, in.hooks.SetupPlugin) })
}

// callMeta calls a hook that takes no event.
func (h *hand) callMeta(in *instance, name string, hook func(*sdk.PluginMeta) error) (err error) {
	h.enter(in, name)
	defer h.leave(in, &err)
	err = hook(in.meta)
	h.returned = true
	return err
}

// close frees what the engine holds; nil has nothing. How that went changes nothing any more.
func (in *instance) close() {
	if in == nil || in.hooks.Close == nil {
		return
	}
	defer func() { _ = recover() }()
	_ = in.hooks.Close()
}

// enter begins a hook call and returns its context.
func (h *hand) enter(in *instance, hook string) context.Context {
	h.at, h.returned = site{in.plugin, hook}, false
	h.port.enter(in.plugin, hook)
	h.clock.Call()
	in.random.Call(hook, h.rawRecord())
	in.timer.begin()
	in.meta.Begin(h.ctx)
	h.guard.Enter(in.meta)
	return h.ctx
}

// leave ends a hook call; it is deferred. A panic of the plugin becomes the call's error. If
// the call was stopped, the reason is its error, whatever the hook has returned.
func (h *hand) leave(in *instance, err *error) {
	if v := recover(); v != nil {
		*err = &panicError{value: v, stack: debug.Stack()}
	} else if !h.returned {
		return // the hook ends its goroutine
	}
	h.settle()
	in.timer.end()
	if cause := in.meta.End(); cause != nil {
		*err = &stoppedError{cause: cause, limit: h.run.opts.Timeout}
	}
}

// panicError is a panic of a compiled-in plugin.
type panicError struct {
	value any
	stack []byte
}

func (e *panicError) Error() string { return fmt.Sprintf("panic: %v", e.value) }

// Stack returns the stack of the goroutine that panicked.
func (e *panicError) Stack() string { return string(e.stack) }

// Unwrap returns the value that the plugin panicked with, if it is an error.
func (e *panicError) Unwrap() error {
	err, _ := e.value.(error)
	return err
}

// stoppedError is the end of a call that was broken off.
type stoppedError struct {
	cause error
	limit time.Duration
}

func (e *stoppedError) Error() string {
	if errors.Is(e.cause, sdk.ErrTimeout) {
		return fmt.Sprintf("got no answer in %v; raise the timeout if that is expected", e.limit)
	}
	return e.cause.Error()
}

func (e *stoppedError) Unwrap() error { return e.cause }

// fatal says whether an instance cannot be called again after err.
func fatal(err error) bool {
	var stopped *stoppedError
	return errors.As(err, &stopped) || errors.Is(err, sdk.ErrInstanceDead)
}

// bare is what an engine reports, without the names that this package adds itself.
func bare(err error) error {
	var e *sdk.PluginError
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}

// stopwatch measures the calls of an instance without looking at the clock for each.
// Short calls are measured now and then, and count for those that were not.
type stopwatch struct {
	calls int
	slow  bool // the last call measured was not short
	start time.Time
	took  time.Duration // by the call that has ended; 0 if it was not measured
}

const (
	measuredCalls = 64 // that are all measured, at the beginning
	measuredEvery = 16 // of the short ones after them
	shortCall     = 50 * time.Microsecond
)

func (s *stopwatch) begin() {
	s.calls++
	s.took, s.start = 0, time.Time{}
	if s.weight() > 0 {
		s.start = time.Now()
	}
}

// weight is how many calls the one under way counts for, 0 if it is not measured.
func (s *stopwatch) weight() time.Duration {
	switch {
	case s.slow || s.calls <= measuredCalls:
		return 1
	case s.calls%measuredEvery == 0:
		return measuredEvery
	}
	return 0
}

func (s *stopwatch) end() {
	if s.start.IsZero() {
		return
	}
	d := time.Since(s.start)
	s.took = d * s.weight()
	s.slow = d > shortCall
}

// take returns the time of the call that has ended, once.
func (s *stopwatch) take() time.Duration {
	took := s.took
	s.took = 0
	return took
}
