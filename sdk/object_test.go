package sdk_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/sdk"
)

func event(t testing.TB, text string) *sdk.PluginEvent {
	t.Helper()
	e, err := sdk.NewEvent([]byte(text))
	require.NoError(t, err)
	return e
}

func TestUntouchedIsUnchanged(t *testing.T) {
	rows := []struct{ name, reason, text string }{
		{"long integer", "20 digits do not fit a float64", `{"id":12345678901234567890}`},
		{"number text", "1.0, 1e5 and -0 are not normalised", `{"a":1.0,"b":1e5,"c":-0,"d":1E+2}`},
		{"key order", "order is the event's own", `{"z":1,"a":2,"10":3,"9":4}`},
		{"duplicates", "both survive while nobody writes", `{"a":1,"a":2}`},
		{"lone surrogate", "not valid Unicode, valid JSON", `{"s":"\ud800"}`},
		{"white space", "inside and between values", "{ \"a\" : [ 1 , 2 ] ,\n\t\"b\":{ } }"},
		{"escapes", "as they were written", `{"a\u0041":"\/\u00e9é\n"}`},
		{"empty", "no members", `{}`},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			e := event(t, row.text)
			walk(e.Get())
			assert.Equal(t, row.text, e.String(), row.reason)
			e.Set("added", true)
			assert.Contains(t, e.String(), strings.TrimSpace(strings.TrimSuffix(row.text, "}")[1:]), "members that were not written keep their text")
		})
	}
}

// walk reads everything there is.
func walk(v sdk.Value) {
	if o, ok := v.Object(); ok {
		o.Each(func(_ string, v sdk.Value) bool { walk(v); return true })
	}
	if a, ok := v.Array(); ok {
		a.Each(func(_ int, v sdk.Value) bool { walk(v); return true })
	}
	v.Any()
}

