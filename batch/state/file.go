package state

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// lockWait is how long Open waits for another process to let go of the file.
const lockWait = 100 * time.Millisecond

// The buckets of a file: below storage and cache there is a bucket for each scope.
var (
	aboutBucket   = []byte("about")
	storageBucket = []byte("storage")
	cacheBucket   = []byte("cache")
	versionKey    = []byte("version")
	clockKey      = []byte("clock")
	stampKey      = []byte("stamp")
)

// fileVersion is the version of the format.
const fileVersion = "1"

// record is a cache entry in a file.
type record struct {
	Text    string    `json:"text,omitempty"`
	List    []string  `json:"list,omitempty"` // the front is last
	IsList  bool      `json:"is_list,omitempty"`
	Expires time.Time `json:"expires,omitzero"`
}

// Open returns the State that the file holds, a new one if there is no such file. The file belongs
// to the State until Close: nobody else can open it.
func Open(path string) (*State, error) {
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{Timeout: lockWait})
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return nil, fmt.Errorf("%s: in use by another process", path)
	case errors.Is(err, bolterrors.ErrInvalid), errors.Is(err, bolterrors.ErrVersionMismatch), errors.Is(err, bolterrors.ErrChecksum):
		return nil, fmt.Errorf("%s: not a state file", path)
	case err != nil:
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	s := New()
	s.db, s.changed = db, map[place]bool{}
	if err := db.View(s.read); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", path, err), db.Close())
	}
	return s, nil
}

// Close lets go of the file. What was not committed is lost. In memory it does nothing.
func (s *State) Close() error {
	if s.db == nil {
		return nil
	}
	return s.db.Close()
}

func (s *State) read(tx *bbolt.Tx) error {
	about := tx.Bucket(aboutBucket)
	if about == nil {
		return nil // a new file
	}
	if v := string(about.Get(versionKey)); v != fileVersion {
		return fmt.Errorf("state file of version %q, want %q", v, fileVersion)
	}
	if err := s.now.UnmarshalText(about.Get(clockKey)); err != nil {
		return err
	}
	s.stamp = string(about.Get(stampKey))
	err := eachValue(tx.Bucket(storageBucket), func(scope, key string, text []byte) error {
		if s.storage[scope] == nil {
			s.storage[scope] = map[string][]byte{}
		}
		s.storage[scope][key] = append([]byte(nil), text...)
		return nil
	})
	if err != nil {
		return err
	}
	return eachValue(tx.Bucket(cacheBucket), func(scope, key string, text []byte) error {
		var r record
		if err := json.Unmarshal(text, &r); err != nil {
			return fmt.Errorf("cache %q: %w", key, err)
		}
		if s.cache[scope] == nil {
			s.cache[scope] = map[string]*entry{}
		}
		s.cache[scope][key] = &entry{text: r.Text, list: r.List, isList: r.IsList, expires: r.Expires}
		return nil
	})
}

// eachValue calls f for every value in the buckets below top.
func eachValue(top *bbolt.Bucket, f func(scope, key string, text []byte) error) error {
	if top == nil {
		return nil
	}
	return top.ForEachBucket(func(scope []byte) error {
		return top.Bucket(scope).ForEach(func(key, text []byte) error {
			return f(unescapeKey(scope), unescapeKey(key), text)
		})
	})
}

// A key of bbolt must not be empty: keys begin with a byte of our own.
func escapeKey(key string) []byte   { return append([]byte{'k'}, key...) }
func unescapeKey(key []byte) string { return string(key[1:]) }

// text is what the file holds of a value, nil if there is none.
func (s *State) text(p place) ([]byte, error) {
	if !p.cached {
		return s.storage[p.scope][p.key], nil
	}
	e := s.cache[p.scope][p.key]
	if e == nil {
		return nil, nil
	}
	return json.Marshal(record{Text: e.text, List: e.list, IsList: e.isList, Expires: e.expires})
}
