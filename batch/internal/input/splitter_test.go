package input

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// cutting describes a chunk in a table: its data, where it begins, and whether it is the
// front of an oversize line.
type cutting struct {
	data         string
	offset, line int64
	oversize     int64
}

func cuttings(all []Chunk) []cutting {
	var out []cutting
	for _, c := range all {
		out = append(out, cutting{string(c.Data), c.Offset, c.Line, c.Oversize})
	}
	return out
}

func TestChunksAreCutAfterTheFirstLineEndPastTheirSize(t *testing.T) {
	tests := []struct {
		name, reason string
		in           string
		chunk, max   int
		want         []cutting
	}{
		{
			name: "empty input", reason: "no lines, no chunk",
			in: "", chunk: 4, want: nil,
		}, {
			name: "line end exactly at the size", reason: "at or past the size",
			in: "abc\ndef\n", chunk: 4,
			want: []cutting{{"abc\n", 0, 1, 0}, {"def\n", 4, 2, 0}},
		}, {
			name: "line end one short of the size", reason: "the next line belongs to the chunk",
			in: "abc\ndef\nghi\n", chunk: 5,
			want: []cutting{{"abc\ndef\n", 0, 1, 0}, {"ghi\n", 8, 3, 0}},
		}, {
			name: "no line feed at the end", reason: "old exports join lines, the last one counts",
			in: "abc\ndef", chunk: 4,
			want: []cutting{{"abc\n", 0, 1, 0}, {"def", 4, 2, 0}},
		}, {
			name: "one line without line feed", reason: "a chunk may be all tail",
			in: "abc", chunk: 1,
			want: []cutting{{"abc", 0, 1, 0}},
		}, {
			name: "blank lines and CRLF", reason: "they are the consumer's to count and to strip",
			in: "\r\n\n\nab\r\n", chunk: 3,
			want: []cutting{{"\r\n\n", 0, 1, 0}, {"\nab\r\n", 3, 3, 0}},
		}, {
			name: "byte order mark", reason: "dropped, but counted in offsets",
			in: "\xef\xbb\xbf{}\n{}\n", chunk: 3,
			want: []cutting{{"{}\n", 3, 1, 0}, {"{}\n", 6, 2, 0}},
		}, {
			name: "byte order mark alone", reason: "nothing is left",
			in: "\xef\xbb\xbf", chunk: 3, want: nil,
		}, {
			name: "half a byte order mark", reason: "it is a bad line, not a mark",
			in: "\xef\xbb", chunk: 3,
			want: []cutting{{"\xef\xbb", 0, 1, 0}},
		}, {
			name: "byte order mark later", reason: "only the start of a file has one",
			in: "a\n\xef\xbb\xbfb\n", chunk: 2,
			want: []cutting{{"a\n", 0, 1, 0}, {"\xef\xbb\xbfb\n", 2, 2, 0}},
		}, {
			name: "line of the longest accepted length", reason: "the limit itself is accepted, without the line feed",
			in: "12345\n12345", chunk: 1, max: 5,
			want: []cutting{{"12345\n", 0, 1, 0}, {"12345", 6, 2, 0}},
		}, {
			name: "oversize line in the middle of what would be one chunk", reason: "a chunk of its own, and the one before it ends early",
			in: "a\nb\n123456\nc\n", chunk: 100, max: 5,
			want: []cutting{{"a\nb\n", 0, 1, 0}, {"123456", 4, 3, 6}, {"c\n", 11, 4, 0}},
		}, {
			name: "oversize lines in a row, the last without line feed", reason: "each is read past",
			in: "1234567\n12345678\n123456789", chunk: 100, max: 5,
			want: []cutting{{"123456", 0, 1, 7}, {"123456", 8, 2, 8}, {"123456", 17, 3, 9}},
		}, {
			name: "oversize line right after a cut", reason: "no empty chunk before it",
			in: "abc\n123456\nd", chunk: 4, max: 5,
			want: []cutting{{"abc\n", 0, 1, 0}, {"123456", 4, 2, 6}, {"d", 11, 3, 0}},
		}, {
			name: "oversize only because of a carriage return", reason: "what is in front of the line feed counts",
			in: "12345\r\nx\n", chunk: 100, max: 5,
			want: []cutting{{"12345\r", 0, 1, 6}, {"x\n", 7, 2, 0}},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for name, r := range map[string]io.Reader{
				"whole":     strings.NewReader(tt.in),
				"one byte":  iotest.OneByteReader(strings.NewReader(tt.in)),
				"data+EOF":  iotest.DataErrReader(strings.NewReader(tt.in)),
				"half":      iotest.HalfReader(strings.NewReader(tt.in)),
				"in a gzip": bytes.NewReader(gzipped([]byte(tt.in))),
			} {
				got := cuttings(mustChunks(t, r, "a.ndjson", Options{ChunkBytes: tt.chunk, MaxRecord: tt.max}))
				require.Equal(t, tt.want, got, "%s, read %s", tt.reason, name)
			}
		})
	}
}

