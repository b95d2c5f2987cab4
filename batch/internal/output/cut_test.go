package output

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// cutNow returns the marks of a cut that is synced, as a ledger would give them back.
func cutNow(t *testing.T, s *Stage) []Mark {
	t.Helper()
	cut, err := s.Cut()
	require.NoError(t, err)
	require.NoError(t, cut.Sync())
	text, err := json.Marshal(cut.Marks)
	require.NoError(t, err)
	var marks []Mark
	require.NoError(t, json.Unmarshal(text, &marks))
	return marks
}

func takeUp(t *testing.T, out string, marks []Mark, complete bool) *Stage {
	t.Helper()
	s, err := Begin(nil, out, Options{Keep: true})
	require.NoError(t, err)
	require.NoError(t, s.Restore(marks, complete))
	t.Cleanup(func() { require.NoError(t, s.Discard()) })
	return s
}

var (
	partSpec = Spec{Name: "part", Final: "out.ndjson", Main: true}
	deadSpec = Spec{Name: "dead", Final: "out.dead.ndjson"}
)

func TestRestoreCutsBack(t *testing.T) {
	t.Chdir(t.TempDir())
	s := begin(t, "out.ndjson")
	part, dead := add(t, s, partSpec), add(t, s, deadSpec)
	write(t, part, "one")
	marks := cutNow(t, s)
	require.Len(t, marks, 1, "there is no dead letter")
	require.Empty(t, cutNow(t, s), "nothing has changed")
	write(t, part, "lost")
	write(t, dead, "lost")
	require.NoError(t, s.Leave())
	require.NoError(t, s.Leave())
	require.True(t, Unfinished(nil, "out.ndjson"))

	s = takeUp(t, "out.ndjson", marks, false)
	require.False(t, s.Stale())
	part, dead = add(t, s, partSpec), add(t, s, deadSpec)
	require.EqualValues(t, 3, part.Size())
	_, err := s.File(partSpec)
	require.ErrorIs(t, err, os.ErrExist, "it is given out once")
	write(t, part, "two")
	write(t, dead, "x")
	require.NoError(t, s.Publish())
	require.Equal(t, map[string]string{"out.ndjson": "onetwo", "out.dead.ndjson": "x"}, tree(t))
	require.False(t, Unfinished(nil, "out.ndjson"))
}

func TestSideFileThatWasCutAwayIsNotPublished(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "out.dead.ndjson", "old")
	s := begin(t, "out.ndjson")
	add(t, s, partSpec)
	marks := cutNow(t, s)
	write(t, add(t, s, deadSpec), "lost")
	require.NoError(t, s.Leave())
	s = takeUp(t, "out.ndjson", marks, false)
	add(t, s, partSpec)
	add(t, s, deadSpec)
	require.NoError(t, s.Publish())
	require.Equal(t, map[string]string{"out.ndjson": ""}, tree(t))
}

func TestRestoreOfADirectory(t *testing.T) {
	t.Chdir(t.TempDir())
	spec := func(name string) Spec {
		return Spec{Name: "out/" + name, Final: filepath.Join("out", name), Main: true}
	}
	s := begin(t, "out/")
	a, b := add(t, s, spec("a")), add(t, s, spec("b"))
	write(t, a, "a")
	require.NoError(t, a.Finish())
	write(t, b, "b")
	empty := add(t, s, spec("empty"))
	marks := cutNow(t, s)
	require.NoError(t, empty.Finish())
	write(t, b, "lost")
	write(t, add(t, s, spec("late")), "lost")
	require.NoError(t, s.Leave())

	s = takeUp(t, "out/", marks, false)
	late := add(t, s, spec("late"))
	write(t, late, "l")
	require.NoError(t, s.Publish())
	require.Equal(t, map[string]string{"out/": "", "out/a": "a", "out/b": "b", "out/empty": "", "out/late": "l"}, tree(t))
}

func TestRestoreGoesOnWithPublishing(t *testing.T) {
	t.Chdir(t.TempDir())
	s := begin(t, "out.ndjson")
	write(t, add(t, s, partSpec), "p")
	write(t, add(t, s, deadSpec), "d")
	require.NoError(t, s.Finish())
	marks := cutNow(t, s)
	require.Len(t, marks, 2)
	require.NoError(t, s.Leave())
	require.NoError(t, os.Rename("out.ndjson.plugreel/dead", "out.dead.ndjson"))

	s = takeUp(t, "out.ndjson", marks, true)
	add(t, s, partSpec)
	add(t, s, deadSpec)
	require.NoError(t, s.Publish())
	require.Equal(t, map[string]string{"out.ndjson": "p", "out.dead.ndjson": "d"}, tree(t))
}

func TestRestoreRefusesWhatIsNotAsItWasLeft(t *testing.T) {
	for _, tt := range []struct {
		name, reason string
		change       func() error
		complete     bool
		want         error
	}{
		{"shorter", "bytes are missing", func() error { return os.Truncate("out.ndjson.plugreel/part", 1) }, false, ErrChanged},
		{"gone", "all of them", func() error { return os.Remove("out.ndjson.plugreel/part") }, false, os.ErrNotExist},
		{"gone at the end", "and not published", func() error { return os.Remove("out.ndjson.plugreel/part") }, true, os.ErrNotExist},
		{"another one published", "somebody else has", func() error {
			put(t, "out.ndjson", "other")
			return os.Remove("out.ndjson.plugreel/part")
		}, true, ErrChanged},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			s := begin(t, "out.ndjson")
			write(t, add(t, s, partSpec), "part")
			marks := cutNow(t, s)
			require.NoError(t, s.Leave())
			require.NoError(t, tt.change())
			s, err := Begin(nil, "out.ndjson", Options{Keep: true})
			require.NoError(t, err)
			err = s.Restore(marks, tt.complete)
			require.ErrorIs(t, err, tt.want, tt.reason)
			require.NoError(t, s.Discard())
		})
	}
}

func TestNoCutInABrotliStream(t *testing.T) {
	t.Chdir(t.TempDir())
	s := begin(t, "out/")
	f := add(t, s, Spec{Name: "out/a.br", Final: "out/a.br", Codec: Brotli, Main: true})
	require.True(t, s.Cuttable(), "nothing was written")
	write(t, f, "{}")
	require.False(t, s.Cuttable())
	require.NoError(t, f.Finish())
	require.True(t, s.Cuttable())
}
