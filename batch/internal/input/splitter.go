package input

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math"
	"os"

	"github.com/plugreel/plugreel/batch/internal/rowgroup"
)

const (
	// DefaultChunkBytes is Options.ChunkBytes where it is 0.
	DefaultChunkBytes = 1 << 20
	// DefaultMaxRecord is Options.MaxRecord where it is 0.
	DefaultMaxRecord = 64 << 20
	// OversizeBytes is how much of an oversize line is delivered.
	OversizeBytes = 1 << 20

	// slackBytes is how far past a chunk the first read goes, in search of the line end; it
	// is what is carried over from one buffer to the next, at most.
	slackBytes = 16 << 10
	// stepBytes is how much is read at a time when that was not enough.
	stepBytes = 256 << 10
	// minBuffer is the smallest buffer, and usualRatio how much larger than the compressed
	// data one is made: guesses that spare small files a large buffer. A wrong one costs a copy.
	minBuffer  = 4 << 10
	usualRatio = 8
)

var bom = []byte("\xef\xbb\xbf")

// Options tunes [Open]. The zero value is ready to use.
type Options struct {
	FS         FS        // nil is the operating system's
	Stdin      io.Reader // what Stdin stands for; nil is os.Stdin
	ChunkBytes int       // a chunk ends with the first line that ends here or later; 0 is DefaultChunkBytes
	MaxRecord  int       // bytes of the longest line accepted, without its line feed; 0 is DefaultMaxRecord
	Buffers    Buffers   // where chunks of lines come from; nil allocates each

	// Start is where to begin: where a chunk of an earlier reading has ended, or a line of a
	// plain input begins. The chunks from there on are those of that reading. Zero is the start.
	Start Position
	// End is where a plain input ends, if not at its end, by the offset of a line; and where Parquet
	// ends, by the number of a row group. Zero is the end of the input.
	End Position
}

// Position is a place between two lines, or two rows, of an input. The zero value is the start.
type Position struct {
	Offset int64 `json:"offset"` // in the decompressed data, in bytes
	Line   int64 `json:"line"`   // number of the line that begins there, 1-based

	Group int   `json:"group,omitempty"` // of rows: number of their row group, counted from 0
	Row   int64 `json:"row,omitempty"`   // of rows: how many of that stand before
}

func (o Options) withDefaults() Options {
	o.FS = orOS(o.FS)
	if o.Stdin == nil {
		o.Stdin = os.Stdin
	}
	if o.ChunkBytes <= 0 {
		o.ChunkBytes = DefaultChunkBytes
	}
	if o.MaxRecord <= 0 {
		o.MaxRecord = DefaultMaxRecord
	}
	o.MaxRecord = min(o.MaxRecord, math.MaxInt/2-o.ChunkBytes) // sums of the two do not overflow
	if o.Buffers == nil {
		o.Buffers = fresh{}
	}
	return o
}

// Reader returns the chunks of one input in order. One goroutine uses it at a time.
type Reader interface {
	// Kind returns the kind of the input: Plain, Gzip, Zstd, Brotli or Parquet.
	Kind() Kind
	// Schema describes a Parquet file; nil if it is another one, or its footer is damaged.
	Schema() *rowgroup.Schema
	// Next returns the next chunk, or io.EOF after the last one; an empty input has none.
	//
	// Any other error ends the input: an [*Error] if the file cannot be read, or ctx's, which is
	// looked at between reads (one that blocks, of a terminal or a pipe, is not interrupted).
	// What comes after the last whole chunk before such an error is not delivered. Bad data is no
	// error but [Damage] in a chunk.
	Next(ctx context.Context) (Chunk, error)
	// Close closes the file, if Open has opened it. Chunks stay valid. Afterwards Next and
	// Close return os.ErrClosed.
	Close() error
}

