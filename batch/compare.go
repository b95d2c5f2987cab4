package batch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/plugreel/plugreel/sdk"
)

// Side is one of the two chains that [Compare] runs.
type Side struct {
	Chain   Chain
	Isolate *Isolation // as Options.Isolate
}

// Pair is what two chains have made of one record. It is valid, with all texts in it, until the
// function returns that it was given to.
type Pair struct {
	Source   string
	Line     int64  // 1-based; 0 if the source has no lines
	Row      int64  // 1-based; 0 if the source has no rows
	Item     int64  // of the events that stand on the line, 1-based; 0 if it is the only one
	Record   []byte // as it stands in the source; one JSON object unless both fates are Unread
	Old, New Outcome
}

// Outcome is what one chain has made of a record.
type Outcome struct {
	Fate     Fate
	Text     []byte    // what would be written: one JSON object; nil unless Fate is Written
	Webhooks []byte    // a line for each, see ComposedWebhook
	Captured []byte    // events that plugins made, a line each
	Failures []Failure // of hooks, in the order of the calls
}

// Fate is where a record ends.
type Fate uint8

const (
	Written Fate = iota // in the output
	Dropped             // by a plugin
	Unread              // it is no JSON object, or worker processes died of it outside of hooks
)

// Failure is a hook call that failed.
type Failure struct {
	Plugin, Hook string
	Error        string // without secrets
}

// Fold is how [Compare] adds up what it sees. Begin and Add are called by several workers at the
// same time, though never twice at a time for one T. As chunks depend on the input alone and are
// merged in its order, the sum is the same at any number of workers.
type Fold[T any] struct {
	Begin func() T       // makes what adds up the records of one chunk
	Add   func(T, *Pair) // takes in a record, in the order of the input
	Merge func(T) error  // takes in a chunk, in the order of the input; calls do not overlap
}

// Comparison is what each side of a [Compare] has done. Bytes.Written is what it would have written.
type Comparison struct{ Old, New Report }

// Compare takes every record of src through two chains, in one pass over src, and gives what they
// made of it to fold. Nothing is written, sent or kept: what plugins store is in memory, and
// each side has its own. Both see the same clock and the same randomness.
//
// Scheduled tasks and jobs do not run. Options.OnError must be Keep; what names a sink and what concerns delivery,
// State, PartitionBy, To, Resume, Shard, Stop and OnLog must be unset; so must Isolate, for which see [Side].
// OnRecordError and OnProgress are called for both sides together.
//
// Errors are those of Run, with "old chain: " or "new chain: " before them where a chain is to
// blame, and that of fold.Merge, which ends the comparison.
func Compare[T any](ctx context.Context, old, new Side, src Source, fold Fold[T], o Options) (Comparison, error) {
	if err := errors.Join(o.comparable(), o.check()); err != nil {
		return Comparison{}, err
	}
	o.ScheduleOff = true
	if o.Workers == 0 && max(old.Chain.state(), new.Chain.state()) != sdk.StateNone {
		o.Workers = 1
	}
	c := &comparison[T]{fold: fold}
	var err error
	if c.new, err = new.run("new chain", o); err != nil {
		return Comparison{}, err
	}
	o.OnRecordError, o.OnProgress = nil, nil
	if c.old, err = old.run("old chain", o); err != nil {
		return Comparison{}, err
	}
	err = c.run(ctx, src)
	if err != nil && ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	return Comparison{Old: c.old.conclude(ctx, err), New: c.new.conclude(ctx, err)}, err
}

// comparable refuses what a comparison has no use for.
func (o Options) comparable() error {
	for _, option := range []struct {
		name string
		set  bool
	}{
		{"Captured", o.Captured != nil}, {"DeadLetters", o.DeadLetters != nil}, {"Webhooks", o.Webhooks != nil},
		{"Logs", o.Logs != nil}, {"Deliverer", o.Deliverer != nil}, {"Deliveries", o.Deliveries != nil},
		{"State", o.State != nil}, {"Isolate", o.Isolate != nil}, {"OnLog", o.OnLog != nil}, {"OnError", o.OnError != Keep},
		{"PartitionBy", o.PartitionBy != ""}, {"To", o.To != ShapeAuto}, {"Resume", o.Resume}, {"Shard", o.Shard != Shard{}}, {"Stop", o.Stop != nil},
	} {
		if option.set {
			return usagef("options of a comparison: got %s, want it unset", option.name)
		}
	}
	return nil
}

// side is a run that is half of a comparison.
type side struct {
	*run
	name string
	crew crew
}

// run makes a run of a side, which says what became of each record.
func (s Side) run(name string, o Options) (*side, error) {
	chain, err := s.Chain.named()
	if err == nil {
		err = s.Isolate.check()
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	o.Isolate = s.Isolate
	r := newRun(chain, o.withDefaults(chain))
	r.start = time.Now()
	return &side{run: r, name: name}, nil
}

// open sets the first worker's plugins up.
func (s *side) open(ctx context.Context) (err error) {
	if s.crew, err = s.run.crew(ctx); err != nil {
		return s.blame(err)
	}
	return s.openOutputs(Writer(io.Discard))
}

// blame says which side an error comes from.
func (s *side) blame(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", s.name, err)
}

// conclude returns the report.
func (s *side) conclude(ctx context.Context, err error) Report {
	message := ""
	if err != nil {
		message = s.redactor.Redact(err.Error())
	}
	s.reporter.pending(s.agenda.left())
	return s.reporter.finish(err, err != nil && ctx.Err() != nil, s.seconds(), message)
}
