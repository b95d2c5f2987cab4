package testkit

import (
	"errors"
	"strings"
	"time"

	"github.com/plugreel/plugreel/sdk"
)

// Case is one row of a table: events, and what a plugin makes of them. It looks at what it names:
// at least one of the fields from Want on must be set, and all that are set must hold.
//
// JSON is compared by meaning: members may stand in any order, numbers are equal as float64.
type Case struct {
	Name   string // what stands in the output of go test; "" means "case 3", counted from 1
	Reason string // why it must be so; shown when it is not
	Skip   string // why the case is not run at present; "" runs it
	At     string // where the case stands, "file:line"; [ReadTable] sets it

	// Config holds the values a user set, as chain.yaml would: what the manifest declares and
	// Config leaves out gets its default. A value is whatever encoding/json encodes. nil sets none.
	Config map[string]any
	// Attachments holds files by key; nil means none.
	Attachments map[string]sdk.Attachment
	// Storage and Cache are what the plugin finds in meta.storage and meta.cache: JSON by key.
	Storage, Cache map[string]any
	// HTTP answers what the plugin fetches. What it does not answer fails.
	HTTP []Answer
	// Cassette is the path of a recording that answers instead; "" is none. Nothing is fetched.
	Cassette string
	// GeoIP holds what meta.geoip knows of addresses: records of MaxMind's City form by address.
	GeoIP map[string]any
	// Clock is the time of an event that has none; zero means the Unix epoch.
	Clock time.Time
	// TeamID is the team_id that the plugin sees in events that have none; 0 means none.
	TeamID int64

	// In is the event as it stands in an archive: the text of one JSON object, on any number of
	// lines. It is a capture event or a row of a batch export, and treated as a replay would.
	In string
	// Events is In for several, which go through the same instance one after the other, each as a
	// chunk of its own, so that the clock by which what was cached expires follows their times.
	Events []string

	// Want is the event as the replay writes it, the text of one JSON object. With Events it is
	// an array with an element for each: an object, or null for one that is not written.
	Want string
	// WantSubset is Want for the members that it names: others may be there. A null wants that
	// there is no such member, or null. Arrays have the same length.
	WantSubset string
	// Dropped wants the plugin to drop the event; with Events, all of them.
	Dropped bool
	// Error is a part of the message with which a hook fails, its name included ("processEvent:
	// no address"); "" wants that none does. The hook may be setupPlugin, and a Config that the
	// manifest refuses is a failure too: nothing is written then. After a failed processEvent the
	// event goes on, so that Want may be set too. If several hooks fail one must match.
	Error string
	// ErrorType is Error by the kind of failure: the class in JavaScript ("TypeError",
	// "RetryError"), in Go the type as %T prints it, of the error or one that it wraps. Set with
	// Error, both must hold for the same failure.
	ErrorType string
	// Webhook is the request that composeWebhook asks for: a JSON object with url, method (POST if
	// absent), headers ({"Content-Type": "application/json"} if absent) and body, a string; a body
	// that is no string is compared with what the text of the body means as JSON. "null" wants no
	// request, an array wants several, in order. "" does not look.
	Webhook string
	// Logs are parts of messages, such as "WARN no location", in the order in which they are
	// logged; other messages may come between. An empty list wants none at all, nil does not look.
	Logs []string
	// StorageAfter and CacheAfter are what the plugin leaves, for the keys that they name; nil as
	// a value wants that there is none.
	StorageAfter, CacheAfter map[string]any
	// Captured is a JSON array of the events that the plugin made with posthog.capture, compared
	// as WantSubset is. "" does not look.
	Captured string
	// Fetches are all requests that the plugin made, in order: "GET https://example.com/", or
	// "POST https://example.com/ {…}" to see the body too. An empty list wants none at all, nil
	// does not look.
	Fetches []string
}

// check refuses a case that cannot be meant.
func (c Case) check() error {
	switch {
	case strings.TrimSpace(c.In) == "" && len(c.Events) == 0:
		return errors.New("got neither In nor Events, want the JSON text of an event (in a cases file: in, events)")
	case c.In != "" && len(c.Events) > 0:
		return errors.New("got both In and Events, want one of them")
	case !c.looks():
		return errors.New("got nothing to look for, want at least one of Want, WantSubset, Dropped, Error, ErrorType, Webhook, Logs, StorageAfter, CacheAfter, Captured and Fetches (in a cases file: want, want_subset, dropped and so on)")
	case c.Want != "" && c.Dropped:
		return errors.New("got both Want and Dropped, want one of them")
	case c.WantSubset != "" && (c.Dropped || c.Want != ""):
		return errors.New("got WantSubset beside Want or Dropped, want one of them")
	case c.Cassette != "" && len(c.HTTP) > 0:
		return errors.New("got both HTTP and Cassette, want one of them")
	}
	return nil
}

// looks says whether there is anything that the case wants.
func (c Case) looks() bool {
	return c.Want != "" || c.WantSubset != "" || c.Dropped || c.Error != "" || c.ErrorType != "" || c.Webhook != "" ||
		c.Logs != nil || c.StorageAfter != nil || c.CacheAfter != nil || c.Captured != "" || c.Fetches != nil
}
