package batch

import (
	"errors"
	"fmt"
)

// ErrStopped says that a run ended because a hook failed and Options.OnError is [Stop]. The
// error of Run that matches it is also a *sdk.PluginError.
var ErrStopped = errors.New("stopped at the first failed hook")

// ErrTooManyAbandoned says that a run ended because [MaxAbandoned] hook calls went on after
// their time was up and could not be ended.
var ErrTooManyAbandoned = errors.New("too many hook calls did not end when their time was up")

// RecordError is a problem of the data: a record, or a range of a source, that could not be
// read. It never ends a run: a dead letter is made of it, and Options.OnRecordError is told.
type RecordError struct {
	Source string // name of the source
	Line   int64  // 1-based, 0 if the source has no lines
	Item   int64  // of the events that stand on the line, 1-based, 0 if it holds one record
	Row    int64  // 1-based, 0 if the source has no rows
	Offset int64  // of the record in the decompressed data, in bytes
	Err    error  // cause, never nil
}

// Error is "source:line: cause", with " event item" behind the line if several stand there.
func (e *RecordError) Error() string {
	return fmt.Sprintf("%s: %v", e.position(), e.Err)
}

func (e *RecordError) position() string {
	return place{e.Source, e.Line == 0, spot{line: e.Line + e.Row, item: e.Item}}.String()
}

// Unwrap returns the cause.
func (e *RecordError) Unwrap() error { return e.Err }

// IOError is a failure of the system: a file that cannot be opened, read, written or renamed.
// It ends a run, and nothing gets its final name.
type IOError struct {
	Op   string // "open", "read", "write", "rename" and the like
	Path string // as the user named it
	Err  error  // cause, never nil
}

// Error is "path: op: cause".
func (e *IOError) Error() string { return fmt.Sprintf("%s: %s: %v", e.Path, e.Op, e.Err) }

// Unwrap returns the cause.
func (e *IOError) Unwrap() error { return e.Err }

// UsageError says that what was asked for makes no sense: two plugins of one name, an output
// that is an input, a file of a kind that cannot be replayed. Nothing gets its final name.
type UsageError struct{ Err error }

// Error is the cause's text.
func (e *UsageError) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *UsageError) Unwrap() error { return e.Err }

func usagef(format string, args ...any) error {
	return &UsageError{Err: fmt.Errorf(format, args...)}
}