// Chunk is a run of whole lines of one input, or of rows written as lines.
type Chunk struct {
	Source string // Input.Path
	Offset int64  // decompressed offset of Data[0]; of rows, where their row group is in the file
	Line   int64  // number of the line that starts there, 1-based; 0 for rows

	Row int64 // number of the first row, 1-based; 0 for lines

	// Data is the receiver's. It ends with a line feed, except at the end of an input that
	// does not, and except in an oversize chunk. It is empty only in a chunk that has
	// nothing but Damage.
	Data []byte

	// Read is how many bytes of the file have been read so far, for a progress bar.
	Read int64

	// End is where the next chunk begins, if there is one; after Damage there is none.
	End Position

	// Oversize is the length in bytes, without the line feed, of the one line in this
	// chunk, if that is more than MaxRecord; else 0. Data is then the first OversizeBytes
	// of the line, at most.
	Oversize int64

	// Damage is not nil in the last chunk of an input, or of a row group, that cannot be read to
	// its end. It comes after the lines in Data, if there are any.
	Damage *Damage
}

// Splitter is a [Reader] that cuts lines into chunks. It starts no goroutine.
type Splitter struct {
	name string
	size int64 // of the file; -1 unknown
	kind Kind
	opts Options
	src  *source
	dec  decoder
	file io.Closer // nil if the reader is the caller's

	buf      []byte // decompressed and not delivered
	offset   int64  // of buf[0]
	line     int64  // number of the line at buf[0]
	searched int    // there is no line end to cut after in buf[:searched]
	measured int    // start of a line; none before it is oversize
	long     *longLine
	begun    bool  // a byte order mark has been looked for
	end      error // why there is nothing after buf; nil while there may be
	done     error // what Next returns from now on; nil while there may be chunks
}

// longLine is an oversize line that is being skipped.
type longLine struct {
	offset, line int64
	head         []byte
	length       int64 // so far
}

// Open opens an input and reads as much of it as tells its kind. Errors: [*Error],
// [*UnsupportedError], or ctx's.
func Open(ctx context.Context, in Input, o Options) (Reader, error) {
	o = o.withDefaults()
	if in.Path == Stdin {
		return New(ctx, o.Stdin, in, o)
	}
	f, err := o.FS.Open(in.Path)
	if err != nil {
		return nil, ioError("open", in.Path, err)
	}
	r, err := newReader(ctx, f, f, in, o)
	if err != nil {
		f.Close()
		return nil, err
	}
	return r, nil
}

// New is [Open] for a reader that is open already, and that the caller closes. The path
// of in names the input in chunks and errors and helps to tell brotli from text; its size
// is a hint. Parquet can only be read of an io.ReaderAt that tells its size, as *os.File,
// *bytes.Reader and *strings.Reader do.
func New(ctx context.Context, r io.Reader, in Input, o Options) (Reader, error) {
	return newReader(ctx, r, nil, in, o)
}

// newReader makes the reader for what r holds. Closing it closes file, if that is not nil.
func newReader(ctx context.Context, r io.Reader, file io.Closer, in Input, o Options) (Reader, error) {
	s := &Splitter{name: in.Path, size: in.Size, opts: o.withDefaults(), line: 1, file: file}
	s.src = &source{ctx: ctx, r: r}
	head, err := s.src.peek(headBytes)
	if err != nil {
		return nil, s.failure()
	}
	switch {
	case len(head) < headBytes:
		s.size = s.src.n
	case s.size == 0:
		s.size = -1
	}
	if s.kind = kindOf(head, s.name); !s.kind.Supported() {
		return nil, &UnsupportedError{Path: s.name, Kind: s.kind}
	}
	if s.kind == Parquet {
		return openRows(r, file, in, s.opts)
	}
	if s.dec, err = newDecoder(s.kind, s.src); err != nil {
		return nil, ioError("open", s.name, err)
	}
	if err := s.goTo(s.opts.Start); err != nil {
		s.dec.close()
		return nil, ioError("seek", s.name, err)
	}
	s.stopAt(s.opts.End.Offset)
	return s, nil
}

// Kind returns the kind of the input: Plain, Gzip, Zstd or Brotli.
func (s *Splitter) Kind() Kind { return s.kind }

// Schema returns nil: lines have none.
func (s *Splitter) Schema() *rowgroup.Schema { return nil }

