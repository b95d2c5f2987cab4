package ids

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"math/bits"
	"math/rand/v2"

	"github.com/plugreel/plugreel/sdk"
)

// ID stands for a uuid.
type ID struct{ hi, lo uint64 }

// Of returns the ID of a record's uuid. ok is false for what identifies nothing: a missing value,
// null, "", and what is no text. Case and dashes make no difference in a uuid; other texts are what
// they are, byte for byte.
func Of(v sdk.Value) (id ID, ok bool) {
	if v.Kind() != sdk.KindString {
		return ID{}, false
	}
	text := v.Raw()
	text = text[1 : len(text)-1]
	if len(text) == 0 {
		return ID{}, false
	}
	if id, ok := parse(text); ok {
		return id, true
	}
	if bytes.IndexByte(text, '\\') >= 0 {
		plain, _ := v.Str()
		text = []byte(plain)
	}
	return hashed(text), true
}

// parse reads 32 hexadecimal digits, with dashes in the usual places or without any.
func parse(text []byte) (ID, bool) {
	var digits [32]byte
	switch len(text) {
	case 32:
		copy(digits[:], text)
	case 36:
		if text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-' {
			return ID{}, false
		}
		copy(digits[:8], text)
		copy(digits[8:12], text[9:])
		copy(digits[12:16], text[14:])
		copy(digits[16:20], text[19:])
		copy(digits[20:], text[24:])
	default:
		return ID{}, false
	}
	hi, bad := hex(digits[:16])
	lo, worse := hex(digits[16:])
	return ID{hi, lo}, bad|worse < 16
}

// hex reads 16 digits. bad is 16 or more if one of them is none.
func hex(digits []byte) (n uint64, bad byte) {
	for _, c := range digits {
		d := values[c]
		bad |= d
		n = n<<4 | uint64(d&15)
	}
	return n, bad
}

// values are those of hexadecimal digits, 16 for all other bytes.
var values = func() (t [256]byte) {
	for i := range t {
		t[i] = 16
	}
	for i := range byte(16) {
		t["0123456789abcdef"[i]], t["0123456789ABCDEF"[i]] = i, i
	}
	return t
}()

// hashed is the ID of a text that is no uuid.
func hashed(text []byte) ID {
	sum := sha256.Sum256(text)
	return ID{binary.BigEndian.Uint64(sum[:]), binary.BigEndian.Uint64(sum[8:])}
}

const (
	shards    = 256
	firstSize = 16
)

// Set is a set of IDs. Calls must not overlap.
type Set struct {
	key    ID
	zero   bool // the ID of all zeros is in the set
	tables [shards]table
	len    int64
	slots  int64
}

// table is one shard.
type table struct {
	ids  []ID
	used int
}

// NewSet returns an empty Set.
func NewSet() *Set { return &Set{key: ID{rand.Uint64(), rand.Uint64()}} }

// Len is the number of IDs.
func (s *Set) Len() int64 { return s.len }

// Bytes is the memory that the IDs take.
func (s *Set) Bytes() int64 { return s.slots * 16 }

// Add adds an ID and says whether it is new.
func (s *Set) Add(id ID) bool {
	if id == (ID{}) {
		fresh := !s.zero
		s.zero = true
		s.count(fresh)
		return fresh
	}
	h := s.hash(id)
	t := &s.tables[h%shards]
	if 8*t.used >= 7*len(t.ids) {
		s.grow(t)
	}
	fresh := t.add(h, id)
	s.count(fresh)
	return fresh
}

// Has says whether the set holds id.
func (s *Set) Has(id ID) bool {
	if id == (ID{}) {
		return s.zero
	}
	h := s.hash(id)
	t := &s.tables[h%shards]
	return len(t.ids) > 0 && t.ids[t.find(h, id)] == id
}

func (s *Set) count(fresh bool) {
	if fresh {
		s.len++
	}
}

// hash mixes all bits of id: those of uuids of one time begin alike.
func (s *Set) hash(id ID) uint64 {
	hi, lo := bits.Mul64(id.hi^s.key.hi, id.lo^s.key.lo)
	return hi ^ lo
}

func (s *Set) grow(t *table) {
	old := t.ids
	t.ids, t.used = make([]ID, max(firstSize, len(old)+len(old)/4)), 0
	s.slots += int64(len(t.ids) - len(old))
	for _, id := range old {
		if id != (ID{}) {
			t.add(s.hash(id), id)
		}
	}
}

func (t *table) add(h uint64, id ID) bool {
	i := t.find(h, id)
	if t.ids[i] == id {
		return false
	}
	t.ids[i] = id
	t.used++
	return true
}

// find returns where id is, or the free slot where it would be.
func (t *table) find(h uint64, id ID) int {
	hi, _ := bits.Mul64(h, uint64(len(t.ids)))
	for i := int(hi); ; i++ {
		if i == len(t.ids) {
			i = 0
		}
		if t.ids[i] == id || t.ids[i] == (ID{}) {
			return i
		}
	}
}
