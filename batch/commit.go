package batch

import (
	"context"
	"errors"
)

// commitAll writes the results in the order of the chunks, and waits for their webhooks.
func (r *run) commitAll(ctx context.Context, queue <-chan job, slots <-chan struct{}) error {
	stop := r.opts.Stop
	for {
		j, ok, err := await(ctx, r, queue, &stop)
		if err != nil {
			return err
		}
		if !ok {
			return errors.Join(r.drain(ctx), ctx.Err())
		}
		result, _, err := await(ctx, r, j.result, &stop)
		if err != nil {
			return err
		}
		if err := r.commit(ctx, j.chunk, result); err != nil {
			return err
		}
		<-slots
	}
}

// await receives from c. Meanwhile it takes in what has become of webhooks, and says once that the run
// is to stop.
func await[T any](ctx context.Context, r *run, c <-chan T, stop *<-chan struct{}) (v T, ok bool, err error) {
	for {
		select {
		case v, ok = <-c:
			return v, ok, nil
		case <-r.courier.first():
			if err := r.settle(); err != nil {
				return v, false, err
			}
		case <-*stop:
			*stop = nil
			r.notice("stopping when the records at hand are done")
		case <-ctx.Done():
			return v, false, ctx.Err()
		}
	}
}

// commit writes one result and takes it into the report. What is in
// a result that ends the run is reported, but not written.
func (r *run) commit(ctx context.Context, c *Chunk, res *result) error {
	if !c.calls {
		if err := r.cut(ctx, c, res); err != nil {
			return err
		}
	}
	if res.stop != nil {
		res.counts.Read = res.counts.ended() // the record at hand has not ended anywhere
	}
	r.agenda.take(r, c, res)
	if c.calls {
		r.durable.changed(res)
		return r.commitAside(res)
	}
	r.reporter.add(c, res)
	r.showBad(res.bad)
	if err := errors.Join(r.commitLog(res.log), res.stop); err != nil {
		return err
	}
	if err := r.pieces.gather(c, r.outputs.main.codec(c), res); err != nil {
		return err
	}
	if err := r.outputs.write(c, res); err != nil {
		return err
	}
	if err := r.webhooks(ctx, c, res.webhooks); err != nil {
		return err
	}
	r.durable.committed(c, res)
	r.recycle(res.out)
	r.recycle(res.packed)
	if !r.retains() {
		c.free()
	}
	r.progress()
	return nil
}

// retains says that a plugin of this process may still read the events of chunks that are done: because it can
// keep them, or because it was left behind in the middle of a hook.
func (r *run) retains() bool {
	return r.opts.Isolate == nil && (r.chain.retains() || r.leftBehind.Load())
}

// recycle takes back a buffer of a result.
func (r *run) recycle(buf []byte) {
	if !r.after || !r.retains() { // the hooks that come after processEvent read the output
		r.buffers.Put(buf)
	}
}

// cut is called between two chunks: it makes a checkpoint if one is due, or if the run ends here. That
// waits for the webhooks of all chunks before.
func (r *run) cut(ctx context.Context, next *Chunk, res *result) error {
	if err := r.outputs.turn(next); err != nil {
		return err
	}
	due, err := r.durable.due()
	if err != nil || !due && res.stop == nil {
		return err
	}
	if err := r.drain(ctx); err != nil {
		return err
	}
	if res.stop != nil {
		return r.durable.now()
	}
	return r.durable.cut(false)
}

// webhooks writes the webhooks of a chunk, or has them sent.
func (r *run) webhooks(ctx context.Context, c *Chunk, lines []byte) error {
	if r.courier != nil {
		return r.send(ctx, lines)
	}
	return r.outputs.side[roleWebhooks].write(c, lines)
}

// commitSetup writes what the first worker's plugins have left while they were set up.
func (r *run) commitSetup(crew crew) error {
	res := crew[0].setup
	if res == nil {
		return nil
	}
	r.agenda.early = res.jobs
	return r.commitAside(res)
}

// commitAside writes what hooks have left that were called without a record.
func (r *run) commitAside(res *result) error {
	r.reporter.aside(res)
	if err := errors.Join(r.commitLog(res.log), res.stop); err != nil {
		return err
	}
	return r.outputs.side[roleCaptured].write(nil, res.captured)
}

// commitLog shows the messages that are to be shown, and writes all to their output.
func (r *run) commitLog(b *logbook) error {
	for _, e := range b.shown {
		r.show(e)
	}
	return r.outputs.log(b.lines)
}

func (r *run) show(e LogEntry) {
	if r.opts.OnLog == nil {
		return
	}
	for i := range r.chain {
		if r.chain[i].Name == e.Plugin && r.shown[i] < MaxShownLogs {
			r.shown[i]++
			r.opts.OnLog(e)
		}
	}
}

func (r *run) showBad(bad []*RecordError) {
	for _, err := range bad {
		if r.opts.OnRecordError != nil && r.shownBad < MaxShownLogs {
			r.shownBad++
			r.opts.OnRecordError(err)
		}
	}
}

func (r *run) progress() {
	if r.opts.OnProgress == nil {
		return
	}
	report := &r.reporter.report
	p := Progress{
		Records: report.Counts.Read, Bytes: report.Bytes.Stored, BytesFull: r.size, Failures: report.Failures(),
	}
	if r.courier != nil {
		p.Webhooks, p.Settled = report.Counts.Webhooks, report.Settled()
	}
	r.opts.OnProgress(p)
}
