package jsbridge_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestMembersThatJSONHasNoFormFor has plugins write what cannot be written: the hook fails, and what the
// event had is not lost.
func TestMembersThatJSONHasNoFormFor(t *testing.T) {
	rows := []struct{ name, reason, code, want, plain string }{
		{"all properties anew", "a spread and one bad member", "event.properties = { ...event.properties, n: 1n }", `{"event":"e","properties":{"a":1.0,"b":{"c":[1]}}}`, ""},
		{"after a change in place", "the change was good", "event.properties.a = 2; event.properties = { ...event.properties, n: 1n }", `{"event":"e","properties":{"a":2,"b":{"c":[1]}}}`, ""},
		{"a change in place afterwards", "to what the event has no more", "const p = event.properties; event.properties = { n: 1n }; p.a = 2", `{"event":"e","properties":{"a":2,"b":{"c":[1]}}}`, `{"event":"e","properties":{}}`},
		{"in a member of properties", "the others stay, too", "event.properties.a = 2; event.properties.b.d = event", `{"event":"e","properties":{"a":2,"b":{"c":[1]}}}`, ""},
		{"in a list", "likewise", "event.properties.b.c.push(1n)", `{"event":"e","properties":{"a":1.0,"b":{"c":[1]}}}`, ""},
		{"a new member", "there was nothing", "event.x = 1n; event.properties.x = 1n", `{"event":"e","properties":{"a":1.0,"b":{"c":[1]}}}`, ""},
		{"a deleted member", "there is nothing", "delete event.properties; event.properties = { n: 1n }", `{"event":"e"}`, `{"event":"e","properties":{}}`},
		{"a getter", "as with toJSON", "event.properties = { get x() { throw new Error('no') } }", `{"event":"e","properties":{"a":1.0,"b":{"c":[1]}}}`, ""},
		{"toJSON", "what it throws", "event.event = { toJSON() { throw new Error('no') } }", `{"event":"e","properties":{"a":1.0,"b":{"c":[1]}}}`, ""},
		{"undefined", "is no failure", "event.properties.a = undefined", `{"event":"e","properties":{"b":{"c":[1]}}}`, ""},
	}
	for _, form := range []struct{ name, code string }{
		{"lazy", ""},
		{"plain", "Object.freeze({});"}, // lets the plugin have a plain event
	} {
		for _, row := range rows {
			t.Run(form.name+"/"+row.name, func(t *testing.T) {
				got, err := plug(t, body("%s", form.code+row.code+"; return event")).process(`{"event":"e","properties":{"a":1.0,"b":{"c":[1]}}}`)
				want := row.want
				if form.name == "plain" && row.plain != "" {
					want = row.plain // members of properties are compared one by one, when the hook has settled
				}
				assert.Equal(t, want, got, row.reason)
				if row.name != "undefined" {
					require.Error(t, err, row.reason)
				}
			})
		}
	}
}
