package batch

import (
	"context"
	"errors"
	"io"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/plugreel/plugreel/batch/internal/input"
	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/sdk"
)

// Run reads every record of src, takes it through the chain, and writes what is left to sink,
// in the order of the input.
//
// Nothing has its final name unless Run returns nil; the report is valid in any case. A failed
// hook, a bad record and a webhook that does not arrive are no errors: see [Report.Failures]. What
// Options.Deliverer has sent stays sent, whatever Run returns. Run prints nothing and changes
// nothing global; it may be called several times at once. A hook that does not listen when ctx
// ends is left behind with its goroutine after a second.
//
// Errors: *[UsageError]; *[manifest.SetupError] if a plugin does not load or set up;
// *[IOError]; [ErrStopped]; [ErrTooManyAbandoned]; ctx's cause.
func Run(ctx context.Context, chain Chain, src Source, sink Sink, o Options) (Report, error) {
	start := time.Now()
	chain, err := chain.named()
	if err == nil {
		err = o.Isolate.check()
	}
	if err != nil {
		return Report{Version: ReportVersion, Outcome: OutcomeFailed, Error: err.Error()}, err
	}
	r := newRun(chain, o.withDefaults(chain))
	err = r.replay(ctx, src, sink)
	r.reporter.pending(r.agenda.left())
	interrupted := err != nil && ctx.Err() != nil
	if interrupted {
		err = context.Cause(ctx)
	}
	message := ""
	if err != nil {
		message = r.redactor.Redact(err.Error())
	}
	return r.reporter.finish(err, interrupted, time.Since(start), message), err
}

// run is one call of Run.
type run struct {
	chain    Chain
	opts     Options
	redactor *manifest.Redactor
	digest   []byte // of the chain, for keys of webhooks; nil if none are sent
	after    bool   // a plugin has onEvent or composeWebhook
	jobs     bool   // a plugin has jobs, and they run
	started  bool   // the first worker's plugins are set up
	inFlight int    // chunks in use at the same time, at most
	buffers  input.Buffers

	abandoned atomic.Int64
	reporter  *reporter // of the goroutine that commits
	outputs   *outputs  // likewise, but for its codecs
	courier   *courier  // likewise; nil if no webhooks are sent
	agenda    agenda
	pieces    pieces
	shown     []int64 // messages that OnLog was given, by plugin
	shownBad  int     // errors that OnRecordError was given
	unsent    []int64 // webhooks that OnUndelivered was given, by plugin
	size      int64   // of all sources
}

func newRun(chain Chain, o Options) *run {
	r := &run{
		chain: chain, opts: o, redactor: chain.Redactor(),
		after:    chain.has(sdk.HookOnEvent, sdk.HookComposeWebhook),
		jobs:     chain.has(sdk.HookJobs) && !o.ScheduleOff,
		agenda:   agenda{off: o.ScheduleOff, waiting: make([]int64, len(chain))},
		inFlight: o.Workers + 2,
		reporter: newReporter(chain, o),
		shown:    make([]int64, len(chain)),
		unsent:   make([]int64, len(chain)),
	}
	if o.Deliverer != nil {
		r.digest = chain.digest()
	}
	r.buffers = input.NewPool(r.inFlight, maxPooled)
	if r.after {
		r.buffers = unpooled{} // an event that a plugin has kept reads the output
	}
	return r
}

// unpooled is memory that nobody takes back.
type unpooled struct{}

func (unpooled) Get(size int) []byte { return make([]byte, 0, size) }
func (unpooled) Put([]byte)          {}

