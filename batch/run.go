package batch

import (
	"context"
	"errors"
	"io"
	"sync/atomic"
	"time"

	"github.com/plugreel/plugreel/batch/internal/input"
	"github.com/plugreel/plugreel/batch/internal/shape"
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
		err = errors.Join(o.check(), o.Shard.check(chain, o))
	}
	if err != nil {
		return Report{Version: ReportVersion, Outcome: OutcomeFailed, Error: err.Error()}, err
	}
	r := newRun(chain, o.withDefaults(chain))
	r.start = start
	err = r.replay(ctx, src, sink)
	r.reporter.pending(r.agenda.left())
	interrupted := err != nil && (ctx.Err() != nil || errors.Is(err, ErrInterrupted))
	if ctx.Err() != nil && interrupted {
		err = context.Cause(ctx)
	}
	message := ""
	if err != nil {
		message = r.redactor.Redact(err.Error())
	}
	report := r.reporter.finish(err, interrupted, r.seconds(), message)
	report.Resumable = r.left
	if r.done {
		report.Outcome = OutcomeDone
	}
	return report, err
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
	start    time.Time
	before   time.Duration // that the run has taken in processes before this
	stopped  atomic.Bool   // reading has ended before the end, as Options.Stop was closed
	left     bool          // an unfinished run was left, to be resumed
	done     bool          // an earlier run had finished the output

	abandoned  atomic.Int64
	leftBehind atomic.Bool // a hook that may still be running
	reporter   *reporter   // of the goroutine that commits
	outputs    *outputs    // likewise, but for its codecs
	durable    *durable    // likewise; nil if the run cannot be resumed
	courier    *courier    // likewise; nil if no webhooks are sent
	agenda     agenda
	pieces     pieces
	shown      []int64 // messages that OnLog was given, by plugin
	shownBad   int     // errors that OnRecordError was given
	unsent     []int64 // webhooks that OnUndelivered was given, by plugin
	size       int64   // of all sources
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
	return r
}

// unpooled is memory that nobody takes back.
type unpooled struct{}

func (unpooled) Get(size int) []byte { return make([]byte, 0, size) }
func (unpooled) Put([]byte)          {}

// seconds is how long the run has taken so far.
func (r *run) seconds() float64 { return (r.before + time.Since(r.start)).Seconds() }

// notice tells the user something about the run as a whole.
func (r *run) notice(text string) {
	if r.opts.OnNotice != nil {
		r.opts.OnNotice(text)
	}
}

