package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"syscall"
)

// Sentinels, found with errors.Is in an [*Error] or a [*FormatError].
var (
	// ErrLocked says that another run is writing to the same output.
	ErrLocked = errors.New("another run is writing to this output")
	// ErrForeign says that OUT.plugreel is something else than a staging directory.
	ErrForeign = errors.New("got a directory that holds other things than an unfinished run; move it away")
	// ErrNotRegular says that a final name is taken by a directory, a device or a pipe.
	ErrNotRegular = errors.New("got something that is not a file, want a file name or a new name")
	// ErrSameFinal says that two files of a set would have the same final name.
	ErrSameFinal = errors.New("two outputs have this name, want a name for each")
	// ErrNoStage says that a side file was added to a set that has no staging directory.
	ErrNoStage = errors.New("got a file for a stream of standard output, want a staging directory")
	// ErrChanged says that a file of an unfinished run is not as long as that run has left it.
	ErrChanged = errors.New("somebody has changed this file since it was written")
	// ErrUnknownFormat says that the extensions of an output path mean nothing.
	ErrUnknownFormat = errors.New("unknown format")
)

// Error is a failure of the file system or of standard output.
type Error struct {
	Op   string // such as "create", "write", "sync", "rename", "lock"
	Path string // what it failed on; "standard output" is that
	Err  error  // cause, never nil
}

// Error returns one line that names the path first.
func (e *Error) Error() string { return fmt.Sprintf("%s: %s: %v", e.Path, e.Op, e.Err) }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// BrokenPipe tells whether err says that the reader of standard output has gone away.
//
// The Go runtime ends a program that meets this on file descriptor 1 with SIGPIPE; a
// program that wants to see the error ignores that signal.
func BrokenPipe(err error) bool { return errors.Is(err, syscall.EPIPE) }

// ioError wraps err, if it is not nil. The paths that package os has put into it are taken
// off, so that a message does not say them twice.
func ioError(op, path string, err error) error {
	var typed *Error
	if err == nil || errors.As(err, &typed) {
		return err
	}
	var pe *fs.PathError
	var le *os.LinkError
	switch {
	case errors.As(err, &pe):
		err = pe.Err
	case errors.As(err, &le):
		err = le.Err
	}
	return &Error{Op: op, Path: path, Err: err}
}

// crossDevice tells whether a rename failed because the names are on two file systems.
func crossDevice(err error) bool {
	const windowsNotSameDevice = syscall.Errno(17)
	return errors.Is(err, syscall.EXDEV) || runtime.GOOS == "windows" && errors.Is(err, windowsNotSameDevice)
}