func TestWrites(t *testing.T) {
	rows := []struct {
		name, reason, in, want string
		do                     func(e *sdk.PluginEvent)
	}{
		{
			"replace in place", "order is kept", `{"a":1,"b":2,"c":3}`, `{"a":1,"b":"x","c":3}`,
			func(e *sdk.PluginEvent) { e.Set("b", "x") },
		}, {
			"add", "new members go to the end", `{"a":1}`, `{"a":1,"b":[true,null]}`,
			func(e *sdk.PluginEvent) { e.Set("b", []any{true, nil}) },
		}, {
			"delete", "the text around it stays", `{"a":1, "b":2, "c":3}`, `{"a":1,"c":3}`,
			func(e *sdk.PluginEvent) { e.Delete("b") },
		}, {
			"delete the first and the last", "no stray comma", `{"a":1,"b":2,"c":3}`, `{"b":2}`,
			func(e *sdk.PluginEvent) { e.Delete("a"); e.Delete("c") },
		}, {
			"delete and set again", "comes back at the end, as in JavaScript", `{"a":1,"b":2}`, `{"b":2,"a":3}`,
			func(e *sdk.PluginEvent) { e.Delete("a"); e.Set("a", 3) },
		}, {
			"duplicates", "a write replaces the last and removes the others", `{"a":1,"b":0,"a":2}`, `{"b":0,"a":3}`,
			func(e *sdk.PluginEvent) { e.Set("a", 3) },
		}, {
			"delete duplicates", "all go", `{"a":1,"b":0,"a":2}`, `{"b":0}`,
			func(e *sdk.PluginEvent) { e.Delete("a") },
		}, {
			"delete duplicates in a large object", "all go there, too", `{"a":1,` + numbered(70) + `,"a":2}`, "{" + numbered(70) + "}",
			func(e *sdk.PluginEvent) { e.Delete("a") },
		}, {
			"escaped duplicate", "names are compared decoded", `{"\u0061":1,"b":0}`, `{"\u0061":2,"b":0}`,
			func(e *sdk.PluginEvent) { e.Set("a", 2) },
		}, {
			"nested", "siblings of the written member keep their text", `{"properties":{"x":1.0,"y":{"z":1e5}},"event":"e"}`, `{"properties":{"x":1.0,"y":{"z":1e5,"n":1}},"event":"e"}`,
			func(e *sdk.PluginEvent) { y, _ := e.Properties().Get("y").Object(); y.Set("n", 1) },
		}, {
			"missing properties", "attached at the first write", `{"event":"e"}`, `{"event":"e","properties":{"a":1,"b":2}}`,
			func(e *sdk.PluginEvent) { e.Properties().Set("a", 1); e.Properties().Set("b", 2) },
		}, {
			"missing properties, two handles", "both are the same object", `{"event":"e"}`, `{"event":"e","properties":{"a":1,"b":2}}`,
			func(e *sdk.PluginEvent) {
				p, q := e.Properties(), e.Properties()
				p.Set("a", 1)
				q.Set("b", 2)
			},
		}, {
			"missing properties, only read", "reading attaches nothing", `{"event":"e"}`, `{"event":"e"}`,
			func(e *sdk.PluginEvent) { e.Properties().Get("a"); e.PersonSet().Len() },
		}, {
			"null properties", "an object takes their place when written", `{"properties":null}`, `{"properties":{"a":1}}`,
			func(e *sdk.PluginEvent) { e.Properties().Set("a", 1) },
		}, {
			"set path", "objects on the way are made", `{"a":1}`, `{"a":{"b":{"c":true}}}`,
			func(e *sdk.PluginEvent) { e.SetPath([]string{"a", "b", "c"}, true) },
		}, {
			"delete path", "only the named member goes", `{"a":{"b":1,"c":2}}`, `{"a":{"c":2}}`,
			func(e *sdk.PluginEvent) { e.Delete("a", "b"); e.Delete("a", "x", "y") },
		}, {
			"array elements", "an element is the event's own", `{"l":[{"a":1},2, 3]}`, `{"l":[{"a":1,"b":2},2,"x",null]}`,
			func(e *sdk.PluginEvent) {
				l, _ := e.Get("l").Array()
				o, _ := l.At(0).Object()
				o.Set("b", 2)
				l.Set(2, "x")
				l.Append(nil)
			},
		}, {
			"copy of a value", "text is copied as it stands", `{"a":1.0}`, `{"a":1.0,"b":1.0}`,
			func(e *sdk.PluginEvent) { e.Set("b", e.Get("a")) },
		}, {
			"copy is not shared", "Set copies", `{"a":{"x":1}}`, `{"a":{"x":2},"b":{"x":1}}`,
			func(e *sdk.PluginEvent) {
				a, _ := e.Get("a").Object()
				e.Set("b", a)
				a.Set("x", 2)
			},
		}, {
			"itself inside itself", "Set copies, so there is no cycle", `{"a":1}`, `{"a":1,"me":{"a":1}}`,
			func(e *sdk.PluginEvent) { e.Set("me", e) },
		}, {
			"key that needs escapes", "names are escaped like strings", `{}`, `{"a\"\n":1,"a\"\n2":2}`,
			func(e *sdk.PluginEvent) { e.Set("a\"\n", 1); e.Set("a\"\n2", 2); e.Set("a\"\n", 1) },
		}, {
			"rename", "the member stays where it is, its value as it was written", `{"a":1,"b":2.0,"c":3}`, `{"a":1,"x":2.0,"c":3}`,
			func(e *sdk.PluginEvent) { e.Rename("b", "x") },
		}, {
			"rename to a name that is there", "the other member goes", `{"a":1,"b":2,"c":3}`, `{"b":2,"a":3}`,
			func(e *sdk.PluginEvent) { e.Rename("c", "a") },
		}, {
			"rename duplicates", "the last is what a reader sees", `{"a":1,"b":0,"a":2}`, `{"b":0,"x":2}`,
			func(e *sdk.PluginEvent) { e.Rename("a", "x") },
		}, {
			"rename a member that was read", "it is still the event's own", `{"o":{"a":1}}`, `{"quo\"te":{"a":1,"b":2}}`,
			func(e *sdk.PluginEvent) { o, _ := e.Get("o").Object(); e.Rename("o", `quo"te`); o.Set("b", 2) },
		}, {
			"rename what is not there", "nothing is written", `{ "a":1}`, `{ "a":1}`,
			func(e *sdk.PluginEvent) { e.Rename("x", "a"); e.Rename("a", "a") },
		}, {
			"delete by a condition", "any of name and value", `{"a":1,"$b":2,"c":null,"$d":4}`, `{"a":1}`,
			func(e *sdk.PluginEvent) {
				e.DeleteFunc(func(k string, v sdk.Value) bool { return strings.HasPrefix(k, "$") || v.IsNull() })
			},
		}, {
			"set all", "in the order of names, so that every run writes the same", `{"b":0}`, `{"b":2,"a":1,"c":[3]}`,
			func(e *sdk.PluginEvent) { e.SetAll(map[string]any{"c": []int{3}, "a": 1, "b": 2}) },
		}, {
			"merge", "members in their order, as they were written", `{"b":0,"o":{"z":1.0,"b":2,"a":null}}`, `{"b":2,"o":{"z":1.0,"b":2,"a":null},"z":1.0,"a":null}`,
			func(e *sdk.PluginEvent) { o, _ := e.Get("o").Object(); e.Merge(o); e.Merge(nil); e.Merge(&e.Object) },
		}, {
			"during Each", "an enumeration may edit", `{"a":1,"b":2,"c":3}`, `{"a":"a","c":"c"}`,
			func(e *sdk.PluginEvent) {
				e.Each(func(k string, v sdk.Value) bool {
					if k == "b" {
						return e.Delete(k)
					}
					e.Set(k, k)
					return true
				})
			},
		}, {
			"Go kinds", "what encoding/json can encode", `{}`, `{"f":0.1,"g":1e+21,"i":-7,"u":7,"s":{"A":"<b>"},"t":["a"],"n":null,"z":0}`,
			func(e *sdk.PluginEvent) {
				e.Set("f", 0.1)
				e.Set("g", 1e21)
				e.Set("i", int64(-7))
				e.Set("u", uint8(7))
				e.Set("s", struct{ A string }{"<b>"})
				e.Set("t", []string{"a"})
				e.Set("n", nil)
				e.Set("z", math.Copysign(0, -1))
			},
		},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			e := event(t, row.in)
			row.do(e)
			assert.Equal(t, row.want, e.String(), row.reason)
			require.NoError(t, e.TakeErr())
			require.NoError(t, sdk.Validate([]byte(e.String())))
		})
	}
}

