package batch_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/testkit"
)

const small = `{"uuid":"a","event":"one","distinct_id":"d","timestamp":"2024-01-02T00:00:00Z","properties":{},"created_at":"c"}
oops

{"uuid":"b","event":"two","distinct_id":"d","timestamp":"2024-01-01T00:00:00Z","properties":null,"created_at":"c"}
{"batch":[{"uuid":"a","event":"one"},5]}
`

func inspect(t *testing.T, src batch.Source, o batch.InspectOptions) batch.Inspection {
	t.Helper()
	found, err := batch.Inspect(t.Context(), src, o)
	require.NoError(t, err)
	return found
}

func TestInspect(t *testing.T) {
	found := inspect(t, batch.Reader("small", strings.NewReader(small)), batch.InspectOptions{})
	assert.Equal(t, batch.Inspection{
		Version: 1,
		Sources: []batch.SourceInspection{{Name: "small", Format: "plain", Shape: "batch-export", Records: 3, Bytes: int64(len(small))}},
		Records: 3, Blank: 1,
		Bytes: batch.InspectedBytes{Stored: int64(len(small)), Read: int64(len(small))},
		Members: []batch.MemberInspection{
			{"uuid", map[string]int64{"string": 3}}, {"event", map[string]int64{"string": 3}}, {"distinct_id", map[string]int64{"string": 2}},
			{"timestamp", map[string]int64{"string": 2}}, {"properties", map[string]int64{"object": 1, "null": 1}}, {"created_at", map[string]int64{"string": 2}},
		},
		Events:      []batch.EventCount{{"one", 2}, {"two", 1}},
		Time:        batch.InspectedTime{First: "2024-01-01T00:00:00.000Z", Last: "2024-01-02T00:00:00.000Z", Missing: 1},
		DistinctIDs: 1,
		UUIDs:       batch.InspectedUUIDs{Duplicates: 1, Exact: true},
		Malformed: batch.InspectedDamages{Count: 2, First: []batch.MalformedExample{
			{Source: "small", Line: 2, Offset: int64(strings.Index(small, "oops")), Error: "offset 0: got 'o', want an object"},
			{Source: "small", Line: 5, Item: 2, Offset: int64(strings.Index(small, "5]")), Error: "offset 0: got '5', want an object"},
		}},
	}, found)
}

func TestInspectionMatchesItsSchema(t *testing.T) {
	text, err := jsonschema.UnmarshalJSON(bytes.NewReader(batch.InspectionSchema()))
	require.NoError(t, err)
	compiler := jsonschema.NewCompiler()
	require.NoError(t, compiler.AddResource("inspection.json", text))
	schema, err := compiler.Compile("inspection.json")
	require.NoError(t, err)
	for _, in := range []string{"", small, `{"person_version":1}`, string(grouped(t, 1, `{"event":"a"}`)), string(grouped(t, 1, ""))} {
		found := inspect(t, batch.Reader("in", strings.NewReader(in)), batch.InspectOptions{MaxUUIDs: 1})
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(found.JSON()))
		require.NoError(t, err)
		assert.NoError(t, schema.Validate(value), in)
	}
}

func TestInspectParquet(t *testing.T) {
	file := grouped(t, 2, strings.Repeat(`{"event":"a","properties":{"n":1}}`+"\n", 5))
	found := inspect(t, batch.Reader("in", bytes.NewReader(file)), batch.InspectOptions{})
	require.Len(t, found.Sources, 1)
	source := found.Sources[0]
	assert.EqualValues(t, 5, source.Records)
	assert.Equal(t, "parquet", source.Format)
	require.NotNil(t, source.Parquet)
	assert.Contains(t, source.Parquet.CreatedBy, "parquet-go")
	source.Parquet.CreatedBy = ""
	assert.Equal(t, &batch.ParquetInspection{
		Rows: 5, RowGroups: 3, Compressions: []string{"ZSTD"}, Columns: []batch.ColumnInspection{
			{"uuid", "STRING"}, {"event", "STRING"}, {"distinct_id", "STRING"}, {"timestamp", "STRING"}, {"properties", "BYTE_ARRAY"},
		},
	}, source.Parquet)

	cut := inspect(t, batch.Reader("in", bytes.NewReader(file[:len(file)-1])), batch.InspectOptions{})
	assert.Nil(t, cut.Sources[0].Parquet, "there is no footer")
	assert.EqualValues(t, 1, cut.Malformed.Count)
}

func TestInspectBadData(t *testing.T) {
	dir := t.TempDir()
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, err := w.Write([]byte(strings.Repeat(`{"event":"a"}`+"\n", 1000)))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	cut := filepath.Join(dir, "cut.ndjson.gz")
	require.NoError(t, os.WriteFile(cut, packed.Bytes()[:packed.Len()-10], 0o644))
	long := filepath.Join(dir, "long.ndjson")
	require.NoError(t, os.WriteFile(long, []byte(`{"event":"`+strings.Repeat("x", 100)+`"}`+"\n"+`{"event":"b"}`), 0o644))
	empty := filepath.Join(dir, "empty.ndjson")
	require.NoError(t, os.WriteFile(empty, nil, 0o644))

	var calls int
	found := inspect(t, batch.Files(cut, empty, long), batch.InspectOptions{MaxRecord: 50, OnProgress: func(p batch.Progress) {
		calls++
		assert.Positive(t, p.BytesFull)
	}})
	require.Len(t, found.Sources, 3)
	assert.Contains(t, found.Sources[0].Damage, "unexpected EOF")
	assert.Equal(t, "empty.ndjson", filepath.Base(found.Sources[1].Name))
	assert.EqualValues(t, 1, found.Sources[2].Records)
	assert.EqualValues(t, 2, found.Malformed.Count)
	assert.Contains(t, found.Malformed.First[0].String(), "cut.ndjson.gz:")
	assert.Contains(t, found.Malformed.First[1].Error, "record: got 112 bytes, want at most 50")
	assert.Greater(t, calls, 2)

	_, err = batch.Inspect(t.Context(), batch.Files(filepath.Join(dir, "none")), batch.InspectOptions{})
	var system *batch.IOError
	assert.ErrorAs(t, err, &system)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = batch.Inspect(ctx, batch.Files(long), batch.InspectOptions{})
	assert.ErrorIs(t, err, context.Canceled)
}

// TestInspectAgreesWithDedupe compares what inspect says of an archive with what a replay does.
func TestInspectAgreesWithDedupe(t *testing.T) {
	archive, duplicates := withDuplicates(t, 2000)
	found := inspect(t, batch.Reader("in", strings.NewReader(archive)), batch.InspectOptions{})
	assert.Equal(t, duplicates, found.UUIDs.Duplicates)
	got := replay(t, nil, batch.Reader("in", strings.NewReader(archive)), batch.Options{Dedupe: true})
	assert.Equal(t, found.Records, got.report.Counts.Written+got.report.Counts.Duplicate)
	assert.Equal(t, found.Malformed.Count, got.report.Counts.Dead)
	assert.Equal(t, found.Bytes.Read, got.report.Bytes.Read)
}

// BenchmarkInspect reads generated rows in memory.
func BenchmarkInspect(b *testing.B) {
	archive := generated(b, testkit.BatchExport)
	b.SetBytes(int64(len(archive)))
	b.ReportAllocs()
	for b.Loop() {
		found, err := batch.Inspect(b.Context(), batch.Reader("archive", bytes.NewReader(archive)), batch.InspectOptions{})
		require.NoError(b, err)
		require.EqualValues(b, benchEvents, found.Records)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/benchEvents, "ns/event")
}
