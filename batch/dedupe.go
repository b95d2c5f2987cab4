package batch

import (
	"context"
	"errors"
	"io"

	"github.com/plugreel/plugreel/batch/internal/ids"
	"github.com/plugreel/plugreel/batch/internal/input"
	"github.com/plugreel/plugreel/batch/internal/shape"
	"github.com/plugreel/plugreel/sdk"
)

// ErrManyIDs is the cause of the *[IOError] of a run whose uuids take more memory than
// Options.DedupeMemory.
var ErrManyIDs = errors.New("the uuids seen so far take more memory than they may; raise the limit")

// errNotReached says that an input has changed since it was compared with that of the unfinished run.
var errNotReached = &UsageError{Err: errors.New("resume: an input ends before the place where the unfinished run has stopped")}

// dedupeReader takes records out whose uuid an earlier record had. It stands before the workers, so
// that no plugin sees a duplicate and the first one in the order of the input is the one kept.
//
// What it keeps in mind is a function of the chunks that have gone through it: whoever begins
// in the middle of an input takes the chunks before through take: see run.catchUp.
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
	return c, r.take(c)
}

// take strains a chunk, as far as there is memory for it.
func (r *dedupeReader) take(c *Chunk) error {
	r.strain(c)
	if r.seen.Bytes() > r.max {
		return &IOError{Op: "dedupe", Path: c.Source, Err: ErrManyIDs}
	}
	return nil
}

// catchUp takes the chunks of a source up to a place through the reader, which stands there, so that it
// knows what it would know if it had come there by itself. When the run is to stop, it does.
func (r *run) catchUp(ctx context.Context, dedupe *dedupeReader, src Source, hints map[string]shape.Hint, to position) error {
	if to.same(position{}) {
		return nil
	}
	r.notice("reading again what was read before, for the uuids in it")
	before, err := r.openSource(ctx, src, hints, nil)
	if err != nil {
		return err
	}
	for reached := false; err == nil && !reached && !r.stopping(); {
		reached, err = dedupe.follow(ctx, before, to)
	}
	return errors.Join(err, before.Close())
}

// follow takes the next chunk, and says whether it ends at a place.
func (r *dedupeReader) follow(ctx context.Context, before ChunkReader, to position) (reached bool, err error) {
	c, err := before.Next(ctx)
	if err == io.EOF {
		return false, errNotReached // to go on would make duplicates of all records
	}
	if err != nil {
		return false, err
	}
	err = r.take(c)
	reached = c.end != nil && c.end.same(to)
	c.free()
	return reached, err
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
