package state

import (
	"crypto/rand"
	"errors"
	"fmt"
	"maps"
	"time"

	"go.etcd.io/bbolt"
)

// Delta is what has changed in a State between two calls of Take.
type Delta struct {
	clock  time.Time
	values map[place][]byte // as the file holds them; nil is none any more
}

// Add takes in a delta that was taken later; nil changes nothing.
func (d *Delta) Add(later *Delta) {
	if later == nil {
		return
	}
	d.clock = later.clock
	if d.values == nil {
		d.values = map[place][]byte{}
	}
	maps.Copy(d.values, later.values)
}

// Split returns all that d holds and leaves d empty.
func (d *Delta) Split() *Delta {
	all := *d
	d.values = nil
	return &all
}

// InFile tells whether the State is kept in a file.
func (s *State) InFile() bool { return s.db != nil }

// Stamp names the commit after which the file stands, "" if there was none.
func (s *State) Stamp() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stamp
}

// Take returns what has changed since the last Take, for CommitDelta. Several deltas may be
// waiting. In memory there is none.
func (s *State) Take() (*Delta, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.db == nil {
		return nil, nil
	}
	d := &Delta{clock: s.now, values: make(map[place][]byte, len(s.changed))}
	for p := range s.changed {
		text, err := s.text(p)
		if err != nil {
			return nil, err
		}
		d.values[p] = text
	}
	clear(s.changed)
	return d, nil
}

// Commit writes all that changed since the last Take to the file, all of it or nothing. In memory
// it does nothing.
func (s *State) Commit() error {
	d, err := s.Take()
	if err != nil || d == nil {
		return err
	}
	return s.CommitDelta(rand.Text(), d)
}

// CommitDelta writes a delta to the file, all of it or nothing, under a stamp that tells this
// commit from all others. The State may be used meanwhile. In memory it does nothing.
func (s *State) CommitDelta(stamp string, d *Delta) error {
	if s.db == nil {
		return nil
	}
	err := s.db.Update(func(tx *bbolt.Tx) error { return d.write(tx, stamp) })
	if err != nil {
		return fmt.Errorf("%s: %w", s.db.Path(), err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stamp = stamp
	return nil
}

// Reload forgets all that was not committed. In memory it does nothing.
func (s *State) Reload() error {
	if s.db == nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.storage)
	clear(s.cache)
	clear(s.changed)
	s.now = time.Unix(0, 0).UTC()
	return s.db.View(s.read)
}

func (d *Delta) write(tx *bbolt.Tx, stamp string) error {
	about, err := tx.CreateBucketIfNotExists(aboutBucket)
	if err != nil {
		return err
	}
	clock, err := d.clock.MarshalText()
	if err != nil {
		return err
	}
	err = errors.Join(
		about.Put(versionKey, []byte(fileVersion)),
		about.Put(clockKey, clock),
		about.Put(stampKey, []byte(stamp)),
	)
	if err != nil {
		return err
	}
	for p, text := range d.values {
		if err := p.write(tx, text); err != nil {
			return err
		}
	}
	return nil
}

// write puts a value into the file.
func (p place) write(tx *bbolt.Tx, text []byte) error {
	top := storageBucket
	if p.cached {
		top = cacheBucket
	}
	all, err := tx.CreateBucketIfNotExists(top)
	if err != nil {
		return err
	}
	bucket, err := all.CreateBucketIfNotExists(escapeKey(p.scope))
	if err != nil {
		return err
	}
	if text == nil {
		return bucket.Delete(escapeKey(p.key))
	}
	return bucket.Put(escapeKey(p.key), text)
}
