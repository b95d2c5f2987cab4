package batch

import (
	"bytes"
	"errors"
	"math"
	"slices"
	"time"

	"github.com/plugreel/plugreel/batch/internal/isolate"
	"github.com/plugreel/plugreel/sdk"
)

// gains tells what a result has gained since it was last asked: what a worker process tells of
// each record, and its parent takes into a result of its own.
type gains struct {
	p        *progress
	counters []*int64
	told     []int64 // of the counters
	mark     mark    // what of the result was told
	lines    int     // of the logbook
	shown    int     // likewise
	bad      int
}

func newGains(p *progress) *gains {
	g := &gains{p: p, counters: p.result.counters()}
	g.told = make([]int64, len(g.counters))
	return g
}

// counters lists every counter of a result, in an order that depends on the number of plugins
// alone. Those of the logbook come last; whoever reads them holds its lock.
func (r *result) counters() []*int64 {
	c := &r.counts
	list := []*int64{&c.Read, &c.Written, &c.Dropped, &c.Dead, &c.Duplicate, &c.Skipped, &c.Webhooks, &c.Captured}
	for i := range r.plugins {
		p := &r.plugins[i]
		for _, h := range []*hookCounts{&p.process, &p.onEvent, &p.webhook, &p.minute, &p.hour, &p.day, &p.jobs, &p.teardown} {
			list = append(list, &h.ok, &h.dropped, &h.failed, (*int64)(&h.time))
		}
		list = append(list, &p.restarts)
	}
	for i := range r.log.counts {
		for level := range r.log.counts[i] {
			list = append(list, &r.log.counts[i][level])
		}
	}
	return list
}

// append appends what is new, and where the next record begins.
func (g *gains) append(dst []byte) []byte {
	r := &g.p.result
	dst = isolate.AppendInt(dst, int64(g.p.lines.Offset()))
	dst = isolate.AppendInt(dst, int64(g.p.taken))
	r.log.mu.Lock()
	defer r.log.mu.Unlock()
	dst = g.appendCounters(dst)
	dst = isolate.AppendBytes(dst, r.out[g.mark.out:])
	if !g.rare() {
		dst = isolate.AppendBool(dst, false)
	} else {
		dst = g.appendRare(isolate.AppendBool(dst, true))
	}
	g.mark = r.mark()
	g.lines, g.shown, g.bad = len(r.log.lines), len(r.log.shown), len(r.bad)
	return dst
}

// forget makes room for the next record in the output, which nobody else reads, and returns it.
func (g *gains) forget() []byte {
	g.p.result.out = g.p.result.out[:0]
	g.mark.out = 0
	return g.p.result.out
}

// appendCounters appends the number, plus 1, and the gain of each counter that has changed.
func (g *gains) appendCounters(dst []byte) []byte {
	for i, n := range g.counters {
		if *n != g.told[i] {
			dst = isolate.AppendInt(dst, int64(i+1))
			dst = isolate.AppendInt(dst, *n-g.told[i])
			g.told[i] = *n
		}
	}
	return isolate.AppendInt(dst, 0)
}

// rare says whether there is anything that most records do not have.
func (g *gains) rare() bool {
	r := &g.p.result
	now := r.mark()
	now.out = g.mark.out
	return now != g.mark || r.stop != nil || len(r.bad) != g.bad ||
		len(r.log.lines) != g.lines || len(r.log.shown) != g.shown
}

func (g *gains) appendRare(dst []byte) []byte {
	r := &g.p.result
	dst = isolate.AppendBytes(dst, r.dead[g.mark.dead:])
	dst = isolate.AppendBytes(dst, r.webhooks[g.mark.webhooks:])
	dst = isolate.AppendBytes(dst, r.captured[g.mark.captured:])
	dst = isolate.AppendBytes(dst, r.log.lines[g.lines:])
	dst = appendList(dst, r.metrics[g.mark.metrics:], appendMetric)
	dst = appendList(dst, r.jobs[g.mark.jobs:], appendJob)
	dst = appendList(dst, r.samples[g.mark.samples:], appendSample)
	dst = appendList(dst, r.log.shown[g.shown:], appendEntry)
	dst = appendList(dst, r.bad[g.bad:], appendBad)
	return appendError(dst, r.stop)
}

func appendList[T any](dst []byte, list []T, one func([]byte, T) []byte) []byte {
	dst = isolate.AppendInt(dst, int64(len(list)))
	for _, v := range list {
		dst = one(dst, v)
	}
	return dst
}

func appendMetric(dst []byte, m metric) []byte {
	dst = isolate.AppendInt(dst, int64(m.plugin))
	dst = isolate.AppendBytes(dst, m.name)
	dst = isolate.AppendInt(dst, int64(m.op))
	return isolate.AppendInt(dst, int64(math.Float64bits(m.value)))
}

func appendJob(dst []byte, j plannedJob) []byte {
	dst = isolate.AppendInt(dst, int64(j.plugin))
	dst = isolate.AppendBytes(dst, j.name)
	dst = isolate.AppendBytes(dst, j.payload)
	dst = isolate.AppendBool(dst, j.at.IsZero())
	if j.at.IsZero() {
		return isolate.AppendInt(dst, int64(j.delay))
	}
	return appendTime(dst, j.at)
}

func appendTime(dst []byte, t time.Time) []byte {
	return isolate.AppendInt(isolate.AppendInt(dst, t.Unix()), int64(t.Nanosecond()))
}

func appendSample(dst []byte, s sample) []byte {
	dst = isolate.AppendInt(dst, int64(s.plugin))
	dst = isolate.AppendInt(dst, int64(hookNumber(s.hook)))
	dst = isolate.AppendBytes(dst, s.Source)
	dst = isolate.AppendInt(dst, s.Line)
	dst = isolate.AppendInt(dst, s.Row)
	dst = isolate.AppendInt(dst, s.Item)
	dst = isolate.AppendBytes(dst, s.UUID)
	dst = isolate.AppendBytes(dst, s.Error)
	return isolate.AppendBytes(dst, s.Stack)
}

