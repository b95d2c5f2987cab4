package shape_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch/internal/shape"
	"github.com/plugreel/plugreel/sdk"
)

func open(t *testing.T, record string, team int64) (shape.Record, *shape.Shaper) {
	t.Helper()
	arena := sdk.NewArena()
	s := shape.New(arena, team)
	e, err := arena.Event([]byte(record))
	require.NoError(t, err)
	return s.Open(e, shape.Hint{}), s
}

const row = `{ "uuid":"u-1", "event":"$pageview", "properties":{"$ip":"1.2.3.4","a":1.0,"$set":{"k":"v"}}, "distinct_id":"d",` +
	` "timestamp":"2024-01-01T00:00:00+00:00", "created_at":"2024-01-02T00:00:00+00:00", "person_id":"p", "elements_chain":"", "person_properties":{"x":1}}`

func TestViewOfARow(t *testing.T) {
	for _, c := range []struct{ name, record, want string }{
		{
			"all members", row,
			`{"uuid":"u-1","event":"$pageview","distinct_id":"d","timestamp":"2024-01-01T00:00:00+00:00",` +
				`"properties":{"$ip":"1.2.3.4","a":1.0,"$set":{"k":"v"}},"ip":"1.2.3.4","site_url":"","now":"2024-01-02T00:00:00+00:00","$set":{"k":"v"}}`,
		},
		{
			"next to nothing: now is the timestamp", `{"event":"a","timestamp":"t","person_id":null}`,
			`{"event":"a","timestamp":"t","ip":null,"site_url":"","now":"t"}`,
		},
		{
			"properties as text", `{"event":"a","_inserted_at":"i","properties":"{\"$ip\":\"::1\"}"}`,
			`{"event":"a","properties":{"$ip":"::1"},"ip":"::1","site_url":"","now":"i"}`,
		},
		{
			"text that is no object stays text", `{"event":"a","created_at":"c","properties":"{oops"}`,
			`{"event":"a","properties":"{oops","ip":null,"site_url":"","now":"c"}`,
		},
		{
			"null properties, team_id of its own", `{"event":"a","created_at":"c","properties":null,"team_id":7}`,
			`{"event":"a","properties":null,"ip":null,"site_url":"","now":"c","team_id":7}`,
		},
	} {
		r, _ := open(t, c.record, 0)
		assert.Equal(t, shape.Row, r.Kind(), c.name)
		assert.Equal(t, c.want, r.Event.String(), c.name)
		assert.Equal(t, c.record, string(r.AppendJSON(nil, r.Event)), "%s: unchanged, byte for byte", c.name)
	}
}

func TestCaptureIsItself(t *testing.T) {
	const record = `{"event":"a", "timestamp":"t","properties":{},"properties":{"x":1}}`
	r, _ := open(t, record, 0)
	assert.Equal(t, shape.Capture, r.Kind())
	assert.False(t, r.Written)
	assert.Equal(t, record, string(r.AppendJSON(nil, r.Event)))
}

func TestIsRowNeedsAnEvent(t *testing.T) {
	r, _ := open(t, `{"person_id":"p","created_at":"c"}`, 0) // of a persons export
	assert.Equal(t, shape.Capture, r.Kind())
}

