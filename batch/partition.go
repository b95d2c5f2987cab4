package batch

import (
	"context"
	"hash/fnv"
	"strings"
	"sync/atomic"

	"github.com/plugreel/plugreel/batch/internal/input"
	"github.com/plugreel/plugreel/batch/internal/shape"
	"github.com/plugreel/plugreel/sdk"
)

// partitioner cuts chunks into one part for every worker, so that records with the same value of
// a member always meet the same instances, in the order of the input. What the workers make of
// the parts is put together again record by record.
type partitioner struct {
	run   *run
	path  []string
	arena *sdk.Arena
	lanes []chan job // by worker; each has room for a part of every chunk in use
}

func (r *run) newPartitioner() *partitioner {
	p := &partitioner{run: r, path: strings.Split(r.opts.PartitionBy, "."), arena: sdk.NewArena()}
	for range r.opts.Workers {
		p.lanes = append(p.lanes, make(chan job, r.inFlight))
	}
	return p
}

// send gives every worker its part of a chunk.
func (p *partitioner) send(_ context.Context, j job) error {
	parts := &parts{run: p.run, chunk: j.chunk, results: make([]*result, len(p.lanes))}
	chunks := parts.split(p)
	n := 0
	for _, c := range chunks {
		if c != nil {
			n++
		}
	}
	if n == 0 {
		p.lanes[0] <- j // nothing but what is done for a chunk as a whole
		return nil
	}
	parts.missing.Store(int32(n))
	j.chunk.replaceData(nil, nil)
	for lane, c := range chunks {
		if c != nil {
			p.lanes[lane] <- job{chunk: c, result: j.result, parts: parts, lane: lane}
		}
	}
	return nil
}

func (p *partitioner) close() {
	for _, lane := range p.lanes {
		close(lane)
	}
}

// lane says which worker a record is for. What cannot be read, and what has no such member, is for
// the first one.
func (p *partitioner) lane(line []byte) int {
	defer p.arena.Rewind()
	record, err := unwrapped(line)
	if err != nil {
		return 0
	}
	e, err := p.arena.Event(record)
	if err != nil {
		return 0
	}
	v := shape.Lookup(e, p.path)
	if !v.Exists() {
		return 0
	}
	h := fnv.New64a()
	if text, ok := v.Str(); ok {
		h.Write([]byte(text))
	} else {
		h.Write(v.Raw())
	}
	sum := h.Sum64()
	return int((sum ^ sum>>32) % uint64(len(p.lanes)))
}

// parts is a chunk that several workers work on.
type parts struct {
	run     *run
	chunk   *Chunk
	order   []int32      // the lane of every record
	missing atomic.Int32 // parts that are not finished
	results []*result    // by lane; nil where there is no part
}

// split copies the records of the chunk to those of the lanes.
func (g *parts) split(p *partitioner) []*Chunk {
	chunks := make([]*Chunk, len(p.lanes))
	if g.chunk.Oversize > 0 {
		return chunks
	}
	lines := input.NewLineReader(g.chunk.Data)
	var blanks int64
	for n := 0; ; n++ {
		line, off, ok := lines.Next()
		switch {
		case !ok:
			if len(g.order) > 0 {
				g.chunk.removed.blank = blanks
			}
			return chunks
		case blank(line):
			blanks++
		default:
			lane := p.lane(line)
			g.order = append(g.order, int32(lane))
			if chunks[lane] == nil {
				chunks[lane] = g.chunk.part(len(chunks))
			}
			chunks[lane].add(line, g.chunk.place(n, off))
		}
	}
}

// part returns an empty part of a chunk, with room for a little more than one of n.
func (c *Chunk) part(n int) *Chunk {
	data := make([]byte, 0, len(c.Data)/n+len(c.Data)/8)
	return &Chunk{Source: c.Source, Rel: c.Rel, Format: c.Format, Line: c.Line, Row: c.Row, Data: data, shape: c.shape, clock: c.clock, parted: true}
}

// add adds a record to a part.
func (c *Chunk) add(line []byte, at place) {
	c.spots = append(c.spots, at.spot)
	c.Data = append(append(c.Data, line...), '\n')
}

// put takes the result of a part. The worker that brings the last one gets the result of the
// chunk, others nil.
func (g *parts) put(w *worker, lane int, res *result) (*result, error) {
	g.results[lane] = res
	if g.missing.Add(-1) > 0 {
		return nil, nil
	}
	p := newProgress(g.chunk, len(g.run.chain))
	p.result.out = g.run.buffers.Get(len(res.out) * len(g.results))
	g.gather(&p.result)
	if p.result.stop != nil {
		return &p.result, nil
	}
	g.run.tail(p)
	return &p.result, w.pack(g.chunk, &p.result)
}

// gather puts the results together in the order of the records, up to the one that ended the
// run, if one did.
func (g *parts) gather(to *result) {
	next := make([]int, len(g.results))
	for _, lane := range g.order {
		from := g.results[lane]
		if next[lane] == len(from.cuts) {
			to.stop = from.stop
			to.take(from, from.before(next[lane]), from.now())
			break
		}
		to.take(from, from.before(next[lane]), from.cuts[next[lane]])
		next[lane]++
	}
	sums := to.counters()
	for _, from := range g.results {
		if from == nil {
			continue
		}
		if to.stop == nil {
			to.stop = from.stop // after its last record
		}
		for i, n := range from.counters() {
			*sums[i] += *n
		}
		g.run.recycle(from.out)
	}
}

// cut is how much a result holds after a record.
type cut struct {
	mark
	lines, shown, bad int
}

// now is the cut after everything that is in the result.
func (r *result) now() cut {
	return cut{r.mark(), len(r.log.lines), len(r.log.shown), len(r.bad)}
}

// before is the cut before record n of a part.
func (r *result) before(n int) cut {
	if n == 0 {
		return cut{}
	}
	return r.cuts[n-1]
}

// take appends what another result gained between two cuts, counters aside.
func (r *result) take(from *result, a, b cut) {
	r.out = append(r.out, from.out[a.out:b.out]...)
	r.dead = append(r.dead, from.dead[a.dead:b.dead]...)
	r.webhooks = append(r.webhooks, from.webhooks[a.webhooks:b.webhooks]...)
	r.captured = append(r.captured, from.captured[a.captured:b.captured]...)
	r.metrics = append(r.metrics, from.metrics[a.metrics:b.metrics]...)
	r.jobs = append(r.jobs, from.jobs[a.jobs:b.jobs]...)
	r.samples = append(r.samples, from.samples[a.samples:b.samples]...)
	r.log.lines = append(r.log.lines, from.log.lines[a.lines:b.lines]...)
	r.log.shown = append(r.log.shown, from.log.shown[a.shown:b.shown]...)
	r.bad = append(r.bad, from.bad[a.bad:b.bad]...)
}

// finished notes where the record at hand ends, if others stand between it and the next one, or what
// becomes of each is asked for.
func (p *progress) finished() {
	if p.chunk.parted || p.chunk.traced {
		p.result.log.mu.Lock()
		defer p.result.log.mu.Unlock()
		p.result.cuts = append(p.result.cuts, p.result.now())
	}
}

// checkPartition refuses what names no member.
func checkPartition(field string) error {
	for name := range strings.SplitSeq(field, ".") {
		if field != "" && name == "" {
			return usagef("partition-by: got %q, want a member such as distinct_id or properties.$session_id", field)
		}
	}
	return nil
}
