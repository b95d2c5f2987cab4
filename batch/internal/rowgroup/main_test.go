package rowgroup

import (
	"bytes"
	"context"
	"io"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// written returns a file of the lines, so many of them in a unit.
func written(t testing.TB, c Codec, perUnit int, lines []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := NewWriter(&out, c)
	e := NewEncoder(c)
	for rest := bytes.SplitAfter(lines, []byte("\n")); len(rest) > 0; {
		n := min(perUnit, len(rest))
		unit, err := e.AppendUnit(nil, bytes.Join(rest[:n], nil))
		require.NoError(t, err)
		if len(unit) > 0 {
			_, err := w.Write(unit)
			require.NoError(t, err)
		}
		rest = rest[n:]
	}
	require.NoError(t, w.Close())
	return out.Bytes()
}

// chunks reads a file to its end.
func chunks(data []byte, o Options) ([]*Chunk, error) {
	f, err := Open(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	r := f.Read(o)
	defer r.Close()
	var all []*Chunk
	for {
		c, err := r.Next(context.Background())
		if err == io.EOF {
			return all, nil
		}
		if err != nil {
			return all, err
		}
		all = append(all, c)
	}
}

func joined(all []*Chunk) []byte {
	var b []byte
	for _, c := range all {
		b = append(b, c.Data...)
	}
	return b
}
