package batch

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/plugreel/plugreel/batch/internal/ledger"
	"github.com/plugreel/plugreel/batch/internal/output"
	"github.com/plugreel/plugreel/batch/state"
)

// ledgerFormat is the version of what the ledger says.
const ledgerFormat = 1

// header is the first note of a ledger: which run it is of.
type header struct {
	Format int    `json:"format"`
	Run    string `json:"run"`   // random
	State  string `json:"state"` // stamp of the state file when the run began
	Key    []byte `json:"key"`   // of the hashes in facts
	Facts  []fact `json:"facts"`
}

// checkpoint is every other note: a place between two chunks from which a run can go on. Lists
// that grow with the number of files hold what is new since the checkpoint before; see fold.
type checkpoint struct {
	Number   int64    `json:"number"`   // from 1
	Complete bool     `json:"complete"` // all is done but for the final names
	At       position `json:"at"`

	Files       []output.Mark  `json:"files"`
	Report      Report         `json:"report"` // without Sources
	SourcesFrom int            `json:"sources_from"`
	Sources     []SourceReport `json:"sources"` // from that number on
	Logs        []logCounts    `json:"logs"`
	Shown       []int64        `json:"shown"`
	ShownBad    int            `json:"shown_bad"`
	Unsent      []int64        `json:"unsent"`
	Seconds     float64        `json:"seconds"` // that the run has taken so far
}

// fold takes in the checkpoint that comes after c.
func (c *checkpoint) fold(next *checkpoint, files map[string]int) {
	sources := append(c.Sources[:next.SourcesFrom], next.Sources...)
	marks := c.Files
	for _, m := range next.Files {
		i, known := files[m.Name]
		if known {
			marks[i] = m
			continue
		}
		files[m.Name] = len(marks)
		marks = append(marks, m)
	}
	*c = *next
	c.Files, c.Sources, c.SourcesFrom = marks, sources, 0
}

// durable makes checkpoints of a run. It is used by the goroutine that commits, and nil for
// a run that cannot be resumed.
type durable struct {
	run    *run
	header header
	sink   *fileSink
	ledger *ledger.Ledger
	begun  bool        // the ledger says what run this is
	taken  *checkpoint // the one that the run goes on from; nil at the start

	at      position    // where the chunks that are committed end
	uncut   bool        // there is no such place
	pending state.Delta // what they have changed since the last checkpoint
	bytes   int64       // that were read since then
	last    time.Time   // when that was
	number  int64       // of the last checkpoint
	sources int         // of the report, that will not change any more

	syncing chan error // of the checkpoint that is on its way to the disk; nil if none is
}

// takesState says whether the changes of each chunk are committed with the checkpoints.
func (d *durable) takesState() bool {
	return d != nil && d.run.opts.Workers == 1 && d.run.opts.State.InFile()
}

// begin makes a ledger in a new staging directory.
func (d *durable) begin(stage *output.Stage) (err error) {
	d.header.Format, d.header.Run, d.header.State = ledgerFormat, rand.Text(), d.run.opts.State.Stamp()
	d.header.Key = []byte(rand.Text())
	d.header.Facts = sealed(d.header.Facts, d.header.Key)
	if d.ledger, err = ledger.Create(stage.FS(), stage.Path(output.LedgerName)); err == nil {
		err = d.ledger.Append(d.header)
	}
	if err != nil {
		return d.ledgerError("write", err)
	}
	d.begun = true
	return d.start()
}

// close lets go of the ledger. A checkpoint on its way to the disk gets there before.
func (d *durable) close() error {
	err := d.wait()
	if d.ledger == nil {
		return err
	}
	book := d.ledger
	d.ledger = nil
	if closing := book.Close(); closing != nil {
		err = errors.Join(err, d.ledgerError("close", closing))
	}
	return err
}

// start is called when the first chunk may come.
func (d *durable) start() error {
	d.last = time.Now()
	if d.taken != nil {
		if err := d.run.opts.State.Reload(); err != nil { // what setupPlugin wrote is there from the first time
			return stateError(err)
		}
	}
	return d.takeState()
}

// takeState takes what has changed outside of chunks.
func (d *durable) takeState() error {
	delta, err := d.run.opts.State.Take()
	d.pending.Add(delta)
	return stateError(err)
}

// stateError is err as a failure of the system.
func stateError(err error) error {
	if err == nil {
		return nil
	}
	return &IOError{Op: "write", Path: "state", Err: err}
}

// committed takes in that a chunk is committed.
func (d *durable) committed(c *Chunk, res *result) {
	if d == nil {
		return
	}
	d.bytes += c.bytes()
	d.pending.Add(res.state)
	if d.uncut = c.end == nil; !d.uncut {
		d.at = *c.end
	}
}

