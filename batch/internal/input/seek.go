package input

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
)

// goTo moves to a position. A plain file is sought; anything else is read up to there, as
// compressed data cannot be entered in the middle.
func (s *Splitter) goTo(p Position) error {
	if p.Offset == 0 {
		return nil
	}
	s.begun, s.offset, s.line = true, p.Offset, p.Line
	if file, ok := s.src.r.(io.Seeker); ok && s.kind == Plain {
		return s.src.seek(file, p.Offset)
	}
	return s.skip(p.Offset)
}

// skip reads n decompressed bytes. Errors: io.ErrUnexpectedEOF if there are fewer, or what
// the decoder says of them.
func (s *Splitter) skip(n int64) error {
	buf := slices.Grow(s.opts.Buffers.Get(stepBytes), stepBytes)[:stepBytes]
	defer s.opts.Buffers.Put(buf)
	for n > 0 {
		m, err := s.dec.Read(buf[:min(n, stepBytes)])
		n -= int64(m)
		if n == 0 {
			return nil
		}
		if err == io.EOF {
			return io.ErrUnexpectedEOF
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// stopAt makes a plain input end there.
func (s *Splitter) stopAt(end int64) {
	if end == 0 || s.kind != Plain {
		return
	}
	s.size = end
	left := max(end-s.src.taken(), 0)
	s.src.head = s.src.head[:min(left, int64(len(s.src.head)))]
	s.src.r = io.LimitReader(s.src.r, left-int64(len(s.src.head)))
}

// LineStart returns where the first line begins that begins at or after offset at of a
// plain file, or where the file ends. Every record belongs to the one slice in which its
// line begins: slices that meet at such places lose none and share none.
func LineStart(file io.ReadSeeker, at int64) (int64, error) {
	if at <= 0 {
		return 0, nil
	}
	at-- // a line feed there makes a line begin at the place itself
	if _, err := file.Seek(at, io.SeekStart); err != nil {
		return 0, err
	}
	buf := make([]byte, rawBytes)
	for {
		n, err := file.Read(buf)
		if i := bytes.IndexByte(buf[:n], '\n'); i >= 0 {
			return at + int64(i) + 1, nil
		}
		at += int64(n)
		if err == io.EOF {
			return at, nil
		}
		if err != nil {
			return 0, err
		}
	}
}

// CountLines returns the number of the line that begins at offset at of a plain file. It reads
// all that is before.
func CountLines(file io.ReadSeeker, at int64) (int64, error) {
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return 0, err
	}
	line := int64(1)
	buf := make([]byte, stepBytes)
	for r := io.LimitReader(file, at); ; {
		n, err := r.Read(buf)
		line += int64(bytes.Count(buf[:n], []byte{'\n'}))
		if err == io.EOF {
			return line, nil
		}
		if err != nil {
			return 0, err
		}
	}
}

// KindOf tells the kind of an input by its first bytes.
func KindOf(ctx context.Context, fsys FS, in Input) (Kind, error) {
	s, err := Open(ctx, in, Options{FS: fsys})
	if err != nil {
		return 0, err
	}
	return s.Kind(), s.Close()
}

// SeekCloser is a file in which one can go to and fro.
type SeekCloser interface {
	io.ReadSeeker
	io.Closer
}

// OpenSeeker opens a file to look into it at different places. The error is an [*Error].
func OpenSeeker(fsys FS, path string) (SeekCloser, error) {
	f, err := orOS(fsys).Open(path)
	if err != nil {
		return nil, ioError("open", path, err)
	}
	if file, ok := f.(SeekCloser); ok {
		return file, nil
	}
	f.Close()
	return nil, ioError("seek", path, errors.ErrUnsupported)
}