func TestReads(t *testing.T) {
	e := event(t, `{"uuid":"u","event":"e","distinct_id":"d","team_id":7,"ip":null,"site_url":"s","timestamp":"t","now":"n","sent_at":"a",
		"properties":{"b":true,"n":1.50,"i":1e3,"big":12345678901234567890,"s":"a\u00e9\ud83d\ude00\ud800\n","l":[1,[2]],"o":{"x":{"y":"deep"}},"null":null}}`)
	assert.Equal(t, []any{"u", "e", "d", int64(7), "", "s", "t", "n", "a"},
		[]any{e.UUID(), e.Event(), e.DistinctID(), e.TeamID(), e.IP(), e.SiteURL(), e.Timestamp(), e.Now(), e.SentAt()})
	p := e.Properties()
	assert.Equal(t, "aé😀�\n", p.Get("s").StrOr(""))
	assert.Equal(t, "deep", p.Get("o", "x", "y").StrOr(""))
	assert.Equal(t, "deep", e.Get("properties", "o", "x", "y").StrOr(""))
	assert.False(t, p.Has("o", "nope", "y"))
	assert.False(t, p.Has("s", "x"), "a string has no members")
	assert.True(t, p.Get("b").BoolOr(false))
	assert.EqualValues(t, 1000, p.Get("i").IntOr(0))
	assert.InDelta(t, 1.5, p.Get("n").FloatOr(0), 0)
	n, ok := p.Get("n").Number()
	assert.True(t, ok)
	assert.Equal(t, "1.50", n)
	_, ok = p.Get("big").Int()
	assert.False(t, ok, "does not fit")
	assert.InDelta(t, 12345678901234567890.0, p.Get("big").FloatOr(0), 0)
	assert.True(t, p.Get("null").IsNull())
	assert.True(t, p.Has("null"), "null is a value")
	assert.Equal(t, sdk.KindMissing, p.Get("nope").Kind())
	for _, wrong := range []sdk.Value{{}, p.Get("l"), p.Get("null")} {
		_, isString := wrong.Str()
		_, isBool := wrong.Bool()
		_, isInt := wrong.Int()
		_, isFloat := wrong.Float()
		_, isNumber := wrong.Number()
		_, isObject := wrong.Object()
		assert.False(t, isString || isBool || isInt || isFloat || isNumber || isObject, "the wrong kind is false, never a panic")
	}
	assert.Equal(t, "x", p.Get("nope").StrOr("x"))
	l, ok := p.Get("l").Array()
	require.True(t, ok)
	assert.Equal(t, 2, l.Len())
	assert.Equal(t, "[2]", l.At(1).String())
	assert.False(t, l.At(2).Exists())
	assert.False(t, l.At(-1).Exists())
	assert.Equal(t, []string{"b", "n", "i", "big", "s", "l", "o", "null"}, p.Keys())
	assert.Equal(t, 8, p.Len())
	assert.Equal(t, map[string]any{"x": map[string]any{"y": "deep"}}, p.Get("o").Any())
}

