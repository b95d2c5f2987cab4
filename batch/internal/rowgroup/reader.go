package rowgroup

import (
	"context"
	"errors"
	"io"
	"runtime"
	"sync"
)

const (
	// ChunkRows is how many rows a chunk has, unless its row group ends before.
	ChunkRows = 4096
	// ChunkBytes is the size at which a chunk ends earlier: with the row that reaches it. It is that of
	// a chunk of lines: workers and what they write take as much memory for the one as for the other.
	ChunkBytes = 1 << 20
	// OversizeBytes is how much of an oversize row is delivered.
	OversizeBytes = 1 << 20

	// maxParallel is how many row groups are read at the same time, at most, and aheadBytes how
	// large they may be together, by the footer, unless it is one.
	maxParallel = 8
	aheadBytes  = 256 << 20
	// aheadChunks is how many chunks of each row group may wait to be asked for, for each processor:
	// those who want many at a time have many workers with as many chunks. maxAhead is the most.
	aheadChunks = 4
	maxAhead    = 64

	defaultMaxRecord = 64 << 20
)

// Options tunes [File.Read]. The zero value is ready to use.
type Options struct {
	MaxRecord  int      // bytes of the longest row accepted, as JSON; 0 means 64 MiB
	From       Position // where to begin: the end of a chunk, or the beginning of a row group
	Until      int      // number of the row group, counted from 0, that is not read any more; 0 means all are
	Parallel   int      // row groups read at the same time; 0 means GOMAXPROCS, at most 8
	ChunkBytes int      // a chunk ends with the row that reaches so many; 0 means ChunkBytes
}

// Position is a place between two rows.
type Position struct {
	Group int   // row group, counted from 0
	Row   int64 // rows of it that stand before
}

// Chunk is a run of rows of one row group.
type Chunk struct {
	Group  int    // row group, counted from 0
	Row    int64  // number of the first row in the file, 1-based
	Rows   int    // how many there are
	Offset int64  // of the row group in the file
	Data   []byte // a JSON object for every row, with a line feed; the receiver's
	Read   int64  // bytes of the file that have been used up so far

	// Oversize is the length of the one row in this chunk, if that is more than MaxRecord; else 0.
	// Data is then the first OversizeBytes of it, at most, without a line feed.
	Oversize int64

	End Position // where the next chunk begins

	// Damage is not nil in the last chunk of a row group that cannot be read to its end. It comes
	// after the rows in Data, if there are any.
	Damage *Damage
	// Lost is how many rows the damage has cost, as far as the footer can be believed.
	Lost int64
}

// Reader returns the chunks of a file in order. One goroutine uses it at a time.
type Reader struct {
	file *File
	opts Options

	group   int   // to be begun next
	row     int64 // number of its first row
	running []*run
	ahead   int64 // bytes of those
	ended   bool  // the last chunk was returned

	quit    chan struct{}
	workers sync.WaitGroup
}

// run is the reading of one row group.
type run struct {
	reader *Reader
	group  int
	first  int64 // number of its first row
	skip   int64 // rows that are not wanted
	bytes  int64 // decompressed
	out    chan item
}

type item struct {
	chunk *Chunk
	err   error
}

// Read begins to read rows. The caller closes the reader.
func (f *File) Read(o Options) *Reader {
	if o.MaxRecord <= 0 {
		o.MaxRecord = defaultMaxRecord
	}
	if o.Until <= 0 || o.Until > f.Groups() {
		o.Until = f.Groups()
	}
	if o.ChunkBytes <= 0 {
		o.ChunkBytes = ChunkBytes
	}
	if o.Parallel <= 0 {
		o.Parallel = min(runtime.GOMAXPROCS(0), maxParallel)
	}
	r := &Reader{file: f, opts: o, row: 1, quit: make(chan struct{})}
	for r.group < min(o.From.Group, o.Until) {
		r.pass(r.group)
	}
	return r
}

// pass goes on to the row group after group.
func (r *Reader) pass(group int) {
	r.row += max(r.file.Rows(group), 0)
	r.group = group + 1
}

// decompressed returns how large a row group is, by the footer.
func (f *File) decompressed(group int) (size int64) {
	for i := range f.meta.RowGroups[group].Columns {
		size += min(max(f.meta.RowGroups[group].Columns[i].MetaData.TotalUncompressedSize, 0), aheadBytes)
	}
	return size
}

