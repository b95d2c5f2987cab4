package batch

import (
	"context"
	"errors"

	"github.com/plugreel/plugreel/batch/internal/ids"
	"github.com/plugreel/plugreel/batch/internal/input"
	"github.com/plugreel/plugreel/sdk"
)

// ErrManyIDs is the cause of the *[IOError] of a run whose uuids take more memory than
// Options.DedupeMemory.
var ErrManyIDs = errors.New("the uuids seen so far take more memory than they may; raise the limit")

// dedupeReader takes records out whose uuid an earlier record had. It stands before the workers, so
// that no plugin sees a duplicate and the first one in the order of the input is the one kept.
//
// What it keeps in mind is a function of the chunks that have gone through it: whoever begins
// in the middle of an input takes the chunks before through strain.
type dedupeReader struct {
	ChunkReader
	max   int64
	seen  *ids.Set
	arena *sdk.Arena
}

func newDedupeReader(reader ChunkReader, o Options) *dedupeReader {
	return &dedupeReader{ChunkReader: reader, max: o.DedupeMemory, seen: ids.NewSet(), arena: sdk.NewArena()}
}

func (r *dedupeReader) Next(ctx context.Context) (*Chunk, error) {
	c, err := r.ChunkReader.Next(ctx)
	if err != nil {
		return nil, err
	}
	r.strain(c)
	if r.seen.Bytes() > r.max {
		return nil, &IOError{Op: "dedupe", Path: c.Source, Err: ErrManyIDs}
	}
	return c, nil
}

// strain takes the duplicates out of a chunk.
func (r *dedupeReader) strain(c *Chunk) {
	if c.Oversize > 0 {
		return
	}
	var kept keeper
	lines := input.NewLineReader(c.Data)
	for n := 0; ; n++ {
		from := lines.Offset()
		line, off, ok := lines.Next()
		if !ok {
			break
		}
		if r.duplicate(line) {
			kept.begin(c, n, from)
			c.removed.duplicate++
			continue
		}
		kept.line(c.Data[from:lines.Offset()], c, n, off)
	}
	kept.end(c)
}

// duplicate says whether a record has the uuid of an earlier one. What cannot be read, and what has no
// uuid, is none.
func (r *dedupeReader) duplicate(line []byte) bool {
	if blank(line) {
		return false
	}
	defer r.arena.Rewind()
	record, err := unwrapped(line)
	if err != nil {
		return false
	}
	e, err := r.arena.Event(record)
	if err != nil {
		return false
	}
	id, ok := ids.Of(uuidOf(e))
	return ok && !r.seen.Add(id)
}

// uuidOf returns the uuid of a record of any shape.
func uuidOf(e *sdk.PluginEvent) sdk.Value {
	if v := e.Get("uuid"); v.Exists() {
		return v
	}
	return e.Get("UUID")
}

// keeper makes the lines of a chunk anew from the first one on that goes.
type keeper struct {
	data  []byte // nil as long as all lines stay
	spots []spot
}

// begin keeps the first n lines, which end at from, and no others yet.
func (k *keeper) begin(c *Chunk, n, from int) {
	if k.data != nil {
		return
	}
	k.data = append(make([]byte, 0, len(c.Data)), c.Data[:from]...)
	lines := input.NewLineReader(c.Data[:from])
	for i := range n {
		_, off, _ := lines.Next()
		k.spot(c, i, off)
	}
}

// line keeps a line, with its line feed.
func (k *keeper) line(line []byte, c *Chunk, n, off int) {
	if k.data != nil {
		k.data = append(k.data, line...)
		k.spot(c, n, off)
	}
}

func (k *keeper) spot(c *Chunk, n, off int) {
	at := c.place(n, off)
	k.spots = append(k.spots, at.spot)
}

// end gives the chunk the lines that stay.
func (k *keeper) end(c *Chunk) {
	if k.data != nil {
		c.replaceData(k.data, k.spots)
	}
}
