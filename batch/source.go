package batch

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"strings"
	"time"

	"github.com/plugreel/plugreel/batch/internal/input"
	"github.com/plugreel/plugreel/batch/internal/rowgroup"
	"github.com/plugreel/plugreel/batch/internal/shape"
)

// Source is where the records of a run come from. It is a description: every Open begins anew.
type Source interface {
	// Open begins to read. Errors: *[IOError], *[UsageError].
	Open(ctx context.Context, o ReadOptions) (ChunkReader, error)
}

// ReadOptions is what a run asks of a source.
type ReadOptions struct {
	MaxRecord int // bytes of the longest record that a chunk may hold whole
	Chunks    int // how many chunks may be in use at the same time, for a source that reuses memory

	from  *position // where to begin; nil is the start
	shard Shard     // what to read
}

// ChunkReader reads chunks. Calls do not overlap.
type ChunkReader interface {
	// Next returns the next chunk, io.EOF after the last. How a source is cut into chunks
	// depends on its content alone. Errors: *[IOError], or ctx's.
	Next(ctx context.Context) (*Chunk, error)
	// Close ends reading. Chunks stay valid.
	Close() error
}

// Sizer is a ChunkReader that knows how much there is to read.
type Sizer interface {
	// Size returns the bytes of all files as they are stored, 0 if unknown.
	Size() int64
}

// Chunk is a list of whole records of one file, one on each line. Rows of Parquet are written as
// lines.
type Chunk struct {
	Source string // name of the file, for positions; "-" is standard input
	Rel    string // where the file stands below what the user named, slash-separated
	Format string // "plain", "gzip", "zstd", "brotli" or "parquet"

	Line   int64  // number of the first line, 1-based; 0 if these are rows
	Row    int64  // number of the first row, 1-based; 0 if these are lines
	Offset int64  // of Data in the decompressed file, in bytes; of their row group in the file if these are rows
	Data   []byte // lines, the last maybe without its line feed; nobody changes it as long as it is used
	Read   int64  // bytes of all files read so far, as they are stored

	// Oversize is the length of the only line of the chunk, if that is longer than
	// ReadOptions.MaxRecord: Data is then its beginning. Else 0.
	Oversize int64
	// Damage is what keeps the rest of the file from being read, after Data; nil if nothing does.
	Damage *Damage

	// spots are where the lines of Data stand, if those are not simply the lines of the file
	// from Line on, or the rows from Row on.
	spots []spot
	size  int64 // bytes of the file that the chunk stands for; 0 means those of Data

	removed removed // records that are not in Data any more

	shape   shape.Hint       // what is known of the records of the file
	first   bool             // of its file
	schema  *rowgroup.Schema // of the file, if this is its first chunk and it is Parquet
	parted  bool             // it is a part of one that several workers work on
	traced  bool             // what becomes of each record is asked for: result.cuts, and a sample of every failure
	clock   time.Time        // the run's clock, if the chain needs one
	end     *position        // where the next chunk begins; nil if no run can be resumed there
	ticks   []tick           // that are due before it
	piece   bool             // of a chunk that was cut at a boundary
	more    bool             // the next chunk is the next piece
	calls   bool             // Data are calls of hooks that no record asks for, see call
	recycle func([]byte)
}

// Damage is the end of a file whose compressed data is truncated or corrupt, or, in Parquet, of a
// row group.
type Damage struct {
	Offset, Line int64 // first byte, in the decompressed file, that is not in a chunk, and its line
	Bytes        int64 // decompressed bytes that were lost, as far as the decoder got
	Row, Rows    int64 // of rows: the first that is not in a chunk, and how many were lost as far as is known
	Group        int   // number of the row group that ends here, 1-based; 0 if it is the file
	Err          error // what the decoder said
}

// removed counts records that need no worker.
type removed struct {
	duplicate int64
	empty     int64 // bodies without events
	blank     int64
}

// bytes is how much of its file the chunk stands for.
func (c *Chunk) bytes() int64 {
	if c.size > 0 {
		return c.size
	}
	return int64(len(c.Data))
}

// replaceData makes data the lines of the chunk, each of which stands at its spot. The memory of those
// before can be used again.
func (c *Chunk) replaceData(data []byte, spots []spot) {
	c.size = c.bytes()
	if c.recycle != nil {
		c.recycle(c.Data)
	}
	c.Data, c.spots = data, spots
}

// free gives the memory of Data back. Nobody may look at it any more.
func (c *Chunk) free() {
	if c.recycle != nil {
		c.recycle(c.Data)
	}
}

// Files is a source of files in the order of args: a path, a pattern (filepath.Match), a
// directory for all files below it (names with a leading dot and *_manifest.json skipped), or
// "-" for standard input. Matches and directories are read in byte order of the path.
//
// The files are JSON lines, plain or compressed with gzip, zstd or brotli, or Parquet, told apart
// by their content. A row of Parquet is read as one JSON object, with a member for each column:
// package batch/internal/rowgroup says how.
func Files(args ...string) Source { return &fileSource{args: args} }