// Next returns the next chunk, or io.EOF after the last. Bad data is no error but [Damage] in a
// chunk; the next one is then of the next row group. Errors: those of the file, or ctx's.
func (r *Reader) Next(ctx context.Context) (*Chunk, error) {
	for !r.ended {
		r.begin()
		if len(r.running) == 0 {
			return r.finish()
		}
		select {
		case it, ok := <-r.running[0].out:
			if ok {
				return it.chunk, it.err
			}
			r.ahead -= r.running[0].bytes
			r.running = r.running[1:]
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	return nil, io.EOF
}

// finish compares the number of rows with that in the footer, after all row groups.
func (r *Reader) finish() (*Chunk, error) {
	r.ended = true
	want, got := r.file.meta.NumRows, r.row-1
	if r.opts.Until < r.file.Groups() || want == got {
		return nil, io.EOF
	}
	err := errors.New("footer: got another number of rows than the row groups have")
	return &Chunk{Row: r.row, Read: r.file.size, Damage: &Damage{Err: err}, Lost: max(want-got, 0)}, nil
}

// begin starts as many row groups as may be read at the same time.
func (r *Reader) begin() {
	for r.group < r.opts.Until && len(r.running) < r.opts.Parallel {
		plain := r.file.decompressed(r.group)
		if len(r.running) > 0 && r.ahead+plain > aheadBytes {
			return
		}
		ahead := make(chan item, min(aheadChunks*runtime.GOMAXPROCS(0), maxAhead))
		one := &run{reader: r, group: r.group, first: r.row, bytes: plain, out: ahead}
		if r.group == r.opts.From.Group {
			one.skip = r.opts.From.Row
		}
		r.ahead += plain
		r.running = append(r.running, one)
		r.pass(r.group)
		r.workers.Go(one.work)
	}
}

// Close ends reading. Chunks stay valid.
func (r *Reader) Close() {
	select {
	case <-r.quit:
	default:
		close(r.quit)
	}
	r.workers.Wait()
	r.ended = true
}

// work reads the row group.
func (n *run) work() {
	defer close(n.out)
	f := n.reader.file
	rows, err := n.open()
	defer rows.close()
	b := builder{run: n, rows: rows, total: f.Rows(n.group)}
	for err == nil && rows.row < n.skip {
		_, err = rows.next(nil)
	}
	for more := true; more; {
		var c *Chunk
		c, more, err = b.chunk(err)
		if c == nil && err == nil {
			return
		}
		select {
		case n.out <- item{c, err}:
		case <-n.reader.quit:
			return
		}
	}
}

// open is File.openRows with an error also where that panics.
func (n *run) open() (opened *rows, err error) {
	opened = &rows{}
	defer func() {
		if v := recover(); v != nil {
			err = &Damage{Err: panicked(v)}
		}
	}()
	return n.reader.file.openRows(n.group, n.reader.opts.MaxRecord)
}

// builder makes chunks of rows.
type builder struct {
	run   *run
	rows  *rows
	total int64
	long  []byte // a row that is to be a chunk of its own
	size  int    // of the chunk before
}

// chunk returns the next chunk, nil if there is none, and whether there may be more. failed is why
// there are no rows to be read.
func (b *builder) chunk(failed error) (*Chunk, bool, error) {
	if b.long != nil {
		return b.oversize(), true, nil
	}
	c := b.begin()
	for failed == nil && b.rows.row < b.total && b.long == nil && c.Rows < ChunkRows && len(c.Data) < b.run.reader.opts.ChunkBytes {
		failed = b.add(c)
	}
	if failed == nil && b.long == nil && b.rows.row == b.total {
		failed = b.rows.end()
	}
	b.size = len(c.Data)
	if failed != nil {
		return b.damaged(c, failed)
	}
	if c.Rows == 0 && b.long == nil {
		return nil, false, nil
	}
	if c.Rows == 0 {
		return b.oversize(), true, nil
	}
	return b.counted(c), true, nil
}

func (b *builder) begin() *Chunk {
	f, n := b.run.reader.file, b.run
	c := &Chunk{Group: n.group, Row: n.first + b.rows.row}
	if columns := f.meta.RowGroups[n.group].Columns; len(columns) > 0 {
		c.Offset = chunkStart(&columns[0].MetaData)
	}
	if b.size > 0 {
		c.Data = make([]byte, 0, b.size+b.size/8)
	}
	return c
}

// add adds a row to the chunk, or puts it aside if it is too long.
func (b *builder) add(c *Chunk) error {
	data, err := b.rows.next(c.Data)
	if err != nil {
		return err
	}
	if length := len(data) - len(c.Data); length > b.run.reader.opts.MaxRecord {
		b.long = data[len(c.Data):]
		return nil
	}
	c.Data = append(data, '\n')
	c.Rows++
	return nil
}

// oversize makes a chunk of the row that was put aside.
func (b *builder) oversize() *Chunk {
	c := b.begin()
	c.Row--
	c.Rows, c.Oversize = 1, int64(len(b.long))
	c.Data = append([]byte(nil), b.long[:min(len(b.long), OversizeBytes)]...)
	b.long, b.size = nil, 0
	return b.counted(c)
}

// counted notes how much of the file was read.
func (b *builder) counted(c *Chunk) *Chunk {
	f, n := b.run.reader.file, b.run
	c.End = Position{Group: n.group, Row: b.rows.row}
	if b.long != nil {
		c.End.Row--
	}
	if c.End.Row == b.total {
		c.End = Position{Group: n.group + 1}
	}
	c.Read = f.used(n.group, b.rows.row)
	return c
}

// damaged ends the row group.
func (b *builder) damaged(c *Chunk, failed error) (*Chunk, bool, error) {
	var system *readError
	if errors.As(failed, &system) {
		return nil, false, system.err
	}
	if !errors.As(failed, &c.Damage) {
		c.Damage = &Damage{Err: failed}
	}
	c.Damage.Group = b.run.group + 1
	c.Lost = max(b.total-b.rows.row, 0)
	b.rows.row = b.total
	return b.counted(c), false, nil
}
