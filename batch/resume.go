package batch

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"slices"
	"time"

	"github.com/plugreel/plugreel/batch/internal/input"
	"github.com/plugreel/plugreel/batch/internal/ledger"
	"github.com/plugreel/plugreel/batch/internal/output"
	"github.com/plugreel/plugreel/batch/state"
	"github.com/plugreel/plugreel/sdk"
)

// ErrInterrupted says that a run ended because Options.Stop was closed.
var ErrInterrupted = errors.New("interrupted")

// newDurable returns what makes checkpoints of a run, nil if the run cannot be resumed. If it is to
// be resumed, that is an error.
func (r *run) newDurable(src Source, sink Sink) (*durable, error) {
	d := &durable{run: r}
	err := d.describe(src, sink)
	if err == nil {
		d.at.Left = r.opts.Limit
		return d, nil
	}
	var usage *UsageError
	if errors.As(err, &usage) && !r.opts.Resume {
		err = nil
	}
	return nil, err
}

// describe settles what the run is, or says with a *UsageError why it cannot be resumed.
func (d *durable) describe(src Source, sink Sink) error {
	if err := d.run.memoryError(); err != nil {
		return err
	}
	files, ok := src.(*fileSource)
	if !ok {
		return usagef("resume: got records from a stream, want files")
	}
	outputs, err := d.outputs(sink)
	if err != nil {
		return err
	}
	inputs, err := files.inputs()
	if err != nil {
		return err
	}
	for _, in := range inputs {
		if in.Path == input.Stdin {
			return usagef("resume: got standard input, want files")
		}
	}
	d.header.Facts, err = d.run.facts(inputs, files.fsys, outputs)
	if errors.Is(err, errNotRegular) {
		return usagef("resume: got an input that is a pipe or a device, want files")
	}
	return err
}

// memoryError says that the chain remembers what a new process would not know.
func (r *run) memoryError() error {
	if p := r.chain.remembers(sdk.StateMemory); p != nil {
		return usagef("resume: %s, which ends with the process; run it from the start", p.memory())
	}
	if r.chain.has(sdk.HookJobs) || len(r.chain.schedules()) > 0 {
		return usagef("resume: got a plugin with tasks or jobs, whose plan ends with the process; run it from the start")
	}
	p := r.chain.remembers(sdk.StateStore)
	switch {
	case p == nil:
		return nil
	case !r.opts.State.InFile():
		return usagef("resume: %s; a state file keeps that", p.memory())
	case r.opts.Workers > 1 || r.opts.PartitionBy != "":
		return usagef("resume: %s; want one worker, and no partitions", p.memory())
	}
	return nil
}

// outputs describes all outputs as facts.
func (d *durable) outputs(sink Sink) ([]fact, error) {
	var facts []fact
	for i, s := range d.run.opts.sinks(sink) {
		if s == nil && role(i) != roleMain {
			continue
		}
		f, ok := s.(*fileSink)
		if !ok {
			return nil, usagef("resume: %v: got standard output or a stream, want a file", role(i))
		}
		facts = append(facts, fact{Name: role(i).String(), Value: f.name})
	}
	d.sink, _ = sink.(*fileSink)
	return facts, nil
}

// takeUp looks for an unfinished run of the output. If there is one, the stage is the run's, and
// d.taken the place to go on from, if it has come to a checkpoint.
func (d *durable) takeUp() (found bool, err error) {
	if !output.Unfinished(d.sink.fsys, d.sink.name) {
		return false, nil
	}
	stage, err := output.Begin(d.sink.fsys, d.sink.name, output.Options{Keep: true})
	if err != nil {
		return false, outputError(err)
	}
	d.run.outputs = &outputs{stage: stage}
	book, notes, err := ledger.Open(stage.FS(), stage.Path(output.LedgerName))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, d.ledgerError("read", err)
	}
	d.ledger = book
	if len(notes) == 0 { // the run had not come to anything, or had only its directory left to remove
		return false, d.close()
	}
	end, err := d.choose(notes)
	if err != nil {
		return false, err
	}
	if err := book.Cut(end); err != nil {
		return true, d.ledgerError("truncate", err)
	}
	if d.taken == nil {
		return true, outputError(stage.Restore(nil, false))
	}
	return true, outputError(stage.Restore(d.taken.Files, d.taken.Complete))
}

