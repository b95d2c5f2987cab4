package jsbridge_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/dop251/goja"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestEventIsWhatJSONParseMakes compares events, whatever is in them, with the objects that
// JSON.parse makes of the same text: as a plugin returns them, as it copies them, and as it sees
// them.
func TestEventIsWhatJSONParseMakes(t *testing.T) { rapid.Check(t, eventProperty(t)) }

// FuzzEventIsWhatJSONParseMakes is the same under the fuzzer.
func FuzzEventIsWhatJSONParseMakes(f *testing.F) {
	f.Fuzz(rapid.MakeFuzz(eventProperty(f)))
}

// outer is the test that made a plugin: a fuzz target must not call its Helper.
type outer struct{ testing.TB }

func (outer) Helper() {}

func eventProperty(t testing.TB) func(*rapid.T) {
	t = outer{t}
	const copyEvent = "return {...event, properties: event.properties && typeof event.properties === 'object' && !Array.isArray(event.properties) ? {...event.properties} : event.properties}"
	identity := plug(t, body("return event"))
	spread := plug(t, body(copyEvent))
	plain := plug(t, body("Object.freeze; "+copyEvent))
	text := plug(t, body("return {text: JSON.stringify(event), keys: Object.keys(event)}"))
	vm := goja.New()
	script, err := vm.RunString("(text) => { const event = JSON.parse(text); return JSON.stringify({text: JSON.stringify(event), keys: Object.keys(event)}) }")
	require.NoError(t, err)
	parse, _ := goja.AssertFunction(script)
	return func(t *rapid.T) {
		event := jsonObject(3).Draw(t, "event")
		want := jsonValue(event)
		require.Equal(t, event, identity.must(event), "an event that is only passed on keeps its bytes")
		require.Equal(t, want, jsonValue(spread.must(event)), "a copy by spread")
		require.Equal(t, want, jsonValue(plain.must(event)), "a copy of a plain event")
		seen, err := parse(goja.Undefined(), vm.ToValue(event))
		require.NoError(t, err)
		require.Equal(t, seen.String(), text.must(event), "what the plugin sees, in order")
	}
}

// jsonObject draws the text of an object with values up to depth levels deep.
func jsonObject(depth int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		var members []string
		for range rapid.IntRange(0, 6).Draw(t, "members") {
			name := jsonName.Draw(t, "name")
			members = append(members, name+space.Draw(t, "space")+":"+jsonAny(depth-1).Draw(t, "value"))
		}
		return "{" + strings.Join(members, ",") + "}"
	})
}

func jsonArray(depth int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		items := rapid.SliceOfN(jsonAny(depth-1), 0, 5).Draw(t, "items")
		return "[" + strings.Join(items, space.Draw(t, "space")+",") + "]"
	})
}

func jsonAny(depth int) *rapid.Generator[string] {
	scalars := []*rapid.Generator[string]{
		rapid.SampledFrom([]string{"null", "true", "false"}), jsonText, jsonText, jsonNumber, jsonNumber,
	}
	if depth <= 0 {
		return rapid.OneOf(scalars...)
	}
	return rapid.Deferred(func() *rapid.Generator[string] {
		return rapid.OneOf(append(scalars, jsonObject(depth), jsonArray(depth))...)
	})
}

var (
	space    = rapid.SampledFrom([]string{"", "", "", " "})
	jsonName = rapid.OneOf(
		rapid.SampledFrom([]string{`"event"`, `"properties"`, `"$set"`, `"uuid"`, `"a"`, `"b"`, `"10"`, `"2"`, `"01"`, `"-1"`, `"4294967295"`, `"__proto__"`, `"toString"`, `"length"`, `""`, `"\u0061"`, `"then"`}),
		jsonText,
	)
	jsonText = rapid.Custom(func(t *rapid.T) string {
		text, err := json.Marshal(rapid.StringN(0, 12, -1).Draw(t, "text"))
		if err != nil {
			panic(err)
		}
		return string(text)
	})
	jsonNumber = rapid.OneOf(
		rapid.Custom(func(t *rapid.T) string { return fmt.Sprint(rapid.Int64().Draw(t, "integer")) }),
		rapid.Custom(func(t *rapid.T) string { return toJSON(rapid.Float64Range(-1e300, 1e300).Draw(t, "double")) }),
		rapid.SampledFrom([]string{"0", "-0", "1.0", "1e3", "1E-7", "12345678901234567890", "0.1", "9007199254740993", "5e-324", "1e21", "-0.0"}),
	)
)
