package shape

import "github.com/plugreel/plugreel/sdk"

// Kind is a shape of records.
type Kind uint8

// The kinds. Workers get records of the first four.
const (
	Unknown   Kind = iota // has nothing that only one shape has; read as a capture
	Capture               // an event as a client sent it
	Row                   // of a batch export of events
	Processed             // an event as onEvent got it, and as the old S3 plugin wrote it
	Body                  // of a request to /batch: many events
	Persons               // row of a batch export of persons
	Sessions              // row of a batch export of sessions
)

var kindNames = [...]string{
	Unknown: "unknown", Capture: "capture", Row: "batch-export", Processed: "processed",
	Body: "batch", Persons: "persons", Sessions: "sessions",
}

// String is the name of the kind in flags and reports.
func (k Kind) String() string { return kindNames[k] }

// Hint says of what kind the records of a file are.
type Hint struct {
	Kind Kind
	Sure bool // they are so, whatever they look like
}

// Of returns the kind of one record: Capture, Row or Processed.
func (h Hint) Of(e *sdk.PluginEvent) Kind {
	kind := h.Kind
	if !h.Sure && !h.fits(e) {
		if own := Of(e); own != Unknown {
			kind = own
		}
	}
	if kind == Row || kind == Processed {
		return kind
	}
	return Capture
}

// fits says whether a record has what only those of its file's kind have. It spares captures
// the search for all that they do not have.
func (h Hint) fits(e *sdk.PluginEvent) bool {
	return (h.Kind == Capture || h.Kind == Body) && hasAny(e, captureMarks[:]) && e.Has("event")
}

// Marks are members that only records of one kind have.
// Source: fact sheet sections 5 and 8, the columns of today and of before.
var (
	rowMarks = [...]string{
		"created_at", "_inserted_at", "inserted_at", "elements_chain", "person_id", "person_properties",
		"set", "set_once", // of destinations other than object stores
	}
	captureMarks = [...]string{"now", "sent_at", "api_key", "token", "$token", "offset"}
	personMarks  = [...]string{"person_version", "person_distinct_id_version", "is_deleted"}
	sessionMarks = [...]string{"session_id_v7", "session_duration", "num_uniq_urls", "pageview_count"}
)

// Of tells the kind of a record by the members that it has; Unknown if they say nothing.
func Of(e *sdk.PluginEvent) Kind {
	switch {
	case !e.Has("event"):
		return withoutEvent(e)
	case hasAny(e, rowMarks[:]):
		return Row
	case e.Get("elements").Kind() == sdk.KindArray:
		return Processed
	case hasAny(e, captureMarks[:]):
		return Capture
	case e.Has("ip") && e.Has("team_id") && !e.Has("site_url"):
		return Processed
	case e.Has("$set") || e.Has("$set_once") || e.Has("ip") || e.Has("site_url"):
		return Capture
	}
	return Unknown
}

// withoutEvent is Of for a record that has no member of that name.
func withoutEvent(e *sdk.PluginEvent) Kind {
	switch {
	case e.Has("EVENT") && (e.Has("UUID") || e.Has("DISTINCT_ID") || e.Has("PROPERTIES")):
		return Row
	case e.Get("batch").Kind() == sdk.KindArray:
		return Body
	case hasAny(e, sessionMarks[:]) && (e.Has("session_id") || e.Has("start_timestamp")):
		return Sessions
	case hasAny(e, personMarks[:]) || e.Has("person_id") && e.Has("distinct_id"):
		return Persons
	}
	return Unknown
}

func hasAny(e *sdk.PluginEvent, names []string) bool {
	for _, name := range names {
		if e.Has(name) {
			return true
		}
	}
	return false
}

// columns are the names that a record has for the members of events.
type columns struct {
	shared                      [len(shared)]string
	uuid, event, distinct, time string
	properties, ip, team        string
	createdAt, insertedAt       string
	chain, elements             string
	set, setOnce                string // beside the properties
}

var rowColumns = columns{
	shared: shared,
	uuid:   "uuid", event: "event", distinct: "distinct_id", time: "timestamp", properties: "properties",
	ip: "ip", team: "team_id", createdAt: "created_at", insertedAt: "_inserted_at",
	chain: "elements_chain", elements: "elements", set: "set", setOnce: "set_once",
}

// upperColumns are those of destinations that write names in upper case.
var upperColumns = columns{
	shared: [...]string{"UUID", "EVENT", "DISTINCT_ID", "TIMESTAMP", "PROPERTIES"},
	uuid:   "UUID", event: "EVENT", distinct: "DISTINCT_ID", time: "TIMESTAMP", properties: "PROPERTIES",
	ip: "IP", team: "TEAM_ID", createdAt: "CREATED_AT", insertedAt: "_INSERTED_AT",
	chain: "ELEMENTS_CHAIN", elements: "ELEMENTS", set: "SET", setOnce: "SET_ONCE",
}

// eventColumns are those of captures and of processed events.
var eventColumns = columns{
	shared: shared,
	uuid:   "uuid", event: "event", distinct: "distinct_id", time: "timestamp", properties: "properties",
	ip: "ip", team: "team_id", createdAt: "now", insertedAt: "_inserted_at",
	chain: "elements_chain", elements: "elements", set: "$set", setOnce: "$set_once",
}

func columnsOf(e *sdk.PluginEvent, kind Kind) *columns {
	switch {
	case kind != Row:
		return &eventColumns
	case !e.Has("event") && e.Has("EVENT"):
		return &upperColumns
	}
	return &rowColumns
}
