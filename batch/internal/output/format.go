package output

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/plugreel/plugreel/batch/internal/rowgroup"
)

// Codec is how records are stored in an output file: as lines, under a compression of the whole
// file, or as Parquet, with a compression of the pages in it.
type Codec uint8

// The codecs. Gzip and Zstd are written as one unit (member or frame) per chunk, Brotli as one
// stream. Parquet has a unit (a page of every column) per chunk, and what ties units together.
const (
	Identity Codec = iota
	Gzip
	Zstd
	Brotli
	Parquet // with zstd, as usual
	ParquetSnappy
	ParquetGzip
	ParquetBrotli
	ParquetLZ4
)

var codecNames = [...]string{"", "gzip", "zstd", "brotli", "parquet", "parquet", "parquet", "parquet", "parquet"}

// String returns the name of the codec: "", "gzip", "zstd", "brotli" or "parquet".
func (c Codec) String() string { return codecNames[c] }

// PerChunk tells whether an [Encoder] makes a unit of each chunk. If not, chunks go to the
// [StageFile] as they are.
func (c Codec) PerChunk() bool { return c == Gzip || c == Zstd || c.Parquet() }

// Parquet tells whether a file of the codec is Parquet.
func (c Codec) Parquet() bool { return c >= Parquet }

// pageCodecs are the compressions of pages.
var pageCodecs = map[Codec]rowgroup.Codec{
	Parquet: rowgroup.Zstd, ParquetSnappy: rowgroup.Snappy, ParquetGzip: rowgroup.Gzip,
	ParquetBrotli: rowgroup.Brotli, ParquetLZ4: rowgroup.LZ4,
}

// Format is how records are written to a file: as JSON lines, compressed or not, or as Parquet.
type Format struct {
	Codec Codec
}

// FormatError says that an output path does not tell a format that can be written.
type FormatError struct {
	Path string
	Err  error // ErrUnknownFormat
}

// Error returns one line that says which extensions are known.
func (e *FormatError) Error() string {
	return fmt.Sprintf("%s: %v, want a name that ends in .ndjson, .jsonl or .json, with .gz, .zst or .br after it for compression, or in .parquet", e.Path, e.Err)
}

// Unwrap returns the sentinel.
func (e *FormatError) Unwrap() error { return e.Err }

const parquetExtension = ".parquet"

var (
	codecExtensions = map[string]Codec{".gz": Gzip, ".zst": Zstd, ".br": Brotli}
	lineExtensions  = []string{".ndjson", ".jsonl", ".json"}
	// pageExtensions are those that PostHog puts after .parquet.
	pageExtensions = map[string]Codec{
		".zst": Parquet, ".sz": ParquetSnappy, ".gz": ParquetGzip, ".br": ParquetBrotli, ".lz4": ParquetLZ4,
	}
)

// FormatOf returns the format that the extensions of path ask for, upper or lower case. The
// error is a [*FormatError].
func FormatOf(path string) (Format, error) {
	name := strings.ToLower(filepath.Base(path))
	last := filepath.Ext(name)
	before := filepath.Ext(strings.TrimSuffix(name, last))
	pages, onPages := pageExtensions[last]
	codec, compressed := codecExtensions[last]
	switch {
	case last == parquetExtension:
		return Format{Codec: Parquet}, nil
	case onPages && before == parquetExtension:
		return Format{Codec: pages}, nil
	case compressed && slices.Contains(lineExtensions, before):
		return Format{Codec: codec}, nil
	case slices.Contains(lineExtensions, last):
		return Format{}, nil
	}
	return Format{}, &FormatError{Path: path, Err: ErrUnknownFormat}
}
