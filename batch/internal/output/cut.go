package output

import (
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
)

// Mark is how far a file of a [Stage] was at a [Cut].
type Mark struct {
	Spec
	Size     int64 `json:"size"`               // bytes in the staging directory
	Created  bool  `json:"created,omitempty"`  // else there is nothing of it there
	Finished bool  `json:"finished,omitempty"` // nothing more is written to it
}

// Cut is a moment in the life of a Stage to which [Stage.Restore] can go back.
type Cut struct {
	Marks []Mark // of the files that have changed since the last cut

	stage *Stage
	files []*StageFile // to be synced
	dirs  map[string]bool
}

// Cuttable tells whether a Cut can be made: not while a brotli stream, or Parquet, is being written, as
// that cannot be taken up again.
func (s *Stage) Cuttable() bool {
	for _, f := range s.files {
		if f.whole != nil {
			return false
		}
	}
	return true
}

// Cut hands all that was written to the operating system and marks how far every file is.
// Writing can go on at once; the marks hold once the cut is synced.
func (s *Stage) Cut() (*Cut, error) {
	c := &Cut{stage: s, dirs: maps.Clone(s.unsynced)}
	for _, f := range s.files {
		if err := c.add(f); err != nil {
			return nil, err
		}
	}
	clear(s.unsynced)
	return c, nil
}

func (c *Cut) add(f *StageFile) error {
	if f.stream != nil || !f.created && !f.spec.Main {
		return nil
	}
	if !f.finished {
		if err := f.Flush(); err != nil {
			return err
		}
	}
	m := Mark{Spec: f.spec, Size: f.size, Created: f.created, Finished: f.finished}
	if m == f.marked {
		return nil
	}
	f.marked = m
	c.Marks = append(c.Marks, m)
	if f.file != nil {
		c.files = append(c.files, f)
	}
	return nil
}

// Sync waits until all that was marked is on the disk. It may be called while the files are written
// to and finished. The error is an [*Error].
func (c *Cut) Sync() error {
	for _, f := range c.files {
		if err := f.syncOpen(); err != nil {
			return err
		}
	}
	return c.stage.syncDirs(c.dirs)
}

// syncOpen fsyncs the file, unless it is closed, which has synced it.
func (f *StageFile) syncOpen() error {
	f.closing.Lock()
	defer f.closing.Unlock()
	if f.file == nil {
		return nil
	}
	return ioError("sync", f.path, f.file.Sync())
}

// Restore makes the files of a dead run those of the set, as they were when they were marked: what
// was written afterwards is cut off. complete says that all were finished, and that the dead run
// may have published some. marks are those of all cuts of that run, the last one of each file
// only. The stage was begun with Options.Keep. Errors: [ErrChanged], or an [*Error].
func (s *Stage) Restore(marks []Mark, complete bool) error {
	s.restored = true
	for _, m := range marks {
		f := &StageFile{stage: s, spec: m.Spec, path: s.Path(m.Name), marked: m, restored: true}
		f.size, f.started, f.finished = m.Size, m.Size, m.Finished
		s.add(f)
		if !m.Created {
			continue
		}
		if err := f.restore(complete); err != nil {
			return err
		}
	}
	return nil
}

func (f *StageFile) restore(complete bool) error {
	f.created = true
	size, err := f.stage.sizeOf(f.path)
	if complete && errors.Is(err, fs.ErrNotExist) {
		f.published = true
		size, err = f.stage.sizeOf(f.spec.Final)
	}
	switch {
	case err != nil:
		return ioError("resume", f.path, err)
	case size < f.size || (f.finished || f.published) && size != f.size:
		return ioError("resume", f.path, ErrChanged)
	case f.finished || f.published:
		return nil
	}
	return ioError("resume", f.path, f.reopen())
}

func (s *Stage) sizeOf(path string) (int64, error) {
	info, err := s.fs.Stat(path)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// reopen cuts the file back to its mark, to be written on.
func (f *StageFile) reopen() error {
	file, err := f.stage.fs.OpenFile(f.path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	f.file = file
	f.begun()
	if err := file.Truncate(f.size); err != nil {
		return err
	}
	_, err = file.Seek(f.size, io.SeekStart)
	return err
}

// takeRestored returns a restored file to whoever adds it again, once.
func (s *Stage) takeRestored(spec Spec) *StageFile {
	f := s.names[spec.Name]
	if f == nil || !f.restored || f.spec != spec {
		return nil
	}
	f.restored = false
	return f
}