func TestChunksDoNotDependOnCompressionOrReadSizes(t *testing.T) {
	data := archive(300<<10, 7)
	o := Options{ChunkBytes: 20_000}
	want := simplified(mustChunks(t, bytes.NewReader(data), "a", o))
	require.Greater(t, len(want), 10)
	for name, compress := range codecs {
		packed := compress(data)
		for _, r := range []io.Reader{bytes.NewReader(packed), iotest.OneByteReader(bytes.NewReader(packed))} {
			require.Equal(t, want, simplified(mustChunks(t, r, "a", o)), name)
		}
	}
}

// reference cuts data with the plainest possible code.
func reference(data []byte, chunk, limit int) []cutting {
	var out []cutting
	offset, line := int64(0), int64(1)
	if rest, ok := bytes.CutPrefix(data, bom); ok {
		data, offset = rest, int64(len(bom))
	}
	open := cutting{offset: offset, line: line}
	flush := func() {
		if open.data != "" {
			out = append(out, open)
		}
		open = cutting{offset: offset, line: line}
	}
	for _, l := range bytes.SplitAfter(data, []byte("\n")) {
		body := bytes.TrimSuffix(l, []byte("\n"))
		if len(body) > limit {
			flush()
			out = append(out, cutting{string(body[:min(limit+1, OversizeBytes)]), offset, line, int64(len(body))})
		} else {
			open.data += string(l)
		}
		offset += int64(len(l))
		line++
		if len(body) > limit || len(open.data) >= chunk && bytes.HasSuffix(l, []byte("\n")) {
			flush()
		}
	}
	flush()
	return out
}

func TestChunksAgreeWithAPlainReading(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		lines := rapid.SliceOf(rapid.StringMatching(`[ab]{0,3}|[ab]{20,60}`)).Draw(rt, "lines")
		in := strings.Join(lines, "\n") + rapid.SampledFrom([]string{"", "\n"}).Draw(rt, "end")
		chunk := rapid.IntRange(1, 40).Draw(rt, "chunk")
		limit := rapid.IntRange(1, 50).Draw(rt, "max")
		all, err := chunks(iotest.HalfReader(strings.NewReader(in)), "a", Options{ChunkBytes: chunk, MaxRecord: limit})
		require.NoError(rt, err)
		require.Equal(rt, reference([]byte(in), chunk, limit), cuttings(all))
	})
}

func TestLongLinesGrowTheBufferAndLeaveIt(t *testing.T) {
	long := strings.Repeat("x", 300_000)
	in := "a\n" + long + "\n" + strings.Repeat("b\n", 5000) + long + long + "\nend"
	o := Options{ChunkBytes: 1000, MaxRecord: 400_000}
	got := cuttings(mustChunks(t, strings.NewReader(in), "a", o))
	require.Equal(t, reference([]byte(in), 1000, 400_000), got)
}

func TestOversizeLineIsNotHeldInMemory(t *testing.T) {
	const length = 40 << 20
	long := io.MultiReader(strings.NewReader("a\n"), io.LimitReader(endless('x'), length), strings.NewReader("\nb\n"))
	meter := &meteredBuffers{}
	all := mustChunks(t, long, "a", Options{MaxRecord: 2 << 20, Buffers: meter})
	require.Len(t, all, 3)
	require.EqualValues(t, length, all[1].Oversize)
	require.Len(t, all[1].Data, OversizeBytes)
	require.Equal(t, Chunk{Source: "a", Offset: length + 3, Line: 3, Data: []byte("b\n"), Read: length + 5, End: Position{Offset: length + 5, Line: 4}}, all[2])
	require.LessOrEqual(t, meter.largest, 4<<20)
}

// meteredBuffers remembers the largest buffer asked for.
type meteredBuffers struct {
	fresh
	largest int
}

func (m *meteredBuffers) Get(size int) []byte {
	m.largest = max(m.largest, size)
	return m.fresh.Get(size)
}

// endless is a reader of one byte over and over.
type endless byte

func (e endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(e)
	}
	return len(p), nil
}

func TestBombNeedsNoMoreMemoryThanAnyFile(t *testing.T) {
	line := append(bytes.Repeat([]byte(" "), 1<<20-1), '\n')
	bomb := bytes.Repeat(gzipped(line), 64)
	meter := &meteredBuffers{}
	all := mustChunks(t, bytes.NewReader(bomb), "a", Options{Buffers: meter})
	require.Len(t, all, 64)
	require.LessOrEqual(t, meter.largest, 2<<20)
}

