// Package faultfs is a file system that fails where a test wants it to.
//
// The front door is [New], which wraps an [output.FS], [Fault], which says what fails, and
// [FS.Log], which says what was done. A test that wants every failure once counts the
// operations of a run without faults and then lets each of them fail:
//
//	for n := 1; n <= total; n++ {
//		fsys := faultfs.New(output.OS{}, faultfs.Fault{N: n, Err: syscall.ENOSPC})
//		…
//	}
//
// # Vocabulary
//
//	operation  one call of a method of FS, File or Lock, except Read and Seek of File
//	fault      an operation that fails without having been done
//	kill       what the death of the process does: files are closed, locks are dropped
//
// # Design notes
//
// A failing Close or Release is done all the same, as the operating system does: the
// descriptor is gone whatever close says. Every other failing operation leaves the file
// system as it was, but for a short write.
package faultfs

import (
	"cmp"
	"errors"
	"io/fs"
	"strings"
	"sync"
	"syscall"

	"github.com/plugreel/plugreel/batch/internal/output"
)

// Op names a kind of operation.
type Op string

// The operations.
const (
	Any      Op = ""
	Open     Op = "open"
	Write    Op = "write"
	Sync     Op = "sync"
	Close    Op = "close"
	Truncate Op = "truncate"
	Stat     Op = "stat"
	List     Op = "list"
	Mkdir    Op = "mkdir"
	Rename   Op = "rename"
	Remove   Op = "remove"
	SyncDir  Op = "syncdir"
	Lock     Op = "lock"
	Release  Op = "release"
)

// ErrKilled is the error of every operation after Kill.
var ErrKilled = errors.New("the process is dead")

// Fault says which operation fails and how.
type Fault struct {
	Op     Op     // kind of operation; Any is each
	Path   string // what the path must contain; "" is each. The path of a rename is the new one
	N      int    // the N-th operation of those fails, from 1 on; 0 means 1
	Sticky bool   // and all of those after it
	Err    error  // how; nil means syscall.EIO
	Short  bool   // a write that fails writes half of its bytes first
	Kill   bool   // the process dies instead, with ErrKilled for Err
	After  bool   // and only when the operation is done
	Do     func() // is called instead, before or after the operation, which does not fail
}

// Entry is an operation of the log.
type Entry struct {
	Op   Op
	Path string
	Err  error // nil if it went well
}

// FS is an [output.FS] with faults. It may be used by several goroutines.
type FS struct {
	inner output.FS

	mu     sync.Mutex
	faults []Fault
	seen   []int // matching operations so far, for each fault
	log    []Entry
	open   map[*file]bool
	locks  map[*lock]bool
	killed bool
	after  func() // is called when the operation at hand is done
}

// New returns a file system that does what inner does, but for the faults.
func New(inner output.FS, faults ...Fault) *FS {
	return &FS{inner: inner, faults: faults, seen: make([]int, len(faults)), open: map[*file]bool{}, locks: map[*lock]bool{}}
}

// Log returns what was done so far, in order.
func (f *FS) Log() []Entry {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]Entry(nil), f.log...)
}

// OpenFiles returns how many files and locks are not closed.
func (f *FS) OpenFiles() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.open) + len(f.locks)
}

// Kill does to open files and locks what the death of the process does. From then on all
// operations fail with [ErrKilled].
func (f *FS) Kill() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.kill()
}

func (f *FS) kill() {
	f.killed = true
	for o := range f.open {
		o.File.Close()
	}
	for l := range f.locks {
		l.inner.Release(false)
	}
	clear(f.open)
	clear(f.locks)
}

// fault counts an operation and returns the error with which it is to fail, if it is.
func (f *FS) fault(op Op, path string) (short bool, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.killed {
		return false, ErrKilled
	}
	for i, x := range f.faults {
		if x.Op != Any && x.Op != op || !strings.Contains(path, x.Path) {
			continue
		}
		f.seen[i]++
		n := max(x.N, 1)
		if f.seen[i] == n || x.Sticky && f.seen[i] > n {
			f.hit(x, &short, &err)
		}
	}
	if f.killed {
		f.kill()
		return false, ErrKilled
	}
	return short, err
}

// hit lets a fault happen, or be about to.
func (f *FS) hit(x Fault, short *bool, err *error) {
	do := x.Do
	switch {
	case x.Kill:
		do = func() { f.killed = true }
	case do == nil:
		*short, *err = x.Short, cmp.Or(x.Err, error(syscall.EIO))
		return
	}
	if x.After {
		f.after = do
		return
	}
	do()
}

