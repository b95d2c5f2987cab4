package output

import (
	"io"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"github.com/plugreel/plugreel/batch/internal/rowgroup"
)

// Levels; the package documentation has the measurements.
const (
	gzipLevel   = 3
	zstdLevel   = zstd.SpeedFastest
	brotliLevel = 1
	// zstdWindow is what a decoder has to keep; a chunk is about as large.
	zstdWindow = 1 << 20
)

// Encoder compresses chunks, each into a unit of its own, or turns them into pages. The bytes depend on the chunk
// only, not on what the encoder did before. It belongs to one worker: calls must not overlap.
type Encoder struct {
	codec Codec
	gz    *gzip.Writer
	zs    *zstd.Encoder
	rows  *rowgroup.Encoder
	out   appender
}

// NewEncoder returns an encoder. For a codec that is not PerChunk it only copies.
func NewEncoder(c Codec) (*Encoder, error) {
	e := &Encoder{codec: c}
	var err error
	switch c {
	case Gzip:
		e.gz, err = gzip.NewWriterLevel(&e.out, gzipLevel)
	case Zstd:
		e.zs, err = zstd.NewWriter(nil, zstd.WithEncoderLevel(zstdLevel),
			zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(zstdWindow))
	}
	if c.Parquet() {
		e.rows = rowgroup.NewEncoder(pageCodecs[c])
	}
	return e, ioError("compress", c.String(), err)
}

// AppendCompressed appends the compressed chunk to dst and returns the extended slice, which
// is the caller's. An empty chunk appends nothing.
func (e *Encoder) AppendCompressed(dst, chunk []byte) ([]byte, error) {
	if len(chunk) == 0 {
		return dst, nil
	}
	if e.rows != nil {
		dst, err := e.rows.AppendUnit(dst, chunk)
		return dst, ioError("encode", e.codec.String(), err)
	}
	return e.unit(dst, chunk)
}

// unit appends a member or frame, also an empty one.
func (e *Encoder) unit(dst, chunk []byte) ([]byte, error) {
	switch e.codec {
	case Gzip:
		return e.member(dst, chunk)
	case Zstd:
		return e.zs.EncodeAll(chunk, dst), nil
	}
	return append(dst, chunk...), nil
}

// member appends a gzip member. Its header has neither name nor time.
func (e *Encoder) member(dst, chunk []byte) ([]byte, error) {
	e.out = dst
	defer func() { e.out = nil }()
	e.gz.Reset(&e.out)
	e.gz.ModTime = time.Unix(0, 0) // says that there is no time; Reset has set another
	if _, err := e.gz.Write(chunk); err != nil {
		return dst, ioError("compress", e.codec.String(), err)
	}
	err := e.gz.Close()
	return e.out, ioError("compress", e.codec.String(), err)
}

// appender is a slice that is written to.
type appender []byte

func (a *appender) Write(p []byte) (int, error) {
	*a = append(*a, p...)
	return len(p), nil
}

// emptyFile returns the content of a file of the codec that holds nothing. A file of no
// bytes is not valid gzip or zstd.
func emptyFile(c Codec) ([]byte, error) {
	if !c.PerChunk() || c.Parquet() {
		return nil, nil
	}
	e, err := NewEncoder(c)
	if err != nil {
		return nil, err
	}
	if e.zs != nil {
		defer e.zs.Close()
	}
	return e.unit(nil, nil)
}

// newBrotli returns a writer of one brotli stream. It passes on blocks of 64 KiB of input
// when they are full, whatever the sizes of the writes.
func newBrotli(w io.Writer) io.WriteCloser { return brotli.NewWriterV2(w, brotliLevel) }
