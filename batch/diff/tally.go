package diff

import (
	"bytes"
	"math"
	"time"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/batch/internal/eventtime"
	"github.com/plugreel/plugreel/sdk"
)

// sums is what the records of a chunk, or of all chunks so far, add up to.
type sums struct {
	limits limits
	counts Counts
	lost   int64           // records that are dead letters of the new chain alone
	events *groups[string] // by eventKey
	days   *groups[int64]  // since the epoch; undated
	paths  *tree
	hooks  []*Webhook
	shown  gallery

	arena *sdk.Arena
	steps lockstep
}

// limits are what the user chose, and what hides secrets.
type limits struct {
	examples int
	redact   func(string) string
}

const undated = math.MinInt64

func newSums(l limits) *sums {
	return &sums{
		limits: l, events: newGroups[string](MaxEvents), days: newGroups[int64](MaxDays),
		paths: newTree(l), shown: newGallery(l), arena: sdk.NewArena(),
	}
}

// record is one record that is compared.
type record struct {
	*batch.Pair
	input   *sdk.PluginEvent // the record
	tally   Tally            // of this record alone
	kinds   []string         // of examples
	changed bool             // a member differs
}

func (r *record) place() Place {
	return Place{Source: r.Source, Line: r.Line, Row: r.Row, Item: r.Item}
}

// add takes in a record.
func (s *sums) add(p *batch.Pair) {
	if p.Old.Fate == batch.Unread && p.New.Fate == batch.Unread {
		return
	}
	if p.New.Fate == batch.Unread {
		s.lost++
	}
	r := record{Pair: p, input: s.arena.KnownEvent(bytes.TrimSpace(p.Record))}
	r.tally.Records = 1
	s.outcome(&r)
	s.failing(&r)
	s.webhooks(&r)
	if !bytes.Equal(p.Old.Captured, p.New.Captured) {
		s.counts.Captured++
	}
	s.counts.Tally.Add(&r.tally)
	s.events.of(eventKey(r.input)).Add(&r.tally)
	s.days.of(day(r.input)).Add(&r.tally)
	if len(r.kinds) > 0 {
		s.shown.offer(&r)
	}
}

// outcome finds out what has become of the record.
func (s *sums) outcome(r *record) {
	switch old, new := r.Old.Fate == batch.Written, r.New.Fate == batch.Written; {
	case old && new:
		s.written(r)
	case old:
		r.tally.NewlyDropped++
		r.kinds = append(r.kinds, KindNewlyDropped)
	case new:
		r.tally.NoLongerDropped++
		r.kinds = append(r.kinds, KindNoLongerDropped)
	default:
		r.tally.Dropped++
	}
}

// written compares what both sides write.
func (s *sums) written(r *record) {
	if bytes.Equal(r.Old.Text, r.New.Text) {
		r.tally.Identical++
		return
	}
	s.steps.each(bytes.TrimSpace(r.Old.Text), bytes.TrimSpace(r.New.Text), "properties", func(path []step, k kind, before, after sdk.Value) {
		r.changed = true
		s.paths.add(r, s.counts.Records, path, k, before, after)
	})
	if !r.changed {
		r.tally.Identical++
		s.counts.Respelled++
		return
	}
	r.tally.Changed++
	r.kinds = append(r.kinds, KindChanged)
}

// failing finds out whether hooks have begun or ceased to fail on the record.
func (s *sums) failing(r *record) {
	switch old, new := fails(&r.Old), fails(&r.New); {
	case old && new:
		r.tally.Failing++
	case new:
		r.tally.NewlyFailing++
		r.kinds = append(r.kinds, KindNewlyFailing)
	case old:
		r.tally.NoLongerFailing++
		r.kinds = append(r.kinds, KindNoLongerFailing)
	}
}

func fails(o *batch.Outcome) bool { return len(o.Failures) > 0 || o.Fate == batch.Unread }

// merge takes in the sums of the next chunk.
func (s *sums) merge(t *sums) {
	s.counts.add(&t.counts)
	s.lost += t.lost
	s.events.merge(t.events)
	s.days.merge(t.days)
	s.paths.merge(t.paths)
	s.mergeWebhooks(t.hooks)
	s.shown.merge(&t.shown)
}

// eventKey tells event names apart: a quote and the name, however it is escaped in the record; the JSON text of what
// is no string.
func eventKey(e *sdk.PluginEvent) string {
	v := e.Get("event")
	raw := v.Raw()
	if v.Kind() != sdk.KindString {
		return string(raw)
	}
	if bytes.IndexByte(raw, '\\') < 0 {
		return string(raw[:len(raw)-1])
	}
	name, _ := v.Str()
	return `"` + name
}

// day returns the day of an event in UTC: of its timestamp, or of another time that it has.
func day(e *sdk.PluginEvent) int64 {
	t, ok := eventtime.Parse(e.Timestamp())
	for i := 0; i < len(eventtime.Keys) && !ok; i++ {
		t, ok = eventtime.Parse(e.Get(eventtime.Keys[i]).StrOr(""))
	}
	if !ok {
		return undated
	}
	const seconds = 24 * 60 * 60
	n := t.Unix() / seconds
	if t.Unix()%seconds < 0 {
		n--
	}
	return n
}

func dayName(n int64) string {
	if n == undated {
		return ""
	}
	return time.Unix(n*24*60*60, 0).UTC().Format(time.DateOnly)
}
