package batch

import (
	"context"
	"errors"
)

// commitAll writes the results in the order of the chunks, and waits for their webhooks.
func (r *run) commitAll(ctx context.Context, queue <-chan job, slots <-chan struct{}) error {
	for {
		j, ok, err := await(ctx, r, queue)
		if err != nil {
			return err
		}
		if !ok {
			return errors.Join(r.drain(ctx), ctx.Err())
		}
		result, _, err := await(ctx, r, j.result)
		if err != nil {
			return err
		}
		if err := r.commit(ctx, j.chunk, result); err != nil {
			return err
		}
		<-slots
	}
}

// await receives from c. Meanwhile it takes in what has become of webhooks.
func await[T any](ctx context.Context, r *run, c <-chan T) (v T, ok bool, err error) {
	for {
		select {
		case v, ok = <-c:
			return v, ok, nil
		case <-r.courier.first():
			if err := r.settle(); err != nil {
				return v, false, err
			}
		case <-ctx.Done():
			return v, false, ctx.Err()
		}
	}
}

// commit writes one result and takes it into the report. What is in
// a result that ends the run is reported, but not written.
func (r *run) commit(ctx context.Context, c *Chunk, res *result) error {
	if res.stop != nil {
		res.counts.Read = res.counts.ended() // the record at hand has not ended anywhere
	}
	r.reporter.add(c, res)
	r.showBad(res.bad)
	if err := errors.Join(r.commitLog(res.log), res.stop); err != nil {
		return err
	}
	if err := r.outputs.write(c, res); err != nil {
		return err
	}
	if err := r.webhooks(ctx, c, res.webhooks); err != nil {
		return err
	}
	r.buffers.Put(res.out)
	r.buffers.Put(res.packed)
	if r.blind() {
		c.free()
	}
	r.progress()
	return nil
}

// blind says that no plugin of this process sees the input.
func (r *run) blind() bool { return len(r.chain) == 0 || r.opts.Isolate != nil }

// webhooks writes the webhooks of a chunk, or has them sent.
func (r *run) webhooks(ctx context.Context, c *Chunk, lines []byte) error {
	if r.courier != nil {
		return r.send(ctx, lines)
	}
	return r.outputs.side[roleWebhooks].write(c, lines)
}

// commitSetup writes what was logged while the first worker's plugins were set up.
func (r *run) commitSetup(crew crew) error {
	h := crew[0].hand
	if h == nil {
		return nil
	}
	book := h.setupLog()
	r.reporter.log(book)
	return r.commitLog(book)
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