// Reader is a source of what r holds, read like a file of that name, by one run. For Parquet r
// must be an io.ReaderAt that tells its size, such as *os.File or *bytes.Reader.
func Reader(name string, r io.Reader) Source { return &readerSource{name: name, r: r} }

// Records is a source of texts, each of which holds one record or, with line feeds, several.
// Its name is "records".
func Records(records ...string) Source {
	return &recordSource{text: strings.Join(records, "\n")}
}

type recordSource struct{ text string }

func (s *recordSource) Open(ctx context.Context, o ReadOptions) (ChunkReader, error) {
	return (&readerSource{name: "records", r: strings.NewReader(s.text)}).Open(ctx, o)
}

type readerSource struct {
	name string
	r    io.Reader
}

func (s *readerSource) Open(_ context.Context, o ReadOptions) (ChunkReader, error) {
	in := []input.Input{{Path: s.name, Rel: s.name}}
	open := func(ctx context.Context, in input.Input, o input.Options) (input.Reader, error) {
		return input.New(ctx, s.r, in, o)
	}
	return newFileReader(whole(in), open, o), nil
}

type fileSource struct {
	args []string
	fsys input.FS // nil is the operating system's
}

func (s *fileSource) Open(ctx context.Context, o ReadOptions) (ChunkReader, error) {
	inputs, err := s.inputs()
	if err != nil {
		return nil, err
	}
	parts, err := o.shard.parts(ctx, s.fsys, inputs)
	if err != nil {
		return nil, err
	}
	open := func(ctx context.Context, in input.Input, o input.Options) (input.Reader, error) {
		o.FS = s.fsys
		return input.Open(ctx, in, o)
	}
	return newFileReader(parts, open, o), nil
}

func (s *fileSource) inputs() ([]input.Input, error) {
	if len(s.args) == 0 {
		return nil, usagef("input: got none, want files, directories, patterns or - for standard input")
	}
	inputs, err := input.Expand(s.fsys, s.args)
	return inputs, inputError(err)
}

// stat looks at an input.
func (s *fileSource) stat(path string) (fs.FileInfo, error) {
	if s.fsys == nil {
		return input.OS{}.Stat(path)
	}
	return s.fsys.Stat(path)
}

// part is what is read of an input: all of it, lines of a plain file, or row groups of Parquet.
type part struct {
	input.Input
	start, end input.Position // end is zero at the end of the file
	from, to   int64          // of the bytes of the file, as they are stored; to is 0 if nobody knows the size
}

// all is the part that is the whole input.
func all(in input.Input) part { return part{Input: in, to: in.Size} }

func whole(inputs []input.Input) []part {
	parts := make([]part, len(inputs))
	for i, in := range inputs {
		parts[i] = all(in)
	}
	return parts
}

// size is how much of the file is read.
func (p *part) size() int64 { return p.to - p.from }

// position is where a run can be resumed: between two chunks. A reader that stands between the
// files and the workers adds to it, in every chunk that passes, what it needs to go on from there. One
// that cuts chunks up leaves it to the last piece of each.
type position struct {
	Input int            `json:"input"` // number of the part that is being read
	Begun bool           `json:"begun"` // it has had a chunk
	At    input.Position `json:"at"`    // in its file
	Done  int64          `json:"done"`  // bytes of the parts before it
	Left  int64          `json:"left,omitzero"`
	Clock time.Time      `json:"clock,omitzero"`
}

// same says whether two positions are one place in the inputs.
func (p position) same(q position) bool {
	return p.Input == q.Input && p.Begun == q.Begun && p.At == q.At
}

// fileReader reads one input after the other.
type fileReader struct {
	parts  []part
	number int       // of parts[0] among all
	from   *position // where to begin; nil once that is done
	open   opener
	opts   input.Options
	pool   *input.Pool
	size   int64

	at    input.Reader // nil between files
	any   bool         // at has had a chunk
	done  int64        // bytes of the files that were read
	bytes int64        // of at, read so far
}

// maxPooled is the largest buffer kept for another chunk: a chunk with room for what is read
// beyond its end.
const maxPooled = 2 * input.DefaultChunkBytes

// opener opens one input.
type opener func(context.Context, input.Input, input.Options) (input.Reader, error)

func newFileReader(parts []part, open opener, o ReadOptions) *fileReader {
	pool := input.NewPool(o.Chunks+1, maxPooled)
	r := &fileReader{parts: parts, open: open, pool: pool, from: o.from}
	r.opts = input.Options{MaxRecord: o.MaxRecord, Buffers: pool}
	for i := range parts {
		r.size += parts[i].size()
	}
	if o.from != nil {
		r.parts, r.number, r.done = parts[o.from.Input:], o.from.Input, o.from.Done
	}
	return r
}

