package input

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch/internal/rowgroup"
)

// parquet returns a file of the lines.
func parquet(t testing.TB, lines []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := rowgroup.NewWriter(&out, rowgroup.Zstd)
	unit, err := rowgroup.NewEncoder(rowgroup.Zstd).AppendUnit(nil, lines)
	require.NoError(t, err)
	_, err = w.Write(unit)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return out.Bytes()
}

func TestRows(t *testing.T) {
	data := []byte("{\"event\":\"a\"}\n{\"event\":\"b\"}\n")
	file := parquet(t, data)
	path := filepath.Join(t.TempDir(), "a.ndjson") // the content counts
	require.NoError(t, os.WriteFile(path, file, 0o600))
	r, err := Open(t.Context(), Input{Path: path}, Options{})
	require.NoError(t, err)
	require.Equal(t, Parquet, r.Kind())
	c, err := r.Next(t.Context())
	require.NoError(t, err)
	require.Equal(t, Chunk{
		Source: path, Offset: 4, Row: 1, End: Position{Group: 1}, Data: data, Read: int64(len(file)),
	}, Chunk{Source: c.Source, Offset: c.Offset, Row: c.Row, End: c.End, Data: c.Data, Read: c.Read})
	for range 2 {
		_, err = r.Next(t.Context())
		require.Equal(t, io.EOF, err)
	}
	require.NoError(t, r.Close())
	require.Equal(t, os.ErrClosed, r.Close())
	_, err = r.Next(t.Context())
	require.Equal(t, os.ErrClosed, err)
}

func TestRowsFromTheMiddle(t *testing.T) {
	file := parquet(t, []byte("{\"event\":\"a\"}\n{\"event\":\"b\"}\n"))
	r, err := New(t.Context(), bytes.NewReader(file), Input{Path: "a"}, Options{Start: Position{Row: 1}})
	require.NoError(t, err)
	defer r.Close()
	c, err := r.Next(t.Context())
	require.NoError(t, err)
	require.Equal(t, int64(2), c.Row)
	require.Equal(t, "{\"event\":\"b\"}\n", string(c.Data))
}

func TestRowsOfNoFile(t *testing.T) {
	file := parquet(t, []byte("{}"))
	_, err := New(t.Context(), bytes.NewBuffer(file), Input{Path: "a"}, Options{})
	var unsupported *UnsupportedError
	require.ErrorAs(t, err, &unsupported)
	require.True(t, unsupported.Stream)

	read, write, err := os.Pipe()
	require.NoError(t, err)
	defer read.Close()
	_, err = write.Write(file)
	require.NoError(t, err)
	require.NoError(t, write.Close())
	_, err = New(t.Context(), read, Input{Path: "-"}, Options{})
	require.ErrorAs(t, err, &unsupported, "a pipe has no size")
}

func TestBadFooter(t *testing.T) {
	r, err := New(t.Context(), bytes.NewReader(parquet(t, []byte("{}"))[:100]), Input{Path: "a"}, Options{})
	require.NoError(t, err)
	c, err := r.Next(t.Context())
	require.NoError(t, err)
	require.ErrorIs(t, c.Damage.Err, rowgroup.ErrTruncated)
	require.Equal(t, int64(1), c.Damage.Row)
	_, err = r.Next(t.Context())
	require.Equal(t, io.EOF, err)
	require.NoError(t, r.Close())
}

// badDisk is a file that can be read at its beginning only.
type badDisk struct{ *bytes.Reader }

var errDisk = errors.New("the disk is broken")

func (badDisk) ReadAt([]byte, int64) (int, error) { return 0, errDisk }

func TestRowsOfABadDisk(t *testing.T) {
	_, err := New(t.Context(), badDisk{bytes.NewReader(parquet(t, []byte("{}")))}, Input{Path: "a"}, Options{})
	var system *Error
	require.ErrorAs(t, err, &system)
	require.ErrorIs(t, err, errDisk)
	require.EqualError(t, err, "a: read: the disk is broken")
}
