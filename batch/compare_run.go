package batch

import (
	"context"
	"errors"
	"io"
)

// comparison is one call of Compare.
type comparison[T any] struct {
	fold     Fold[T]
	old, new *side
}

// pairing is a chunk with what both sides made of it.
type pairing[T any] struct {
	chunk    *Chunk
	old, new *result
	sum      T
	done     chan struct{} // closed when the rest is there
}

// run is Compare without the reports.
func (c *comparison[T]) run(ctx context.Context, src Source) (err error) {
	reader, err := c.reader(ctx, src)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	for _, s := range []*side{c.old, c.new} {
		if err := s.open(ctx); err != nil {
			return err
		}
		defer s.crew.quit()
		if err := s.commitSetup(s.crew); err != nil {
			return err
		}
	}
	if err := c.work(ctx, cancel, reader); err != nil {
		return err
	}
	return errors.Join(c.old.blame(c.old.finish(ctx, c.old.crew)), c.new.blame(c.new.finish(ctx, c.new.crew)))
}

// reader opens the source for the chain that remembers more, and may so need the run's clock.
func (c *comparison[T]) reader(ctx context.Context, src Source) (ChunkReader, error) {
	s := c.new
	if c.old.chain.state() > c.new.chain.state() {
		s = c.old
	}
	reader, err := s.reader(ctx, src)
	c.new.size = s.size
	return reader, err
}

// work runs the stages, as run.work does: one reader, the workers, and the merging of chunks in
// their order.
func (c *comparison[T]) work(ctx context.Context, cancel context.CancelCauseFunc, reader ChunkReader) error {
	group := stages{cancel: cancel}
	stage := group.start
	slots := make(chan struct{}, c.new.inFlight)
	jobs := make(chan *pairing[T])
	queue := make(chan *pairing[T], c.new.inFlight)
	stage(func() error { return c.read(ctx, reader, slots, jobs, queue) })
	for i := range c.new.crew {
		stage(func() error { return c.serve(ctx, i, jobs) })
	}
	stage(func() error { return c.mergeAll(ctx, queue, slots) })
	if group.Wait() != nil {
		return context.Cause(ctx)
	}
	return nil
}

// read hands out chunks: to the workers, and to be merged in their order. It waits for a slot
// before it reads.
func (c *comparison[T]) read(ctx context.Context, reader ChunkReader, slots chan<- struct{}, jobs, queue chan<- *pairing[T]) error {
	defer close(jobs)
	defer close(queue)
	for {
		select {
		case slots <- struct{}{}:
		case <-ctx.Done():
			return ctx.Err()
		}
		chunk, err := reader.Next(ctx)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		p := &pairing[T]{chunk: chunk, done: make(chan struct{})}
		queue <- p // there is room: it is as large as there are slots
		select {
		case jobs <- p:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// serve takes chunks through both chains, with worker i of each.
func (c *comparison[T]) serve(ctx context.Context, i int, jobs <-chan *pairing[T]) error {
	for p := range jobs {
		var err error
		if p.old, err = c.old.crew[i].records(ctx, p.chunk.half()); err != nil {
			return err
		}
		if p.new, err = c.new.crew[i].records(ctx, p.chunk.half()); err != nil {
			return err
		}
		if p.old.stop == nil && p.new.stop == nil {
			p.sum = c.fold.Begin()
			if err := c.add(p); err != nil {
				return err
			}
		}
		close(p.done)
	}
	return nil
}

// half returns the chunk for one of the sides, which does not free its memory: the other one may
// still read it.
func (c *Chunk) half() *Chunk {
	half := *c
	half.recycle, half.traced = nil, true
	return &half
}

// add gives every record to the fold.
func (c *comparison[T]) add(p *pairing[T]) error {
	if p.chunk.Oversize > 0 {
		return nil // it is known by the reports alone, as is what is damaged
	}
	old, new := tracer{run: c.old.run, result: p.old}, tracer{run: c.new.run, result: p.new}
	lines := newProgress(p.chunk, 0)
	for lines.next() {
		at := lines.place
		pair := Pair{Source: at.source, Item: at.item}
		pair.Line, pair.Row = at.numbers()
		if err := errors.Join(old.next(&pair.Old), new.next(&pair.New)); err != nil {
			return err
		}
		_ = lines.unwrap() // if there is no record in it, neither side could read it
		pair.Record = lines.record
		c.fold.Add(p.sum, &pair)
	}
	return nil
}

// mergeAll takes in the chunks in their order.
func (c *comparison[T]) mergeAll(ctx context.Context, queue <-chan *pairing[T], slots <-chan struct{}) error {
	for p := range queue {
		select {
		case <-p.done:
		case <-ctx.Done():
			return ctx.Err()
		}
		if err := c.merge(ctx, p); err != nil {
			return err
		}
		<-slots
	}
	return ctx.Err()
}

func (c *comparison[T]) merge(ctx context.Context, p *pairing[T]) error {
	if err := c.old.blame(c.old.commit(ctx, p.chunk.half(), p.old)); err != nil {
		return err
	}
	if err := c.new.blame(c.new.commit(ctx, p.chunk.half(), p.new)); err != nil {
		return err
	}
	if err := c.fold.Merge(p.sum); err != nil {
		return err
	}
	if !c.old.retains() && !c.new.retains() {
		p.chunk.free()
	}
	return nil
}

// tracer says what a result holds for each record in turn.
type tracer struct {
	run    *run
	result *result
	n      int // records so far
}

var errUntraced = errors.New("comparison: a chain has lost count of the records; this is a mistake of plugreel")

func (t *tracer) next(o *Outcome) error {
	if t.n == len(t.result.cuts) {
		return errUntraced
	}
	from, to := t.result.before(t.n), t.result.cuts[t.n]
	t.n++
	switch {
	case to.out > from.out:
		o.Text = t.result.out[from.out : to.out-1 : to.out-1]
	case to.dead > from.dead:
		o.Fate = Unread
	default:
		o.Fate = Dropped
	}
	o.Webhooks = t.result.webhooks[from.webhooks:to.webhooks]
	o.Captured = t.result.captured[from.captured:to.captured]
	for _, s := range t.result.samples[from.samples:to.samples] {
		o.Failures = append(o.Failures, Failure{Plugin: t.run.chain[s.plugin].Name, Hook: s.hook, Error: s.Error})
	}
	return nil
}