// Close closes the file; see [Reader].
func (s *Splitter) Close() error {
	if s.done == os.ErrClosed {
		return os.ErrClosed
	}
	s.done = os.ErrClosed
	s.dec.close()
	s.opts.Buffers.Put(s.buf)
	s.buf = nil
	if s.file == nil {
		return nil
	}
	if err := s.file.Close(); err != nil {
		return ioError("close", s.name, err)
	}
	return nil
}

// Next returns the next chunk; see [Reader].
func (s *Splitter) Next(ctx context.Context) (Chunk, error) {
	s.src.ctx = ctx
	s.skipBOM()
	for s.done == nil {
		if c, ok := s.cut(); ok {
			return c, nil
		}
		if s.end != nil {
			return s.finish()
		}
		s.fill()
		if s.end == nil {
			s.done = ctx.Err()
		}
	}
	return Chunk{}, s.done
}

// skipBOM drops a byte order mark at the start. It stays counted in offsets.
func (s *Splitter) skipBOM() {
	if s.begun || s.done != nil {
		return
	}
	s.begun = true
	for len(s.buf) < len(bom) && s.end == nil {
		s.fill()
	}
	if bytes.HasPrefix(s.buf, bom) {
		s.drop(len(bom))
	}
}

// cut takes a chunk off the front of the buffer, if there is a whole one in it.
func (s *Splitter) cut() (Chunk, bool) {
	if s.long != nil {
		return s.skipLong()
	}
	limit, long := s.measure()
	if from := max(s.searched, s.opts.ChunkBytes-1); from < limit {
		if i := bytes.IndexByte(s.buf[from:limit], '\n'); i >= 0 {
			return s.take(from + i + 1), true
		}
		s.searched = limit
	}
	switch {
	case !long:
		return Chunk{}, false
	case limit > 0:
		return s.take(limit), true
	}
	s.startLong()
	return s.skipLong()
}

// measure looks for an oversize line. It returns where that begins, or the length of the
// buffer if there is none so far.
func (s *Splitter) measure() (limit int, long bool) {
	for len(s.buf)-s.measured > s.opts.MaxRecord {
		window := s.buf[s.measured : s.measured+s.opts.MaxRecord+1]
		i := bytes.LastIndexByte(window, '\n')
		if i < 0 {
			return s.measured, true
		}
		s.measured += i + 1
	}
	return len(s.buf), false
}

// startLong begins to skip the oversize line at the front of the buffer.
func (s *Splitter) startLong() {
	head := s.buf[:min(s.opts.MaxRecord+1, OversizeBytes)]
	s.long = &longLine{offset: s.offset, line: s.line, head: bytes.Clone(head)}
}

// skipLong drops what there is of the oversize line, and returns it when that was its end.
func (s *Splitter) skipLong() (Chunk, bool) {
	i := bytes.IndexByte(s.buf, '\n')
	if i < 0 {
		s.long.length += int64(len(s.buf))
		s.drop(len(s.buf))
		return Chunk{}, false
	}
	s.long.length += int64(i)
	s.drop(i + 1)
	s.line++
	return s.takeLong(), true
}

func (s *Splitter) takeLong() Chunk {
	l := s.long
	s.long = nil
	return Chunk{Source: s.name, Offset: l.offset, Line: l.line, Data: l.head, Read: s.src.n, End: s.position(), Oversize: l.length}
}

// position is where the buffer begins.
func (s *Splitter) position() Position { return Position{Offset: s.offset, Line: s.line} }

// take makes a chunk of the first n bytes of the buffer, at least one.
func (s *Splitter) take(n int) Chunk {
	c := Chunk{Source: s.name, Offset: s.offset, Line: s.line, Data: s.buf[:n], Read: s.src.n}
	s.line += int64(bytes.Count(c.Data, []byte{'\n'}))
	c.End = Position{Offset: s.offset + int64(n), Line: s.line}
	if 2*n < cap(s.buf) {
		c.Data = append(s.opts.Buffers.Get(n), c.Data...)
		s.drop(n)
		return c
	}
	s.consumed(n)
	s.rebuffer(s.buf[n:])
	return c
}

