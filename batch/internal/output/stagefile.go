package output

import (
	"bufio"
	"io"
	"os"
	"path/filepath"
	"sync"

	"github.com/plugreel/plugreel/batch/internal/rowgroup"
)

// bufferBytes is how much small writes are gathered; a larger write goes straight through.
const bufferBytes = 64 << 10

// startBytes is how much is written before the system is asked to begin with it: the disk works while
// the run does, and finds little left to do when the file is synced.
const startBytes = 8 << 20

// StageFile is a file of a [Stage], to be written from its start to its end. After an
// error it stays in error: every later call returns that again.
type StageFile struct {
	stage  *Stage
	spec   Spec
	path   string
	stream io.Writer // standard output; nil if the file is staged

	file     File // nil before the first write and after Finish
	buf      *bufio.Writer
	whole    io.WriteCloser // makes a whole of what is written, in buf; nil if buf is as it is written
	size     int64
	started  int64 // of size: what the disk has begun with
	created  bool
	finished bool
	err      error

	closing   sync.Mutex // of file, for Cut.Sync
	marked    Mark       // by the last Cut
	restored  bool       // by Restore, and not asked for since
	published bool       // by the run that was restored
}

// Write appends p: compressed, if the codec is Brotli, and as the next rows, if it is Parquet. It
// keeps no reference to p.
func (f *StageFile) Write(p []byte) (int, error) {
	if err := f.ready(); err != nil {
		return 0, err
	}
	if len(p) == 0 {
		return 0, nil
	}
	if err := f.open(); err != nil {
		return 0, err
	}
	n, err := f.top().Write(p)
	return n, f.fail("write", err)
}

// Size returns how many bytes have been handed to the operating system. What Write has
// taken and Flush not passed on yet is not among them.
func (f *StageFile) Size() int64 { return f.size }

// Flush hands what was written to the operating system. A brotli encoder keeps what does
// not fill a block yet, and Parquet what does not fill a row group, so that the bytes do not
// depend on when Flush is called.
func (f *StageFile) Flush() error {
	if err := f.ready(); err != nil || f.buf == nil {
		return err
	}
	return f.fail("write", f.buf.Flush())
}

// Finish ends the file: it is complete, on the disk, and closed, but not under its final
// name. Nothing can be written any more. Publish does this for every file; a caller with
// many files does it earlier, to have fewer open. A second call does nothing.
func (f *StageFile) Finish() error {
	if f.finished {
		return f.err
	}
	if f.err != nil {
		return f.err
	}
	if err := f.complete(); err != nil {
		return err
	}
	if err := f.Flush(); err != nil {
		return err
	}
	f.closing.Lock()
	defer f.closing.Unlock()
	if f.file != nil {
		if err := f.fail("sync", f.file.Sync()); err != nil {
			return err
		}
	}
	f.finished, f.buf, f.whole = true, nil, nil
	return f.fail("close", f.shut())
}

// shut closes the file, if it is open.
func (f *StageFile) shut() error {
	if f.file == nil {
		return nil
	}
	file := f.file
	f.file = nil
	return file.Close()
}

// complete writes what a reader needs to see at the end of a file of the codec.
func (f *StageFile) complete() error {
	if !f.created && !f.spec.Main {
		return nil
	}
	if err := f.open(); err != nil {
		return err
	}
	if f.whole != nil {
		return f.fail("write", f.whole.Close())
	}
	if f.size > 0 || f.buf.Buffered() > 0 {
		return nil
	}
	empty, err := emptyFile(f.spec.Codec)
	if err == nil {
		_, err = f.buf.Write(empty)
	}
	return f.fail("write", err)
}

// ready returns why the file cannot be written to, if so.
func (f *StageFile) ready() error {
	if f.err == nil && (f.finished || f.stage.ended) {
		return ioError("write", f.path, os.ErrClosed)
	}
	return f.err
}

// open creates the file if it is not there yet.
func (f *StageFile) open() error {
	if f.created {
		return nil
	}
	if f.stream == nil {
		if err := f.create(); err != nil {
			return f.fail("create", err)
		}
	}
	f.begun()
	return nil
}

// begun makes the file ready to be written to.
func (f *StageFile) begun() {
	f.created = true
	f.buf = bufio.NewWriterSize(counter{f}, bufferBytes)
	switch codec := f.spec.Codec; {
	case codec == Brotli:
		f.whole = newBrotli(f.buf)
	case codec.Parquet():
		f.whole = rowgroup.NewWriter(f.buf, pageCodecs[codec])
	}
}

func (f *StageFile) create() error {
	s, dir := f.stage, filepath.Dir(f.path)
	if dir != s.dir {
		if err := s.fs.MkdirAll(dir, dirPerm); err != nil {
			return ioError("mkdir", dir, err)
		}
	}
	flag := os.O_EXCL
	if s.restored {
		flag = os.O_TRUNC // the dead run may have come further than its last mark
	}
	file, err := s.fs.OpenFile(f.path, os.O_WRONLY|os.O_CREATE|flag, f.spec.Perm)
	if err != nil {
		return err
	}
	f.file = file
	for ; dir != s.dir; dir = filepath.Dir(dir) {
		s.unsynced[dir] = true
	}
	s.unsynced[s.dir] = true
	return nil
}

// top returns where Write writes.
func (f *StageFile) top() io.Writer {
	if f.whole != nil {
		return f.whole
	}
	return f.buf
}

// hasFinal tells whether the file is to be published.
func (f *StageFile) hasFinal() bool { return f.stream == nil && f.spec.Final != "" }

// abandon closes the file, if it is open, without caring for what is in it.
func (f *StageFile) abandon() error {
	f.closing.Lock()
	defer f.closing.Unlock()
	return ioError("close", f.path, f.shut())
}

// fail makes err, if it is one, the error of the file and returns it.
func (f *StageFile) fail(op string, err error) error {
	if f.err == nil {
		f.err = ioError(op, f.path, err)
	}
	return f.err
}

// counter writes to the file or the stream of a StageFile and counts.
type counter struct{ f *StageFile }

func (c counter) Write(p []byte) (int, error) {
	var w io.Writer = c.f.file
	if c.f.stream != nil {
		w = c.f.stream
	}
	n, err := w.Write(p)
	c.f.size += int64(n)
	c.f.start()
	if err == nil && n < len(p) {
		err = io.ErrShortWrite
	}
	return n, err
}

// start has the disk begin with what was written, if there is enough of it.
func (f *StageFile) start() {
	if f.size-f.started < startBytes {
		return
	}
	if file, ok := f.file.(starter); ok {
		file.StartSync(f.started, f.size-f.started)
	}
	f.started = f.size
}