func TestValuePathsAndTimes(t *testing.T) {
	e := event(t, `{"list":[{"a":{"b":1}}],"at":"2024-03-05T10:11:12.345+01:00","day":"2024-03-05"}`)
	list, ok := e.Get("list").Array()
	require.True(t, ok)
	assert.EqualValues(t, 1, list.At(0).Get("a", "b").IntOr(0))
	assert.False(t, list.At(0).Get("x", "b").Exists())
	assert.False(t, e.Get("day").Get("x").Exists(), "a string has no members")
	at, ok := e.Get("at").Time()
	assert.True(t, ok)
	assert.Equal(t, time.Date(2024, 3, 5, 9, 11, 12, 345e6, time.UTC), at.UTC())
	_, ok = e.Get("day").Time()
	assert.False(t, ok, "a date is no time")
	assert.Equal(t, at, e.Get("nope").TimeOr(at))
	e.Set("again", at.UTC())
	again, ok := e.Get("again").Time()
	assert.True(t, ok, "what Set writes can be read")
	assert.True(t, at.Equal(again))
}

func TestValueOf(t *testing.T) {
	e := event(t, `{"n":1.0}`)
	for want, v := range map[string]any{
		"null": nil, "1.0": e.Get("n"), `{"n":1.0}`: e, `[1,"a"]`: []any{1, "a"}, `{"A":true}`: struct{ A bool }{true}, `"x"`: "x",
	} {
		got, err := sdk.ValueOf(v)
		require.NoError(t, err)
		assert.Equal(t, want, got.String())
	}
	_, err := sdk.ValueOf(math.NaN())
	require.Error(t, err)
	v, err := sdk.ValueOf(e)
	require.NoError(t, err)
	e.Set("n", 2)
	assert.EqualValues(t, 1, v.Get("n").IntOr(0), "a copy")
}

func TestDuplicatesAreListedOnce(t *testing.T) {
	e := event(t, `{"a":1,"b":2,"a":3,"\u0062":4}`)
	assert.Equal(t, []string{"a", "b"}, e.Keys(), "first position")
	assert.Equal(t, 2, e.Len())
	got := map[string]string{}
	for k, v := range e.All() {
		got[k] = v.String()
	}
	assert.Equal(t, map[string]string{"a": "3", "b": "4"}, got, "last value")
}

