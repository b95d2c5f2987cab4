package output

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFormatOf(t *testing.T) {
	tests := []struct {
		name, reason, path string
		want               Codec
		is                 error
	}{
		{"ndjson", "the usual name", "out.ndjson", Identity, nil},
		{"jsonl", "PostHog's name", "a/2024-03-21T00:00:00+00:00.jsonl", Identity, nil},
		{"json", "some call it that", "out.json", Identity, nil},
		{"gzip", "after the format", "out.ndjson.gz", Gzip, nil},
		{"zstd", "after the format", "out.jsonl.zst", Zstd, nil},
		{"brotli, upper case", "names from other systems", "OUT.JSONL.BR", Brotli, nil},
		{"compression only", "of what?", "out.gz", Identity, ErrUnknownFormat},
		{"no extension", "nothing to go by", "dir.ndjson/out", Identity, ErrUnknownFormat},
		{"two compressions", "one is enough", "out.ndjson.gz.zst", Identity, ErrUnknownFormat},
		{"CSV", "not written here", "out.csv", Identity, ErrUnknownFormat},
		{"Parquet", "zstd is inside", "out.parquet", Parquet, nil},
		{"Parquet with zstd", "PostHog names it so", "out.parquet.zst", Parquet, nil},
		{"Parquet with snappy", "likewise", "out.parquet.sz", ParquetSnappy, nil},
		{"Parquet with gzip", "the compression is inside all the same", "out.parquet.gz", ParquetGzip, nil},
		{"Parquet with brotli", "likewise", "OUT.PARQUET.BR", ParquetBrotli, nil},
		{"Parquet with lz4", "likewise", "out.parquet.lz4", ParquetLZ4, nil},
		{"JSON lines with lz4", "PostHog has it for Parquet only", "out.ndjson.lz4", Identity, ErrUnknownFormat},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f, err := FormatOf(tt.path)
			require.Equal(t, Format{Codec: tt.want}, f)
			if tt.is == nil {
				require.NoError(t, err, tt.reason)
				return
			}
			require.ErrorIs(t, err, tt.is, tt.reason)
			var typed *FormatError
			require.ErrorAs(t, err, &typed)
			require.Contains(t, err.Error(), tt.path+": "+tt.is.Error()+", want a name that ends in .ndjson, .jsonl or .json")
		})
	}
}

func TestEncoder(t *testing.T) {
	chunks := [][]byte{lines(50 << 10), []byte("{}\n"), nil, lines(2 << 20), []byte("\n")}
	for _, codec := range []Codec{Identity, Gzip, Zstd, Brotli} {
		t.Run(codec.String(), func(t *testing.T) {
			reused, err := NewEncoder(codec)
			require.NoError(t, err)
			prefix := []byte("prefix")
			out := bytes.Clone(prefix)
			var want []byte
			for _, chunk := range chunks {
				start := len(out)
				out, err = reused.AppendCompressed(out, chunk)
				require.NoError(t, err)
				unit := out[start:]
				want = append(want, chunk...)

				fresh, err := NewEncoder(codec)
				require.NoError(t, err)
				alone, err := fresh.AppendCompressed(nil, chunk)
				require.NoError(t, err)
				require.True(t, bytes.Equal(alone, unit), "the bytes depend on the chunk only")
				if codec.PerChunk() {
					require.Equal(t, string(want), decompressed(t, codec, out[len(prefix):]), "every chunk end is an end")
				}
			}
			require.Equal(t, prefix, out[:len(prefix)])
			if !codec.PerChunk() {
				require.Equal(t, want, out[len(prefix):], "left to the file")
			}
		})
	}
}

func TestGzipHeaderSaysNothing(t *testing.T) {
	e, err := NewEncoder(Gzip)
	require.NoError(t, err)
	b, err := e.AppendCompressed(nil, []byte("{}\n"))
	require.NoError(t, err)
	require.Equal(t, []byte("\x1f\x8b\x08\x00\x00\x00\x00\x00"), b[:8], "no name, no time")
}
