package shape_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/plugreel/plugreel/batch/internal/eventtime"
	"github.com/plugreel/plugreel/batch/internal/shape"
	"github.com/plugreel/plugreel/sdk"
)

var kinds = []shape.Kind{shape.Capture, shape.Row, shape.Processed}

func convert(t require.TestingT, text string, from, to shape.Kind) string {
	s := shape.New(sdk.NewArena(), 0)
	out := s.Convert(nil, []byte(text), from, to)
	require.NoError(t, sdk.Validate(out), "%s", out)
	return string(out)
}

func TestConvertOddities(t *testing.T) {
	for _, c := range []struct {
		name, reason, in string
		from, to         shape.Kind
		want             string
	}{
		{"no event", "what is no event has no shape", `{"a":1}`, shape.Capture, shape.Row, `{"a":1}`},
		{"the same", "not a byte changes", `{ "event":"a" }`, shape.Row, shape.Row, `{ "event":"a" }`},
		{"text that is no object", "stays text", `{"event":"a","properties":"{oops","created_at":"c"}`, shape.Row, shape.Capture, `{"event":"a","properties":"{oops"}`},
		{"text that is an object", "comes out as one", `{"event":"a","properties":"{\"x\":1.0}","created_at":"c"}`, shape.Row, shape.Capture, `{"event":"a","properties":{"x":1.0}}`},
		{"no properties", "and a chain that needs some", `{"event":"a","properties":null,"elements_chain":"a"}`, shape.Row, shape.Capture, `{"event":"a","properties":{"$elements_chain":"a"}}`},
		{"no timestamp", "it was received", `{"event":"a","now":"n"}`, shape.Capture, shape.Row, `{"timestamp":"n","created_at":"n","event":"a","elements_chain":""}`},
		{"names with quotes", "of members that no shape knows", `{"event":"a","x\"y":1}`, shape.Capture, shape.Row, `{"event":"a","elements_chain":"","x\"y":1}`},
		{"microseconds", "three digits would lose them", `{"event":"a","timestamp":"2024-01-01T02:00:00.123456+02:00"}`, shape.Row, shape.Processed,
			`{"ip":null,"event":"a","properties":{},"timestamp":"2024-01-01T00:00:00.123456Z","elements":[]}`},
		{"person beside and inside", "what stands beside wins", `{"event":"a","$set":{"b":3},"properties":{"$set":{"a":1,"b":2}}}`, shape.Capture, shape.Row,
			`{"event":"a","properties":{"$set":{"a":1,"b":3}},"elements_chain":""}`},
		{"columns of a person", "are copies of what is in the properties", `{"event":"a","set":{"old":1},"properties":{"$set":{"a":1}}}`, shape.Row, shape.Capture,
			`{"event":"a","properties":{"$set":{"a":1}}}`},
		{"numbers among the elements", "a chain knows texts only", `{"event":"a","elements":[5,{"attr_class":["x"],"nth_child":1.0,"attributes":{"n":true}}]}`, shape.Processed, shape.Row,
			`{"event":"a","elements_chain":".x:n=\"true\"nth-child=\"1.0\""}`},
	} {
		assert.Equal(t, c.want, convert(t, c.in, c.from, c.to), "%s: %s", c.name, c.reason)
	}
}

