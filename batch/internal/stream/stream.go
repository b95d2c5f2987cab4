// Package stream makes the randomness that plugins see: one stream of numbers for each hook call,
// keyed by the run's seed, the plugin, the hook and the record. The same call gets the same numbers
// on every run, at any number of workers, and no two calls share any.
//
// # Design notes
//
// The record is hashed when a plugin first asks for a number: most never do. FNV-1a of 128 bits
// keeps records apart and is the same on every machine; it hides nothing, and need not, because
// whoever has the record can make the numbers.
package stream

import (
	"encoding/binary"
	"hash/fnv"
	"math/rand/v2"
)

// Stream is the randomness of one plugin instance. The zero value is that of seed 0 and a plugin
// without a name. Calls must not overlap.
type Stream struct {
	Seed   uint64
	Plugin string

	hook   string
	record []byte
	source *rand.PCG // nil until a number is asked for
}

// Call begins a hook call. record is the raw record, nil outside event hooks; it must not change
// before the next Call.
func (s *Stream) Call(hook string, record []byte) {
	s.hook, s.record, s.source = hook, record, nil
}

// Uint64 returns the next number of the call's stream.
func (s *Stream) Uint64() uint64 {
	if s.source == nil {
		s.source = s.open()
	}
	return s.source.Uint64()
}

func (s *Stream) open() *rand.PCG {
	h := fnv.New128a()
	var key [8]byte
	binary.LittleEndian.PutUint64(key[:], s.Seed)
	h.Write(key[:])
	for _, part := range [...]string{s.Plugin, s.hook} {
		binary.LittleEndian.PutUint64(key[:], uint64(len(part)))
		h.Write(key[:])
		h.Write([]byte(part))
	}
	h.Write(s.record)
	sum := h.Sum(nil)
	return rand.NewPCG(binary.LittleEndian.Uint64(sum), binary.LittleEndian.Uint64(sum[8:]))
}
