package batch

import (
	"context"
	"slices"
	"time"

	"github.com/plugreel/plugreel/batch/internal/eventtime"
	"github.com/plugreel/plugreel/batch/internal/input"
	"github.com/plugreel/plugreel/batch/internal/output"
	"github.com/plugreel/plugreel/sdk"
)

// tick is a call of the scheduled tasks of one period.
type tick struct {
	schedule sdk.Schedule
	at       time.Time // the last boundary that has passed
}

// timeline reads chunks with the time of their records in view. It gives every chunk the run's
// clock, and cuts chunks before a record at or past a boundary, so that what is due there comes
// before it.
//
// The run's clock is the highest time of all records in chunks before, or the minute in which the chunk's
// first record lies, whichever is later. It never goes back: records that come late are
// nobody's boundary, and neither is anything before a time that a wrong clock has put far ahead.
type timeline struct {
	ChunkReader
	schedules []sdk.Schedule // of the chain, the longest period first
	period    time.Duration  // chunks are cut at its multiples; 0 means not at all

	clock time.Time // the highest time of the records that were read; zero before the first
	rest  *Chunk    // of a chunk that was cut
}

// newTimeline reads chunks for a chain whose tasks and jobs run, unless off says that they do not.
// clock is the highest time of the records before; zero if there are none.
func newTimeline(r ChunkReader, chain Chain, off bool, clock time.Time) *timeline {
	t := &timeline{ChunkReader: r, clock: clock}
	if off {
		return t
	}
	t.schedules = chain.schedules()
	if n := len(t.schedules); n > 0 {
		t.period = t.schedules[n-1].Period()
	}
	if chain.has(sdk.HookJobs) {
		t.period = sdk.EveryMinute.Period()
	}
	return t
}

// schedules lists the periods of the chain's scheduled tasks, the longest first.
func (c Chain) schedules() []sdk.Schedule {
	var all []sdk.Schedule
	for _, p := range c {
		all = append(all, p.Program.Info().Schedules...)
	}
	slices.Sort(all)
	slices.Reverse(all)
	return slices.Compact(all)
}

// Next returns the next chunk, or the next piece of one.
func (t *timeline) Next(ctx context.Context) (*Chunk, error) {
	c := t.rest
	if t.rest = nil; c != nil {
		t.read(c)
		return c, nil
	}
	c, err := t.ChunkReader.Next(ctx)
	if err != nil {
		return nil, err
	}
	t.read(c)
	if c.end != nil {
		c.end.Clock = t.clock
	}
	return c, nil
}

// read looks at the times of a chunk's records up to the next boundary, where it cuts the chunk.
func (t *timeline) read(c *Chunk) {
	c.clock = t.clock
	lines := input.NewLineReader(c.Data)
	for n, timed := int64(0), false; ; n++ {
		line, off, ok := lines.Next()
		if !ok {
			return
		}
		at, ok := timeOf(line)
		if !ok {
			continue
		}
		crossed := t.crosses(at, t.period)
		if crossed && off > 0 {
			t.rest = c.cut(off, n)
			return
		}
		if !timed {
			timed, c.clock = true, later(t.clock, at.Truncate(time.Minute))
		}
		if crossed {
			c.ticks = t.due(at)
		}
		t.clock = later(t.clock, at)
	}
}

// timeOf is the time of a line's record, which a dead letter may hold.
func timeOf(line []byte) (time.Time, bool) {
	p := progress{record: line}
	if p.unwrap() != nil {
		return time.Time{}, false
	}
	return eventtime.Of(p.record)
}

// crosses says whether a multiple of a period lies between the clock and a time, which it may be.
func (t *timeline) crosses(at time.Time, period time.Duration) bool {
	return period > 0 && !t.clock.IsZero() && at.Truncate(period).After(t.clock)
}

// due lists the tasks whose boundaries have passed at a time.
func (t *timeline) due(at time.Time) []tick {
	var ticks []tick
	for _, s := range t.schedules {
		if t.crosses(at, s.Period()) {
			ticks = append(ticks, tick{s, at.Truncate(s.Period())})
		}
	}
	return ticks
}

func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// cut shortens a chunk to its first lines and returns the rest. The memory of both is not used
// again.
func (c *Chunk) cut(off int, lines int64) *Chunk {
	rest := *c
	rest.Data = c.Data[off:]
	rest.move(lines, off)
	if c.spots != nil {
		size := c.spots[lines].offset - c.Offset
		if c.Row > 0 {
			size = int64(off) // rows have no offsets
		}
		next := c.place(int(lines), off)
		rest.Line, rest.Row = next.numbers()
		rest.Offset, rest.spots = next.offset, c.spots[lines:]
		rest.size -= size
		c.spots, c.size = c.spots[:lines], size
	}
	c.removed = removed{} // counted with the last piece
	rest.first, rest.piece, rest.recycle = false, true, nil
	c.Data, c.Damage, c.end, c.recycle = c.Data[:off:off], nil, nil, nil
	c.piece, c.more = true, true
	return &rest
}

// pieces holds the output of a chunk that was cut until all of it is there, so that it is compressed
// as a whole: an archive is not larger because somebody looks at the clock.
type pieces struct {
	out      []byte
	encoders map[output.Codec]*output.Encoder
}

// gather takes the output of a piece out of its result, or puts all of them into that of the last.
func (p *pieces) gather(c *Chunk, codec output.Codec, res *result) (err error) {
	if !c.piece || !codec.PerChunk() {
		return nil
	}
	p.out = append(p.out, res.out...)
	if c.more {
		res.packed = []byte{} // nothing is written as yet
		return nil
	}
	if p.encoders == nil {
		p.encoders = map[output.Codec]*output.Encoder{}
	}
	e := p.encoders[codec]
	res.packed, err = pack(&e, codec, nil, p.out)
	p.encoders[codec], p.out = e, p.out[:0]
	return err
}

// clockOf is the run's clock when all chunks were read.
func clockOf(r ChunkReader) time.Time {
	if t, ok := r.(*timeline); ok {
		return t.clock
	}
	return time.Time{}
}
