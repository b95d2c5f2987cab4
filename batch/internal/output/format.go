package output

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// Codec is a compression of a whole output file.
type Codec uint8

// The codecs. Gzip and Zstd are written as one unit (member or frame) per chunk, Brotli as
// one stream.
const (
	Identity Codec = iota
	Gzip
	Zstd
	Brotli
)

// String returns the name of the codec: "", "gzip", "zstd" or "brotli".
func (c Codec) String() string { return [...]string{"", "gzip", "zstd", "brotli"}[c] }

// PerChunk tells whether an [Encoder] compresses each chunk by itself. If not, chunks go to
// the [StageFile] as they are.
func (c Codec) PerChunk() bool { return c == Gzip || c == Zstd }

// Format is how records are written to a file: as JSON lines, compressed or not.
type Format struct {
	Codec Codec
}

// FormatError says that an output path does not tell a format that can be written.
type FormatError struct {
	Path string
	Err  error // ErrUnknownFormat or ErrParquet
}

// Error returns one line that says which extensions are known.
func (e *FormatError) Error() string {
	return fmt.Sprintf("%s: %v, want a name that ends in .ndjson, .jsonl or .json, with .gz, .zst or .br after it for compression", e.Path, e.Err)
}

// Unwrap returns the sentinel.
func (e *FormatError) Unwrap() error { return e.Err }

var (
	codecExtensions = map[string]Codec{".gz": Gzip, ".zst": Zstd, ".br": Brotli}
	lineExtensions  = []string{".ndjson", ".jsonl", ".json"}
)

// FormatOf returns the format that the extensions of path ask for, upper or lower case. The
// error is a [*FormatError].
func FormatOf(path string) (Format, error) {
	name := strings.ToLower(filepath.Base(path))
	codec, compressed := codecExtensions[filepath.Ext(name)]
	if compressed {
		name = strings.TrimSuffix(name, filepath.Ext(name))
	}
	switch ext := filepath.Ext(name); {
	case ext == ".parquet":
		return Format{}, &FormatError{Path: path, Err: ErrParquet}
	case !slices.Contains(lineExtensions, ext):
		return Format{}, &FormatError{Path: path, Err: ErrUnknownFormat}
	}
	return Format{Codec: codec}, nil
}