func TestWriteBack(t *testing.T) {
	const small = `{"event":"a","created_at":"c","properties":{"x":1.0},"person_id":"p"}`
	for _, c := range []struct {
		name, record string
		edit         func(*sdk.PluginEvent)
		want         string
	}{
		{"a property", small, func(e *sdk.PluginEvent) { e.Properties().Set("y", 2) },
			`{"event":"a","created_at":"c","properties":{"x":1.0,"y":2},"person_id":"p"}`},
		{"the same value again", small, func(e *sdk.PluginEvent) { e.Set("event", "a") }, small},
		{"event and uuid", small, func(e *sdk.PluginEvent) { e.Set("event", "b"); e.Set("uuid", "u") },
			`{"event":"b","created_at":"c","properties":{"x":1.0},"person_id":"p","uuid":"u"}`},
		{"a member that is deleted", small, func(e *sdk.PluginEvent) { e.Delete("event") },
			`{"created_at":"c","properties":{"x":1.0},"person_id":"p"}`},
		{"$set goes into the properties", small, func(e *sdk.PluginEvent) { e.PersonSet().Set("k", "v") },
			`{"event":"a","created_at":"c","properties":{"x":1.0,"$set":{"k":"v"}},"person_id":"p"}`},
		{"$set that is deleted leaves the properties", `{"event":"a","created_at":"c","properties":{"$set":{"k":1}}}`,
			func(e *sdk.PluginEvent) { e.Delete("$set") }, `{"event":"a","created_at":"c","properties":{}}`},
		{"$set inside properties is no change of $set", `{"event":"a","created_at":"c","properties":{"$set":{"k":1}}}`,
			func(e *sdk.PluginEvent) { e.SetPath([]string{"properties", "$set", "k"}, 2) },
			`{"event":"a","created_at":"c","properties":{"$set":{"k":2}}}`},
		{"a changed ip and an unknown member are extra", small,
			func(e *sdk.PluginEvent) { e.Set("ip", "::1"); e.Set("extra", true); e.Set("site_url", "") },
			`{"event":"a","created_at":"c","properties":{"x":1.0},"person_id":"p","ip":"::1","extra":true}`},
		{"properties that were text stay text", `{"event":"a","created_at":"c","properties":"{\"x\":1.0}"}`,
			func(e *sdk.PluginEvent) { e.Properties().Set("y", "é\"") },
			`{"event":"a","created_at":"c","properties":"{\"x\":1.0,\"y\":\"é\\\"\"}"}`},
		{"properties that are deleted", small, func(e *sdk.PluginEvent) { e.Delete("properties") },
			`{"event":"a","created_at":"c","person_id":"p"}`},
		{"properties replaced by something else", `{"event":"a","created_at":"c","properties":"{}"}`,
			func(e *sdk.PluginEvent) { e.Set("properties", nil) }, `{"event":"a","created_at":"c","properties":null}`},
	} {
		r, _ := open(t, c.record, 0)
		r.Event.Checkpoint()
		c.edit(r.Event)
		assert.Equal(t, c.want, string(r.AppendJSON(nil, r.Event)), c.name)
	}
}

func TestNewObjectKeepsTheRow(t *testing.T) {
	r, _ := open(t, row, 0)
	left, err := sdk.NewEvent([]byte(`{"uuid":"u-1","event":"new","distinct_id":"d","properties":{}}`))
	require.NoError(t, err)
	assert.Equal(t, `{"uuid":"u-1","event":"new","properties":{},"distinct_id":"d","created_at":"2024-01-02T00:00:00+00:00", "person_id":"p", "elements_chain":"", "person_properties":{"x":1}}`,
		string(r.AppendJSON(nil, left)))
}

func TestTeam(t *testing.T) {
	for _, record := range []string{`{"event":"a","properties":{}}`, `{"event":"a","created_at":"c"}`} {
		r, _ := open(t, record, 5)
		assert.EqualValues(t, 5, r.Event.TeamID(), "lent")
		r.Event.Checkpoint()
		assert.False(t, r.GuardTeam(r.Event))
		r.Event.Set("team_id", 6)
		assert.True(t, r.GuardTeam(r.Event), "changed")
		assert.EqualValues(t, 5, r.Event.TeamID(), "undone")
		assert.Equal(t, record, string(r.AppendJSON(nil, r.Event)), "never written")
	}
	r, _ := open(t, `{"event":"a","team_id":1.0}`, 5)
	assert.EqualValues(t, 1, r.Event.TeamID(), "the record's own")
	r.Event.Set("team_id", 1)
	assert.False(t, r.GuardTeam(r.Event), "the same number")
	assert.Equal(t, `{"event":"a","team_id":1.0}`, string(r.AppendJSON(nil, r.Event)))

	r, _ = open(t, `{"event":"a"}`, 0)
	r.Event.Set("team_id", 1)
	assert.True(t, r.GuardTeam(r.Event), "one that was not there")
	assert.Equal(t, `{"event":"a"}`, string(r.AppendJSON(nil, r.Event)))

	r, _ = open(t, `{"event":"a","team_id":"x"}`, 0)
	r.Event.Set("team_id", "y")
	assert.True(t, r.GuardTeam(r.Event))
}