func TestLargeObject(t *testing.T) {
	var b strings.Builder
	b.WriteString(`{"dup":0`)
	for i := range 500 {
		b.WriteString(`,"k` + string(rune('a'+i%26)) + strings.Repeat("x", i/26) + `":` + "1")
	}
	b.WriteString(`,"dup":1}`)
	e := event(t, b.String())
	assert.Equal(t, 501, e.Len())
	assert.Equal(t, "1", e.Get("dup").String())
	e.Set("dup", 2)
	e.Set("new", 3)
	assert.True(t, e.Delete("ka"))
	assert.False(t, e.Delete("ka"))
	assert.Equal(t, 501, e.Len())
	assert.True(t, e.Rename("kb", "renamed"))
	assert.False(t, e.Has("kb"))
	assert.Equal(t, "1", e.Get("renamed").String())
	assert.Equal(t, "3", e.Get("new").String())
	assert.Equal(t, 1, strings.Count(e.String(), `"dup"`))
	require.NoError(t, sdk.Validate([]byte(e.String())))
}

func TestSetErrors(t *testing.T) {
	cycle := map[string]any{}
	cycle["me"] = cycle
	rows := []struct {
		name string
		v    any
	}{{"NaN", math.NaN()}, {"infinity", math.Inf(1)}, {"channel", make(chan int)}, {"cycle", cycle}, {"function", func() {}}}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			e := event(t, `{"a":1}`)
			e.Set("a", row.v)
			e.Set("b", 2)
			assert.Equal(t, `{"a":1,"b":2}`, e.String(), "the member keeps its old value")
			var set *sdk.SetError
			require.ErrorAs(t, e.TakeErr(), &set)
			assert.Equal(t, "a", set.Key)
			require.NoError(t, e.TakeErr(), "taken")
		})
	}
	e := event(t, `{"l":[]}`)
	l, _ := e.Get("l").Array()
	l.Set(0, 1)
	require.EqualError(t, e.TakeErr(), `set "[0]": index out of range`)
}

func TestCheckpointAndRestore(t *testing.T) {
	const in = `{"event":"e","properties":{"a":1,"o":{"x":1}}}`
	arena := sdk.NewArena()
	e, err := arena.Event([]byte(in))
	require.NoError(t, err)

	e.Properties().Set("a", 2)
	e.Restore()
	assert.Equal(t, in, e.String(), "before the first checkpoint: as it was read")

	e.Properties().Set("b", 2)
	first := e.Epoch()
	e.Checkpoint()
	p := e.Properties()
	o, _ := p.Get("o").Object()
	o.Set("x", 2)
	p.Delete("a")
	e.PersonSet().Set("n", 1)
	const afterSecond = `{"event":"e","properties":{"o":{"x":2},"b":2},"$set":{"n":1}}`
	assert.Equal(t, afterSecond, e.String())
	second := e.Epoch()
	e.Checkpoint()
	e.Set("event", "third")
	assert.Equal(t, `{"event":"e","properties":{"a":1,"o":{"x":1},"b":2}}`, string(e.AppendStateJSON(nil, first)), "what the first plugin left")
	assert.Equal(t, afterSecond, string(e.AppendStateJSON(nil, second)))
	e.Restore()
	assert.Equal(t, afterSecond, e.String(), "only the third plugin's writes are gone")
	e.Properties().Set("z", 0)
	assert.Equal(t, `{"event":"e","properties":{"o":{"x":2},"b":2,"z":0},"$set":{"n":1}}`, e.String(), "writable after a restore")
}

func TestReleasedEventPanics(t *testing.T) {
	e := event(t, `{"a":{"b":1}}`)
	a, _ := e.Get("a").Object()
	e.Release()
	assert.Panics(t, func() { e.Event() })
	assert.Panics(t, func() { a.Set("b", 2) })
	assert.Panics(t, func() { e.Keys() })
}