// changed takes in what a result without records has changed.
func (d *durable) changed(res *result) {
	if d != nil {
		d.pending.Add(res.state)
	}
}

// due says whether it is time for a checkpoint, and one can be made: the one before is on the
// disk.
func (d *durable) due() (bool, error) {
	if d == nil || d.bytes == 0 || d.uncut {
		return false, nil
	}
	if done, err := d.poll(); !done || err != nil {
		return false, err
	}
	o := &d.run.opts
	due := d.bytes >= o.CheckpointBytes || o.CheckpointEvery > 0 && time.Since(d.last) >= o.CheckpointEvery
	return due && d.run.outputs.stage.Cuttable(), nil
}

// poll says whether no checkpoint is on its way to the disk.
func (d *durable) poll() (bool, error) {
	if d.syncing == nil {
		return true, nil
	}
	select {
	case err := <-d.syncing:
		d.syncing = nil
		return true, err
	default:
		return false, nil
	}
}

// wait waits until no checkpoint is on its way to the disk.
func (d *durable) wait() error {
	if d == nil || d.syncing == nil {
		return nil
	}
	err := <-d.syncing
	d.syncing = nil
	return err
}

// now makes a checkpoint and waits for it, if there can be one at this place.
func (d *durable) now() error {
	if d == nil {
		return nil
	}
	if err := d.wait(); err != nil {
		return err
	}
	if err := d.cut(false); err != nil {
		return err
	}
	return d.wait()
}

// complete makes the last checkpoint, when all files are finished.
func (d *durable) complete() error {
	if err := d.wait(); err != nil {
		return err
	}
	if err := d.takeState(); err != nil {
		return err
	}
	d.uncut = false
	if err := d.cut(true); err != nil {
		return err
	}
	return d.wait()
}

// cut begins a checkpoint, and does not wait for the disk. No other is on its way, and all webhooks are
// settled.
func (d *durable) cut(complete bool) error {
	stage := d.run.outputs.stage
	if d.uncut || !stage.Cuttable() {
		return nil
	}
	cut, err := stage.Cut()
	if err != nil {
		return outputError(err)
	}
	note, err := d.note(complete, cut.Marks)
	if err != nil {
		return err
	}
	stamp, delta, done := d.header.stamp(d.number), d.pending.Split(), make(chan error, 1)
	d.bytes, d.last, d.syncing = 0, time.Now(), done
	go func() { done <- d.sync(cut, note, stamp, delta) }()
	return nil
}

// note describes the run as it stands, in JSON, as it will stand differently in a moment.
func (d *durable) note(complete bool, marks []output.Mark) (json.RawMessage, error) {
	r := d.run
	d.number++
	c := checkpoint{
		Number: d.number, Complete: complete, At: d.at, Files: marks,
		Report: r.reporter.report, SourcesFrom: d.sources, Sources: r.reporter.report.Sources[d.sources:],
		Logs: r.reporter.logs, Shown: r.shown, ShownBad: r.shownBad, Unsent: r.unsent, Seconds: r.seconds(),
	}
	c.Report.Sources = nil
	d.sources += max(0, len(c.Sources)-1) // the last one may go on
	return json.Marshal(c)
}

// sync waits for the disk: first for the files, then for the note that tells how far they are,
// then for the state that belongs to it. After a crash between the two the state file is one
// checkpoint behind the ledger, and the run goes on from there.
func (d *durable) sync(cut *output.Cut, note json.RawMessage, stamp string, delta *state.Delta) error {
	if err := cut.Sync(); err != nil {
		return outputError(err)
	}
	if err := d.ledger.Append(note); err != nil {
		return d.ledgerError("write", err)
	}
	return stateError(d.run.opts.State.CommitDelta(stamp, delta))
}

func (d *durable) ledgerError(op string, err error) error {
	return &IOError{Op: op, Path: d.run.outputs.stage.Path(output.LedgerName), Err: plainError(err)}
}

// stamp names a checkpoint in the state file.
func (h *header) stamp(number int64) string { return fmt.Sprintf("%s %d", h.Run, number) }

// numberOf returns the number of the checkpoint that a stamp names, 0 if it is that of the
// start.
func (h *header) numberOf(stamp string) (number int64, ok bool) {
	if stamp == h.State {
		return 0, true
	}
	rest, ours := strings.CutPrefix(stamp, h.Run+" ")
	if !ours {
		return 0, false
	}
	_, err := fmt.Sscan(rest, &number)
	return number, err == nil
}
