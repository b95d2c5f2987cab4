package rowgroup

import (
	"bytes"
	"fmt"
	"io"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/snappy"
	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go/format"
	"github.com/pierrec/lz4/v4"
)

// Caps on what a page may claim to decompress to.
const (
	maxPage = 1 << 30
	// freePage is accepted whatever the ratio is: a column of one value compresses very well.
	freePage = 64 << 20
	maxRatio = 1 << 10
)

// checkRatio refuses pages that claim to be much larger than they can be.
func checkRatio(compressed, plain int64) error {
	if plain > maxPage || plain > freePage && plain > maxRatio*compressed {
		return fmt.Errorf("got a page of %d bytes, compressed to %d", plain, compressed)
	}
	return nil
}

// decompress fills dst with what src holds; anything but len(dst) bytes is an error. It never
// takes more memory than that, whatever src claims.
func decompress(codec format.CompressionCodec, dst, src []byte) error {
	switch codec {
	case format.Uncompressed:
		return exactly(copy(dst, src), len(src), dst)
	case format.Snappy:
		return unsnap(dst, src)
	case format.Gzip:
		return gunzip(dst, src)
	case format.Brotli:
		return readExactly(dst, brotli.NewReader(bytes.NewReader(src)))
	case format.Zstd:
		return unzstd(dst, src)
	case format.Lz4Raw:
		n, err := lz4.UncompressBlock(src, dst)
		if err != nil {
			return err
		}
		return exactly(n, n, dst)
	}
	return fmt.Errorf("got compression %v, want none, snappy, gzip, brotli, zstd or lz4_raw", codec)
}

// exactly compares how much was written to dst, and how much there was, with its length.
func exactly(wrote, was int, dst []byte) error {
	if wrote != len(dst) || was != len(dst) {
		return fmt.Errorf("got %d bytes when decompressed, want %d", was, len(dst))
	}
	return nil
}

func readExactly(dst []byte, r io.Reader) error {
	n, err := io.ReadFull(r, dst)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return err
	}
	more, err := io.ReadFull(r, make([]byte, 1))
	if err != io.EOF {
		n += more
	}
	if err != nil && err != io.EOF {
		return err
	}
	return exactly(min(n, len(dst)), n, dst)
}

func unsnap(dst, src []byte) error {
	n, err := snappy.DecodedLen(src)
	if err != nil {
		return err
	}
	if err := exactly(n, n, dst); err != nil {
		return err
	}
	_, err = snappy.Decode(dst, src)
	return err
}

var gzipReaders = sync.Pool{New: func() any { return new(gzip.Reader) }}

func gunzip(dst, src []byte) error {
	r := gzipReaders.Get().(*gzip.Reader)
	defer gzipReaders.Put(r)
	if err := r.Reset(bytes.NewReader(src)); err != nil {
		return err
	}
	return readExactly(dst, r)
}

var zstdReaders = sync.Pool{New: func() any {
	r, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
		zstd.WithDecoderMaxMemory(maxPage), zstd.WithDecoderMaxWindow(128<<20))
	if err != nil {
		panic(err) // the options are constant
	}
	return r
}}

// unzstd decodes in one go where the frame says how much there is.
func unzstd(dst, src []byte) error {
	r := zstdReaders.Get().(*zstd.Decoder)
	defer zstdReaders.Put(r)
	var h zstd.Header
	if err := h.Decode(src); err != nil {
		return err
	}
	if !h.HasFCS || h.FrameContentSize != uint64(len(dst)) {
		if err := r.Reset(bytes.NewReader(src)); err != nil {
			return err
		}
		return readExactly(dst, r)
	}
	out, err := r.DecodeAll(src, dst[:0])
	if err != nil {
		return err
	}
	return exactly(len(out), len(out), dst)
}