// drop forgets the first n bytes of the buffer. A buffer that a long line has left behind
// is replaced by one of the usual size.
func (s *Splitter) drop(n int) {
	s.consumed(n)
	rest := s.buf[n:]
	if cap(s.buf) > 2*s.usual() && len(rest) < s.usual() {
		old := s.buf
		s.rebuffer(rest)
		s.opts.Buffers.Put(old)
		return
	}
	s.buf = s.buf[:copy(s.buf, rest)]
}

// consumed moves the position on by n bytes.
func (s *Splitter) consumed(n int) {
	s.offset += int64(n)
	s.measured = max(0, s.measured-n)
	s.searched = 0
}

// fill reads once, or finds out that there is nothing more to read.
func (s *Splitter) fill() {
	if len(s.buf) == cap(s.buf) {
		old := s.buf
		s.buf = append(s.opts.Buffers.Get(s.capacity(len(old))), old...)
		s.opts.Buffers.Put(old)
	}
	n := len(s.buf)
	room := s.buf[n:min(cap(s.buf), n+s.step(n))]
	m, err := s.dec.Read(room)
	s.buf, s.end = s.buf[:n+m], err
}

// rebuffer copies rest to a buffer of its own.
func (s *Splitter) rebuffer(rest []byte) {
	s.buf = nil
	if len(rest) > 0 {
		s.buf = append(s.opts.Buffers.Get(s.capacity(len(rest))), rest...)
	}
}

// usual returns the capacity that most buffers have: a chunk and what is read past it.
func (s *Splitter) usual() int {
	return s.opts.ChunkBytes + min(slackBytes, s.opts.ChunkBytes)
}

// step returns how much to read at most into a buffer that holds n bytes.
func (s *Splitter) step(n int) int {
	if n < s.usual() {
		return s.usual() - n
	}
	return min(stepBytes, s.usual())
}

// capacity returns how large a buffer to make for n bytes and what is read after them.
func (s *Splitter) capacity(n int) int {
	if n >= s.usual() {
		return min(2*n, n+s.opts.MaxRecord+s.usual())
	}
	if s.size < 0 {
		return s.usual()
	}
	left := max(s.size-s.dec.taken(), 0)
	if s.kind != Plain {
		left *= usualRatio
	}
	if left > int64(s.usual()) {
		return s.usual()
	}
	return min(s.usual(), max(2*n, n+int(left)+minBuffer))
}

// finish returns what is left when nothing more can be read.
func (s *Splitter) finish() (Chunk, error) {
	s.done = io.EOF
	if err := s.failure(); err != nil {
		s.done = err
		return Chunk{}, err
	}
	switch {
	case s.end != io.EOF:
		return s.damaged(), nil
	case s.long != nil:
		return s.takeLong(), nil
	case len(s.buf) > 0:
		return s.take(len(s.buf)), nil
	}
	return Chunk{}, io.EOF
}

// damaged returns the lines in front of damage, and the damage.
func (s *Splitter) damaged() Chunk {
	d := &Damage{Err: s.end, Decoded: s.offset + int64(len(s.buf)), Vouched: s.dec.vouched(), CompressedOffset: s.dec.taken()}
	c := Chunk{Source: s.name, Offset: s.offset, Line: s.line, Read: s.src.n, Damage: d}
	if s.long != nil {
		c.Offset, c.Line = s.long.offset, s.long.line
		d.Offset, d.Line = c.Offset, c.Line
		return c
	}
	if n := bytes.LastIndexByte(s.buf[:s.trusted(d)], '\n') + 1; n > 0 {
		c = s.take(n)
		c.Damage = d
	}
	d.Offset, d.Line = s.offset, s.line
	return c
}

// trusted returns how much of the buffer may be delivered: up to a truncation everything, up
// to a corruption what is vouched for.
func (s *Splitter) trusted(d *Damage) int {
	if errors.Is(d.Err, io.ErrUnexpectedEOF) {
		return len(s.buf)
	}
	return int(min(max(d.Vouched-s.offset, 0), int64(len(s.buf))))
}

// failure returns the error of the file or of the context that ended reading, nil if it was
// something else.
func (s *Splitter) failure() error {
	err := s.src.failure()
	if err == nil || err == s.src.ctx.Err() {
		return err
	}
	return ioError("read", s.name, err)
}
