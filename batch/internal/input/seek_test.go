package input

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// awkward is an archive with a byte order mark, blank and oversize lines and no line feed at
// its end.
func awkward() []byte {
	text := append([]byte("\xef\xbb\xbf\n"), archive(30_000, 5)...)
	text = append(text, strings.Repeat("x", 5_000)+"\n"+strings.Repeat("y", 4_001)+"\n\n\r\n"...)
	text = append(text, archive(10_000, 6)...)
	return append(text, strings.Repeat("z", 6_000)...)
}

func TestReadingGoesOnAfterAnyChunk(t *testing.T) {
	text := awkward()
	for name, encode := range codecs {
		t.Run(name, func(t *testing.T) {
			file := encode(text)
			o := Options{ChunkBytes: 4_000, MaxRecord: 4_000}
			all := mustChunks(t, bytes.NewReader(file), "a", o)
			require.Greater(t, len(all), 8)
			for i, c := range all {
				o.Start = c.End
				rest := mustChunks(t, bytes.NewReader(file), "a", o)
				require.Len(t, rest, len(all)-i-1)
				for j, got := range rest {
					want := all[i+1+j]
					got.Read, want.Read = 0, 0 // reads before the start are not known any more
					require.Equal(t, want, got)
				}
			}
		})
	}
}

func TestStartBeyondTheEnd(t *testing.T) {
	for _, name := range []string{"gzip", "zstd", "brotli"} {
		file := codecs[name]([]byte("{}\n"))
		_, err := chunks(bytes.NewReader(file), "a", Options{Start: Position{Offset: 4, Line: 2}})
		var system *Error
		require.ErrorAs(t, err, &system, name)
		require.ErrorIs(t, err, io.ErrUnexpectedEOF, name)
	}
}

// TestSlicesTile cuts a file anywhere: every line is in one slice, with its number.
func TestSlicesTile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := []byte(strings.Join(rapid.SliceOfN(rapid.StringMatching(`[ab]{0,9}\r?\n?`), 0, 40).Draw(t, "lines"), ""))
		whole, err := chunks(bytes.NewReader(text), "a", Options{ChunkBytes: 1})
		require.NoError(t, err)
		cuts := append(rapid.SliceOfN(rapid.Int64Range(0, int64(len(text))), 0, 5).Draw(t, "cuts"), int64(len(text)))
		var parts []Chunk
		start := int64(0)
		for _, cut := range cuts {
			end, err := LineStart(bytes.NewReader(text), cut)
			require.NoError(t, err)
			if end <= start {
				continue
			}
			line, err := CountLines(bytes.NewReader(text), start)
			require.NoError(t, err)
			part, err := chunks(bytes.NewReader(text), "a", Options{ChunkBytes: 1, Start: Position{Offset: start, Line: line}, End: Position{Offset: end}})
			require.NoError(t, err)
			parts = append(parts, part...)
			start = end
		}
		for i := range parts {
			parts[i].Read = 0
		}
		for i := range whole {
			whole[i].Read = 0
		}
		assert.Equal(t, whole, parts)
	})
}