func TestDataBelongsToTheReceiver(t *testing.T) {
	data := archive(200<<10, 3)
	s, err := New(context.Background(), bytes.NewReader(data), Input{Path: "a"}, Options{ChunkBytes: 9000})
	require.NoError(t, err)
	var got []byte
	for {
		c, err := s.Next(context.Background())
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
		got = append(got, c.Data...)
		clear(c.Data[:cap(c.Data)])
	}
	require.True(t, bytes.Equal(data, got), "writing to a chunk changed a later one")
	require.NoError(t, s.Close())
}

func TestSmallInputsGetSmallBuffers(t *testing.T) {
	for name, compress := range codecs {
		meter := &meteredBuffers{}
		got := mustChunks(t, bytes.NewReader(compress([]byte("{}\n"))), "a", Options{Buffers: meter})
		require.Len(t, got, 1, name)
		require.LessOrEqual(t, cap(got[0].Data), 64, name)
		require.LessOrEqual(t, meter.largest, 2*minBuffer, name)
	}
}

func TestPoolIsUsedAndBounded(t *testing.T) {
	p := NewPool(1, 100)
	a := p.Get(10)
	a = append(a, 1)
	p.Put(a)
	b := p.Get(5)
	require.Equal(t, &a[0], &b[:1][0], "the buffer that was put back")
	require.Empty(t, b)
	p.Put(make([]byte, 101))
	p.Put(nil)
	p.Put(make([]byte, 0, 8))
	p.Put(make([]byte, 0, 8))
	require.GreaterOrEqual(t, cap(p.Get(50)), 50, "one that is too small is no use")
	require.Equal(t, 20, cap(p.Get(20)))

	data := archive(300<<10, 5)
	p = NewPool(4, 1<<20)
	s, err := New(context.Background(), bytes.NewReader(gzipped(data)), Input{Path: "a"}, Options{ChunkBytes: 10_000, Buffers: p})
	require.NoError(t, err)
	var got []byte
	for {
		c, err := s.Next(context.Background())
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
		got = append(got, c.Data...)
		p.Put(c.Data)
	}
	require.True(t, bytes.Equal(data, got))
	require.NoError(t, s.Close())
}

func TestReadCountsBytesOfTheFile(t *testing.T) {
	packed := gzipped(archive(3<<20, 1))
	all := mustChunks(t, bytes.NewReader(packed), "a", Options{})
	last := int64(0)
	for _, c := range all {
		require.GreaterOrEqual(t, c.Read, last)
		last = c.Read
	}
	require.EqualValues(t, len(packed), last)
}

func TestErrorOfTheFileIsNotDamage(t *testing.T) {
	data := archive(200<<10, 2)
	for name, compress := range codecs {
		t.Run(name, func(t *testing.T) {
			packed := compress(data)
			for _, cause := range []error{errors.New("input/output error"), io.ErrUnexpectedEOF} {
				cut := len(packed) * 3 / 4
				r := io.MultiReader(bytes.NewReader(packed[:cut]), iotest.ErrReader(&fs.PathError{Op: "read", Path: "x", Err: cause}))
				all, err := chunks(r, "x", Options{ChunkBytes: 20_000})
				var failed *Error
				require.ErrorAs(t, err, &failed)
				require.ErrorIs(t, err, cause)
				require.Equal(t, "x: read: "+cause.Error(), err.Error())
				require.True(t, bytes.HasPrefix(data, joined(all)))
				for _, c := range all {
					require.Nil(t, c.Damage)
					require.GreaterOrEqual(t, len(c.Data), 20_000, "only whole chunks, so that a resumed run finds them again")
				}
			}
		})
	}
}

func TestReaderThatReadsNothingIsAnError(t *testing.T) {
	_, err := chunks(stuck{}, "x", Options{})
	require.ErrorIs(t, err, io.ErrNoProgress)
}

type stuck struct{}

func (stuck) Read([]byte) (int, error) { return 0, nil }

func TestContextIsLookedAtBetweenReads(t *testing.T) {
	for name, compress := range codecs {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(context.Background())
			packed := compress(archive(500<<10, 2))
			r := io.MultiReader(bytes.NewReader(packed[:len(packed)/2]), readerFunc(func(p []byte) (int, error) {
				cancel()
				return copy(p, packed[len(packed)/2:][:1]), nil
			}))
			s, err := New(ctx, r, Input{Path: "x"}, Options{})
			require.NoError(t, err)
			_, err = s.Next(ctx)
			require.Equal(t, context.Canceled, err)
			_, err = s.Next(context.Background())
			require.Equal(t, context.Canceled, err, "the input has ended")
			require.NoError(t, s.Close())
		})
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := New(ctx, strings.NewReader("{}"), Input{}, Options{})
	require.Equal(t, context.Canceled, err)
}

