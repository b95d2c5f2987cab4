package state

import (
	"sync"
	"time"

	"go.etcd.io/bbolt"

	"github.com/plugreel/plugreel/sdk"
)

// State holds the values of all plugins of a run, in memory. It may be used from several
// goroutines. One that [Open] made keeps them in a file as well.
type State struct {
	mu      sync.Mutex
	now     time.Time // the run's clock
	db      *bbolt.DB // nil: in memory only
	changed map[place]bool
	stamp   string // of the last commit
	storage map[string]map[string][]byte
	cache   map[string]map[string]*entry
}

// place names a value.
type place struct {
	cached     bool // in a cache, else in a storage
	scope, key string
}

// touch notes that a value was changed, for the next Commit. The caller has the lock.
func (s *State) touch(cached bool, scope, key string) {
	if s.db != nil {
		s.changed[place{cached, scope, key}] = true
	}
}

// New returns an empty State whose clock stands at the Unix epoch.
func New() *State {
	return &State{
		now:     time.Unix(0, 0).UTC(),
		storage: map[string]map[string][]byte{},
		cache:   map[string]map[string]*entry{},
	}
}

// Advance moves the clock to t; an earlier t changes nothing.
func (s *State) Advance(t time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if t.After(s.now) {
		s.now = t
	}
}

// Now is the clock.
func (s *State) Now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

// Storage returns the storage of a scope, the same one each time.
func (s *State) Storage(scope string) sdk.Storage { return storage{s, scope} }

// Cache returns the cache of a scope, the same one each time.
func (s *State) Cache(scope string) sdk.Cache { return cache{s, scope} }

type storage struct {
	state *State
	scope string
}

func (s storage) Get(key string) (sdk.Value, error) {
	s.state.mu.Lock()
	defer s.state.mu.Unlock()
	return sdk.RawValue(s.state.storage[s.scope][key]), nil
}

func (s storage) Set(key string, v sdk.Value) error {
	s.state.mu.Lock()
	defer s.state.mu.Unlock()
	s.put(key, v)
	return nil
}

// put is Set under the lock. What was stored is never changed in place, as values read earlier
// may still be in use.
func (s storage) put(key string, v sdk.Value) {
	s.state.touch(false, s.scope, key)
	values := s.state.storage[s.scope]
	if !v.Exists() {
		delete(values, key)
		return
	}
	if values == nil {
		values = map[string][]byte{}
		s.state.storage[s.scope] = values
	}
	values[key] = v.AppendJSON(nil)
}

func (s storage) Delete(key string) error { return s.Set(key, sdk.Value{}) }

func (s storage) Update(key string, f func(sdk.Value) (sdk.Value, error)) error {
	s.state.mu.Lock()
	defer s.state.mu.Unlock()
	v, err := f(sdk.RawValue(s.state.storage[s.scope][key]))
	if err == nil {
		s.put(key, v)
	}
	return err
}
