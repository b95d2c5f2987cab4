package state_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch/state"
	"github.com/plugreel/plugreel/sdk"
)

func TestStorage(t *testing.T) {
	s := state.New()
	a, b := s.Storage("a"), s.Storage("b")
	set := func(text string) {
		t.Helper()
		v, err := sdk.ParseValue([]byte(text))
		require.NoError(t, err)
		require.NoError(t, a.Set("k", v))
	}
	get := func(from sdk.Storage) string {
		t.Helper()
		v, err := from.Get("k")
		require.NoError(t, err)
		return v.String()
	}
	assert.Empty(t, get(a), "never set")
	set(`{"n":1.0}`)
	assert.Equal(t, `{"n":1.0}`, get(a), "text is kept")
	assert.Empty(t, get(b), "another scope")
	set("null")
	assert.Equal(t, "null", get(a), "null is a value")
	require.NoError(t, a.Set("k", sdk.Value{}))
	assert.Empty(t, get(a), "a missing value deletes")
	require.NoError(t, a.Delete("k"), "that there is none is no error")

	failed := errors.New("no")
	require.ErrorIs(t, a.Update("k", func(sdk.Value) (sdk.Value, error) { return sdk.RawValue([]byte("1")), failed }), failed)
	assert.Empty(t, get(a), "nothing changed")
}

func TestStorageUpdatesAreAtomic(t *testing.T) {
	s := state.New().Storage("a")
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 100 {
				err := s.Update("n", func(old sdk.Value) (sdk.Value, error) {
					return sdk.RawValue(fmt.Append(nil, old.IntOr(0)+1)), nil
				})
				assert.NoError(t, err)
			}
		})
	}
	group.Wait()
	v, err := s.Get("n")
	require.NoError(t, err)
	assert.EqualValues(t, 800, v.IntOr(0))
}

func TestCacheTexts(t *testing.T) {
	s := state.New()
	c := s.Cache("p")
	_, ok, err := c.Get("k")
	require.NoError(t, err)
	assert.False(t, ok)
	require.NoError(t, c.Set("k", "7", 0))
	n, err := c.Incr("k")
	require.NoError(t, err)
	assert.EqualValues(t, 8, n, "works on what Set wrote")
	n, err = c.Incr("new")
	require.NoError(t, err)
	assert.EqualValues(t, 1, n, "begins at 0")
	require.NoError(t, c.Set("k", "x", 0))
	_, err = c.Incr("k")
	require.ErrorIs(t, err, sdk.ErrNotInteger)
	_, err = c.LPush("k", "a")
	require.ErrorIs(t, err, sdk.ErrWrongType)
	other, ok, _ := s.Cache("q").Get("k")
	assert.False(t, ok, "another scope: %q", other)
}

func TestCacheExpiry(t *testing.T) {
	s := state.New()
	c := s.Cache("p")
	has := func(key string) bool {
		_, ok, err := c.Get(key)
		require.NoError(t, err)
		return ok
	}
	require.NoError(t, c.Set("a", "1", 10*time.Second))
	require.NoError(t, c.Set("b", "1", 0))
	start := s.Now()
	s.Advance(start.Add(10*time.Second - 1))
	assert.True(t, has("a"))
	s.Advance(start)
	assert.Equal(t, start.Add(10*time.Second-1), s.Now(), "the clock never goes back")
	s.Advance(start.Add(10 * time.Second))
	assert.False(t, has("a"), "over")
	assert.True(t, has("b"), "no ttl")

	ok, err := c.Expire("b", time.Second)
	require.NoError(t, err)
	assert.True(t, ok)
	s.Advance(start.Add(time.Minute))
	assert.False(t, has("b"))
	ok, err = c.Expire("b", time.Second)
	require.NoError(t, err)
	assert.False(t, ok, "there is no such key any more")
	require.NoError(t, c.Set("d", "1", 0))
	ok, err = c.Expire("d", 0)
	require.NoError(t, err)
	assert.True(t, ok)
	assert.False(t, has("d"), "0 deletes")
}

func TestCacheLists(t *testing.T) {
	fill := func() sdk.Cache {
		c := state.New().Cache("p")
		n, err := c.LPush("l", "1", "2", "3", "2")
		require.NoError(t, err)
		require.Equal(t, 4, n)
		return c
	}
	all := func(c sdk.Cache) []string {
		list, err := c.LRange("l", 0, -1)
		require.NoError(t, err)
		return list
	}
	assert.Equal(t, []string{"2", "3", "2", "1"}, all(fill()), "one after the other to the front")
	ranges := []struct {
		name       string
		start, end int
		want       []string
	}{
		{"first", 0, 0, []string{"2"}},
		{"middle", 1, 2, []string{"3", "2"}},
		{"from the end", -2, -1, []string{"2", "1"}},
		{"beyond", 2, 100, []string{"2", "1"}},
		{"before", -100, 0, []string{"2"}},
		{"empty", 3, 2, nil},
		{"outside", 9, 10, nil},
		{"end before the list", 0, -9, nil},
	}
	for _, row := range ranges {
		list, err := fill().LRange("l", row.start, row.end)
		require.NoError(t, err)
		assert.Equal(t, row.want, list, row.name)
	}
	removals := []struct {
		count, removed int
		want           []string
	}{{0, 2, []string{"3", "1"}}, {1, 1, []string{"3", "2", "1"}}, {-1, 1, []string{"2", "3", "1"}}, {9, 2, []string{"3", "1"}}}
	for _, row := range removals {
		c := fill()
		n, err := c.LRem("l", row.count, "2")
		require.NoError(t, err)
		assert.Equal(t, row.removed, n, "LRem %d", row.count)
		assert.Equal(t, row.want, all(c), "LRem %d", row.count)
	}
	c := fill()
	popped, err := c.LPop("l", 3)
	require.NoError(t, err)
	assert.Equal(t, []string{"2", "3", "2"}, popped)
	popped, err = c.LPop("l", 3)
	require.NoError(t, err)
	assert.Equal(t, []string{"1"}, popped)
	popped, err = c.LPop("l", 3)
	require.NoError(t, err)
	assert.Nil(t, popped, "an empty list is none")
	n, err := c.LLen("l")
	require.NoError(t, err)
	assert.Zero(t, n)
	n, err = c.LPush("l")
	require.NoError(t, err)
	assert.Zero(t, n)
	require.NoError(t, c.Set("t", "x", 0))
	_, err = c.LRange("t", 0, 1)
	require.ErrorIs(t, err, sdk.ErrWrongType)
	_, _ = c.LPush("list", "x")
	_, _, err = c.Get("list")
	require.ErrorIs(t, err, sdk.ErrWrongType)
}
