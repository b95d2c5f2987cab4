package batch

import (
	"context"
	"time"
)

// desk hands out what there is to do: to the workers, and to the commit in the same order.
type desk struct {
	slots chan struct{} // one for each chunk in use
	work  anyWorker     // for any worker
	jobs  sender        // for the workers: work, unless there is a partition
	first anyWorker     // for the first worker
	queue chan job      // for the commit; there is room, as it is as large as there are slots
}

func newDesk(chunks int) *desk {
	return &desk{
		slots: make(chan struct{}, chunks),
		work:  make(anyWorker),
		first: make(anyWorker),
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
func (d *desk) give(ctx context.Context, c *Chunk, to sender) error {
	j := job{chunk: c, result: make(chan *result, 1)}
	d.queue <- j
	return to.send(ctx, j)
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
	r.agenda.clock = clock
	return r.runJobs(ctx, d, clock)
}

// late runs jobs that teardownPlugin has enqueued, such as the rest of a buffer, if they are due: in new
// instances, as another process would have done in the original runtime.
func (r *run) late(ctx context.Context, w *worker) error {
	for {
		calls := r.agenda.due(r.agenda.clock)
		if calls == nil {
			break
		}
		c := &Chunk{calls: true, clock: r.agenda.clock, Data: calls}
		res, err := w.work(ctx, c)
		if err == nil {
			err = r.commit(ctx, c, res)
		}
		if err != nil {
			return err
		}
	}
	w.quit()
	return nil
}
