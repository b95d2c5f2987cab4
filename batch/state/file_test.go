package state_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/plugreel/plugreel/batch/state"
	"github.com/plugreel/plugreel/sdk"
)

func open(t require.TestingT, path string) *state.State {
	s, err := state.Open(path)
	require.NoError(t, err)
	return s
}

func TestFileKeepsWhatWasCommitted(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state")
	s := open(t, path)
	start := s.Now()
	s.Advance(start.Add(time.Hour))
	require.NoError(t, s.Storage("").Set("", sdk.RawValue([]byte(`{"n":1.0}`))))
	require.NoError(t, s.Storage("p").Set("gone", sdk.RawValue([]byte(`1`))))
	require.NoError(t, s.Cache("p").Set("t", "text", time.Minute))
	_, err := s.Cache("p").LPush("l", "1", "2")
	require.NoError(t, err)
	require.NoError(t, s.Commit())
	require.NoError(t, s.Storage("p").Delete("gone"))
	require.NoError(t, s.Commit())
	require.NoError(t, s.Storage("p").Set("late", sdk.RawValue([]byte(`1`))))
	_, err = state.Open(path)
	require.ErrorContains(t, err, "in use by another process")
	require.NoError(t, s.Close())

	s = open(t, path)
	defer s.Close()
	v, err := s.Storage("").Get("")
	require.NoError(t, err)
	assert.Equal(t, `{"n":1.0}`, v.String())
	for _, key := range []string{"gone", "late"} {
		v, err = s.Storage("p").Get(key)
		require.NoError(t, err)
		assert.False(t, v.Exists(), "%s: deleted, or not committed", key)
	}
	text, ok, err := s.Cache("p").Get("t")
	require.NoError(t, err)
	assert.True(t, ok)
	assert.Equal(t, "text", text)
	list, err := s.Cache("p").LRange("l", 0, -1)
	require.NoError(t, err)
	assert.Equal(t, []string{"2", "1"}, list)
	assert.Equal(t, start.Add(time.Hour), s.Now(), "the clock goes on where it stood")
	s.Advance(start.Add(time.Hour + time.Minute))
	_, ok, err = s.Cache("p").Get("t")
	require.NoError(t, err)
	assert.False(t, ok, "expired")
}

func TestOpenRefusesOtherFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state")
	require.NoError(t, os.WriteFile(path, make([]byte, 10_000), 0o600))
	_, err := state.Open(path)
	require.ErrorContains(t, err, "not a state file")
	_, err = state.Open(filepath.Join(path, "below a file"))
	require.Error(t, err)
	require.NoError(t, state.New().Commit(), "in memory there is nothing to do")
	require.NoError(t, state.New().Close())
}

// TestFileIsWhatMemoryIs does random things to a State in memory and to one in a file that is
// closed and opened again and again.
func TestFileIsWhatMemoryIs(t *testing.T) {
	dir := t.TempDir()
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		path := filepath.Join(dir, time.Duration(n).String())
		file, memory := open(t, path), state.New()
		defer func() { require.NoError(t, file.Close()) }()
		for range rapid.IntRange(1, 20).Draw(t, "steps") {
			key := rapid.SampledFrom([]string{"a", "b"}).Draw(t, "key")
			step := rapid.IntRange(0, 7).Draw(t, "step")
			if step == 0 {
				require.NoError(t, file.Commit())
				require.NoError(t, file.Close())
				file = open(t, path)
			}
			assert.Equal(t, do(memory, step, key), do(file, step, key))
		}
	})
}

// do changes something and returns what can be seen of it.
func do(s *state.State, step int, key string) []any {
	c := s.Cache("p")
	var seen []any
	switch step {
	case 1:
		s.Advance(s.Now().Add(time.Second))
	case 2:
		seen = append(seen, s.Storage("p").Set(key, sdk.RawValue([]byte(`1`))))
	case 3:
		seen = append(seen, s.Storage("p").Delete(key))
	case 4:
		seen = append(seen, c.Set(key, "5", 2*time.Second))
	case 5:
		n, err := c.Incr(key)
		seen = append(seen, n, err)
	case 6:
		n, err := c.LPush(key, "x", "y")
		seen = append(seen, n, err)
	case 7:
		list, err := c.LPop(key, 1)
		seen = append(seen, list, err)
	}
	text, ok, err := c.Get(key)
	v, _ := s.Storage("p").Get(key)
	return append(seen, text, ok, err, v.String(), s.Now().UnixNano())
}

func TestDeltasAreCommittedLater(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state")
	s := open(t, path)
	require.True(t, s.InFile())
	require.Empty(t, s.Stamp())
	set := func(key, text string) {
		require.NoError(t, s.Storage("p").Set(key, sdk.RawValue([]byte(text))))
	}
	get := func(key string) string {
		v, err := s.Storage("p").Get(key)
		require.NoError(t, err)
		return v.String()
	}
	set("a", "1")
	set("gone", "1")
	first, err := s.Take()
	require.NoError(t, err)
	set("a", "2")
	set("gone", "")
	s.Advance(s.Now().Add(time.Hour))
	second, err := s.Take()
	require.NoError(t, err)
	set("a", "3")
	set("b", "3")

	all := &state.Delta{}
	all.Add(first)
	all.Add(second)
	all.Add(nil)
	require.NoError(t, s.CommitDelta("x 1", all))
	require.Equal(t, "x 1", s.Stamp())
	require.Equal(t, "3", get("a"), "what came after is not lost")
	require.NoError(t, s.Reload())
	require.Equal(t, "2", get("a"), "until it is to be")
	require.Equal(t, time.Unix(3600, 0).UTC(), s.Now())
	require.NoError(t, s.Close())

	s = open(t, path)
	defer s.Close()
	require.Equal(t, "x 1", s.Stamp())
	require.Equal(t, "2", get("a"))
	require.Empty(t, get("gone"))
	require.Empty(t, get("b"))
	require.NoError(t, s.Commit())
	require.NotEqual(t, "x 1", s.Stamp(), "every commit has a stamp of its own")
}

func TestInMemoryNothingIsCommitted(t *testing.T) {
	s := state.New()
	require.False(t, s.InFile())
	d, err := s.Take()
	require.NoError(t, err)
	require.Nil(t, d)
	require.NoError(t, s.CommitDelta("x", d))
	require.NoError(t, s.Reload())
}
