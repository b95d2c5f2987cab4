package journal_test

import (
	"cmp"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch/internal/journal"
)

const (
	one = "a1 200 1 2fb53a13\n"
	two = "b2 204 3 b139b04e\n"
)

func openFile(t testing.TB, text string) (*os.File, *journal.Journal) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "delivered")
	require.NoError(t, os.WriteFile(name, []byte(text), 0o600))
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	require.NoError(t, err)
	j, err := journal.Open(f)
	require.NoError(t, err)
	return f, j
}

func contents(t testing.TB, f *os.File) string {
	t.Helper()
	text, err := os.ReadFile(f.Name())
	require.NoError(t, err)
	return string(text)
}

func TestJournal(t *testing.T) {
	f, j := openFile(t, "")
	_, ok := j.Delivered("a1")
	assert.False(t, ok)
	require.NoError(t, j.Record("a1", journal.Entry{Status: 200, Attempts: 1}))
	assert.Equal(t, one, contents(t, f), "it is there as soon as Record returns")
	require.NoError(t, j.Record("b2", journal.Entry{Status: 204, Attempts: 3}))
	require.NoError(t, j.Close())
	assert.Equal(t, one+two, contents(t, f))

	_, j = openFile(t, one+two)
	e, ok := j.Delivered("b2")
	assert.True(t, ok)
	assert.Equal(t, journal.Entry{Status: 204, Attempts: 3}, e)
	require.NoError(t, j.Close())
}

func TestDamage(t *testing.T) {
	for _, c := range []struct {
		name, reason, text, left string
		a1, b2                   bool
	}{
		{"torn tail", "the process died while it wrote", one + two[:9], one, true, false},
		{"torn before the line feed", "a line ends with one", one + strings.TrimSpace(two), one, true, false},
		{"torn first line", "nothing is known", one[:3], "", false, false},
		{"a bit", "the checksum tells", strings.Replace(one, "200", "201", 1) + two, strings.Replace(one, "200", "201", 1) + two, false, true},
		{"zeros", "as after a crash of the machine", "\x00\x00\x00\n" + two, "\x00\x00\x00\n" + two, false, true},
		{"another spelling", "a line has one form", strings.Replace(one, "200 1", "200 01", 1) + two, strings.Replace(one, "200 1", "200 01", 1) + two, false, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, j := openFile(t, c.text)
			_, a1 := j.Delivered("a1")
			_, b2 := j.Delivered("b2")
			assert.Equal(t, [2]bool{c.a1, c.b2}, [2]bool{a1, b2}, c.reason)
			require.NoError(t, j.Record("a1", journal.Entry{Status: 200, Attempts: 1}))
			require.NoError(t, j.Close())
			assert.Equal(t, c.left+one, contents(t, f), "what follows stands on a line of its own")
		})
	}
}

// broken fails where it is told to.
type broken struct {
	io.ReadWriteSeeker
	at  string
	err error
}

func (b *broken) fail(at string) error {
	if b.at == at {
		return b.err
	}
	return nil
}
func (b *broken) Read([]byte) (int, error)       { return 0, cmp.Or(b.fail("read"), io.EOF) }
func (b *broken) Write([]byte) (int, error)      { return 0, b.fail("write") }
func (b *broken) Seek(int64, int) (int64, error) { return 0, b.fail("seek") }
func (b *broken) Truncate(int64) error           { return b.fail("truncate") }
func (b *broken) Close() error                   { return b.fail("close") }

func TestFailures(t *testing.T) {
	disk := errors.New("disk")
	for _, at := range []string{"read", "seek"} {
		_, err := journal.Open(&broken{at: at, err: disk})
		require.ErrorIs(t, err, disk, at)
	}
	j, err := journal.Open(&broken{at: "write", err: disk})
	require.NoError(t, err)
	require.ErrorIs(t, j.Record("a1", journal.Entry{}), disk)
	j, err = journal.Open(&broken{at: "close", err: disk})
	require.NoError(t, err)
	require.ErrorIs(t, j.Close(), disk)
}

// FuzzOpen checks that whatever stands in a journal, what is recorded afterwards is found, and
// nothing is known that has no line of its own.
func FuzzOpen(f *testing.F) {
	for _, seed := range []string{"", one, one + two, one + two[:5], "\n\n", "a1 200 1", " 0 0 \n", strings.Repeat("x", 100)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m := &memory{data: []byte(text)}
		j, err := journal.Open(m)
		require.NoError(t, err)
		e, before := j.Delivered("a1")
		if before && !strings.Contains(text, "a1 ") {
			t.Fatalf("Delivered = %v from %q", e, text)
		}
		want := journal.Entry{Status: 299, Attempts: 2}
		require.NoError(t, j.Record("k", want))
		j, err = journal.Open(&memory{data: m.data})
		require.NoError(t, err)
		got, ok := j.Delivered("k")
		assert.True(t, ok)
		assert.Equal(t, want, got)
		again, known := j.Delivered("a1")
		assert.Equal(t, before, known)
		assert.Equal(t, e, again)
	})
}

// memory is a file in memory, to be read once and appended to.
type memory struct {
	data []byte
	at   int
}

func (m *memory) Read(p []byte) (int, error) {
	if m.at == len(m.data) {
		return 0, io.EOF
	}
	n := copy(p, m.data[m.at:])
	m.at += n
	return n, nil
}

func (m *memory) Write(p []byte) (int, error) {
	m.data = append(m.data[:m.at], p...)
	m.at = len(m.data)
	return len(p), nil
}

func (m *memory) Seek(to int64, _ int) (int64, error) {
	m.at = int(to)
	return to, nil
}

func (m *memory) Truncate(size int64) error {
	m.data = m.data[:size]
	return nil
}

func (m *memory) Close() error { return nil }