// replay is Run without the report.
func (r *run) replay(ctx context.Context, src Source, sink Sink) (err error) {
	if err := distinct(src, sink, r.opts); err != nil {
		return err
	}
	reader, err := src.Open(ctx, ReadOptions{MaxRecord: r.opts.MaxRecord, Chunks: r.inFlight})
	if err != nil {
		return err
	}
	if s, ok := reader.(Sizer); ok {
		r.size = s.Size()
	}
	reader = &patientReader{ChunkReader: reader}
	defer func() { err = errors.Join(err, reader.Close()) }()
	if r.opts.Limit > 0 {
		reader = &limitReader{reader, r.opts.Limit}
	}
	if r.chain.state() != sdk.StateNone {
		reader = newTimeline(reader, r.chain, r.opts.ScheduleOff)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	crew, err := r.crew(ctx)
	if err != nil {
		return err
	}
	defer crew.quit()
	if r.outputs, err = openOutputs(sink, r.opts); err != nil {
		return err
	}
	if r.courier, err = r.hire(ctx); err != nil {
		return errors.Join(err, r.outputs.discard())
	}
	err = r.work(ctx, cancel, reader, crew)
	if err := errors.Join(err, r.courier.dismiss()); err != nil {
		return errors.Join(err, r.outputs.discard())
	}
	if err := r.opts.State.Commit(); err != nil {
		return errors.Join(&IOError{Op: "write", Path: "state", Err: err}, r.outputs.discard())
	}
	return r.outputs.commit()
}

// crew is the workers of a run.
type crew []*worker

// crew makes the workers and sets the first one up, so that a plugin that cannot be set up
// is found before anything is read. The others follow when there is work for them.
func (r *run) crew(ctx context.Context) (crew, error) {
	c := make(crew, r.opts.Workers)
	for i := range c {
		c[i] = &worker{run: r, first: i == 0}
	}
	if len(r.chain) == 0 {
		return c, nil
	}
	if err := c[0].start(ctx); err != nil {
		return nil, err
	}
	r.started = true
	return c, nil
}

func (c crew) quit() {
	for _, w := range c {
		w.quit()
	}
}

// job is a chunk and the place for its result.
type job struct {
	chunk  *Chunk
	result chan *result // of one element
}

// work runs the stages: one reader, the workers, and the commit of results in the order of
// the chunks. The first that fails ends the others.
func (r *run) work(ctx context.Context, cancel context.CancelCauseFunc, reader ChunkReader, crew crew) error {
	if err := r.commitSetup(crew); err != nil {
		return err
	}
	var group errgroup.Group
	stage := func(f func() error) {
		group.Go(func() error {
			err := f()
			if err != nil {
				cancel(err)
			}
			return err
		})
	}
	desk := newDesk(r.inFlight)
	stage(func() error { return r.read(ctx, reader, desk) })
	for i, w := range crew {
		stage(func() error { return w.serve(ctx, desk.work, desk.firstOnly(i)) })
	}
	stage(func() error { return r.commitAll(ctx, desk.queue, desk.slots) })
	if group.Wait() != nil {
		return context.Cause(ctx)
	}
	return r.finish(ctx, crew)
}

// read hands out chunks, and what is to be called between them. It waits for a slot before it reads.
func (r *run) read(ctx context.Context, reader ChunkReader, desk *desk) error {
	defer close(desk.work)
	defer close(desk.queue)
	for {
		if err := desk.slot(ctx); err != nil {
			return err
		}
		c, err := reader.Next(ctx)
		if err == io.EOF {
			return r.end(ctx, desk, clockOf(reader))
		}
		if err != nil {
			return err
		}
		if err := r.between(ctx, desk, c); err != nil {
			return err
		}
		if err := desk.give(ctx, c, desk.work); err != nil {
			return err
		}
	}
}

// serve works on chunks until there are no more. own is work that only this worker does; nil
// means none.
func (w *worker) serve(ctx context.Context, work, own <-chan job) error {
	for {
		var j job
		select {
		case next, ok := <-work:
			if !ok {
				return nil
			}
			j = next
		case j = <-own:
		}
		result, err := w.work(ctx, j.chunk)
		if err != nil {
			return err
		}
		j.result <- result
	}
}

// finish calls teardownPlugin of every instance, worker by worker.
func (r *run) finish(ctx context.Context, crew crew) error {
	for _, w := range crew {
		result, err := w.finish(ctx)
		if err != nil {
			return err
		}
		if result == nil {
			continue
		}
		if err := r.commit(ctx, &Chunk{calls: true, clock: r.agenda.clock}, result); err != nil {
			return err
		}
	}
	return r.late(ctx, crew[0])
}