// TestKeptAfterReleasePanics checks that nothing of an event can be read when it is over: its memory is another
// event's, and reading a container writes to it.
func TestKeptAfterReleasePanics(t *testing.T) {
	for _, row := range []struct {
		name, reason string
		keep         func(e *sdk.PluginEvent) func()
	}{
		{"text", "has the written parts", func(e *sdk.PluginEvent) func() { return func() { _ = e.String() } }},
		{"text of an object", "likewise", func(e *sdk.PluginEvent) func() { p := e.Properties(); return func() { _ = p.String() } }},
		{"text of an array", "likewise", func(e *sdk.PluginEvent) func() {
			l, _ := e.Get("properties", "l").Array()
			return func() { _ = l.String() }
		}},
		{"text of a copy", "is in the event's memory, too", func(e *sdk.PluginEvent) func() { o := e.Properties().Fork(); return func() { _ = o.String() } }},
		{"encoded value", "an object that nobody has read yet", func(e *sdk.PluginEvent) func() { v := e.Properties().Get("o"); return func() { v.AppendJSON(nil) } }},
		{"decoded value", "likewise", func(e *sdk.PluginEvent) func() { v := e.Properties().Get("l"); return func() { v.Any() } }},
		{"decoded boolean", "stands in the record", func(e *sdk.PluginEvent) func() { v := e.Properties().Get("b"); return func() { v.Any() } }},
		{"object of a value", "an object that nobody has read yet", func(e *sdk.PluginEvent) func() { v := e.Properties().Get("o"); return func() { v.Object() } }},
		{"all of it as a value", "is the event", func(e *sdk.PluginEvent) func() { v := e.Get(); return func() { v.Object() } }},
		{"value that is put elsewhere", "is read for that", func(e *sdk.PluginEvent) func() {
			v := e.Properties().Get("o")
			return func() { sdk.NewObject().Set("o", v) }
		}},
		{"restore", "writes", func(e *sdk.PluginEvent) func() { return e.Restore }},
	} {
		t.Run(row.name, func(t *testing.T) {
			arena := sdk.NewArena()
			e, err := arena.Event([]byte(`{"event":"first","properties":{"o":{"a":1},"l":[1,{}],"b":true}}`))
			require.NoError(t, err)
			e.Checkpoint()
			e.Properties().Set("n", 1)
			use := row.keep(e)
			e.Release()
			arena.Recycle()
			other, err := arena.Event([]byte(`{"event":"other","properties":{"p":[],"q":{},"r":{}}}`))
			require.NoError(t, err)
			assert.Panics(t, use, row.reason)
			other.Properties().Set("n", 2)
			assert.Equal(t, `{"event":"other","properties":{"p":[],"q":{},"r":{},"n":2}}`, other.String())
		})
	}
}

func TestArenaKeepsEventsApart(t *testing.T) {
	arena := sdk.NewArena()
	var events []*sdk.PluginEvent
	for range 300 {
		e, err := arena.Event([]byte(`{"event":"e","properties":{"a":1}}`))
		require.NoError(t, err)
		e.Properties().Set("n", len(events))
		events = append(events, e)
		if len(events)%100 == 0 {
			arena.Reset()
		}
	}
	for i, e := range events {
		assert.EqualValues(t, i, e.Get("properties", "n").IntOr(-1))
	}
}

