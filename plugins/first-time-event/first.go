// Package firsttimeevent marks the first event of each name that a person sends, and the first of
// all.
//
//	before   {"event":"signup","distinct_id":"ada","properties":{}}
//	after    {"event":"signup","distinct_id":"ada","properties":{"is_event_first_for_user":true,"is_event_first_ever":true}}
//
//	key              type     default                   effect
//	events           string   (all)                     names of the events to mark
//	personProperty   string   is_event_first_for_user   whether distinct_id sends such an event for the first time
//	everProperty     string   is_event_first_ever       whether anybody does
//	mark             choice   all                       first: only what is true is written
//
// First is what comes first in the archive, not what has the earliest time. A person is a
// distinct_id: that two of them are the same person is not known. An event without a distinct_id
// gets everProperty only. What was seen is in the plugin's storage, under "event/" and "person/"
// with the event's name and the distinct_id, escaped as in an address.
package firsttimeevent

import (
	"errors"
	"net/url"
	"slices"

	"github.com/plugreel/plugreel/sdk"
)

// Program is the plugin for hosts that compile it in.
func Program() sdk.Program {
	return sdk.Native(sdk.Info{Name: "first-time-event", State: sdk.StateStore}, Hooks)
}

// Hooks makes one instance of the plugin.
func Hooks() sdk.Hooks {
	m := &marker{}
	return sdk.Hooks{SetupPlugin: m.setup, ProcessEvent: m.processEvent}
}

// marker is one instance.
type marker struct {
	events    []string
	person    string // property, "" for none
	ever      string
	firstOnly bool
}

func (m *marker) setup(meta *sdk.PluginMeta) error {
	s := meta.Settings()
	m.events = s.List("events")
	m.person = s.Text("personProperty", "is_event_first_for_user")
	m.ever = s.Text("everProperty", "is_event_first_ever")
	m.firstOnly = s.Choice("mark", "all", "first") == "first"
	if m.person == m.ever {
		s.Fail("everProperty", "got %q, as in personProperty, want another name", m.ever)
	}
	return s.Err()
}

func (m *marker) processEvent(e *sdk.PluginEvent, meta *sdk.PluginMeta) (*sdk.PluginEvent, error) {
	name := e.Event()
	if m.events != nil && !slices.Contains(m.events, name) {
		return e, nil
	}
	if meta.Storage == nil {
		return e, errors.New("got no storage from the host, want one to remember events")
	}
	name = url.QueryEscape(name)
	var err error
	if id := e.DistinctID(); id != "" {
		err = m.mark(e, meta.Storage, m.person, "person/"+name+"/"+url.QueryEscape(id))
	}
	return e, errors.Join(err, m.mark(e, meta.Storage, m.ever, "event/"+name))
}

// mark sets a property to whether a key is seen for the first time.
func (m *marker) mark(e *sdk.PluginEvent, storage sdk.Storage, property, key string) error {
	if property == "" {
		return nil
	}
	first, err := see(storage, key)
	if err == nil && (first || !m.firstOnly) {
		e.Properties().Set(property, first)
	}
	return err
}

// see notes a key and says whether it was not known.
func see(storage sdk.Storage, key string) (first bool, err error) {
	old, err := storage.Get(key)
	if err != nil || old.Exists() {
		return false, err
	}
	err = storage.Update(key, func(old sdk.Value) (sdk.Value, error) {
		first = !old.Exists()
		return sdk.ParseValue([]byte("true"))
	})
	return first, err
}
