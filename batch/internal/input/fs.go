package input

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// FS is the file system that inputs come from. Names have the form of the operating system.
// Calls do not overlap.
type FS interface {
	// Open opens a file for reading.
	Open(name string) (io.ReadCloser, error)
	// Stat follows symbolic links.
	Stat(name string) (fs.FileInfo, error)
	// ReadDir lists a directory, in any order.
	ReadDir(name string) ([]fs.DirEntry, error)
	// Glob is filepath.Glob.
	Glob(pattern string) ([]string, error)
}

// OS is the file system of the operating system.
type OS struct{}

// Open is os.Open.
func (OS) Open(name string) (io.ReadCloser, error) { return os.Open(name) }

// Stat is os.Stat.
func (OS) Stat(name string) (fs.FileInfo, error) { return os.Stat(name) }

// ReadDir is os.ReadDir.
func (OS) ReadDir(name string) ([]fs.DirEntry, error) { return os.ReadDir(name) }

// Glob is filepath.Glob.
func (OS) Glob(pattern string) ([]string, error) { return filepath.Glob(pattern) }

func orOS(fsys FS) FS {
	if fsys == nil {
		return OS{}
	}
	return fsys
}
