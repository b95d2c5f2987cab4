package output

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"time"

	"github.com/gofrs/flock"
)

// FS is what a [Stage] does to a file system. Names have the form of the operating system.
// Calls overlap only with those of [Cut.Sync]. Errors may be those of package os.
type FS interface {
	// OpenFile is os.OpenFile.
	OpenFile(name string, flag int, perm fs.FileMode) (File, error)
	// Stat follows symbolic links.
	Stat(name string) (fs.FileInfo, error)
	ReadDir(name string) ([]fs.DirEntry, error)
	Mkdir(name string, perm fs.FileMode) error
	MkdirAll(name string, perm fs.FileMode) error
	// Rename replaces a file that has the new name.
	Rename(from, to string) error
	Remove(name string) error
	RemoveAll(name string) error
	// SyncDir makes the names in a directory durable, where the system can do that.
	SyncDir(name string) error
	// Lock makes a file and locks it for this process, without waiting. Errors: [ErrLocked],
	// with who has it, and fs.ErrNotExist if it went away meanwhile, which is worth another try.
	Lock(name string) (Lock, error)
}

// File is an open file of an [FS]; *os.File could be one.
type File interface {
	io.ReadWriteSeeker
	io.Closer
	Truncate(size int64) error
	Sync() error
}

// starter is a [File] that can have the system begin to bring a part of it to the disk, without
// waiting for that, and without a promise: Sync finds less to do, no more.
type starter interface{ StartSync(offset, n int64) }

// Lock is a lock that is held. It ends with the process at the latest.
type Lock interface {
	// Release lets go of the lock, and removes its file first if remove is set.
	Release(remove bool) error
}

// OS is the file system of the operating system.
type OS struct{}

// osFile is a file of the operating system.
type osFile struct{ *os.File }

// OpenFile is os.OpenFile.
func (OS) OpenFile(name string, flag int, perm fs.FileMode) (File, error) {
	f, err := os.OpenFile(name, flag, perm)
	if err != nil {
		return nil, err
	}
	return osFile{f}, nil
}

// Stat is os.Stat.
func (OS) Stat(name string) (fs.FileInfo, error) { return os.Stat(name) }

// ReadDir is os.ReadDir.
func (OS) ReadDir(name string) ([]fs.DirEntry, error) { return os.ReadDir(name) }

// Mkdir is os.Mkdir.
func (OS) Mkdir(name string, perm fs.FileMode) error { return os.Mkdir(name, perm) }

// MkdirAll is os.MkdirAll.
func (OS) MkdirAll(name string, perm fs.FileMode) error { return os.MkdirAll(name, perm) }

// Rename is os.Rename.
func (OS) Rename(from, to string) error { return os.Rename(from, to) }

// Remove is os.Remove.
func (OS) Remove(name string) error { return os.Remove(name) }

// RemoveAll is os.RemoveAll.
func (OS) RemoveAll(name string) error { return os.RemoveAll(name) }

// SyncDir fsyncs a directory. Windows has no such thing; there it does nothing.
func (OS) SyncDir(name string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// Lock uses flock, or what the system has in its place.
func (OS) Lock(name string) (Lock, error) {
	l := flock.New(name, flock.SetPermissions(0o644))
	ok, err := l.TryLock()
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, lockedBy(name)
	}
	if err := stillThere(l); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	_ = os.WriteFile(name, holder(), 0o644) // for people; the lock holds without it
	return osLock{l}, nil
}

// holder tells people who this process is.
func holder() []byte {
	host, err := os.Hostname()
	if err != nil {
		host = "this machine"
	}
	return fmt.Appendf(nil, "process %d on %s, since %s", os.Getpid(), host, time.Now().Format(time.RFC3339))
}

func lockedBy(name string) error {
	text, err := os.ReadFile(name)
	if err != nil || len(text) == 0 {
		return ErrLocked
	}
	return fmt.Errorf("%w: %s", ErrLocked, text)
}

// stillThere checks that the file that was locked is the one that has the name: its last
// holder removes it.
func stillThere(l *flock.Flock) error {
	held, err := l.Stat()
	if err != nil {
		return err
	}
	named, err := os.Stat(l.Path())
	if err == nil && !os.SameFile(held, named) {
		err = fs.ErrNotExist
	}
	return err
}

type osLock struct{ *flock.Flock }

func (l osLock) Release(remove bool) error {
	if !remove {
		return l.Close()
	}
	if runtime.GOOS == "windows" { // an open file cannot be removed there
		return errors.Join(l.Close(), os.Remove(l.Path()))
	}
	return errors.Join(os.Remove(l.Path()), l.Close())
}

// FileSet finds files again, through whatever links and under whatever names. The zero value is
// empty and ready to use.
type FileSet struct{ alike map[likeness][]namedFile }

// likeness is what one file has in common with itself, and with few others.
type likeness struct {
	size     int64
	modified time.Time
}

type namedFile struct {
	name string
	info fs.FileInfo
}

func likenessOf(info fs.FileInfo) likeness { return likeness{info.Size(), info.ModTime()} }

// Add adds a file under a name.
func (s *FileSet) Add(name string, info fs.FileInfo) {
	if s.alike == nil {
		s.alike = map[likeness][]namedFile{}
	}
	key := likenessOf(info)
	s.alike[key] = append(s.alike[key], namedFile{name, info})
}

// Find returns the name of the first file that was added and is the same as info's.
func (s *FileSet) Find(info fs.FileInfo) (name string, found bool) {
	for _, f := range s.alike[likenessOf(info)] {
		if os.SameFile(f.info, info) {
			return f.name, true
		}
	}
	return "", false
}

// StatFinal is FS.Stat; a nil fsys is the operating system's.
func StatFinal(fsys FS, name string) (fs.FileInfo, error) { return orOS(fsys).Stat(name) }

func orOS(fsys FS) FS {
	if fsys == nil {
		return OS{}
	}
	return fsys
}