// choose takes the checkpoint to go on from out of the ledger, if there is one, and returns where
// the ledger is to be gone on with.
func (d *durable) choose(notes []ledger.Note) (int64, error) {
	var was header
	if err := json.Unmarshal(notes[0].Text, &was); err != nil || was.Format != ledgerFormat {
		return 0, usagef("resume: the unfinished run is of another version of plugreel; without resuming it the replay begins again")
	}
	if err := changes(was.Facts, d.header.Facts, was.Key); err != nil {
		return 0, usagef("resume: %w", err)
	}
	number, err := was.newest(len(notes)-1, d.run.opts.State)
	if err != nil {
		return 0, err
	}
	d.header, d.begun = was, true
	if number > 0 {
		d.taken, err = foldAll(notes[1 : number+1])
	}
	if err != nil {
		return 0, d.ledgerError("read", err)
	}
	return notes[number].End, nil
}

// newest returns the number of the last checkpoint of those in the ledger that the state file
// knows, too.
func (h *header) newest(count int, s *state.State) (int, error) {
	if !s.InFile() {
		return count, nil
	}
	number, ok := h.numberOf(s.Stamp())
	if !ok || number > int64(count) {
		return 0, usagef("resume: the state file is not as the unfinished run has left it; without resuming it the replay begins again")
	}
	return int(number), nil
}

// foldAll returns the last of some checkpoints, whole.
func foldAll(notes []ledger.Note) (*checkpoint, error) {
	all, files := &checkpoint{}, map[string]int{}
	for _, n := range notes {
		var next checkpoint
		if err := json.Unmarshal(n.Text, &next); err != nil {
			return nil, err
		}
		all.fold(&next, files)
	}
	return all, nil
}

// restore puts the run where the checkpoint was.
func (d *durable) restore() {
	r, c := d.run, d.taken
	workers, dependent := r.reporter.report.Workers, r.reporter.report.OrderDependent
	r.reporter.report, r.reporter.logs = c.Report, c.Logs
	r.reporter.report.Sources = c.Sources
	r.reporter.report.Workers, r.reporter.report.OrderDependent = workers, dependent
	r.unsent = c.Unsent
	r.shown, r.shownBad, r.before = c.Shown, c.ShownBad, time.Duration(c.Seconds*float64(time.Second))
	d.at, d.number = c.At, c.Number
	d.sources = max(0, len(c.Sources)-1)
	r.started = true // nobody hears the plugins being set up again
}

// finished says whether an earlier run has finished the output: it is there, with a file for every
// input if it is a directory, and newer than every input. What the run is leaves no other trace.
func (d *durable) finished(ctx context.Context, src Source) (bool, error) {
	files, ok := src.(*fileSource)
	if !ok {
		return false, nil
	}
	inputs, err := files.inputs()
	if err != nil {
		return false, err
	}
	if d.sink.isDir() {
		return d.finishedDir(ctx, files, inputs)
	}
	for _, in := range inputs {
		if was, err := d.standing(files, in, d.sink.name); was != current {
			return false, err
		}
	}
	return true, nil
}

// finishedDir is finished for a directory. A shard makes the files of its inputs only, and a limit leaves
// those after the last record out.
func (d *durable) finishedDir(ctx context.Context, files *fileSource, inputs []input.Input) (bool, error) {
	var missing []input.Input
	for _, in := range inputs {
		was, err := d.standing(files, in, d.sink.final(in.Rel))
		switch {
		case err != nil || was == stale:
			return false, err
		case was == absent:
			missing = append(missing, in)
		case len(missing) > 0 && d.run.opts.Limit > 0:
			return false, nil // a hole
		}
	}
	switch {
	case len(missing) == 0:
		return true, nil
	case len(missing) == len(inputs):
		return false, nil
	case d.run.opts.Limit > 0:
		return true, nil
	}
	return d.others(ctx, files, inputs, missing)
}

// others says whether all that is missing is for other shards to make.
func (d *durable) others(ctx context.Context, files *fileSource, inputs, missing []input.Input) (bool, error) {
	parts, err := d.run.opts.Shard.parts(ctx, files.fsys, inputs)
	if err != nil {
		return false, err
	}
	for _, p := range parts {
		if slices.Contains(missing, p.Input) {
			return false, nil
		}
	}
	return true, nil
}

// standing is how what was made of an input stands.
type standing uint8

const (
	absent  standing = iota
	stale            // the input is newer
	current          // there, and not older
)

// standing looks at what was made of an input.
func (d *durable) standing(files *fileSource, in input.Input, name string) (standing, error) {
	info, err := files.stat(in.Path)
	if err != nil {
		return stale, &IOError{Op: "stat", Path: in.Path, Err: plainError(err)}
	}
	made, err := output.StatFinal(d.sink.fsys, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return absent, nil
	case err != nil:
		return stale, outputError(err)
	case !made.Mode().IsRegular() || made.ModTime().Before(info.ModTime()):
		return stale, nil
	}
	return current, nil
}
