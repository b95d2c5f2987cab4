package plugins_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/plugreel/plugreel/testkit"
)

// The positions of ada, bob and eve are 0.1404, 0.41 and 0.504 without a seed; with autumn, ada's is 0.65.
func TestDownsample(t *testing.T) {
	of := func(id string) string { return `{"event":"x","distinct_id":"` + id + `","properties":{}}` }
	half := func(more config) config {
		c := config{"percentage": 50}
		for key, value := range more {
			c[key] = value
		}
		return c
	}
	runBoth(t, "downsample", []testkit.Case{
		{Name: "defaults", Reason: "everything stays until the user asks for less", In: of("ada"), Want: of("ada")},
		{Name: "below the share", Reason: "the hash decides", Config: half(nil), In: of("bob"), Want: of("bob")},
		{Name: "above the share", Reason: "the hash decides", Config: half(nil), In: of("eve"), Dropped: true},
		{Name: "a fraction", Reason: "shares are not whole numbers", Config: config{"percentage": "14.04"}, In: of("ada"), Want: of("ada")},
		{Name: "a fraction less", Reason: "shares are not whole numbers", Config: config{"percentage": 14.03}, In: of("ada"), Dropped: true},
		{Name: "nothing", Reason: "0 is a share", Config: config{"percentage": 0}, In: of("bob"), Dropped: true},
		{Name: "another seed", Reason: "other people stay", Config: half(config{"seed": "autumn"}), In: of("ada"), Dropped: true},
		{Name: "number as identity", Reason: "its text counts", Config: config{"percentage": 0}, In: `{"distinct_id":12345678901234567890}`, Dropped: true},
		{Name: "nobody", Reason: "an event that cannot be sampled stays", Config: config{"percentage": 0}, In: `{"event":"x","distinct_id":null}`, Want: `{"event":"x","distinct_id":null}`},
		{Name: "always", Reason: "who is who must not get lost", Config: config{"percentage": 0}, In: `{"event":"$identify","distinct_id":"ada"}`, Want: `{"event":"$identify","distinct_id":"ada"}`},
		{Name: "other events always", Reason: "the list is the user's", Config: config{"percentage": 0, "always": "paid"}, In: `{"event":"$identify","distinct_id":"ada"}`, Dropped: true},
		{Name: "no event always", Reason: "an empty list is a list", Config: config{"percentage": 0, "always": ""}, In: `{"event":"$identify","distinct_id":"ada"}`, Dropped: true},
		{Name: "share of an event", Reason: "it has its own", Config: config{"perEvent": "y=100, x = 50"}, In: of("eve"), Dropped: true},
		{Name: "share of another event", Reason: "the others keep theirs", Config: config{"perEvent": "y=0"}, In: of("ada"), Want: of("ada")},
		{Name: "share before always", Reason: "the more precise one", Config: config{"perEvent": "$identify=0"}, In: `{"event":"$identify","distinct_id":"ada"}`, Dropped: true},
		{Name: "shares as an object", Reason: "names with = and commas", Config: config{"perEvent": config{"a=b, c": 0, "x": "100"}}, In: `{"event":"a=b, c","distinct_id":"ada"}`, Dropped: true},
		{Name: "by uuid", Reason: "every event by itself", Config: half(config{"by": "uuid"}), In: `{"uuid":"bob","distinct_id":"eve"}`, Want: `{"uuid":"bob","distinct_id":"eve"}`},
		{Name: "by a property", Reason: "sessions stay whole", Config: half(config{"by": "properties.$session_id"}), In: `{"distinct_id":"bob","properties":{"$session_id":"eve"}}`, Dropped: true},
		{Name: "by a property that is missing", Reason: "it cannot be sampled", Config: half(config{"by": "properties.$session_id"}), In: of("ada"), Want: of("ada")},
		{Name: "rate", Reason: "counts can be scaled up", Config: half(config{"rateProperty": "rate"}), In: of("bob"), Want: `{"event":"x","distinct_id":"bob","properties":{"rate":0.5}}`},
		{Name: "no rate", Reason: "it was not sampled", Config: config{"rateProperty": "rate"}, In: of("bob"), Want: of("bob")},
		{Name: "too much", Reason: "shares end at 100", Config: config{"percentage": 101}, In: `{}`, Error: `setupPlugin: percentage: got "101", want a number from 0 to 100`},
		{Name: "no number", Reason: "the key is named", Config: config{"percentage": "half"}, In: `{}`, Error: `percentage: got "half"`},
		{Name: "no share", Reason: "the form is shown", Config: config{"perEvent": "x"}, In: `{}`, Error: `perEvent: got "x", want NAME=PERCENTAGE`},
		{Name: "wrong share", Reason: "the event is named", Config: config{"perEvent": "x=many"}, In: `{}`, Error: `perEvent: x: got "many", want a number from 0 to 100`},
		{Name: "wrong by", Reason: "all are listed", Config: config{"by": "person"}, In: `{}`, Error: `by: got "person", want distinct_id, uuid or properties.NAME`},
	})
}

// Of 2,000 people about as many stay as were asked for, and more with a greater share.
func TestDownsampleShares(t *testing.T) {
	var in bytes.Buffer
	for i := range 2000 {
		fmt.Fprintf(&in, "{\"distinct_id\":\"person %d\"}\n", i)
	}
	t.Chdir(t.TempDir())
	p := open(t, "downsample")
	kept := map[int]string{}
	for _, percentage := range []int{5, 30, 80} {
		out, ok := replayed(t, chainOf(p.Program, fmt.Appendf(nil, `{"percentage":%d}`, percentage)), in.Bytes(), 1)
		assert.True(t, ok)
		kept[percentage] = out
		assert.InDelta(t, 20*percentage, strings.Count(out, "\n"), 60, "%d %%", percentage)
	}
	for line := range strings.Lines(kept[5]) {
		assert.Contains(t, kept[30], line)
	}
	for line := range strings.Lines(kept[30]) {
		assert.Contains(t, kept[80], line)
	}
}
