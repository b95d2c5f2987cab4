package input

import (
	"bytes"
	"context"
	"io"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
)

func FuzzSplitter(f *testing.F) {
	for _, seed := range []string{"", "a", "a\n", "\n\n", "\xef\xbb\xbf{}\n{}", "a\r\nb\r\n", "123456789\n1\n", "\xef\xbb\xbf\n"} {
		f.Add([]byte(seed), uint8(3), uint8(5))
		f.Add([]byte(seed), uint8(200), uint8(255))
	}
	f.Add(archive(40<<10, 1), uint8(100), uint8(0))
	f.Fuzz(func(t *testing.T, data []byte, chunk, limit uint8) {
		if kindOf(data[:min(len(data), headBytes)], "a") != Plain {
			return
		}
		o := Options{ChunkBytes: 1 + int(chunk), MaxRecord: 1 + 4*int(limit)}
		all := mustChunks(t, bytes.NewReader(data), "a", o)
		checkChunks(t, data, all, o)
		for _, r := range []io.Reader{
			iotest.OneByteReader(bytes.NewReader(data)),
			iotest.DataErrReader(iotest.HalfReader(bytes.NewReader(data))),
		} {
			require.Equal(t, simplified(all), simplified(mustChunks(t, r, "a", o)))
		}
	})
}

// checkChunks checks that the chunks are all of data, that each is where it says and that
// each but the last ends a line.
func checkChunks(t *testing.T, data []byte, all []Chunk, o Options) {
	t.Helper()
	offset, line := int64(0), int64(1)
	if bytes.HasPrefix(data, bom) {
		offset = int64(len(bom))
	}
	for i, c := range all {
		require.Nil(t, c.Damage)
		require.Equal(t, offset, c.Offset)
		require.Equal(t, line, c.Line)
		length := int64(len(c.Data))
		if c.Oversize > 0 {
			require.Greater(t, c.Oversize, int64(o.MaxRecord))
			length = c.Oversize + 1
		}
		whole := data[offset:min(offset+length, int64(len(data)))]
		require.True(t, bytes.HasPrefix(whole, c.Data))
		require.NotEmpty(t, c.Data)
		require.True(t, i == len(all)-1 || bytes.HasSuffix(whole, []byte("\n")))
		offset += int64(len(whole))
		line += int64(bytes.Count(whole, []byte("\n")))
	}
	require.EqualValues(t, len(data), offset)
}

// FuzzDecompress looks for panics, hangs, and chunks that depend on read sizes. A file named
// .br is brotli whatever it holds, so that the fuzzer need not write brotli that decodes to text.
func FuzzDecompress(f *testing.F) {
	text := archive(3<<10, 1)
	for name, compress := range codecs {
		packed := compress(text)
		f.Add(packed, name == "brotli")
		f.Add(packed[:len(packed)/2], name == "brotli")
		f.Add(append(packed, packed...), false)
	}
	f.Add([]byte("\x50\x2a\x4d\x18\xff\xff\xff\xff"), false)
	f.Add([]byte("\x28\xb5\x2f\xfd\x00\x88\x01\x00\x00"), false)
	f.Fuzz(func(t *testing.T, data []byte, named bool) {
		name := "a"
		if named {
			name = "a.br"
		}
		if kindOf(data[:min(len(data), headBytes)], name) == Parquet {
			return // it is not read as a stream
		}
		all := bounded(t, bytes.NewReader(data), name)
		again := bounded(t, iotest.OneByteReader(bytes.NewReader(data)), name)
		require.Equal(t, simplified(all), simplified(again))
	})
}

// fuzzBytes is where a fuzz run stops reading: a few bytes can decompress to gigabytes.
const fuzzBytes = 4 << 20

func bounded(t *testing.T, r io.Reader, name string) []Chunk {
	t.Helper()
	s, err := New(context.Background(), r, Input{Path: name}, Options{ChunkBytes: 50_000, MaxRecord: 100_000})
	if err != nil {
		var unsupported *UnsupportedError
		require.ErrorAs(t, err, &unsupported)
		return nil
	}
	defer s.Close()
	var all []Chunk
	for delivered := int64(0); delivered < fuzzBytes; {
		c, err := s.Next(context.Background())
		if err == io.EOF {
			break
		}
		require.NoError(t, err, "bad data is damage")
		all = append(all, c)
		delivered += max(int64(len(c.Data)), c.Oversize)
	}
	return all
}
