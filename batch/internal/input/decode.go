package input

import (
	"bufio"
	"io"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

const (
	// rawBytes is how much compressed data is read at a time.
	rawBytes = 64 << 10
	// maxWindow is the largest zstd window accepted; it is the memory that a frame can ask for.
	maxWindow = 128 << 20
)

// decoder undoes a compression. Read returns io.EOF at the clean end only; after any other
// error source.failure tells whose it is.
type decoder interface {
	io.Reader
	// vouched returns how many of the bytes read so far are beyond doubt.
	vouched() int64
	// taken returns how many bytes of the file have gone into those.
	taken() int64
	close()
}

func newDecoder(kind Kind, src *source) (decoder, error) {
	switch kind {
	case Gzip:
		return &checked{unit: &gzipMembers{src: src, br: bufio.NewReaderSize(src, rawBytes)}}, nil
	case Zstd:
		frames, err := newZstdFrames(src)
		return &checked{unit: frames}, err
	case Brotli:
		return &brotliDecoder{source: src, r: brotli.NewReader(filler{src})}, nil
	}
	return plainDecoder{src}, nil
}

// plainDecoder hands on the source itself.
type plainDecoder struct{ *source }

func (d plainDecoder) vouched() int64 { return d.taken() }
func (d plainDecoder) close()         {}

// brotliDecoder reads one stream. Nothing in it is ever confirmed, so everything counts as
// vouched for.
type brotliDecoder struct {
	*source
	r   *brotli.Reader
	out int64
}

func (d *brotliDecoder) Read(p []byte) (int, error) {
	n, err := d.r.Read(p)
	d.out += int64(n)
	return n, err
}

func (d *brotliDecoder) vouched() int64 { return d.out }
func (d *brotliDecoder) close()         {}

// unit is what a checksum covers, a gzip member or a zstd frame. Read returns io.EOF at the
// end of each, when it has been checked; next goes to the one after it, or returns io.EOF.
type unit interface {
	io.Reader
	next() error
	taken() int64
	close()
}

// checked reads unit after unit and knows how far the data is confirmed.
type checked struct {
	unit
	inUnit    bool
	out, good int64
}

// Read fills p with the data of as many units as that takes.
func (c *checked) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		if !c.inUnit {
			if err := c.next(); err != nil {
				return n, err
			}
			c.inUnit = true
		}
		m, err := c.unit.Read(p[n:])
		n += m
		c.out += int64(m)
		if err == io.EOF {
			c.inUnit, c.good = false, c.out
			continue
		}
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

func (c *checked) vouched() int64 { return c.good }

// gzipMembers reads the members of a gzip file.
type gzipMembers struct {
	gzip.Reader
	src *source
	br  *bufio.Reader
}

func (g *gzipMembers) next() error {
	b, err := g.br.Peek(1)
	if err != nil {
		return err
	}
	if b[0] == 0 {
		return g.padding()
	}
	err = g.Reset(g.br)
	g.Multistream(false)
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// padding skips zeros up to the end of the file, which tapes and block devices leave there.
func (g *gzipMembers) padding() error {
	for {
		b, err := g.br.ReadByte()
		if err != nil {
			return err
		}
		if b != 0 {
			return gzip.ErrHeader
		}
	}
}

func (g *gzipMembers) taken() int64 { return g.src.taken() - int64(g.br.Buffered()) }
func (g *gzipMembers) close()       {}

// zstdFrames reads the frames of a zstd file.
type zstdFrames struct {
	*zstd.Decoder
	frames *frameReader
}

func newZstdFrames(src *source) (*zstdFrames, error) {
	z, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
		zstd.WithDecoderMaxMemory(maxWindow), zstd.WithDecoderMaxWindow(maxWindow))
	br := bufio.NewReaderSize(src, rawBytes)
	return &zstdFrames{Decoder: z, frames: &frameReader{src: src, br: br}}, err
}

func (z *zstdFrames) next() error {
	if err := z.frames.next(); err != nil {
		return err
	}
	return z.Reset(z.frames)
}

func (z *zstdFrames) taken() int64 { return z.frames.taken() }
func (z *zstdFrames) close()       { z.Close() }