func TestKnownEventAndValues(t *testing.T) {
	row := event(t, `{"uuid":"u","properties":{"a":1.0}}`)
	e := sdk.NewArena().KnownEvent([]byte("{}"))
	e.SetValue("uuid", row.Get("uuid"))
	e.SetValue("ip", sdk.Value{})
	e.SetValue("properties", row.Get("properties"))
	e.SetValue("now", sdk.RawValue([]byte(`"n"`)))
	assert.Equal(t, `{"uuid":"u","properties":{"a":1.0},"now":"n"}`, e.String())
	e.Checkpoint()
	e.Properties().Set("a", 2)
	e.Restore()
	assert.Equal(t, `{"uuid":"u","properties":{"a":1.0},"now":"n"}`, e.String())
	assert.Equal(t, `{"uuid":"u","properties":{"a":1.0}}`, row.String())
	v, err := sdk.ParseValue([]byte(" [1, 2] "))
	require.NoError(t, err)
	assert.Equal(t, "[1, 2]", string(v.Raw()))
	assert.Equal(t, []any{1.0, 2.0}, v.Any())
}

const pageview = `{"uuid":"0190a6c4-1b2c-7def-8a1b-2c3d4e5f6071","event":"$pageview","distinct_id":"user-12345","team_id":2,"ip":null,"site_url":"","timestamp":"2024-03-05T10:11:12.345Z","now":"2024-03-05T10:11:13.000Z","properties":{"$os":"Mac OS X","$os_version":"10.15.7","$browser":"Chrome","$browser_version":121,"$device_type":"Desktop","$current_url":"https://example.org/pricing?utm_source=news&utm_medium=email&plan=pro#faq","$host":"example.org","$pathname":"/pricing","$screen_height":1080,"$screen_width":1920,"$viewport_height":969,"$viewport_width":1865,"$lib":"web","$lib_version":"1.105.4","$insert_id":"m4x2k7p9q1w3e5r7","$time":1709633472.345,"distinct_id":"user-12345","$device_id":"018d1a2b-3c4d-7e5f-8a9b-0c1d2e3f4a5b","$session_id":"018e0d1c-2b3a-7c4d-9e5f-6a7b8c9d0e1f","$window_id":"018e0d1c-2b3a-7c4d-9e5f-6a7b8c9d0e20","$referrer":"https://search.example/","$referring_domain":"search.example","$user_agent":"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/121.0.0.0 Safari/537.36","$geoip_country_name":"Österreich","$geoip_city_name":"Wien","$geoip_latitude":48.2082,"$geoip_longitude":16.3738,"title":"Pricing – \"Pro\" plan","$feature_flags":["a","b","c"],"$set":{"email":"a@example.org","n":1},"is_identified":true,"$active":false,"nothing":null,"order":{"id":12345678901234567890,"total":1.0}}}`

func TestClone(t *testing.T) {
	for _, row := range []struct {
		name, reason, in, want string
		do                     func(o *sdk.Object)
	}{
		{"untouched", "the text is copied as it is", `{"a":1.0, "b":[1]}`, `{"a":1.0, "b":[1]}`, func(*sdk.Object) {}},
		{"written", "the clone has what the original has now", `{"a":1,"b":{"c":2}}`, `{"b":{"c":3},"d":"x"}`, func(o *sdk.Object) {
			o.Delete("a")
			o.SetPath([]string{"b", "c"}, 3)
			o.Set("d", "x")
		}},
		{"duplicates", "the last value in the place of the first, as in JavaScript", `{"a":1,"b":2,"a":3}`, `{"a":3,"b":2}`, func(*sdk.Object) {}},
		{"empty", "nothing to copy", `{}`, `{}`, func(*sdk.Object) {}},
	} {
		t.Run(row.name, func(t *testing.T) {
			o, err := sdk.ParseObject([]byte(row.in))
			require.NoError(t, err)
			row.do(o)
			before := string(o.AppendJSON(nil))
			clone := o.Clone()
			require.Equal(t, row.want, string(clone.AppendJSON(nil)), row.reason)
			clone.Set("a", "changed")
			require.Equal(t, before, string(o.AppendJSON(nil)), "the original is another object")
		})
	}
}

// numbered is the text of n members without braces.
func numbered(n int) string {
	members := make([]string, n)
	for i := range members {
		members[i] = fmt.Sprintf(`"m%d":%d`, i, i)
	}
	return strings.Join(members, ",")
}
