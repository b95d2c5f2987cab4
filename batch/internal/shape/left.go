package shape

import (
	"time"

	"github.com/plugreel/plugreel/batch/internal/eventtime"
	"github.com/plugreel/plugreel/sdk"
)

// Left is an event that has left the chain, as its record is written to the output. It makes
// the events for the hooks that come after processEvent, each time a new one.
type Left struct {
	shaper     *Shaper
	record     *sdk.PluginEvent
	columns    *columns
	properties sdk.Value
	team       sdk.Value
	timestamp  sdk.Value // ISO text if it is understood
}

// Left reads text, a record of that kind as [Record.AppendJSON] has written it. The result and
// the events it makes alias text.
func (s *Shaper) Left(text []byte, kind Kind) Left {
	e := s.Arena.KnownEvent(text)
	c := columnsOf(e, kind)
	l := Left{shaper: s, record: e, columns: c, properties: e.Get(c.properties), team: e.Get(c.team)}
	if !l.team.Exists() {
		l.team = s.team
	}
	if kind != Capture {
		l.properties, _ = properties(e, c)
	}
	if l.properties.Kind() != sdk.KindObject {
		l.properties = noMembers
	}
	l.timestamp = isoTime(or(e.Get(c.time), now(e, c)))
	return l
}

// UUID returns the event's uuid.
func (l *Left) UUID() string { return l.record.Get(l.columns.uuid).StrOr("") }

// Release ends the life of the record that the events are made of, not of those events.
func (l *Left) Release() { l.record.Release() }

// Webhook makes the event for composeWebhook.
// Source: fact sheet section 5.3.
func (l *Left) Webhook() *sdk.PluginEvent {
	w := l.shaper.begin()
	w.member("uuid", l.record.Get(l.columns.uuid))
	w.member("team_id", l.team)
	w.member("distinct_id", l.record.Get(l.columns.distinct))
	w.member("event", l.record.Get(l.columns.event))
	w.member("timestamp", l.timestamp)
	w.member("properties", l.properties)
	return l.shaper.end(w)
}

// Processed makes the event for onEvent.
// Source: fact sheet section 5.2.
func (l *Left) Processed() *sdk.PluginEvent {
	w := l.shaper.begin()
	w.member("distinct_id", l.record.Get(l.columns.distinct))
	w.member("ip", null)
	w.member("team_id", l.team)
	w.member("event", l.record.Get(l.columns.event))
	w.member("properties", l.properties)
	w.member("timestamp", l.timestamp)
	w.member("$set", l.person("$set", l.columns.set))
	w.member("$set_once", l.person("$set_once", l.columns.setOnce))
	w.member("uuid", l.record.Get(l.columns.uuid))
	w.member("elements", l.elements())
	return l.shaper.end(w)
}

// elements returns what was clicked, from the properties or, in a row, from its column.
func (l *Left) elements() sdk.Value {
	chain, _ := member(l.properties, "$elements_chain").Str()
	if chain == "" {
		chain, _ = l.record.Get(l.columns.chain).Str()
	}
	if v := elements(chain); v.Exists() {
		return v
	}
	if v := l.record.Get(l.columns.elements); v.Kind() == sdk.KindArray {
		return v
	}
	return sdk.Value{}
}

// person returns what an event sets of a person: the member of its properties, else its own,
// which the live runtime would have copied there before.
func (l *Left) person(name, beside string) sdk.Value {
	if v := member(l.properties, name); v.Exists() {
		return v
	}
	return l.record.Get(beside)
}

// isoTime spells a time as JavaScript's toISOString does. A number is milliseconds, as for the
// Date constructor; what is no time that we understand stays as it is.
func isoTime(v sdk.Value) sdk.Value {
	if ms, ok := v.Float(); ok && ms >= minDate && ms <= maxDate {
		return isoValue(time.UnixMilli(int64(ms)))
	}
	text, _ := v.Str()
	if t, ok := eventtime.Parse(text); ok {
		return isoValue(t)
	}
	return v
}

// The times that Date can hold and toISOString writes with a year of four digits.
const (
	minDate = -62167219200000 // 0000-01-01
	maxDate = 253402300799999 // 9999-12-31
)

func isoValue(t time.Time) sdk.Value {
	text := make([]byte, 0, len(eventtime.Layout)+2)
	text = append(text, '"')
	text = t.UTC().AppendFormat(text, eventtime.Layout)
	return sdk.RawValue(append(text, '"'))
}
