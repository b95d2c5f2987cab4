package diff

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
)

// ReportVersion is Report.Version. It changes when a member changes its meaning or goes.
const ReportVersion = 1

// Report says in what two chains differ on an archive. [ReportSchema] describes its JSON; members
// may be added. The same chains and the same archive give the same report.
//
// No text in it holds a secret of either chain; what was one reads [secret].
type Report struct {
	Version int  `json:"version"` // ReportVersion
	Old     Side `json:"old"`
	New     Side `json:"new"`

	Counts   Counts    `json:"counts"`
	Paths    []Path    `json:"paths"`    // by the number of records, most first
	Webhooks []Webhook `json:"webhooks"` // those that differ, by plugin
	Events   []Group   `json:"events"`   // by event name, those with most differences first
	Days     []Group   `json:"days"`     // by day in UTC, ascending; "" is no time
	Examples []Example `json:"examples"` // in the order of the input

	// MorePaths counts the differences at paths beyond the first MaxPaths. MoreEvents and MoreDays
	// are the records beyond the first MaxEvents and MaxDays; nil if there are none.
	MorePaths  int64  `json:"more_paths,omitempty"`
	MoreEvents *Tally `json:"more_events,omitempty"`
	MoreDays   *Tally `json:"more_days,omitempty"`
}

// Side is what one chain did.
type Side struct {
	Chain    string   `json:"chain"`   // as the user named it
	Written  int64    `json:"written"` // records that it would have written
	Dropped  int64    `json:"dropped"`
	Webhooks int64    `json:"webhooks"` // composed
	Captured int64    `json:"captured"` // events that plugins made
	Plugins  []Plugin `json:"plugins"`
}

// Plugin is what one plugin of a chain did.
type Plugin struct {
	Name    string `json:"name"`
	Dropped int64  `json:"dropped"` // events that its processEvent dropped
	Failed  int64  `json:"failed"`  // calls of its hooks
}

// Counts counts records: Read = Unread + Duplicate + Skipped + Records, and see [Tally].
type Counts struct {
	Read      int64 `json:"read"`
	Unread    int64 `json:"unread"`    // no JSON object, too long, or damaged
	Duplicate int64 `json:"duplicate"` // of an earlier one
	Skipped   int64 `json:"skipped"`   // blank lines
	Tally
	Respelled int64 `json:"respelled"` // of Identical: equal as JSON, but not byte for byte
	Captured  int64 `json:"captured"`  // of Records: the events that plugins made of it differ
}

// Tally counts records that were compared: Records = Identical + Changed + NewlyDropped +
// NoLongerDropped + Dropped. The others are not part of the sum.
type Tally struct {
	Records         int64 `json:"records"`
	Identical       int64 `json:"identical"`         // both chains write the same
	Changed         int64 `json:"changed"`           // both write it, and not the same
	NewlyDropped    int64 `json:"newly_dropped"`     // the old chain writes it, the new one does not
	NoLongerDropped int64 `json:"no_longer_dropped"` // the other way round
	Dropped         int64 `json:"dropped"`           // by both

	NewlyFailing    int64 `json:"newly_failing"`     // a hook fails on it, and none did
	NoLongerFailing int64 `json:"no_longer_failing"` // the other way round
	Failing         int64 `json:"failing"`           // with both chains
	Webhooks        int64 `json:"webhooks"`          // its webhooks differ
}

// Labelled is a count as people are told of it.
type Labelled struct {
	Kind  string // of difference; "" if the count is of none
	Label string
	N     int64
}

// Labelled lists the counts but Records, with their labels, in the order in which they are shown.
func (t *Tally) Labelled() []Labelled {
	return []Labelled{
		{"", "identical", t.Identical},
		{KindChanged, "changed", t.Changed},
		{KindNewlyDropped, "newly dropped", t.NewlyDropped},
		{KindNoLongerDropped, "no longer dropped", t.NoLongerDropped},
		{"", "dropped by both", t.Dropped},
		{KindNewlyFailing, "newly failing", t.NewlyFailing},
		{KindNoLongerFailing, "no longer failing", t.NoLongerFailing},
		{"", "failing with both", t.Failing},
		{KindWebhooks, "with other webhooks", t.Webhooks},
	}
}

// Differing counts the records whose outcome is another one: all but those that are identical or
// dropped by both.
func (t *Tally) Differing() int64 { return t.Changed + t.NewlyDropped + t.NoLongerDropped }

// Quiet says that nothing differs: no outcome, no failure, no webhook.
func (t *Tally) Quiet() bool {
	return t.Differing()+t.NewlyFailing+t.NoLongerFailing+t.Webhooks == 0
}

