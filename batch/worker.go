package batch

import (
	"bytes"
	"context"
	"errors"

	"github.com/plugreel/plugreel/batch/internal/output"
	"github.com/plugreel/plugreel/batch/internal/shape"
	"github.com/plugreel/plugreel/sdk"
)

// worker is a function from one chunk to one result, with the instances that it needs. What it
// returns does not depend on which worker it is, nor on what it did before (unless a plugin
// keeps state). Calls must not overlap.
type worker struct {
	run   *run
	first bool    // its plugins' setupPlugin and teardownPlugin are the ones that are heard
	setup *result // of the last setupPlugin
	hand  executor

	encoders map[output.Codec]*output.Encoder
}

// executor does the work of a worker: a hand in this process, or a process of its own. After a
// *lostError it is of no use any more, and what it worked on goes on through
// progress.takeOver.
type executor interface {
	open(p *progress, muted bool) error // makes an instance of every plugin
	chunk(p *progress) error
	teardown(p *progress, muted bool) error
	retire() // frees the instances
}

// local is a hand as an executor.
type local struct{ *hand }

func (l local) open(p *progress, muted bool) error {
	return l.do(func() error { return l.hand.open(p, muted) })
}

func (l local) chunk(p *progress) error { return l.do(func() error { return l.hand.chunk(p) }) }

func (l local) teardown(p *progress, muted bool) error {
	return l.do(func() error { return l.hand.teardown(p, muted) })
}

func (r *run) newExecutor(ctx context.Context) (executor, error) {
	if r.opts.Isolate != nil {
		return r.newProcess(ctx)
	}
	return local{r.newHand(ctx)}, nil
}

// work makes a result of a chunk. Errors are ctx's; what else ends the run is in the result, so
// that it does so in its turn.
func (w *worker) work(ctx context.Context, c *Chunk) (*result, error) {
	res, err := w.records(ctx, c)
	if err == nil && res.stop == nil && !c.parted {
		err = w.pack(c, res)
	}
	if err == nil && res.stop == nil && w.run.durable.takesState() {
		res.state, err = w.run.opts.State.Take()
	}
	return res, err
}

// pack compresses the output of a chunk, if that is done chunk by chunk; pieces are gathered first.
func (w *worker) pack(c *Chunk, res *result) (err error) {
	if c.calls || c.piece {
		return nil
	}
	codec := w.run.outputs.main.codec(c)
	if !codec.PerChunk() {
		return nil
	}
	if w.encoders == nil {
		w.encoders = map[output.Codec]*output.Encoder{}
	}
	e := w.encoders[codec]
	res.packed, err = pack(&e, codec, w.run.buffers.Get(len(res.out)/2), res.out)
	w.encoders[codec] = e
	return err
}

// records takes the records of a chunk through the chain.
func (w *worker) records(ctx context.Context, c *Chunk) (*result, error) {
	p := newProgress(c, len(w.run.chain))
	p.result.out = w.run.buffers.Get(len(c.Data) + len(c.Data)/4)
	if len(w.run.chain) == 0 {
		return &p.result, w.run.copy(ctx, p)
	}
	for {
		if w.hand == nil {
			if err := w.start(ctx); err != nil {
				p.result.stop = err
				return &p.result, ctx.Err()
			}
		}
		err := w.hand.chunk(p)
		var lost *lostError
		if !errors.As(err, &lost) {
			return &p.result, err
		}
		w.hand = nil
		if p, err = w.goOn(ctx, p, lost); err != nil {
			return &p.result, ctx.Err()
		}
	}
}

// goOn decides what to do after a call was lost: the record at hand is done again, and that
// call fails without being made. If p cannot be gone on with, err is not nil and in p's result.
func (w *worker) goOn(ctx context.Context, p *progress, lost *lostError) (*progress, error) {
	if lost.abandoned {
		w.run.leftBehind.Store(true)
	}
	err := ctx.Err()
	if err == nil && p.chance(lost) {
		return p.retry(lost), nil
	}
	if lost.hook == "" && p.chunk.calls {
		lost.site = p.ahead()
	}
	name := w.run.chain[lost.plugin].Name
	q := p.takeOver(failure{plugin: lost.plugin, name: name, hook: lost.hook, err: lost.err})
	switch {
	case err != nil:
	case lost.hook == "":
		err = q.bury(w.run, lost.err)
	case !recurring(lost.hook):
		err = w.run.lostSetup(lost)
	case lost.abandoned && w.run.abandoned.Add(1) >= MaxAbandoned:
		err = ErrTooManyAbandoned
	}
	if err == nil && lost.hook != "" {
		q.result.plugins[lost.plugin].restarts++
	}
	q.result.stop = err
	return q, err
}

// start takes a new hand and sets its plugins up.
func (w *worker) start(ctx context.Context) error {
	h, err := w.run.newExecutor(ctx)
	if err != nil {
		return err
	}
	p := newProgress(&Chunk{}, len(w.run.chain))
	w.setup = &p.result
	err = h.open(p, !w.first || w.run.started)
	var lost *lostError
	if errors.As(err, &lost) {
		return w.run.lostSetup(lost)
	}
	if err != nil {
		h.retire()
		return err
	}
	w.hand = h
	return nil
}

// finish calls teardownPlugin and frees the instances. The result has no records.
func (w *worker) finish(ctx context.Context) (*result, error) {
	if w.hand == nil {
		return nil, nil
	}
	h, p := w.hand, newProgress(&Chunk{}, len(w.run.chain))
	w.hand = nil
	err := h.teardown(p, !w.first)
	var lost *lostError
	if errors.As(err, &lost) {
		q := p.takeOver(failure{})
		q.result.plugins[lost.plugin].teardown.failed++
		return &q.result, ctx.Err()
	}
	h.retire()
	return &p.result, err
}

// quit frees the instances without teardownPlugin: the run has failed.
func (w *worker) quit() {
	if w.hand != nil {
		w.hand.retire()
		w.hand = nil
	}
}

// converter returns what appends the record at hand in the shape of the output.
func (r *run) converter() func(dst []byte, p *progress) []byte {
	if r.opts.To == ShapeAuto {
		return func(dst []byte, p *progress) []byte { return append(dst, p.record...) }
	}
	s := shape.New(sdk.NewArena(), 0)
	return func(dst []byte, p *progress) []byte {
		text := bytes.TrimSpace(p.record)
		return s.Convert(dst, text, p.chunk.shape.Of(s.Arena.KnownEvent(text)), shapeKinds[r.opts.To])
	}
}

// copy is the work of an empty chain: records are checked and go out as they are.
func (r *run) copy(ctx context.Context, p *progress) error {
	if r.edges(p) {
		return nil
	}
	out := p.result.out
	convert := r.converter()
	for p.next() {
		err := p.unwrap()
		if err == nil {
			err = checkRecord(p.record)
		}
		if err != nil {
			p.unread(err)
			p.finished()
			continue
		}
		out = append(convert(out, p), '\n')
		p.result.out = out
		p.result.counts.Written++
		p.finished()
	}
	r.tail(p)
	return ctx.Err()
}
