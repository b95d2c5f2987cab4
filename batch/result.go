package batch

import (
	"bytes"
	"fmt"
	"slices"
	"time"

	"github.com/plugreel/plugreel/batch/internal/input"
	"github.com/plugreel/plugreel/batch/state"
	"github.com/plugreel/plugreel/sdk"
)

// result is what a worker makes of one chunk. It depends on the chunk and the chain only. All of
// it but packed, cuts and state crosses from a worker process: see gains.
type result struct {
	out      []byte // records that were written, a line each
	packed   []byte // out compressed, nil if it goes out as it is
	dead     []byte // dead letters
	webhooks []byte // composed webhooks
	captured []byte // events that plugins made, a line each
	metrics  []metric
	jobs     []plannedJob // that plugins put off
	log      *logbook

	counts  Counts
	plugins []pluginCounts
	samples []sample
	bad     []*RecordError // the first MaxShownLogs records that could not be read
	stop    error          // ends the run once the results before this one are committed
	cuts    []cut          // after every record, if it is the result of a part, or of a traced chunk
	state   *state.Delta   // what the chunk has changed, if checkpoints commit it
}

// pluginCounts counts what one plugin did in one chunk.
type pluginCounts struct {
	process, onEvent, webhook hookCounts
	minute, hour, day, jobs   hookCounts
	teardown                  hookCounts
	restarts                  int64
}

// hookCounts counts the calls of one hook.
type hookCounts struct {
	ok, dropped, failed int64
	time                time.Duration
}

// of returns the counts of a hook by its name.
func (c *pluginCounts) of(hook string) *hookCounts {
	switch hook {
	case sdk.HookProcessEvent:
		return &c.process
	case sdk.HookOnEvent:
		return &c.onEvent
	case sdk.HookComposeWebhook:
		return &c.webhook
	case sdk.HookRunEveryMinute:
		return &c.minute
	case sdk.HookRunEveryHour:
		return &c.hour
	case sdk.HookRunEveryDay:
		return &c.day
	case sdk.HookJobs:
		return &c.jobs
	}
	return &c.teardown
}

// sample describes a failure for the report.
type sample struct {
	plugin int
	hook   string
	Sample
}

// progress is the work on one chunk, record by record. Whoever holds it may be replaced
// between two records, or when it hangs in a hook: what happened since the record began is
// then forgotten and done again.
type progress struct {
	chunk  *Chunk
	result result

	lines  input.LineReader
	taken  int    // lines so far, with that of the record at hand
	record []byte // at hand
	place  place  // of it

	mark    mark
	touched []*int64  // counters that went up by one since the mark
	given   []failure // calls on this record that are known to fail and are not made again

	from    int // where in the chunk the record at hand begins, if a worker process has it
	strikes int // how many worker processes died of it, and it was tried again
}

// mark is where the work on a record began.
type mark struct {
	out, dead, webhooks, captured, metrics, jobs, samples int
}

// mark says how much there is of everything.
func (r *result) mark() mark {
	return mark{len(r.out), len(r.dead), len(r.webhooks), len(r.captured), len(r.metrics), len(r.jobs), len(r.samples)}
}

func newProgress(c *Chunk, plugins int) *progress {
	return &progress{
		chunk:  c,
		lines:  input.NewLineReader(c.Data),
		result: result{plugins: make([]pluginCounts, plugins), log: newLogbook(plugins)},
	}
}

// next goes to the next record that is not blank.
func (p *progress) next() bool {
	for {
		line, off, ok := p.lines.Next()
		if !ok {
			return false
		}
		n := p.taken
		p.taken++
		p.result.counts.Read++
		if !blank(line) {
			p.place = p.chunk.place(n, off)
			p.record = bytes.TrimSuffix(line, []byte{'\r'})
			return true
		}
		p.result.counts.Skipped++
	}
}

// begin marks the beginning of a record.
func (p *progress) begin() {
	r := &p.result
	p.mark = r.mark()
	p.touched, p.given = p.touched[:0], nil
	r.log.mark()
}

// count adds one to a counter of the result.
func (p *progress) count(n *int64) {
	*n++
	p.touched = append(p.touched, n)
}

// withdraw takes the record out of the output, with what was composed for it. A plugin may have
// kept an event that reads the output: that memory is not written again.
func (p *progress) withdraw() {
	if len(p.result.out) > p.mark.out {
		p.result.out = slices.Clip(p.result.out[:p.mark.out])
	}
	p.result.webhooks = p.result.webhooks[:p.mark.webhooks]
}

// unread makes a dead letter of the record at hand, which is no JSON object.
func (p *progress) unread(err error) {
	p.result.dead = appendUnread(p.result.dead, p.place, err.Error(), p.record, int64(len(p.record)))
	p.result.counts.Dead++
	p.report(p.place, err)
}

// report describes a record that could not be read, if there were not too many before it.
func (p *progress) report(at place, err error) {
	if len(p.result.bad) < MaxShownLogs {
		line, row := at.numbers()
		p.result.bad = append(p.result.bad, &RecordError{Source: at.source, Line: line, Row: row, Item: at.item, Offset: at.offset, Err: err})
	}
}

// oversize makes a dead letter of the only record of a chunk, which is too long.
func (p *progress) oversize(limit int) {
	c := p.chunk
	p.place = c.place(0, 0)
	err := fmt.Errorf("record: got %d bytes, want at most %d", c.Oversize, limit)
	p.result.dead = appendUnread(p.result.dead, p.place, err.Error(), c.Data, c.Oversize)
	p.result.counts.Read++
	p.result.counts.Dead++
	p.report(p.place, err)
}

// damage makes a dead letter of the range that follows the chunk and cannot be read.
func (p *progress) damage(d *Damage) {
	at, err := p.chunk.broken()
	p.result.dead = appendDamage(p.result.dead, at, err.Error(), d)
	p.result.counts.Read++
	p.result.counts.Dead++
	p.report(at, err)
}

// takeOver returns the work as it stood when the record at hand began, for somebody else to go
// on with. It shares no memory that is written to with p, which whoever hangs may still read.
func (p *progress) takeOver(f failure) *progress {
	for _, n := range p.touched {
		*n--
	}
	q := *p
	r := &q.result
	r.out = slices.Clip(r.out[:p.mark.out])
	r.dead = slices.Clip(r.dead[:p.mark.dead])
	r.webhooks = slices.Clip(r.webhooks[:p.mark.webhooks])
	r.captured = slices.Clip(r.captured[:p.mark.captured])
	r.metrics = slices.Clip(r.metrics[:p.mark.metrics])
	r.jobs = slices.Clip(r.jobs[:p.mark.jobs])
	r.samples = r.samples[:p.mark.samples]
	r.cuts = slices.Clip(r.cuts)
	r.log = r.log.takeOver()
	q.touched = nil
	q.given = append(slices.Clone(p.given), f)
	return &q
}