func TestLeft(t *testing.T) {
	for _, c := range []struct{ name, record, webhook, processed string }{
		{
			"capture",
			`{"now":"2024-01-02T00:00:00Z","sent_at":"s","event":"a","uuid":"u","distinct_id":"d","team_id":2,"timestamp":"2024-01-01 00:00:00.5","properties":{"x":1},"$set":{"k":1},"ip":"::1"}`,
			`{"uuid":"u","team_id":2,"distinct_id":"d","event":"a","timestamp":"2024-01-01T00:00:00.500Z","properties":{"x":1}}`,
			`{"distinct_id":"d","ip":null,"team_id":2,"event":"a","properties":{"x":1},"timestamp":"2024-01-01T00:00:00.500Z","$set":{"k":1},"uuid":"u"}`,
		},
		{
			"next to nothing: now for the timestamp, {} for properties", `{"event":"a","now":"2024-01-02T00:00:00Z"}`,
			`{"event":"a","timestamp":"2024-01-02T00:00:00.000Z","properties":{}}`,
			`{"ip":null,"event":"a","properties":{},"timestamp":"2024-01-02T00:00:00.000Z"}`,
		},
		{
			"a time that is none stays", `{"event":"a","timestamp":"Jan 2, 2024"}`,
			`{"event":"a","timestamp":"Jan 2, 2024","properties":{}}`,
			`{"ip":null,"event":"a","properties":{},"timestamp":"Jan 2, 2024"}`,
		},
		{
			"milliseconds", `{"event":"a","timestamp":1704067200123}`,
			`{"event":"a","timestamp":"2024-01-01T00:00:00.123Z","properties":{}}`,
			`{"ip":null,"event":"a","properties":{},"timestamp":"2024-01-01T00:00:00.123Z"}`,
		},
		{
			"row with text properties", `{"event":"a","created_at":"2024-01-02T00:00:00Z","properties":"{\"$set\":{\"k\":1}}"}`,
			`{"event":"a","timestamp":"2024-01-02T00:00:00.000Z","properties":{"$set":{"k":1}}}`,
			`{"ip":null,"event":"a","properties":{"$set":{"k":1}},"timestamp":"2024-01-02T00:00:00.000Z","$set":{"k":1}}`,
		},
	} {
		s := shape.New(sdk.NewArena(), 0)
		e, err := sdk.NewEvent([]byte(c.record))
		require.NoError(t, err)
		left := s.Left([]byte(c.record), shape.Of(e))
		assert.Equal(t, c.webhook, left.Webhook().String(), c.name)
		assert.Equal(t, c.processed, left.Processed().String(), c.name)
	}
	left := shape.New(sdk.NewArena(), 9).Left([]byte(`{"event":"a"}`), shape.Capture)
	assert.EqualValues(t, 9, left.Webhook().TeamID(), "lent")
}

func TestEventsMadeOfOneRecordAreApart(t *testing.T) {
	s := shape.New(sdk.NewArena(), 0)
	left := s.Left([]byte(`{"event":"a","properties":{"x":1}}`), shape.Capture)
	first := left.Webhook()
	first.Properties().Set("x", 2)
	assert.Equal(t, `{"x":1}`, left.Webhook().Properties().String())
}
