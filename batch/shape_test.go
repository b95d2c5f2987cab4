package batch_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch"
)

func TestEventsThatStandTogether(t *testing.T) {
	for _, c := range []struct{ name, reason, in, want string }{
		{
			"body", "each event gets the members of the body that it does not have",
			`{"api_key":"k","sent_at":"s","batch":[{"event":"a","sent_at":"own"}, {"event":"b"},{}]}`,
			`{"event":"a","sent_at":"own","api_key":"k"}` + "\n" + `{"event":"b","api_key":"k","sent_at":"s"}` + "\n" + `{"api_key":"k","sent_at":"s"}`,
		},
		{"bare body", "there is nothing to give", `{"batch":[{"event":"a"}]}`, `{"event":"a"}`},
		{"array", "capture takes arrays as well", `[{"event":"a"}, {"event":"b"}]`, `{"event":"a"}` + "\n" + `{"event":"b"}`},
		{"mixed file", "lines are looked at one by one", `{"event":"x"}` + "\n" + `{"batch":[{"event":"a"}]}` + "\n" + `{"event":"y"}`, `{"event":"x"}` + "\n" + `{"event":"a"}` + "\n" + `{"event":"y"}`},
		{"event of its own", "a member named batch does not make a body of an event", `{"event":"a","batch":[1]}`, `{"event":"a","batch":[1]}`},
		{"no array", "of events", `{"batch":"b-7","n":1}`, `{"batch":"b-7","n":1}`},
	} {
		got := replay(t, nil, batch.Records(c.in), batch.Options{})
		require.NoError(t, got.err, c.name)
		assert.Equal(t, c.want, strings.TrimSpace(got.out), "%s: %s", c.name, c.reason)
	}
}

func TestPlacesInABatch(t *testing.T) {
	in := `{"event":"first"}` + "\n" + ` {"batch": [ {"event":"a"}, 5,` + "\t" + `{"event":"fail"} ]}` + "\n\n" + `{"batch":[]}` + "\n" + `oops`
	var bad []string
	o := batch.Options{OnError: batch.Drop, OnRecordError: func(e *batch.RecordError) { bad = append(bad, e.Error()) }}
	got := replay(t, batch.Chain{plugin("by-name", byName)}, batch.Records(in), o)
	require.NoError(t, got.err)
	assert.Equal(t, []string{
		fmt.Sprintf(`{"source":"records","line":2,"item":2,"offset":%d,"error":"offset 0: got '5', want an object","record":5}`, strings.Index(in, "5")),
		fmt.Sprintf(`{"source":"records","line":2,"item":3,"offset":%d,"plugin":"by-name","hook":"processEvent","error":"on purpose","record":{"event":"fail"}}`, strings.Index(in, `{"event":"fail"`)),
		fmt.Sprintf(`{"source":"records","line":5,"offset":%d,"error":"offset 0: got 'o', want an object","record_base64":"b29wcw=="}`, strings.Index(in, "oops")),
	}, strings.Split(strings.TrimSpace(got.dead), "\n"))
	assert.Equal(t, []string{"records:2 event 2: offset 0: got '5', want an object", "records:5: offset 0: got 'o', want an object"}, bad)
	c := got.report.Counts
	assert.Equal(t, []int64{7, 2, 3, 2}, []int64{c.Read, c.Written, c.Dead, c.Skipped})
	assert.Equal(t, map[string]int64{"blank line": 1, "batch without events": 1}, got.report.SkippedFor)
	assert.EqualValues(t, 3, got.report.Plugins[0].Hooks["processEvent"].Samples[0].Item)
	assert.EqualValues(t, len(in), got.report.Bytes.Read)
}

func TestShapeOfAFile(t *testing.T) {
	const bare = `{"uuid":"u","event":"e","distinct_id":"d","timestamp":"2024-01-01T00:00:00Z","properties":{"$ip":"::1"}}`
	ip := plugin("ip", func(e event, _ meta) (event, error) {
		e.Properties().Set("seen", e.IP())
		return e, nil
	})
	for _, c := range []struct {
		name, first string
		from        batch.Shape
		shape, seen string
	}{
		{"row first", `{"event":"e","created_at":"c"}`, batch.ShapeAuto, "batch-export", "::1"},
		{"capture first", `{"event":"e","sent_at":"s"}`, batch.ShapeAuto, "capture", ""},
		{"nothing first", `{"event":"e"}`, batch.ShapeAuto, "unknown", ""},
		{"processed first", `{"event":"e","elements":[]}`, batch.ShapeAuto, "processed", "::1"},
		{"told", `{"event":"e"}`, batch.ShapeBatchExport, "batch-export", "::1"},
		{"told otherwise", `{"event":"e","created_at":"c"}`, batch.ShapeCapture, "capture", ""},
		{"in a dead letter", `{"source":"s","offset":0,"error":"x","record":{"event":"e","created_at":"c"}}`, batch.ShapeAuto, "batch-export", "::1"},
	} {
		got := replay(t, batch.Chain{ip}, batch.Records(c.first, bare), batch.Options{From: c.from})
		require.NoError(t, got.err, c.name)
		assert.Equal(t, c.shape, got.report.Sources[0].Shape, c.name)
		assert.Contains(t, strings.Split(got.out, "\n")[1], `"seen":"`+c.seen+`"`, c.name)
	}
}

func TestExportsWithoutEvents(t *testing.T) {
	for kind, record := range map[string]string{
		"persons":  `{"team_id":1,"distinct_id":"d","person_id":"p","properties":{},"person_version":1,"person_distinct_id_version":0,"created_at":"c","is_deleted":false}`,
		"sessions": `{"session_id":"s","session_id_v7":"s","team_id":1,"distinct_id":"d","start_timestamp":"t","pageview_count":1}`,
	} {
		got := replay(t, nil, batch.Records(record), batch.Options{})
		var usage *batch.UsageError
		require.ErrorAs(t, got.err, &usage, kind)
		assert.EqualError(t, got.err, "records: got an export of "+kind+", want events; leave it out, plugins see events only")
		assert.Empty(t, got.out)
		got = replay(t, nil, batch.Records(record), batch.Options{From: batch.ShapeCapture})
		assert.NoError(t, got.err, "who says so gets it")
	}
}

func TestShapeNames(t *testing.T) {
	for s := batch.ShapeAuto; s <= batch.ShapeProcessed; s++ {
		text, err := s.MarshalText()
		require.NoError(t, err)
		var back batch.Shape
		require.NoError(t, back.UnmarshalText(text))
		assert.Equal(t, s, back)
	}
	var s batch.Shape
	assert.EqualError(t, s.UnmarshalText([]byte("csv")), `got "csv", want auto, capture, batch-export, batch or processed`)
	assert.Equal(t, "Shape(9)", batch.Shape(9).String())
}
