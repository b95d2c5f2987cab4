package input

import (
	"errors"
	"fmt"
	"io/fs"
)

// Sentinels of [Expand], found with errors.Is.
var (
	// ErrNoMatch says that a pattern matches no file that would be read.
	ErrNoMatch = errors.New("no file matches the pattern")
	// ErrNoFiles says that a directory has no file that would be read.
	ErrNoFiles = errors.New("no file to read in this directory; names that start with a dot and *_manifest.json are skipped")
	// ErrStdinTwice says that "-" was given more than once.
	ErrStdinTwice = errors.New("standard input can be read only once")
)

// Error is a failure to find, open or read an input: a wrong argument or a failing system,
// never bad data.
type Error struct {
	Op   string // "stat", "glob", "list", "open", "read" or "expand"
	Path string // as the user wrote it, or below the directory that the user wrote; "-" is standard input
	Err  error  // cause, never nil
}

// Error returns one line that names the path first.
func (e *Error) Error() string { return fmt.Sprintf("%s: %s: %v", e.Path, e.Op, e.Err) }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// ioError wraps err with op and path. The path that package os has put into err is taken
// off, so that a message does not say it twice.
func ioError(op, path string, err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	return &Error{Op: op, Path: path, Err: err}
}

// UnsupportedError says that the content of an input is of a kind that cannot be replayed.
type UnsupportedError struct {
	Path   string
	Kind   Kind // EncryptedParquet, Zip, XZ, Bzip2, LZ4 or Snappy; Parquet in a stream
	Stream bool // it could be read if it were a file
}

// Error names the file and the kind, and what to do about it.
func (e *UnsupportedError) Error() string {
	if e.Stream {
		return fmt.Sprintf("%s: got %s in a stream, want its name: reading begins at its end", e.Path, e.Kind)
	}
	want := "want JSON lines, plain or compressed with gzip, zstd or brotli, or Parquet"
	return fmt.Sprintf("%s: got %s, %s", e.Path, e.Kind, want)
}

// Damage is the end of an input whose compressed data is truncated or corrupt. The bytes
// from Offset on are not delivered, a line that began before the damage and was not
// finished included.
//
// In Parquet it is the end of a row group, or of all if the footer is bad: Row and Rows say which
// rows are not delivered, and of the other members only Group and Err are set.
type Damage struct {
	Err error // what the decoder said; errors.Is(Err, io.ErrUnexpectedEOF) means truncated

	Row  int64 // number of the first row that is not delivered, 1-based; 0 if there are no rows
	Rows int64 // how many these are, as far as is known
	// Group is the number of the row group that ends here, 1-based, after which others may come. 0 is the end
	// of the input.
	Group int

	Offset  int64 // decompressed offset of the first byte that is not delivered
	Line    int64 // number of the line that begins there, 1-based
	Decoded int64 // decompressed offset where the decoder stopped, at least Offset

	// Vouched is the decompressed offset up to which checksums have confirmed the data, at
	// most Decoded. Lines from there up to Offset were delivered although nothing confirms
	// them. It is the end of the last whole gzip member or zstd frame; for brotli, which
	// has no checksum, it is Decoded.
	Vouched int64

	// CompressedOffset is how many bytes of the file the decoder had taken. The damage lies
	// there or shortly before; for brotli up to 32 KiB before.
	CompressedOffset int64
}
