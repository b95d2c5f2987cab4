package batch

import (
	"context"
	"errors"
)

// commitAll writes the results in the order of the chunks.
func (r *run) commitAll(ctx context.Context, queue <-chan job, slots <-chan struct{}) error {
	stop := r.opts.Stop
	for j := range queue {
		var result *result
		for result == nil {
			select {
			case result = <-j.result:
			case <-stop:
				stop = nil
				r.notice("stopping when the records at hand are done")
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		if err := r.commit(j.chunk, result); err != nil {
			return err
		}
		<-slots
	}
	return ctx.Err()
}

// commit writes one result and takes it into the report. What is in
// a result that ends the run is reported, but not written.
func (r *run) commit(c *Chunk, res *result) error {
	if err := r.cut(c, res); err != nil {
		return err
	}
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
	r.durable.committed(c, res)
	r.buffers.Put(res.out)
	r.buffers.Put(res.packed)
	if len(r.chain) == 0 || r.opts.Isolate != nil {
		c.free() // no plugin of this process has seen it
	}
	r.progress()
	return nil
}

// cut is called between two chunks: it makes a checkpoint if one is due, or if the run ends here.
func (r *run) cut(next *Chunk, res *result) error {
	if err := r.outputs.turn(next); err != nil {
		return err
	}
	if res.stop != nil {
		return r.durable.now()
	}
	return r.durable.due()
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
	r.opts.OnProgress(Progress{
		Records: report.Counts.Read, Bytes: report.Bytes.Stored, BytesFull: r.size, Failures: report.Failures(),
	})
}