func (r *fileReader) Size() int64 { return r.size }

// Next returns at least one chunk for every file, so that each is known to whoever looks at
// chunks.
func (r *fileReader) Next(ctx context.Context) (*Chunk, error) {
	for {
		if r.at == nil {
			if err := r.advance(ctx); err != nil {
				return nil, err
			}
		}
		c, err := r.at.Next(ctx)
		switch {
		case err == nil:
			return r.chunk(c), nil
		case err != io.EOF:
			return nil, inputError(err)
		}
		if c, last := r.finish(); last {
			return c, nil
		}
		if err := r.close(); err != nil {
			return nil, err
		}
	}
}

// finish returns an empty chunk for a file without one.
func (r *fileReader) finish() (*Chunk, bool) {
	if r.any {
		return nil, false
	}
	p := &r.parts[0]
	at := p.start
	at.Line = max(at.Line, 1)
	return r.chunk(input.Chunk{Source: p.Path, Offset: at.Offset, Line: at.Line, Read: p.to, End: at}), true
}

func (r *fileReader) advance(ctx context.Context) error {
	if len(r.parts) == 0 {
		return io.EOF
	}
	p, opts := &r.parts[0], r.opts
	opts.Start, opts.End = p.start, p.end
	r.any, r.bytes = false, 0
	if r.from != nil {
		opts.Start, r.any = r.from.At, r.from.Begun
		r.from = nil
	}
	at, err := r.open(ctx, p.Input, opts)
	r.at = at
	return inputError(err)
}

func (r *fileReader) close() error {
	err := r.at.Close()
	r.done = r.after()
	r.at, r.parts = nil, r.parts[1:]
	r.number++
	return inputError(err)
}

// after is how many bytes were read when the part at hand is over. Its size is taken, if it has one:
// a run that is resumed does not know what was read of it before.
func (r *fileReader) after() int64 {
	if p := &r.parts[0]; p.Size > 0 {
		return r.done + p.size()
	}
	return r.done + r.bytes
}

func (r *fileReader) chunk(c input.Chunk) *Chunk {
	p := &r.parts[0]
	r.bytes = c.Read - p.from
	if p.to > 0 {
		r.bytes = min(r.bytes, p.size())
	}
	chunk := &Chunk{
		Source: c.Source, Rel: p.Rel, Format: formats[r.at.Kind()],
		Line: c.Line, Row: c.Row, Offset: c.Offset, Data: c.Data, Oversize: c.Oversize,
		Read: r.done + r.bytes, first: !r.any, recycle: r.pool.Put,
		end: &position{Input: r.number, Begun: true, At: c.End, Done: r.done},
	}
	if chunk.first {
		chunk.schema = r.at.Schema()
	}
	r.any = true
	if d := c.Damage; d != nil {
		chunk.Damage = &Damage{Offset: d.Offset, Line: d.Line, Bytes: d.Decoded - d.Offset, Row: d.Row, Rows: d.Rows, Group: d.Group, Err: d.Err}
		if d.Group == 0 {
			chunk.end = &position{Input: r.number + 1, Done: r.after()}
		}
	}
	return chunk
}

var formats = map[input.Kind]string{
	input.Plain: "plain", input.Gzip: "gzip", input.Zstd: "zstd", input.Brotli: "brotli",
	input.Parquet: "parquet",
}

func (r *fileReader) Close() error {
	if r.at == nil {
		return nil
	}
	return r.close()
}

// inputError puts an error of package input into the terms of this package.
func inputError(err error) error {
	var system *input.Error
	var kind *input.UnsupportedError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, input.ErrStdinTwice):
		return &UsageError{Err: err}
	case errors.As(err, &kind):
		return &UsageError{Err: kind}
	case errors.As(err, &system):
		return &IOError{Op: system.Op, Path: system.Path, Err: system.Err}
	}
	return err
}

// limitReader ends after a number of records; blank lines do not count.
type limitReader struct {
	ChunkReader
	left int64
}

func (r *limitReader) Next(ctx context.Context) (*Chunk, error) {
	if r.left <= 0 {
		return nil, io.EOF
	}
	c, err := r.ChunkReader.Next(ctx)
	if err != nil {
		return nil, err
	}
	r.trim(c)
	if c.end != nil {
		c.end.Left = r.left
	}
	return c, nil
}

// trim cuts off of a chunk what is beyond the limit.
func (r *limitReader) trim(c *Chunk) {
	if c.Oversize > 0 {
		r.left--
		return
	}
	lines := input.NewLineReader(c.Data)
	for r.left > 0 {
		line, _, ok := lines.Next()
		if !ok {
			return
		}
		if !blank(line) {
			r.left--
		}
	}
	if _, off, ok := lines.Next(); ok {
		c.Data = c.Data[:off]
	}
	c.Damage = nil
}

func blank(line []byte) bool { return len(bytes.TrimSpace(line)) == 0 }
