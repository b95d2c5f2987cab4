package jsbridge_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/sdk"
)

// TestKeptAfterRelease checks that what a plugin keeps of an event can be read when the event is over.
func TestKeptAfterRelease(t *testing.T) {
	const first = `{"event":"a","properties":{"list":[1,[2]],"o":{"p":{"q":1}},"s":"x"}}`
	for _, row := range []struct{ name, reason, keep, read, want string }{
		{"event", "a lazy object takes a copy of its last state", "event", "kept.properties.list[1][0] + kept.properties.o.p.q", `3`},
		{"properties", "likewise", "event.properties", "kept.list.length + kept.s", `"2x"`},
		{"array", "is native", "event.properties.list", "kept[1][0]", `2`},
		{"copy", "what nobody has read yet is read from where it was", "{...event.properties}", "kept.list[1][0] + kept.o.p.q", `3`},
		{"two copies", "share what is in them also if nobody has read it in time", "[{...event.properties}, {...event.properties}]", "kept[0].list === kept[1].list && kept[0].o === kept[1].o", `true`},
		{"copy of the event", "its properties are those of the event", "[{...event}, event]", "kept[0].properties === kept[1].properties && kept[0].properties.o.p.q", `1`},
		{"written to later", "shows where it is put", "(event.properties.list.push(3), event.properties.o, event)", "(kept.properties.list.push(4), kept.properties.o.p.q = 5, kept.properties.n = 6, kept.more = 7, kept)",
			`{"event":"a","properties":{"list":[1,[2],3,4],"o":{"p":{"q":5}},"s":"x","n":6},"more":7}`},
		{"assigned before", "what has no JSON form is still there", "(event.x = () => 1, event.properties.u = undefined, event)", "typeof kept.x + ('u' in kept.properties)", `"functiontrue"`},
		{"undefined", "is listed as before, also when the event was put somewhere", "(event.u = undefined, event)", "[Object.keys(kept), {...kept}.hasOwnProperty('u'), kept, Object.entries(kept).length]",
			`[["event","properties","u"],true,{"event":"a","properties":{"list":[1,[2]],"o":{"p":{"q":1}},"s":"x"}},3]`},
		{"inner object", "what lies deep in an event", "event.properties.o", "kept.p.q", `1`},
	} {
		t.Run(row.name, func(t *testing.T) {
			p := plug(t, `let kept; export function processEvent(event) {
				if (event.event === 'a') { kept = `+row.keep+`; return event }
				return { got: `+row.read+` }
			}`)
			e, err := sdk.NewArena().Event([]byte(first))
			require.NoError(t, err)
			require.NoError(t, p.call(func() error {
				_, err := p.hooks.ProcessEvent(e, p.meta)
				return err
			}))
			e.Release()
			assert.Equal(t, `{"got":`+row.want+`}`, p.must(`{"event":"b"}`), row.reason)
		})
	}
}

// TestKeptCopyThatGoesOn checks that a plugin which keeps the event that it returned sees nothing of what the next
// plugin did to it.
func TestKeptCopyThatGoesOn(t *testing.T) {
	keeps := plug(t, "let kept, inner\n"+body("const was = kept; inner ??= {...event.properties}; kept = {...event, n: 1}; return was ? {was, o: was.properties.o, inner: inner.o} : kept"))
	next := plug(t, body("event.properties.a = 'theirs'; event.properties.o.b = 3; event.n = 'theirs'; event.z = []; return event"))
	e, err := sdk.NewArena().Event([]byte(`{"properties":{"a":1,"o":{}}}`))
	require.NoError(t, err)
	for _, p := range []*plugin{keeps, next} {
		require.NoError(t, p.call(func() error {
			was := e
			e, err = p.hooks.ProcessEvent(e, p.meta)
			if was != e {
				was.Release()
			}
			e.Checkpoint()
			return err
		}))
	}
	require.Equal(t, `{"properties":{"a":"theirs","o":{"b":3}},"n":"theirs","z":[]}`, e.String())
	e.Release()
	assert.Equal(t, `{"was":{"properties":{"a":1,"o":{}},"n":1},"o":{},"inner":{}}`, keeps.must("{}"))
}

// TestKeptCopyOfProperties checks the same of a copy of what is inside an event, whose objects nobody has read when
// the next plugin writes to them.
func TestKeptCopyOfProperties(t *testing.T) {
	keeps := plug(t, "let kept\n"+body("const was = kept; kept ??= {...event.properties}; return was ? {o: was.o, l: was.l} : event"))
	next := plug(t, body("event.properties.o.p.q = 'theirs'; event.properties.l[0].x = 'theirs'; return event"))
	e, err := sdk.NewArena().Event([]byte(`{"properties":{"o":{"p":{}},"l":[{}]}}`))
	require.NoError(t, err)
	for _, p := range []*plugin{keeps, next} {
		require.NoError(t, p.call(func() error {
			_, err := p.hooks.ProcessEvent(e, p.meta)
			e.Checkpoint()
			return err
		}))
	}
	e.Release()
	assert.Equal(t, `{"o":{"p":{}},"l":[{}]}`, keeps.must("{}"))
}