// drawRecord makes a record of a kind with what may happen to events.
func drawRecord(t *rapid.T, kind shape.Kind) string {
	text := func(label string) string { return string(sdk.AppendString(nil, rapid.String().Draw(t, label))) }
	maybe := func(label string) bool { return rapid.Bool().Draw(t, label) }
	digits := rapid.SampledFrom([]string{"", ".5", ".123", ".123456"}).Draw(t, "fraction")
	members := fmt.Sprintf(`"uuid":%s,"event":%s,"distinct_id":%s,"timestamp":"2024-02-29T23:59:59%s+02:00"`, text("uuid"), text("event"), text("distinct_id"), digits)
	props := `"n":12345678901234567890,"f":1.0,"t":` + text("t") + `,"deep":{"a":[null,{"b":` + text("b") + `}]}`
	if maybe("set inside") {
		props += `,"$set":{"a":` + text("set") + `}`
	}
	chain := ""
	if maybe("clicked") {
		chain = `a.btn:text="x"`
	}
	switch kind {
	case shape.Capture:
		members += `,"api_key":"k"`
		if maybe("now") {
			members += `,"now":"2024-03-01T00:00:00Z"`
		}
	case shape.Row:
		members += fmt.Sprintf(`,"created_at":"2024-03-01T00:00:00+00:00","elements_chain":%q,"person_properties":{"x":1}`, chain)
		chain = ""
	case shape.Processed:
		members += `,"ip":null,"elements":[]`
	}
	if chain != "" {
		props += fmt.Sprintf(`,"$elements_chain":%q`, chain)
	}
	if kind != shape.Row && maybe("set beside") {
		members += `,"$set":{"b":2}`
	}
	if kind == shape.Row && maybe("properties as text") {
		return `{` + members + `,"properties":` + string(sdk.AppendString(nil, "{"+props+"}")) + `}`
	}
	return `{` + members + `,"properties":{` + props + `}}`
}

// essence is what every conversion keeps: the texts of some members, the time, and the meaning of
// the properties. What was clicked and what is set of a person may stand in two places.
func essence(t require.TestingT, record string, kind shape.Kind) []string {
	e, err := sdk.NewEvent([]byte(record))
	require.NoError(t, err)
	at, ok := eventtime.Parse(e.Timestamp())
	require.True(t, ok, e.Timestamp())
	var props map[string]any
	text := e.Get("properties").Raw()
	if s, ok := e.Get("properties").Str(); ok {
		text = []byte(s)
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	require.NoError(t, decoder.Decode(&props))
	set, _ := props["$set"].(map[string]any)
	beside := map[string]any{}
	require.NoError(t, json.Unmarshal([]byte(or(e.Get("$set").String(), "{}")), &beside))
	if len(beside) > 0 && set == nil {
		set = map[string]any{}
	}
	for name, v := range beside {
		set[name] = fmt.Sprint(v)
	}
	if b, ok := set["b"]; ok {
		set["b"] = fmt.Sprint(b)
	}
	if set != nil {
		props["$set"] = set
	}
	chain := or(e.Get("elements_chain").StrOr(""), e.Get("properties", "$elements_chain").StrOr(""))
	delete(props, "$elements_chain")
	meaning, err := json.Marshal(props)
	require.NoError(t, err)
	return []string{e.UUID(), e.Event(), e.DistinctID(), at.String(), string(meaning), chain}
}

func or(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

func TestThereAndBackAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, to := rapid.SampledFrom(kinds).Draw(t, "from"), rapid.SampledFrom(kinds).Draw(t, "to")
		record := drawRecord(t, from)
		there := convert(t, record, from, to)
		e, err := sdk.NewEvent([]byte(there))
		require.NoError(t, err)
		assert.Equal(t, to, shape.Hint{}.Of(e), "%s", there)
		assert.Equal(t, essence(t, record, from), essence(t, there, to), "there: %s", there)
		again := convert(t, there, to, from)
		assert.Equal(t, essence(t, record, from), essence(t, again, from), "and back: %s", again)
	})
}

func FuzzConvert(f *testing.F) {
	f.Add(row, uint8(0), uint8(1))
	f.Add(`{"event":"a","elements":[{"attr_class":[1],"attributes":{"\"":null}}]}`, uint8(2), uint8(1))
	f.Fuzz(func(t *testing.T, record string, from, to uint8) {
		if e, err := sdk.NewEvent([]byte(record)); err == nil {
			text := e.String()
			_ = convert(t, text, kinds[int(from)%len(kinds)], kinds[int(to)%len(kinds)])
		}
	})
}
