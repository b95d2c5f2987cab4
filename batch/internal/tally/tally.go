package tally

import (
	"bytes"
	"cmp"
	"slices"
	"time"

	"github.com/axiomhq/hyperloglog"

	"github.com/plugreel/plugreel/batch/internal/eventtime"
	"github.com/plugreel/plugreel/batch/internal/ids"
	"github.com/plugreel/plugreel/sdk"
)

// Limits of what is told apart.
const (
	DefaultMaxUUIDs = 50_000_000
	maxNames        = 100_000 // of events
	maxMembers      = 1_000
)

// Tally counts records. Calls must not overlap.
type Tally struct {
	// MaxUUIDs is how many uuids are remembered.
	MaxUUIDs int64

	Records int64 // that could be read

	First, Last time.Time // of the timestamps that could be read; zero if there is none
	Untimed     int64     // records without such a timestamp

	Unnamed    int64 // records without an event name
	OtherNames int64 // events whose name came when there were too many

	Duplicates int64 // records with the uuid of an earlier one
	Exact      bool  // all of them were found
	Unmarked   int64 // records without a uuid

	arena   *sdk.Arena
	names   map[string]*int64 // by the text of the name, with its quotes
	members []*member
	found   map[string]*member
	next    int // member that probably comes next
	uuids   *ids.Set
	people  *hyperloglog.Sketch

	// Of the record at hand.
	event, uuid, person, timestamp sdk.Value
}

// member is one member of records.
type member struct {
	name   string
	kinds  [sdk.KindObject + 1]int64
	target *sdk.Value // where its value goes; nil if nobody asks
}

// New returns an empty Tally. maxUUIDs 0 means DefaultMaxUUIDs.
func New(maxUUIDs int64) *Tally {
	if maxUUIDs <= 0 {
		maxUUIDs = DefaultMaxUUIDs
	}
	return &Tally{
		MaxUUIDs: maxUUIDs, Exact: true,
		arena: sdk.NewArena(), names: map[string]*int64{}, found: map[string]*member{},
		uuids: ids.NewSet(), people: hyperloglog.New16(),
	}
}

// Record counts a record. Errors: *[sdk.SyntaxError] if it is no JSON object; then nothing is
// counted.
func (t *Tally) Record(text []byte) error {
	defer t.arena.Rewind()
	e, err := t.arena.Event(text)
	if err != nil {
		return err
	}
	t.Records++
	t.look(e)
	t.countEvent()
	t.countTime()
	t.countUUID()
	t.countPerson()
	return nil
}

// look counts the members of a record and keeps those that are asked for.
func (t *Tally) look(e *sdk.PluginEvent) {
	t.event, t.uuid, t.person, t.timestamp = sdk.Value{}, sdk.Value{}, sdk.Value{}, sdk.Value{}
	t.next = 0
	e.Each(func(name string, v sdk.Value) bool {
		m := t.member(name)
		if m == nil {
			return true
		}
		m.kinds[v.Kind()]++
		if m.target != nil {
			*m.target = v
		}
		return true
	})
}

// member returns the member of a name, nil if there are too many.
func (t *Tally) member(name string) *member {
	if t.next < len(t.members) && t.members[t.next].name == name {
		t.next++
		return t.members[t.next-1]
	}
	m := t.found[name]
	if m == nil {
		if len(t.members) == maxMembers {
			return nil
		}
		m = &member{name: name, target: t.targetOf(name)}
		t.found[name] = m
		t.members = append(t.members, m)
	}
	return m
}

func (t *Tally) targetOf(name string) *sdk.Value {
	switch name {
	case "event", "EVENT":
		return &t.event
	case "uuid", "UUID":
		return &t.uuid
	case "distinct_id", "DISTINCT_ID":
		return &t.person
	case "timestamp", "TIMESTAMP":
		return &t.timestamp
	}
	return nil
}

func (t *Tally) countEvent() {
	if t.event.Kind() != sdk.KindString {
		t.Unnamed++
		return
	}
	text := t.event.Raw()
	if n := t.names[string(text)]; n != nil {
		*n++
		return
	}
	if len(t.names) == maxNames {
		t.OtherNames++
		return
	}
	n := int64(1)
	t.names[string(text)] = &n
}

func (t *Tally) countTime() {
	at, ok := time.Time{}, false
	if t.timestamp.Kind() == sdk.KindString {
		text := t.timestamp.Raw()
		at, ok = eventtime.Parse(string(text[1 : len(text)-1]))
	}
	switch {
	case !ok:
		t.Untimed++
		return
	case t.First.IsZero():
		t.First, t.Last = at, at
	case at.Before(t.First):
		t.First = at
	case at.After(t.Last):
		t.Last = at
	}
}

func (t *Tally) countUUID() {
	id, ok := ids.Of(t.uuid)
	switch {
	case !ok:
		t.Unmarked++
	case t.uuids.Len() < t.MaxUUIDs:
		if !t.uuids.Add(id) {
			t.Duplicates++
		}
	case t.uuids.Has(id):
		t.Duplicates++
	default:
		t.Exact = false
	}
}

func (t *Tally) countPerson() {
	text := t.person.Raw()
	if len(text) == 0 || t.person.IsNull() {
		return
	}
	if bytes.IndexByte(text, '\\') >= 0 {
		if plain, ok := t.person.Str(); ok {
			text = sdk.AppendString(nil, plain)
		}
	}
	t.people.Insert(text)
}

// DistinctIDs estimates how many there are.
func (t *Tally) DistinctIDs() int64 { return int64(t.people.Estimate()) }

// Name is the name of an event with the number of its records.
type Name struct {
	Name  string
	Count int64
}

// Names lists the names of events, those of most records first.
func (t *Tally) Names() []Name {
	byName := make(map[string]int64, len(t.names))
	for text, n := range t.names {
		name, _ := sdk.RawValue([]byte(text)).Str()
		byName[name] += *n
	}
	names := make([]Name, 0, len(byName))
	for name, n := range byName {
		names = append(names, Name{name, n})
	}
	slices.SortFunc(names, func(a, b Name) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Name, b.Name))
	})
	return names
}

// Members calls f for every member in the order in which they came up, with how many of its values
// are of a kind.
func (t *Tally) Members(f func(name string, kinds func(sdk.Kind) int64)) {
	for _, m := range t.members {
		f(m.name, func(k sdk.Kind) int64 { return m.kinds[k] })
	}
}
