package batch

import (
	"context"
	"errors"
	"runtime"

	"github.com/plugreel/plugreel/batch/internal/eventtime"
	"github.com/plugreel/plugreel/batch/internal/shape"
	"github.com/plugreel/plugreel/batch/internal/watchdog"
	"github.com/plugreel/plugreel/sdk"
)

// hand does the work of a worker: a goroutine of its own with one instance of every plugin.
// When a plugin hangs in it for good, the worker leaves it behind and takes a new one.
type hand struct {
	run   *run
	ctx   context.Context
	guard *watchdog.Guard
	port  *port // nil unless this is a worker process

	arena     *sdk.Arena
	shaper    *shape.Shaper
	clock     eventtime.Clock
	instances []*instance

	p        *progress // nil between tasks
	record   shape.Record
	plain    []byte // the record as it leaves the chain, if the output has another shape
	uuid     string // of p.record, once known
	recycles bool   // nobody reads events once they are done
	book     *logbook

	at       site // the hook call under way, or the last
	returned bool // it has returned

	tasks chan func() error
	done  chan error
	ended chan struct{}
}

// site names a hook call.
type site struct {
	plugin int
	hook   string
}

// lostError says that a hand did not finish a task and is to be left behind.
type lostError struct {
	site
	err       error
	abandoned bool // it is still running
}

func (e *lostError) Error() string { return e.err.Error() }
func (e *lostError) Unwrap() error { return e.err }

var errGoexit = errors.New("the hook ended its goroutine")

func (r *run) newHand(ctx context.Context) *hand {
	arena := sdk.NewArena()
	h := &hand{
		run: r, ctx: ctx, guard: watchdog.New(r.opts.Timeout, r.opts.heap()),
		arena: arena, shaper: shape.New(arena, r.opts.TeamID),
		book:  newLogbook(len(r.chain)),
		clock: eventtime.Clock{Start: r.opts.ClockStart},
		tasks: make(chan func() error), done: make(chan error, 1), ended: make(chan struct{}),
	}
	go h.loop()
	go h.guard.Watch(ctx, h.ended)
	return h
}

func (h *hand) loop() {
	defer close(h.ended)
	for task := range h.tasks {
		h.done <- task()
	}
}

// do runs a task in the hand's goroutine. After a *lostError the hand is of no use any more,
// and what the task works on must not be touched but through progress.takeOver.
func (h *hand) do(task func() error) error {
	h.tasks <- task
	select {
	case err := <-h.done:
		return err
	case <-h.guard.Abandoned():
		err := error(&stoppedError{cause: sdk.ErrTimeout, limit: h.run.opts.Timeout})
		if h.ctx.Err() != nil {
			err = context.Cause(h.ctx)
		}
		return &lostError{site: h.at, err: err, abandoned: true}
	case <-h.ended:
		return &lostError{site: h.at, err: errGoexit}
	}
}

// settle ends the guarded part of a hook call. If the call was abandoned it ends the goroutine:
// somebody else goes on with everything that this one was about to touch.
func (h *hand) settle() {
	if !h.guard.Leave() {
		runtime.Goexit()
	}
}

// retire ends the goroutine of a hand that is at rest, and frees its instances.
func (h *hand) retire() {
	for _, in := range h.instances {
		in.close()
	}
	close(h.tasks)
	<-h.ended
}

// open makes an instance of every plugin. muted says that nobody wants to hear of what they do in
// setupPlugin.
func (h *hand) open(p *progress, muted bool) error {
	h.p, h.book = p, p.result.log
	defer func() { h.p = nil }()
	h.instances = make([]*instance, len(h.run.chain))
	for i := range h.instances {
		in, err := h.newInstance(i, muted)
		if err != nil {
			return err
		}
		h.instances[i] = in
	}
	return nil
}

// restart replaces an instance that cannot be called again.
func (h *hand) restart(i int) error {
	h.instances[i].close()
	h.instances[i] = nil
	in, err := h.newInstance(i, true)
	if err != nil {
		return err
	}
	h.instances[i] = in
	h.p.result.plugins[i].restarts++
	return nil
}

// teardown lets every plugin end. Failures are counted in the result, which has no records.
func (h *hand) teardown(p *progress, muted bool) error {
	h.clock.Record(nil)
	h.p, h.book = p, p.result.log
	defer func() { h.p = nil }()
	for i, in := range h.instances {
		if in.hooks.TeardownPlugin == nil {
			continue
		}
		in.log.muted = muted
		in.muted = muted && h.run.chain[i].Program.Info().State != sdk.StateMemory // what it remembers is its own
		counts := &p.result.plugins[i].teardown
		err := h.callMeta(in, sdk.HookTeardownPlugin, in.hooks.TeardownPlugin)
		counts.time += in.timer.take()
		if err == nil {
			counts.ok++
			continue
		}
		counts.failed++
		message := h.run.message(err)
		p.result.samples = append(p.result.samples, sample{i, sdk.HookTeardownPlugin, Sample{Error: message}})
		if !muted {
			h.log(i, sdk.LevelError, sdk.HookTeardownPlugin+": "+message)
		}
	}
	return nil
}

// log writes a message of a plugin.
func (h *hand) log(plugin int, level sdk.Level, message string) {
	everything := h.run.opts.Logs != nil
	if !everything && !h.book.shows(plugin, level) {
		h.book.countOnly(plugin, level)
		return
	}
	e := LogEntry{
		Time:    h.clock.Base(),
		Plugin:  h.run.chain[plugin].Name,
		Level:   level,
		Message: h.run.redactor.Redact(message),
	}
	if h.p != nil && h.p.record != nil && !h.p.chunk.calls {
		e.Source, e.UUID = h.p.place.String(), h.recordUUID()
	}
	h.book.write(plugin, e, everything)
}

// recordUUID reads the uuid of the record at hand, as it stands in the source.
func (h *hand) recordUUID() string {
	if h.uuid == "" {
		if e, err := sdk.NewEvent(h.p.record); err == nil {
			h.uuid = e.UUID()
		}
	}
	return h.uuid
}
