package state

import (
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/plugreel/plugreel/sdk"
)

// entry is a value of a cache.
type entry struct {
	text    string
	list    []string // the front of the list is at its end, so that pushing is cheap
	isList  bool
	expires time.Time // zero for never
}

// cache is a scope's view of a State.
type cache struct {
	state *State
	scope string
}

// get returns the entry of key, nil if there is none or its time is over. The caller has the lock.
func (c cache) get(key string) *entry {
	e := c.state.cache[c.scope][key]
	if e != nil && !e.expires.IsZero() && !c.state.now.Before(e.expires) {
		c.remove(key)
		return nil
	}
	return e
}

func (c cache) remove(key string) {
	c.state.touch(true, c.scope, key)
	delete(c.state.cache[c.scope], key)
}

func (c cache) put(key string, e *entry) *entry {
	c.state.touch(true, c.scope, key)
	entries := c.state.cache[c.scope]
	if entries == nil {
		entries = map[string]*entry{}
		c.state.cache[c.scope] = entries
	}
	entries[key] = e
	return e
}

// list returns the list of key. Without one it is nil.
func (c cache) list(key string) (*entry, error) {
	e := c.get(key)
	if e != nil && !e.isList {
		return nil, sdk.ErrWrongType
	}
	return e, nil
}

func (c cache) Get(key string) (string, bool, error) {
	c.state.mu.Lock()
	defer c.state.mu.Unlock()
	e := c.get(key)
	switch {
	case e == nil:
		return "", false, nil
	case e.isList:
		return "", false, sdk.ErrWrongType
	}
	return e.text, true, nil
}

func (c cache) Set(key, text string, ttl time.Duration) error {
	c.state.mu.Lock()
	defer c.state.mu.Unlock()
	e := c.put(key, &entry{text: text})
	if ttl > 0 {
		e.expires = c.state.now.Add(ttl)
	}
	return nil
}

func (c cache) Incr(key string) (int64, error) {
	c.state.mu.Lock()
	defer c.state.mu.Unlock()
	e := c.get(key)
	if e == nil {
		e = c.put(key, &entry{text: "0"})
	}
	if e.isList {
		return 0, sdk.ErrWrongType
	}
	n, err := strconv.ParseInt(e.text, 10, 64)
	if err != nil || n == math.MaxInt64 {
		return 0, sdk.ErrNotInteger
	}
	c.state.touch(true, c.scope, key)
	e.text = strconv.FormatInt(n+1, 10)
	return n + 1, nil
}

func (c cache) Expire(key string, ttl time.Duration) (bool, error) {
	c.state.mu.Lock()
	defer c.state.mu.Unlock()
	e := c.get(key)
	if e == nil {
		return false, nil
	}
	if ttl <= 0 {
		c.remove(key)
		return true, nil
	}
	c.state.touch(true, c.scope, key)
	e.expires = c.state.now.Add(ttl)
	return true, nil
}

func (c cache) LPush(key string, elements ...string) (int, error) {
	c.state.mu.Lock()
	defer c.state.mu.Unlock()
	e, err := c.list(key)
	if err != nil {
		return 0, err
	}
	if len(elements) == 0 {
		return length(e), nil
	}
	if e == nil {
		e = c.put(key, &entry{isList: true})
	}
	c.state.touch(true, c.scope, key)
	e.list = append(e.list, elements...)
	return len(e.list), nil
}

func length(e *entry) int {
	if e == nil {
		return 0
	}
	return len(e.list)
}

func (c cache) LRange(key string, start, end int) ([]string, error) {
	c.state.mu.Lock()
	defer c.state.mu.Unlock()
	e, err := c.list(key)
	if e == nil {
		return nil, err
	}
	n := len(e.list)
	if start < 0 {
		start = max(0, n+start)
	}
	if end < 0 {
		end = n + end
	}
	end = min(end, n-1)
	if start > end {
		return nil, nil
	}
	found := slices.Clone(e.list[n-1-end : n-start])
	slices.Reverse(found)
	return found, nil
}

func (c cache) LLen(key string) (int, error) {
	c.state.mu.Lock()
	defer c.state.mu.Unlock()
	e, err := c.list(key)
	return length(e), err
}

func (c cache) LPop(key string, count int) ([]string, error) {
	c.state.mu.Lock()
	defer c.state.mu.Unlock()
	e, err := c.list(key)
	if e == nil {
		return nil, err
	}
	rest := max(0, len(e.list)-max(0, count))
	popped := slices.Clone(e.list[rest:])
	slices.Reverse(popped)
	c.shrink(key, e, e.list[:rest])
	return popped, nil
}

// shrink gives key a shorter list; an empty one is none.
func (c cache) shrink(key string, e *entry, list []string) {
	c.state.touch(true, c.scope, key)
	if e.list = list; len(list) == 0 {
		c.remove(key)
	}
}

func (c cache) LRem(key string, count int, element string) (int, error) {
	c.state.mu.Lock()
	defer c.state.mu.Unlock()
	e, err := c.list(key)
	if e == nil {
		return 0, err
	}
	// In e.list the front is last: a positive count removes from the end of the slice.
	n := len(e.list)
	removed := 0
	drop := make([]bool, n)
	for i := range n {
		at := n - 1 - i
		if count < 0 {
			at = i
		}
		if e.list[at] == element && (count == 0 || removed < max(count, -count)) {
			drop[at] = true
			removed++
		}
	}
	kept := e.list[:0]
	for i, text := range e.list {
		if !drop[i] {
			kept = append(kept, text)
		}
	}
	c.shrink(key, e, kept)
	return removed, nil
}
