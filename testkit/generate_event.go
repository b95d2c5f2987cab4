package testkit

import (
	"strings"
	"time"
)

// Events advance by step from start and begin again after steps, so that all their times are in 2024.
const (
	step  = 1500 * time.Millisecond
	steps = 363 * 24 * time.Hour / step
)

var start = time.Date(2024, time.January, 2, 0, 0, 0, 0, time.UTC)

// event is one record before it has a shape. What both shapes tell about it is drawn by newEvent and
// by the functions that write properties, which run the same way for both.
type event struct {
	dice     dice
	uuid     uuid
	kind     *kind
	visit    visit
	person   person
	happened time.Time
	client   time.Time // the same by the device's clock
	sent     time.Time // by the device's clock
	received time.Time
	stored   time.Time
	page     *page
	campaign *campaign // nil for most
	click    []element
	label    string
	ascii    bool
}

func newEvent(seed, i uint64) *event {
	d := newDice(seed, eventStream, i)
	at := start.Add(time.Duration(i%uint64(steps)) * step)
	v := newVisit(seed, at, d.skewed(visitors))
	e := &event{kind: d.kind(), visit: v, person: newPerson(seed, v.person)}
	happened := at.Add(time.Duration(d.n(4000)) * time.Millisecond)
	e.uuid = d.uuid7(happened.UnixMilli(), eventNumber(seed, i))
	e.page = pick(&d, pages)
	if d.in100(15) {
		e.campaign = pick(&d, campaigns)
	}
	e.click, e.label = *pick(&d, clicks), *pick(&d, labels)
	e.ascii = d.in100(5)
	e.setTimes(&d, happened)
	e.dice = d
	return e
}

// eventNumber spreads i over 64 bits such that even the low 62, all that a UUID has room for, are
// different for every i.
func eventNumber(seed, i uint64) uint64 {
	return i*0x9e3779b97f4a7c15 + seed*0xd1342543de82ef95 + 0x452821e638d01377
}

// setTimes lets 1 % of the events have waited up to 12 hours for a connection, and 2 % have happened at
// a whole second.
func (e *event) setTimes(d *dice, happened time.Time) {
	sent := happened.Add(time.Duration(d.between(5, 3000)) * time.Millisecond)
	if d.in100(1) {
		happened = happened.Add(-time.Duration(d.between(60, 12*3600)) * time.Second)
	}
	if d.in100(2) {
		happened = happened.Truncate(time.Second)
	}
	e.received = sent.Add(time.Duration(d.between(20_000, 400_000)) * time.Microsecond)
	e.stored = e.received.Add(time.Duration(d.between(500_000, 9_000_000)) * time.Microsecond)
	e.happened = happened
	e.client = happened.Add(-e.person.clockError)
	e.sent = sent.Add(-e.person.clockError)
}

func (e *event) writeCapture(w *jsonWriter) {
	w.buf = append(w.buf, '{')
	w.id("uuid", e.uuid)
	w.str("event", e.kind.event)
	w.str("distinct_id", e.person.distinctID)
	if e.kind.properties != nil {
		w.object("properties", func() { e.writeProperties(w, Capture) })
	}
	w.time("timestamp", e.client, clientTime)
	w.time("now", e.received, clientTime)
	w.time("sent_at", e.sent, clientTime)
	if e.dice.in100(10) {
		w.raw("ip", "null")
	} else {
		w.str("ip", e.person.ip)
	}
	w.str("site_url", "https://app.example.com")
	w.num("team_id", 2)
	if e.kind.event == "$identify" && e.dice.in100(50) {
		e.writeSet(w)
	}
	w.buf = append(w.buf, '}')
}

func (e *event) writeExport(w *jsonWriter) {
	w.buf = append(w.buf, '{')
	w.id("uuid", e.uuid)
	w.time("timestamp", e.happened, exportTime(e.happened))
	w.time("_inserted_at", e.stored, exportTime(e.stored))
	w.time("created_at", e.received, exportTime(e.received))
	w.str("event", e.kind.event)
	switch {
	case e.kind.properties != nil:
		w.object("properties", func() { e.writeProperties(w, BatchExport) })
	case e.dice.in100(50):
		w.raw("properties", "null")
	default:
		w.raw("properties", "{}")
	}
	w.str("distinct_id", e.person.distinctID)
	if e.kind.event == "$autocapture" {
		w.str("elements_chain", chain(e.click, e.label))
	} else {
		w.str("elements_chain", "")
	}
	w.object("person_properties", func() { e.writePerson(w) })
	w.id("person_id", e.person.id)
	w.buf = append(w.buf, '}')
}

func (e *event) writePerson(w *jsonWriter) {
	p := &e.person
	if p.identified {
		w.str("email", p.email)
		w.str("name", p.name)
	}
	w.str("$os", p.platform.os)
	w.str("$browser", p.platform.browser)
	w.str("$geoip_country_code", p.place.code)
	w.raw("$initial_referrer", "null")
	w.id("$creator_event_uuid", p.device)
}

const clientTime = "2006-01-02T15:04:05.000Z"

// exportTime is the layout of a batch export: microseconds, left out where they are zero.
func exportTime(t time.Time) string {
	if t.Nanosecond() == 0 {
		return "2006-01-02T15:04:05-07:00"
	}
	return "2006-01-02T15:04:05.000000-07:00"
}

func (w *jsonWriter) time(k string, t time.Time, layout string) {
	w.key(k)
	w.buf = append(w.buf, '"')
	w.buf = t.AppendFormat(w.buf, layout)
	w.buf = append(w.buf, '"')
}

// chain is the text form of a click: tag.class:key="value"… joined by semicolons, keys sorted.
func chain(click []element, label string) string {
	var text strings.Builder
	for i, el := range click {
		if i > 0 {
			text.WriteByte(';')
		}
		text.WriteString(el.tag)
		for class := range strings.FieldsSeq(strings.ReplaceAll(el.class, `"`, "")) {
			text.WriteString("." + class)
		}
		text.WriteByte(':')
		for key, value := range el.attributes(label, i) {
			text.WriteString(key + `="` + strings.ReplaceAll(value, `"`, `\"`) + `"`)
		}
	}
	return text.String()
}
