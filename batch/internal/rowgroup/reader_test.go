package rowgroup

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go/format"
	"github.com/stretchr/testify/require"
)

// numbered returns n records, each about size bytes long.
func numbered(n, size int) []byte {
	var b []byte
	for i := range n {
		b = fmt.Appendf(b, `{"event":"e%d","properties":{"pad":"%s"}}`+"\n", i, strings.Repeat("x", size))
	}
	return b
}

func TestChunksAreRowsOfOneRowGroup(t *testing.T) {
	lines := numbered(15_000, 7_000)
	file := written(t, Zstd, 1_000, lines)
	f, err := Open(bytes.NewReader(file), int64(len(file)))
	require.NoError(t, err)
	require.Equal(t, 2, f.Groups(), "one has 64 MiB")
	for _, parallel := range []int{1, 2, 4} {
		all, err := chunks(file, Options{Parallel: parallel})
		require.NoError(t, err)
		require.True(t, bytes.Equal(lines, joined(all)))
		row, before := int64(1), int64(0)
		for i, c := range all {
			require.Equal(t, row, c.Row)
			require.Equal(t, c.Rows, bytes.Count(c.Data, []byte("\n")))
			last := i+1 == len(all) || all[i+1].Group != c.Group
			require.True(t, last || len(c.Data) >= ChunkBytes, "7 kB by 4,096 rows are more than a chunk")
			require.Less(t, len(c.Data), ChunkBytes+8_000)
			require.GreaterOrEqual(t, c.Read, before)
			row, before = row+int64(c.Rows), c.Read
		}
		require.Equal(t, int64(len(file)), before)
	}
}

func TestBegin(t *testing.T) {
	const size = 1_000
	group := func(rows int64, sizes ...int64) (g format.RowGroup) {
		g.NumRows = rows
		for _, n := range sizes {
			g.Columns = append(g.Columns, format.ColumnChunk{MetaData: format.ColumnMetaData{TotalCompressedSize: n}})
		}
		return g
	}
	for _, tt := range []struct {
		name, reason string
		groups       []format.RowGroup
		want         []int64
	}{
		{"none", "the file has its size all the same", nil, []int64{1_000}},
		{"three", "one behind the other", []format.RowGroup{group(1, 100, 200), group(0), group(9, 50)}, []int64{0, 300, 300, 1_000}},
		{"absurd", "a footer can claim anything", []format.RowGroup{group(1, -5, math.MaxInt64, math.MaxInt64), group(1, 1)}, []int64{0, 999, 1_000}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := &File{size: size, meta: format.FileMetaData{RowGroups: tt.groups}}
			f.count()
			require.Equal(t, tt.want, f.begins, tt.reason)
		})
	}
	f := &File{size: size, meta: format.FileMetaData{RowGroups: []format.RowGroup{group(10, 100), group(0, 20), group(4, 80)}}}
	f.count()
	require.EqualValues(t, 50, f.used(0, 5))
	require.EqualValues(t, 120, f.used(0, 10), "a row group without rows is used up with those before")
	require.EqualValues(t, 1_000, f.used(2, 4))
}

func TestReadingBeginsAtTheEndOfAnyChunk(t *testing.T) {
	var out bytes.Buffer
	w, e := NewWriter(&out, Snappy), NewEncoder(Snappy)
	for _, n := range []int{5_000, 1, 9_000} {
		unit, err := e.AppendUnit(nil, numbered(n, 10))
		require.NoError(t, err)
		_, err = w.Write(unit)
		require.NoError(t, err)
		require.NoError(t, w.flush())
	}
	require.NoError(t, w.Close())
	all, err := chunks(out.Bytes(), Options{})
	require.NoError(t, err)
	var rows []int
	for _, c := range all {
		rows = append(rows, c.Rows)
	}
	require.Equal(t, []int{4096, 904, 1, 4096, 4096, 808}, rows)
	for i, c := range all {
		rest, err := chunks(out.Bytes(), Options{From: c.End})
		require.NoError(t, err)
		require.Equal(t, simplified(all[i+1:]), simplified(rest), "from %+v", c.End)
	}
	second, err := chunks(out.Bytes(), Options{From: Position{Group: 1}, Until: 2})
	require.NoError(t, err)
	require.Equal(t, simplified(all[2:3]), simplified(second))
}

// simplified forgets what may differ with where reading began.
func simplified(all []*Chunk) []Chunk {
	out := []Chunk{}
	for _, c := range all {
		out = append(out, *c)
	}
	return out
}

func TestLongRows(t *testing.T) {
	lines := []string{`{"event":"a"}`, `{"event":"` + strings.Repeat("b", 3<<20) + `"}`, `{"event":"c"}`, `{"event":"` + strings.Repeat("d", 100) + `"}`}
	file := written(t, Zstd, 10, []byte(strings.Join(lines, "\n")))
	all, err := chunks(file, Options{MaxRecord: 50})
	require.NoError(t, err)
	require.Len(t, all, 4)
	for i, c := range all {
		require.Equal(t, int64(i+1), c.Row)
		require.Equal(t, 1, c.Rows)
		if i%2 == 0 {
			require.Zero(t, c.Oversize)
			require.Equal(t, lines[i]+"\n", string(c.Data))
			continue
		}
		require.EqualValues(t, len(lines[i]), c.Oversize)
		require.Equal(t, lines[i][:min(len(lines[i]), OversizeBytes)], string(c.Data))
	}
	require.Equal(t, Position{Group: 1}, all[3].End)
	rest, err := chunks(file, Options{MaxRecord: 50, From: all[1].End})
	require.NoError(t, err)
	require.Equal(t, lines[2]+"\n", string(rest[0].Data))
}

func TestReadingEndsWithItsContext(t *testing.T) {
	file := written(t, Zstd, 1_000, numbered(30_000, 100))
	f, err := Open(bytes.NewReader(file), int64(len(file)))
	require.NoError(t, err)
	r := f.Read(Options{})
	defer r.Close()
	ctx, cancel := context.WithCancel(t.Context())
	_, err = r.Next(ctx)
	require.NoError(t, err)
	cancel()
	for err == nil {
		_, err = r.Next(ctx)
	}
	require.Equal(t, context.Canceled, err)
}

func TestClose(t *testing.T) {
	file := written(t, Zstd, 1_000, numbered(30_000, 100))
	f, err := Open(bytes.NewReader(file), int64(len(file)))
	require.NoError(t, err)
	r := f.Read(Options{})
	c, err := r.Next(t.Context())
	require.NoError(t, err)
	r.Close()
	r.Close()
	require.Equal(t, ChunkRows, bytes.Count(c.Data, []byte("\n")), "chunks stay valid")
	_, err = r.Next(t.Context())
	require.Equal(t, io.EOF, err)
}