// Add adds u to t.
func (t *Tally) Add(u *Tally) {
	t.Records += u.Records
	t.Identical += u.Identical
	t.Changed += u.Changed
	t.NewlyDropped += u.NewlyDropped
	t.NoLongerDropped += u.NoLongerDropped
	t.Dropped += u.Dropped
	t.NewlyFailing += u.NewlyFailing
	t.NoLongerFailing += u.NoLongerFailing
	t.Failing += u.Failing
	t.Webhooks += u.Webhooks
}

func (c *Counts) add(d *Counts) {
	c.Tally.Add(&d.Tally)
	c.Respelled += d.Respelled
	c.Captured += d.Captured
}

// Path counts the records that differ at one path. A record counts once for each kind.
type Path struct {
	Path     string       `json:"path"`
	Added    int64        `json:"added"`
	Removed  int64        `json:"removed"`
	Changed  int64        `json:"changed"`
	Examples []PathSample `json:"examples"` // the first of each kind
}

// PathSample is one member before and after.
type PathSample struct {
	UUID string `json:"uuid,omitempty"`
	Place
	Change
}

// Place is where a record stands.
type Place struct {
	Source string `json:"source"`
	Line   int64  `json:"line,omitempty"` // 1-based; 0 if the source has no lines
	Row    int64  `json:"row,omitempty"`  // 1-based; 0 if the source has no rows
	Item   int64  `json:"item,omitempty"` // of the events that stand on the line; 0 if it is the only one
}

// String is "source:line", "source:line event item" or "source: row n".
func (p Place) String() string {
	switch {
	case p.Row > 0:
		return fmt.Sprintf("%s: row %d", p.Source, p.Row)
	case p.Item > 0:
		return fmt.Sprintf("%s:%d event %d", p.Source, p.Line, p.Item)
	}
	return fmt.Sprintf("%s:%d", p.Source, p.Line)
}

// Change is one member, or one webhook, before and after.
type Change struct {
	Path   string `json:"path"`             // properties.items[2].price
	Kind   string `json:"kind"`             // KindAdded, KindRemoved or KindChanged
	Before string `json:"before,omitempty"` // JSON text, cut off after MaxText bytes; "" if there was nothing
	After  string `json:"after,omitempty"`
}

// Webhook counts the webhooks of one plugin that differ. The first webhook that it composed for a
// record in the old chain is compared with the first in the new one, and so on.
type Webhook struct {
	Plugin  string `json:"plugin"`
	Added   int64  `json:"added"`
	Removed int64  `json:"removed"`
	Changed int64  `json:"changed"` // those with another URL, Method, Headers or Body
	URL     int64  `json:"url"`
	Method  int64  `json:"method"`
	Headers int64  `json:"headers"`
	Body    int64  `json:"body"`
}

// Group counts the records of one event name or one day.
type Group struct {
	Name string `json:"name"` // "$pageview", or "2024-01-31"
	Tally
}

// Example is one record on which the chains differ.
type Example struct {
	Kinds     []string `json:"kinds"` // in what: KindChanged, KindNewlyDropped and so on
	UUID      string   `json:"uuid,omitempty"`
	Event     string   `json:"event"`
	Timestamp string   `json:"timestamp,omitempty"`
	Place

	Changes     []Change `json:"changes,omitempty"`      // the first MaxChanges
	MoreChanges int      `json:"more_changes,omitempty"` // beyond those
	Webhooks    []Change `json:"webhooks,omitempty"`     // with the plugin at the head of the path
	Text        string   `json:"text,omitempty"`         // what one side writes, where the other writes nothing
	OldFailure  string   `json:"old_failure,omitempty"`
	NewFailure  string   `json:"new_failure,omitempty"`
}

// What Change.Kind and Example.Kinds say.
const (
	KindAdded           = "added"
	KindRemoved         = "removed"
	KindChanged         = "changed"
	KindNewlyDropped    = "newly_dropped"
	KindNoLongerDropped = "no_longer_dropped"
	KindNewlyFailing    = "newly_failing"
	KindNoLongerFailing = "no_longer_failing"
	KindWebhooks        = "webhooks"
)

// Limits of a report.
const (
	DefaultExamples = 3    // Options.Examples
	MaxPaths        = 5000 // told apart
	MaxEvents       = 1000 // likewise
	MaxDays         = 4000 // likewise
	MaxExamples     = 400  // Report.Examples
	MaxChanges      = 50   // of one example
	MaxText         = 2000 // bytes of a value or an event; what is longer ends in …
)

// JSON returns the report as indented JSON with a line feed at its end.
func (r *Report) JSON() []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(r); err != nil {
		panic("diff: a report holds what JSON cannot: " + err.Error())
	}
	return b.Bytes()
}

//go:embed report.schema.json
var reportSchema []byte

// ReportSchema returns the JSON Schema (draft 2020-12) of a report, which describes each
// member. The caller owns the copy.
func ReportSchema() []byte { return bytes.Clone(reportSchema) }