func TestContextIsLookedAtWhileNothingIsRead(t *testing.T) {
	bomb := bytes.Repeat([]byte("x"), 64<<20)
	ctx, cancel := context.WithCancel(context.Background())
	r, err := New(ctx, bytes.NewReader(zstded(bomb)), Input{Path: "x"}, Options{MaxRecord: 1000})
	require.NoError(t, err)
	s := r.(*Splitter)
	s.dec = cancelling{s.dec, cancel}
	_, err = s.Next(ctx)
	require.Equal(t, context.Canceled, err)
	require.Less(t, s.offset, int64(len(bomb)))
	require.NoError(t, s.Close())
}

// cancelling cancels at the first read, which needs no further byte of the file.
type cancelling struct {
	decoder
	cancel func()
}

func (c cancelling) Read(p []byte) (int, error) {
	c.cancel()
	return c.decoder.Read(p)
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func TestOpen(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a.ndjson")
	require.NoError(t, os.WriteFile(name, []byte("{}\n"), 0o600))
	s, err := Open(context.Background(), Input{Path: name, Size: 3}, Options{})
	require.NoError(t, err)
	require.Equal(t, Plain, s.Kind())
	c, err := s.Next(context.Background())
	require.NoError(t, err)
	require.Equal(t, Chunk{Source: name, Line: 1, Data: []byte("{}\n"), Read: 3, End: Position{Offset: 3, Line: 2}}, c)
	for range 2 {
		_, err = s.Next(context.Background())
		require.Equal(t, io.EOF, err)
	}
	require.NoError(t, s.Close())
	require.Equal(t, os.ErrClosed, s.Close())
	_, err = s.Next(context.Background())
	require.Equal(t, os.ErrClosed, err)

	_, err = Open(context.Background(), Input{Path: name + "x"}, Options{})
	require.ErrorIs(t, err, fs.ErrNotExist)
	require.Equal(t, name+"x: open: no such file or directory", err.Error())

	s, err = Open(context.Background(), Input{Path: Stdin}, Options{Stdin: strings.NewReader("1")})
	require.NoError(t, err)
	c, err = s.Next(context.Background())
	require.NoError(t, err)
	require.Equal(t, Chunk{Source: "-", Line: 1, Data: []byte("1"), Read: 1, End: Position{Offset: 1, Line: 1}}, c)
	require.NoError(t, s.Close())
}

// openFS opens one file that fails at close.
type openFS struct{ OS }

func (openFS) Open(string) (io.ReadCloser, error) {
	return badClose{strings.NewReader("PK\x03\x04")}, nil
}

type badClose struct{ io.Reader }

func (badClose) Close() error { return errors.New("close fails") }

func TestUnsupportedKindsAreRefused(t *testing.T) {
	_, err := Open(context.Background(), Input{Path: "a.ndjson"}, Options{FS: openFS{}})
	var unsupported *UnsupportedError
	require.ErrorAs(t, err, &unsupported)
	require.Equal(t, Zip, unsupported.Kind)
	require.Equal(t, "a.ndjson: got a zip archive, want JSON lines, plain or compressed with gzip, zstd or brotli, or Parquet", err.Error())
}

func TestFileThatGrows(t *testing.T) {
	data := archive(100<<10, 9)
	for _, size := range []int64{1, 20_000, 10 << 20} {
		s, err := New(context.Background(), bytes.NewReader(data), Input{Path: "a", Size: size}, Options{ChunkBytes: 60_000})
		require.NoError(t, err)
		var got []byte
		for {
			c, err := s.Next(context.Background())
			if err == io.EOF {
				break
			}
			got = append(got, c.Data...)
		}
		require.True(t, bytes.Equal(data, got), "the size found earlier, %d, is a hint", size)
		require.NoError(t, s.Close())
	}
}

func ExampleSplitter() {
	ctx := context.Background()
	archive := strings.NewReader("{\"event\":\"a\"}\r\n\n{\"event\":\"b\"}")
	s, err := New(ctx, archive, Input{Path: "events.ndjson"}, Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer s.Close()
	for {
		c, err := s.Next(ctx)
		if err != nil {
			fmt.Println(err)
			return
		}
		lines := NewLineReader(c.Data)
		for n := c.Line; ; n++ {
			line, off, ok := lines.Next()
			if !ok {
				break
			}
			fmt.Printf("%s:%d: offset %d: %q\n", c.Source, n, c.Offset+int64(off), line)
		}
	}
	// Output:
	// events.ndjson:1: offset 0: "{\"event\":\"a\"}"
	// events.ndjson:2: offset 15: ""
	// events.ndjson:3: offset 16: "{\"event\":\"b\"}"
	// EOF
}
