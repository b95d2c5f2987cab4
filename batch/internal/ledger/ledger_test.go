package ledger

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch/internal/output"
	"github.com/plugreel/plugreel/batch/internal/output/faultfs"
)

// texts are the notes as text.
func texts(notes []Note) []string {
	var list []string
	for _, n := range notes {
		list = append(list, string(n.Text))
	}
	return list
}

func written(t *testing.T, notes ...any) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "ledger")
	l, err := Create(output.OS{}, path)
	require.NoError(t, err)
	for _, n := range notes {
		require.NoError(t, l.Append(n))
	}
	require.NoError(t, l.Close())
	return path
}

func TestNotesAreReadBack(t *testing.T) {
	path := written(t, map[string]int{"a": 1}, "two\nlines", 3)
	l, notes, err := Open(output.OS{}, path)
	require.NoError(t, err)
	require.Equal(t, []string{`{"a":1}`, `"two\nlines"`, `3`}, texts(notes))

	require.NoError(t, l.Cut(notes[0].End))
	require.NoError(t, l.Append("new"))
	require.NoError(t, l.Close())
	_, notes, err = Open(output.OS{}, path)
	require.NoError(t, err)
	require.Equal(t, []string{`{"a":1}`, `"new"`}, texts(notes), "what was cut off is gone")
}

// TestTornLines cuts a ledger off, and changes it, at every byte: what is before is read.
func TestTornLines(t *testing.T) {
	whole, err := os.ReadFile(written(t, "one", "two", "three"))
	require.NoError(t, err)
	all := notes(whole)
	require.Len(t, all, 3)
	for i := range whole {
		want := 0
		for _, n := range all {
			if n.End <= int64(i) {
				want++
			}
		}
		assert.Len(t, notes(whole[:i]), want, "cut off at %d", i)
		flipped := bytes.Clone(whole)
		flipped[i] ^= 4
		assert.Equal(t, texts(all[:want]), texts(notes(flipped)), "changed at %d", i)
	}
}

func TestAppendReportsWhatTheSystemSays(t *testing.T) {
	for _, fault := range []faultfs.Fault{{Op: faultfs.Write, Short: true}, {Op: faultfs.Sync}} {
		l, err := Create(faultfs.New(output.OS{}, fault), filepath.Join(t.TempDir(), "ledger"))
		require.NoError(t, err)
		require.Error(t, l.Append(1), fault.Op)
		require.NoError(t, l.Close())
	}
	l, err := Create(output.OS{}, filepath.Join(t.TempDir(), "ledger"))
	require.NoError(t, err)
	defer l.Close()
	require.Error(t, l.Append(func() {}), "not JSON")
	_, _, err = Open(output.OS{}, filepath.Join(t.TempDir(), "ledger"))
	require.ErrorIs(t, err, os.ErrNotExist)
}

func FuzzNotes(f *testing.F) {
	f.Add([]byte("00000000 1\n"))
	f.Add([]byte("90f599e3 1\n90f599e3 1\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		end := int64(0)
		for _, n := range notes(text) {
			require.Greater(t, n.End, end)
			require.LessOrEqual(t, n.End, int64(len(text)))
			again := append([]byte(checksum(n.Text)), ' ')
			require.Equal(t, string(text[end:n.End]), string(append(append(again, n.Text...), '\n')))
			end = n.End
		}
	})
}

func TestChecksumIsThatOfTheFormat(t *testing.T) {
	text, err := json.Marshal(1)
	require.NoError(t, err)
	require.Equal(t, "90f599e3", checksum(text), "CRC-32C of the character 1")
}