// replay is Run without the report.
func (r *run) replay(ctx context.Context, src Source, sink Sink) (err error) {
	if err := distinct(src, sink, r.opts); err != nil {
		return err
	}
	if r.durable, err = r.newDurable(src, sink); err != nil {
		return err
	}
	defer func() { err = r.letGo(err) }()
	if r.opts.Resume {
		if r.done, err = r.takeUp(ctx, src); err != nil || r.done {
			return err
		}
	}
	if d := r.durable; d != nil && d.taken != nil && d.taken.Complete {
		return r.publishRest(sink)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	if r.durable == nil {
		r.stopAtOnce(ctx, cancel)
	}
	return r.replayFrom(ctx, cancel, src, sink)
}

// takeUp goes back to the last checkpoint of an unfinished run, if there is one. done says that a
// finished one is there.
func (r *run) takeUp(ctx context.Context, src Source) (done bool, err error) {
	found, err := r.durable.takeUp()
	if err != nil {
		return false, err
	}
	if r.durable.taken != nil {
		r.durable.restore()
	}
	if found {
		return false, nil
	}
	done, err = r.durable.finished(ctx, src)
	if done && r.outputs != nil {
		err = r.outputs.discard()
	}
	return done, err
}

// stopAtOnce makes Options.Stop end a run that cannot be resumed: there is nothing to be gained by
// waiting.
func (r *run) stopAtOnce(ctx context.Context, cancel context.CancelCauseFunc) {
	stop := r.opts.Stop
	if stop == nil {
		return
	}
	r.opts.Stop = nil
	go func() {
		select {
		case <-stop:
			cancel(ErrInterrupted)
		case <-ctx.Done():
		}
	}()
}

// replayFrom is the rest of replay, when it is known where to begin.
func (r *run) replayFrom(ctx context.Context, cancel context.CancelCauseFunc, src Source, sink Sink) (err error) {
	reader, err := r.reader(ctx, src)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	crew, err := r.crew(ctx)
	if err != nil {
		return err
	}
	defer crew.quit()
	if err := r.openOutputs(sink); err != nil {
		return err
	}
	if r.courier, err = r.hire(ctx); err != nil {
		return err
	}
	err = r.work(ctx, cancel, reader, crew)
	if err := errors.Join(err, r.courier.dismiss()); err != nil {
		return err
	}
	return r.settleOutputs()
}

// settleOutputs ends a run whose records are all written, and takes the time.
func (r *run) settleOutputs() error {
	begin := time.Now()
	defer func() { r.reporter.report.SyncSeconds = time.Since(begin).Seconds() }()
	if r.durable != nil {
		return r.publish()
	}
	if err := r.opts.State.Commit(); err != nil {
		return stateError(err)
	}
	return r.outputs.publish()
}

// reader opens the source where the run is to begin.
func (r *run) reader(ctx context.Context, src Source) (ChunkReader, error) {
	var from *position
	at := position{Left: r.opts.Limit}
	if d := r.durable; d != nil && d.taken != nil {
		at = d.at
		from = &at
	}
	hints, err := peek(ctx, src, r.opts)
	if err != nil {
		return nil, err
	}
	reader, err := r.openSource(ctx, src, hints, from)
	if err != nil {
		return nil, err
	}
	if r.opts.Limit > 0 {
		reader = &limitReader{reader, at.Left}
	}
	if r.opts.Dedupe {
		dedupe := newDedupeReader(reader, r.opts)
		if err := r.catchUp(ctx, dedupe, src, hints, at); err != nil {
			return nil, errors.Join(err, reader.Close())
		}
		reader = dedupe
	}
	if r.chain.state() != sdk.StateNone {
		reader = newTimeline(reader, r.chain, r.opts.ScheduleOff, at.Clock)
	}
	return reader, nil
}

// openSource opens the source at a place, nil for the start, and makes records of what is read.
func (r *run) openSource(ctx context.Context, src Source, hints map[string]shape.Hint, from *position) (ChunkReader, error) {
	reader, err := src.Open(ctx, ReadOptions{MaxRecord: r.opts.MaxRecord, Chunks: r.inFlight, from: from, shard: r.opts.Shard})
	if err != nil {
		return nil, err
	}
	if s, ok := reader.(Sizer); ok {
		r.size = s.Size()
	}
	return &shapeReader{ChunkReader: &patientReader{ChunkReader: reader}, from: r.opts.From, hints: hints}, nil
}

// openOutputs opens all outputs, the main one first, as a dead run has left them or new.
func (r *run) openOutputs(sink Sink) error {
	found := r.durable != nil && r.durable.begun
	switch {
	case r.outputs == nil:
		r.outputs = &outputs{}
	case !found: // there is a staging directory with nothing in it that could be taken up
		if err := r.outputs.stage.Clear(); err != nil {
			return outputError(err)
		}
	}
	if err := r.outputs.open(sink, r.opts); err != nil {
		return err
	}
	if s := r.outputs.stage; s != nil && s.Stale() && !r.opts.Resume {
		r.notice("an unfinished run of this output was discarded" + r.remains())
	}
	switch {
	case r.durable == nil:
		return nil
	case found:
		return r.durable.start()
	}
	return r.durable.begin(r.outputs.stage)
}

// remains says what of a discarded run cannot be taken back.
func (r *run) remains() string {
	if r.chain.remembers(sdk.StateStore) == nil || !r.opts.State.InFile() {
		return ""
	}
	return "; what its plugins had stored by the last checkpoint stays in the state file"
}

// publish ends a run that can be resumed: it is complete first, and gets its final names then.
func (r *run) publish() error {
	if err := r.outputs.finish(); err != nil {
		return err
	}
	if err := r.durable.complete(); err != nil {
		return err
	}
	if err := r.durable.close(); err != nil {
		return err
	}
	return r.outputs.publish()
}

// publishRest ends a run that was complete and died before it had all its final names.
func (r *run) publishRest(sink Sink) error {
	if err := r.outputs.open(sink, r.opts); err != nil {
		return err
	}
	if err := r.durable.close(); err != nil {
		return err
	}
	return r.outputs.publish()
}

// letGo closes everything. An unfinished run is left to be resumed, if it can be.
func (r *run) letGo(err error) error {
	if r.durable != nil {
		err = errors.Join(err, r.durable.close())
	}
	if err == nil || r.outputs == nil || r.outputs.stage == nil {
		return err
	}
	if !r.resumable(err) {
		return errors.Join(err, r.outputs.discard())
	}
	r.left = r.outputs.stage.Unfinished()
	return errors.Join(err, r.outputs.leave())
}

// resumable says whether a run that ended with err can be resumed. What Options.Resume has found is
// never thrown away.
func (r *run) resumable(err error) bool {
	var usage *UsageError
	return r.durable != nil && (r.opts.Resume || r.durable.begun && !errors.As(err, &usage))
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

// job is a chunk, or a part of one, and the place for the result of the chunk.
type job struct {
	chunk  *Chunk
	result chan *result // of one element
	parts  *parts       // that chunk is one of; nil if it is whole
	lane   int          // of the part
}

// sender hands jobs to workers.
type sender interface {
	// send hands out a job. It waits no longer than ctx.
	send(ctx context.Context, j job) error
	// close says that there are no more.
	close()
}

// anyWorker hands a job to the first worker that is free.
type anyWorker chan job

func (c anyWorker) send(ctx context.Context, j job) error {
	select {
	case c <- j:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (c anyWorker) close() { close(c) }

// senders returns what hands jobs out, any if it makes no difference to whom, and where each worker gets them from.
func (r *run) senders(any anyWorker) (sender, func(worker int) <-chan job) {
	if r.opts.PartitionBy == "" || r.opts.Workers == 1 || len(r.chain) == 0 {
		return any, func(int) <-chan job { return any }
	}
	p := r.newPartitioner()
	return p, func(worker int) <-chan job { return p.lanes[worker] }
}

// work runs the stages: one reader, the workers, and the commit of results in the order of
// the chunks. The first that fails ends the others.
func (r *run) work(ctx context.Context, cancel context.CancelCauseFunc, reader ChunkReader, crew crew) error {
	if err := r.commitSetup(crew); err != nil {
		return err
	}
	group := stages{cancel: cancel}
	stage := group.start
	desk := newDesk(r.inFlight)
	var lane func(worker int) <-chan job
	desk.jobs, lane = r.senders(desk.work)
	stage(func() error { return r.read(ctx, reader, desk) })
	for i, w := range crew {
		stage(func() error { return w.serve(ctx, lane(i), desk.firstOnly(i)) })
	}
	stage(func() error { return r.commitAll(ctx, desk.queue, desk.slots) })
	if group.Wait() != nil {
		return context.Cause(ctx)
	}
	if r.stopped.Load() {
		return errors.Join(ErrInterrupted, r.durable.now())
	}
	return r.finish(ctx, crew)
}

// read hands out chunks, and what is to be called between them. It waits for a slot before it reads.
func (r *run) read(ctx context.Context, reader ChunkReader, desk *desk) error {
	defer desk.jobs.close()
	defer close(desk.queue)
	for {
		if err := desk.slot(ctx); err != nil {
			return err
		}
		if r.stopping() {
			return nil
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
		if err := desk.give(ctx, c, desk.jobs); err != nil {
			return err
		}
	}
}

// stopping says whether the run is to come to its end, and takes note of it.
func (r *run) stopping() bool {
	select {
	case <-r.opts.Stop:
		r.stopped.Store(true)
	default:
	}
	return r.stopped.Load()
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
		if err == nil && j.parts != nil {
			result, err = j.parts.put(w, j.lane, result)
		}
		if err != nil {
			return err
		}
		if result != nil {
			j.result <- result
		}
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
