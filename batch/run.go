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
	traced   bool   // what became of each record is known: result.cuts, and a sample of every failure
	started  bool   // the first worker's plugins are set up
	inFlight int    // chunks in use at the same time, at most
	buffers  input.Buffers

	abandoned atomic.Int64
	reporter  *reporter // of the goroutine that commits
	outputs   *outputs  // likewise, but for its codecs
	courier   *courier  // likewise; nil if no webhooks are sent
	shown     []int64   // messages that OnLog was given, by plugin
	shownBad  int       // errors that OnRecordError was given
	unsent    []int64   // webhooks that OnUndelivered was given, by plugin
	size      int64     // of all sources
}

func newRun(chain Chain, o Options) *run {
	r := &run{
		chain: chain, opts: o, redactor: chain.Redactor(),
		after:    chain.has(sdk.HookOnEvent, sdk.HookComposeWebhook),
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
	reader, err := r.reader(ctx, src, r.chain.state() != sdk.StateNone)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
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

// reader opens the source. clock says that the run's clock is needed.
func (r *run) reader(ctx context.Context, src Source, clock bool) (ChunkReader, error) {
	reader, err := src.Open(ctx, ReadOptions{MaxRecord: r.opts.MaxRecord, Chunks: r.inFlight})
	if err != nil {
		return nil, err
	}
	if s, ok := reader.(Sizer); ok {
		r.size = s.Size()
	}
	reader = &patientReader{ChunkReader: reader}
	if r.opts.Limit > 0 {
		reader = &limitReader{reader, r.opts.Limit}
	}
	if clock {
		reader = &clockReader{ChunkReader: reader}
	}
	return reader, nil
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
	slots := make(chan struct{}, r.inFlight)
	jobs := make(chan job)
	queue := make(chan job, r.inFlight)
	stage(func() error { return read(ctx, reader, slots, jobs, queue) })
	for _, w := range crew {
		stage(func() error { return w.serve(ctx, jobs) })
	}
	stage(func() error { return r.commitAll(ctx, queue, slots) })
	if group.Wait() != nil {
		return context.Cause(ctx)
	}
	return r.finish(ctx, crew)
}

// read hands out chunks: to the workers, and to the commit in their order. It waits for a
// slot, of which there is one for each chunk in use, before it reads.
func read(ctx context.Context, reader ChunkReader, slots chan<- struct{}, jobs, queue chan<- job) error {
	defer close(jobs)
	defer close(queue)
	for {
		select {
		case slots <- struct{}{}:
		case <-ctx.Done():
			return ctx.Err()
		}
		c, err := reader.Next(ctx)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		j := job{chunk: c, result: make(chan *result, 1)}
		queue <- j // there is room: it is as large as there are slots
		select {
		case jobs <- j:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// serve works on chunks until there are no more.
func (w *worker) serve(ctx context.Context, jobs <-chan job) error {
	for j := range jobs {
		result, err := w.work(ctx, j.chunk)
		if err != nil {
			return err
		}
		j.result <- result
	}
	return nil
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
		r.reporter.plugins(result)
		if err := r.commitLog(result.log); err != nil {
			return err
		}
	}
	return nil
}