// record adds an operation to the log and returns its error.
func (f *FS) record(op Op, path string, err error) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.after != nil {
		f.after()
		f.after = nil
		if f.killed {
			f.kill()
		}
	}
	f.log = append(f.log, Entry{op, path, err})
	return err
}

// do runs an operation, unless a fault is in its way.
func (f *FS) do(op Op, path string, run func() error) error {
	if _, err := f.fault(op, path); err != nil {
		return f.record(op, path, err)
	}
	return f.record(op, path, run())
}

// OpenFile is an Open.
func (f *FS) OpenFile(name string, flag int, perm fs.FileMode) (output.File, error) {
	opened := &file{fs: f, name: name}
	err := f.do(Open, name, func() (err error) {
		opened.File, err = f.inner.OpenFile(name, flag, perm)
		return err
	})
	if err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.killed {
		opened.File.Close()
		return nil, ErrKilled
	}
	f.open[opened] = true
	return opened, nil
}

// Stat is a Stat.
func (f *FS) Stat(name string) (info fs.FileInfo, err error) {
	err = f.do(Stat, name, func() error {
		info, err = f.inner.Stat(name)
		return err
	})
	return info, err
}

// ReadDir is a List.
func (f *FS) ReadDir(name string) (entries []fs.DirEntry, err error) {
	err = f.do(List, name, func() error {
		entries, err = f.inner.ReadDir(name)
		return err
	})
	return entries, err
}

// Mkdir is a Mkdir.
func (f *FS) Mkdir(name string, perm fs.FileMode) error {
	return f.do(Mkdir, name, func() error { return f.inner.Mkdir(name, perm) })
}

// MkdirAll is a Mkdir.
func (f *FS) MkdirAll(name string, perm fs.FileMode) error {
	return f.do(Mkdir, name, func() error { return f.inner.MkdirAll(name, perm) })
}

// Rename is a Rename, with the new name as its path.
func (f *FS) Rename(from, to string) error {
	return f.do(Rename, to, func() error { return f.inner.Rename(from, to) })
}

// Remove is a Remove.
func (f *FS) Remove(name string) error {
	return f.do(Remove, name, func() error { return f.inner.Remove(name) })
}

// RemoveAll is a Remove.
func (f *FS) RemoveAll(name string) error {
	return f.do(Remove, name, func() error { return f.inner.RemoveAll(name) })
}

// SyncDir is a SyncDir.
func (f *FS) SyncDir(name string) error {
	return f.do(SyncDir, name, func() error { return f.inner.SyncDir(name) })
}

// Lock is a Lock.
func (f *FS) Lock(name string) (output.Lock, error) {
	l := &lock{fs: f, name: name}
	err := f.do(Lock, name, func() (err error) {
		l.inner, err = f.inner.Lock(name)
		return err
	})
	if err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.killed {
		l.inner.Release(false)
		return nil, ErrKilled
	}
	f.locks[l] = true
	return l, nil
}

type lock struct {
	fs    *FS
	name  string
	inner output.Lock
}

// Release is a Release.
func (l *lock) Release(remove bool) error {
	return l.fs.end(Release, l.name, func(failing bool) error {
		delete(l.fs.locks, l)
		return l.inner.Release(remove && !failing)
	})
}

// end runs an operation that lets go of something, also if it is to fail.
func (f *FS) end(op Op, path string, run func(failing bool) error) error {
	_, fault := f.fault(op, path)
	if fault == ErrKilled {
		return f.record(op, path, fault)
	}
	f.mu.Lock()
	err := run(fault != nil)
	f.mu.Unlock()
	return f.record(op, path, cmp.Or(fault, err))
}

type file struct {
	output.File
	fs   *FS
	name string
}

// Write is a Write.
func (f *file) Write(p []byte) (int, error) {
	short, err := f.fs.fault(Write, f.name)
	switch {
	case short:
		p = p[:len(p)/2]
	case err != nil:
		p = nil
	}
	n, inner := f.File.Write(p)
	return n, f.fs.record(Write, f.name, cmp.Or(err, inner))
}

// Sync is a Sync.
func (f *file) Sync() error { return f.fs.do(Sync, f.name, f.File.Sync) }

// Truncate is a Truncate.
func (f *file) Truncate(size int64) error {
	return f.fs.do(Truncate, f.name, func() error { return f.File.Truncate(size) })
}

// Close is a Close.
func (f *file) Close() error {
	return f.fs.end(Close, f.name, func(bool) error {
		delete(f.fs.open, f)
		return f.File.Close()
	})
}
