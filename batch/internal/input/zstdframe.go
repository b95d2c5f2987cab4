package input

import (
	"bufio"
	"io"

	"github.com/klauspost/compress/zstd"
)

// frameReader reads a file of Zstandard frames and ends at the end of each. It looks at
// sizes only. What it does not understand it passes on, up to the end of the file, for the
// decoder to say what is wrong with it.
//
// Source: RFC 8878 section 3.1.1 (frames and blocks) and 3.1.2 (skippable frames).
type frameReader struct {
	src      *source
	br       *bufio.Reader
	left     int64 // bytes up to the next block header or to the end of the frame
	last     bool  // the frame ends after those
	checksum bool  // four more bytes follow the last block
	lost     bool  // not a frame: everything is passed on
}

const (
	blockHeaderBytes = 3
	blockRLE         = 1 // block type: one byte, repeated
	checksumBytes    = 4
)

// next goes to the next frame. It returns io.EOF if there is none.
func (f *frameReader) next() error {
	if _, err := f.br.Peek(1); err != nil {
		return err
	}
	head, _ := f.br.Peek(zstd.HeaderMaxSize)
	var h zstd.Header
	f.lost = h.Decode(head) != nil
	f.left, f.last, f.checksum = int64(h.HeaderSize), h.Skippable, h.HasCheckSum
	if h.Skippable {
		f.left += int64(h.SkippableSize)
	}
	return nil
}

// Read returns io.EOF at the end of the frame and at the end of the file.
func (f *frameReader) Read(p []byte) (int, error) {
	if !f.lost && f.left == 0 {
		if f.last {
			return 0, io.EOF
		}
		f.block()
	}
	if !f.lost {
		p = p[:min(int64(len(p)), f.left)]
	}
	n, err := f.br.Read(p)
	f.left -= int64(n)
	return n, err
}

// block looks at the header of the next block.
func (f *frameReader) block() {
	b, _ := f.br.Peek(blockHeaderBytes)
	if len(b) < blockHeaderBytes {
		f.lost = true
		return
	}
	header := uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16
	size := int64(header >> 3)
	if header>>1&3 == blockRLE {
		size = 1
	}
	f.left = blockHeaderBytes + size
	f.last = header&1 == 1
	if f.last && f.checksum {
		f.left += checksumBytes
	}
}

// taken returns how many bytes of the file have been handed to the decoder.
func (f *frameReader) taken() int64 { return f.src.taken() - int64(f.br.Buffered()) }
