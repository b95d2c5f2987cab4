package input

import (
	"context"
	"io"
)

// maxEmptyReads is how many reads in a row may bring neither bytes nor an error.
const maxEmptyReads = 100

// source reads the raw bytes of a file. It counts them, hands on what the sniffer has taken,
// and remembers its own errors, so that nobody takes a failing disk for bad data.
type source struct {
	ctx  context.Context // of the Next call that is under way
	r    io.Reader
	head []byte // read for the sniffer and not handed on yet
	n    int64  // bytes read from r
	err  error  // what ended reading: io.EOF, an error of r or one of ctx
}

func (s *source) Read(p []byte) (int, error) {
	if len(s.head) > 0 {
		n := copy(p, s.head)
		s.head = s.head[n:]
		return n, nil
	}
	return s.fetch(p)
}

// fetch reads from the file. It returns bytes or an error, never both and never neither.
func (s *source) fetch(p []byte) (int, error) {
	for range maxEmptyReads {
		if s.err == nil {
			s.err = s.ctx.Err()
		}
		if s.err != nil {
			return 0, s.err
		}
		var n int
		n, s.err = s.r.Read(p)
		s.n += int64(n)
		if n > 0 || len(p) == 0 {
			return n, nil
		}
	}
	s.err = io.ErrNoProgress
	return 0, s.err
}

// peek returns the first bytes of the file, n of them if it has so many. Read returns them
// again.
func (s *source) peek(n int) ([]byte, error) {
	head := make([]byte, n)
	k := 0
	for k < n && s.err == nil {
		m, _ := s.fetch(head[k:])
		k += m
	}
	s.head = head[:k]
	return s.head, s.failure()
}

// seek goes to an offset of the file, whatever was read before.
func (s *source) seek(file io.Seeker, offset int64) error {
	_, err := file.Seek(offset, io.SeekStart)
	s.head, s.n, s.err = nil, offset, err
	return err
}

// failure returns the error that ended reading, nil if there was none or if it was the end
// of the file.
func (s *source) failure() error {
	if s.err == io.EOF {
		return nil
	}
	return s.err
}

// taken returns how many bytes of the file have been handed on.
func (s *source) taken() int64 { return s.n - int64(len(s.head)) }

// filler is a source that fills every buffer it is given as long as there are bytes, so
// that the decoder behind it sees the same reads whatever the file system returns.
type filler struct{ *source }

func (f filler) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		m, err := f.source.Read(p[n:])
		n += m
		if err != nil && n == 0 {
			return 0, err
		}
		if err != nil {
			return n, nil
		}
	}
	return n, nil
}