func appendEntry(dst []byte, e LogEntry) []byte {
	dst = appendTime(dst, e.Time)
	dst = isolate.AppendBytes(dst, e.Plugin)
	dst = isolate.AppendInt(dst, int64(e.Level))
	dst = isolate.AppendBytes(dst, e.Source)
	dst = isolate.AppendBytes(dst, e.UUID)
	return isolate.AppendBytes(dst, e.Message)
}

func appendBad(dst []byte, e *RecordError) []byte {
	dst = isolate.AppendBytes(dst, e.Source)
	dst = isolate.AppendInt(dst, e.Line)
	dst = isolate.AppendInt(dst, e.Item)
	dst = isolate.AppendInt(dst, e.Row)
	dst = isolate.AppendInt(dst, e.Offset)
	return isolate.AppendBytes(dst, e.Err.Error())
}

// receiver takes gains into a progress.
type receiver struct {
	p        *progress
	run      *run
	base     int // where in the chunk the data begins that the other process has
	taken    int // lines of the chunk before that
	counters []*int64
}

func (r *run) receiver(p *progress) *receiver {
	return &receiver{p: p, run: r, base: p.from, taken: p.taken, counters: p.result.counters()}
}

// all takes in a journal. What is finished by then is not done again.
func (v *receiver) all(journal []byte) error {
	d := isolate.NewDecoder(journal)
	for d.More() {
		if err := v.one(d); err != nil {
			return err
		}
	}
	return nil
}

// one takes in what one record has gained.
func (v *receiver) one(d *isolate.Decoder) error {
	p := v.p
	r := &p.result
	size := len(p.chunk.Data) - v.base
	from, taken := v.base+d.Below(size+1), v.taken+d.Below(size+1)
	v.count(d)
	out := d.Bytes()
	rare := d.Bool()
	if d.Err() != nil {
		return d.Err()
	}
	r.out = append(r.out, out...)
	if rare {
		v.rare(d)
	}
	if taken > p.taken {
		p.finished()
	}
	p.from, p.taken = from, taken
	p.strikes = 0
	p.begin()
	return d.Err()
}

func (v *receiver) count(d *isolate.Decoder) {
	for {
		i := d.Below(len(v.counters) + 1)
		if i == 0 {
			return
		}
		*v.counters[i-1] += d.Int()
	}
}

func (v *receiver) rare(d *isolate.Decoder) {
	r := &v.p.result
	r.dead = append(r.dead, d.Bytes()...)
	r.webhooks = append(r.webhooks, d.Bytes()...)
	r.captured = append(r.captured, d.Bytes()...)
	r.log.lines = append(r.log.lines, d.Bytes()...)
	r.metrics = readList(d, r.metrics, v.metric)
	r.jobs = readList(d, r.jobs, v.job)
	r.samples = readList(d, r.samples, v.sample)
	r.log.shown = readList(d, r.log.shown, readEntry)
	r.bad = readList(d, r.bad, readBad)
	if err := v.run.readError(d); err != nil {
		r.stop = err
	}
}

func readList[T any](d *isolate.Decoder, list []T, one func(*isolate.Decoder) T) []T {
	for n := d.Int(); n > 0 && d.Err() == nil; n-- {
		list = append(list, one(d))
	}
	return list
}

func (v *receiver) metric(d *isolate.Decoder) metric {
	return metric{
		plugin: d.Below(len(v.run.chain)), name: d.Text(), op: sdk.MetricOp(d.Below(math.MaxUint8)),
		value: math.Float64frombits(uint64(d.Int())),
	}
}

func (v *receiver) job(d *isolate.Decoder) plannedJob {
	j := plannedJob{plugin: d.Below(len(v.run.chain)), name: d.Text()}
	if payload := d.Bytes(); len(payload) > 0 {
		j.payload = bytes.Clone(payload)
	}
	if d.Bool() {
		j.delay = time.Duration(d.Int())
	} else {
		j.at = readTime(d)
	}
	if len(j.payload) > 0 && (sdk.Validate(j.payload) != nil || bytes.IndexByte(j.payload, '\n') >= 0) {
		d.Fail()
	}
	return j
}

func readTime(d *isolate.Decoder) time.Time { return time.Unix(d.Int(), d.Int()).UTC() }

func (v *receiver) sample(d *isolate.Decoder) sample {
	s := sample{plugin: d.Below(len(v.run.chain)), hook: hookNames[d.Below(len(hookNames))]}
	s.Source, s.Line, s.Row, s.Item, s.UUID, s.Error, s.Stack = d.Text(), d.Int(), d.Int(), d.Int(), d.Text(), d.Text(), d.Text()
	if s.hook != sdk.HookJobs && v.run.reporter.report.Plugins[s.plugin].Hooks[s.hook] == nil {
		d.Fail()
	}
	return s
}

func readEntry(d *isolate.Decoder) LogEntry {
	return LogEntry{
		Time: readTime(d), Plugin: d.Text(), Level: sdk.Level(d.Below(int(sdk.LevelError) + 1)),
		Source: d.Text(), UUID: d.Text(), Message: d.Text(),
	}
}

func readBad(d *isolate.Decoder) *RecordError {
	return &RecordError{Source: d.Text(), Line: d.Int(), Item: d.Int(), Row: d.Int(), Offset: d.Int(), Err: errors.New(d.Text())}
}

// hookNames are the hooks by their numbers.
var hookNames = sdk.HookNames()

func hookNumber(name string) int { return slices.Index(hookNames, name) }
