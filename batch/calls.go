package batch

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"github.com/plugreel/plugreel/sdk"
)

// call is a call that no record asks for, of a scheduled task or a job. It goes to a worker as a
// line of a chunk, so that all that holds for records holds for it: it is done again if it is
// lost, its gains cross from worker processes, and the line is what its clock and its randomness
// depend on.
type call struct {
	at      time.Time
	plugin  int
	hook    string
	job     string // its name
	payload []byte // JSON on one line; nil means none
	number  int64  // of the job
}

// append appends the line of a call.
func (c call) append(dst []byte) []byte {
	w := lineWriter{buf: dst}
	w.text("now", c.at.Format(time.RFC3339Nano))
	w.number("plugin", int64(c.plugin))
	w.text("hook", c.hook)
	if c.hook == sdk.HookJobs {
		w.text("job", c.job)
		w.number("number", c.number)
	}
	if c.payload != nil {
		w.raw("payload", c.payload)
	}
	return w.end()
}

// readCall reads what append wrote: its payload is returned beside it.
func readCall(line []byte) (call, sdk.Value) {
	e, err := sdk.NewEvent(line)
	if err != nil {
		panic("batch: a call is no JSON object: " + err.Error())
	}
	c := call{plugin: int(e.Get("plugin").IntOr(0)), hook: e.Get("hook").StrOr(""), job: e.Get("job").StrOr("")}
	return c, e.Get("payload")
}

// ahead is the call that a worker process had not made when it died; none if it had made all.
func (p *progress) ahead() site {
	line, _, found := bytes.Cut(p.chunk.Data[p.from:], []byte{'\n'})
	if !found {
		return site{}
	}
	c, _ := readCall(line)
	return site{c.plugin, c.hook}
}

// scheduled makes the call at hand.
func (h *hand) scheduled() fate {
	h.uuid = ""
	h.clock.Record(h.p.record)
	c, payload := readCall(h.p.record)
	in := h.instances[c.plugin]
	err := h.p.givenError(c.plugin, c.hook)
	switch {
	case err != nil:
	case c.hook == sdk.HookJobs:
		err = h.callJob(in, c.job, payload)
	default:
		err = h.callTask(in, c.hook)
	}
	if err != nil && c.hook == sdk.HookJobs {
		err = &jobError{c.job, bare(err)}
	}
	return h.settled(c.plugin, c.hook, err)
}

// callTask calls a scheduled task.
func (h *hand) callTask(in *instance, hook string) error {
	for schedule, task := range in.hooks.RunEvery {
		if schedule.String() == hook {
			return h.callMeta(in, hook, task)
		}
	}
	return fmt.Errorf("this instance of the plugin has no %s", hook)
}

func (h *hand) callJob(in *instance, name string, payload sdk.Value) (err error) {
	job := in.hooks.Jobs[name]
	if job == nil {
		return &unknownJobError{name, h.run.chain[in.plugin].Name}
	}
	h.enter(in, sdk.HookJobs)
	defer h.leave(in, &err)
	err = job(payload, in.meta)
	h.returned = true
	return err
}

// unknownJobError is the failure of a job that the plugin does not have, in the words of the original
// runtime, which noticed it no earlier either.
type unknownJobError struct{ job, plugin string }

func (e *unknownJobError) Error() string {
	return fmt.Sprintf("Task %q not found for plugin %q", e.job, e.plugin)
}

// jobError is the failure of a job.
type jobError struct {
	job string
	err error
}

func (e *jobError) Error() string { return e.job + ": " + e.err.Error() }
func (e *jobError) Unwrap() error { return e.err }

// fail counts and describes a failure of which nobody but the run knows.
func (res *result) fail(r *run, c *Chunk, f failure) {
	message := r.message(f.err)
	res.plugins[f.plugin].of(f.hook).failed++
	res.samples = append(res.samples, sample{f.plugin, f.hook, Sample{Error: message}})
	e := LogEntry{Time: c.clock, Plugin: r.chain[f.plugin].Name, Level: sdk.LevelError, Message: f.hook + ": " + message}
	res.log.write(f.plugin, e, r.opts.Logs != nil)
}

// desk hands out what there is to do: to the workers, and to the commit in the same order.
type desk struct {
	slots chan struct{} // one for each chunk in use
	work  chan job      // for any worker
	first chan job      // for the first worker
	queue chan job      // for the commit; there is room, as it is as large as there are slots
}

func newDesk(chunks int) *desk {
	return &desk{
		slots: make(chan struct{}, chunks),
		work:  make(chan job),
		first: make(chan job),
		queue: make(chan job, chunks),
	}
}

// firstOnly is the work that only the first worker does, for worker number i.
func (d *desk) firstOnly(i int) <-chan job {
	if i > 0 {
		return nil
	}
	return d.first
}

// slot waits for a slot.
func (d *desk) slot(ctx context.Context) error {
	select {
	case d.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// give hands a chunk out. The caller has a slot for it, which the commit frees.
func (d *desk) give(ctx context.Context, c *Chunk, to chan<- job) error {
	j := job{chunk: c, result: make(chan *result, 1)}
	d.queue <- j
	select {
	case to <- j:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// quiet waits until all that was handed out is committed. The caller has one slot and keeps it.
func (d *desk) quiet(ctx context.Context) error {
	others := cap(d.slots) - 1
	for range others {
		if err := d.slot(ctx); err != nil {
			return err
		}
	}
	for range others {
		<-d.slots
	}
	return nil
}

// call has the first worker make calls, and waits until they are committed. The caller has a slot.
func (d *desk) call(ctx context.Context, clock time.Time, calls []byte) error {
	if err := d.slot(ctx); err != nil {
		return err
	}
	if err := d.give(ctx, &Chunk{calls: true, clock: clock, Data: calls}, d.first); err != nil {
		return err
	}
	return d.quiet(ctx)
}

// between makes the calls that are due before a chunk: of jobs, then of tasks, then of jobs that the
// tasks have enqueued. It waits for everything before.
func (r *run) between(ctx context.Context, d *desk, c *Chunk) error {
	if len(c.ticks) == 0 && !r.jobs {
		return nil
	}
	if err := d.quiet(ctx); err != nil {
		return err
	}
	r.agenda.begin(c.clock)
	if err := r.runJobs(ctx, d, c.clock); err != nil || len(c.ticks) == 0 {
		return err
	}
	if err := d.call(ctx, c.clock, r.tasks(c.ticks)); err != nil {
		return err
	}
	return r.runJobs(ctx, d, c.clock)
}

// runJobs runs what is due, also what comes to be due by that.
func (r *run) runJobs(ctx context.Context, d *desk, clock time.Time) error {
	for {
		calls := r.agenda.due(clock)
		if calls == nil {
			return nil
		}
		if err := d.call(ctx, clock, calls); err != nil {
			return err
		}
	}
}

// tasks are the calls of what is due: plugin by plugin in the order of the chain, and of each the longest
// period first.
func (r *run) tasks(ticks []tick) []byte {
	var calls []byte
	for i, p := range r.chain {
		for _, t := range ticks {
			if p.has(t.schedule) {
				calls = call{at: t.at, plugin: i, hook: t.schedule.String()}.append(calls)
			}
		}
	}
	return calls
}

// end runs the jobs that are due when the input has ended.
func (r *run) end(ctx context.Context, d *desk, clock time.Time) error {
	if err := d.quiet(ctx); err != nil {
		return err
	}
	r.agenda.begin(clock)
	return r.runJobs(ctx, d, clock)
}
