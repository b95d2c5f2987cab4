package batch_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/batch/internal/output"
	"github.com/plugreel/plugreel/batch/internal/output/faultfs"
	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/testkit"
)

// converted replays a file to another, without plugins.
func converted(t *testing.T, from, to string) batch.Report {
	t.Helper()
	report, err := run(nil, batch.Files(from), batch.Create(to), batch.Options{})
	require.NoError(t, err)
	require.Zero(t, report.Failures())
	return report
}

// asParquet writes events to a file of Parquet.
func asParquet(t *testing.T, shape testkit.Shape, n int) (lines, file string) {
	t.Helper()
	dir := t.TempDir()
	var archive bytes.Buffer
	require.NoError(t, testkit.Generator{Seed: 5, Shape: shape}.Write(&archive, n))
	lines = write(t, dir, "in.ndjson", archive.Bytes())
	file = filepath.Join(dir, "in.parquet")
	converted(t, lines, file)
	return lines, file
}

// equalRecords compares lines as JSON, with the spelling of numbers.
func equalRecords(t *testing.T, want, got string) {
	t.Helper()
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	require.Equal(t, len(a), len(b))
	for i := range a {
		if a[i] != b[i] {
			require.Equal(t, numbersKept(t, a[i]), numbersKept(t, b[i]), "line %d", i+1)
		}
	}
}

func numbersKept(t *testing.T, line string) (v any) {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(line))
	d.UseNumber()
	require.NoError(t, d.Decode(&v))
	return v
}

func TestParquetThereAndBack(t *testing.T) {
	for _, shape := range []testkit.Shape{testkit.Capture, testkit.BatchExport} {
		lines, file := asParquet(t, shape, 5_000)
		for _, name := range []string{"a.parquet", "a.parquet.sz", "a.parquet.gz", "a.parquet.br", "a.parquet.lz4", "a.parquet.zst"} {
			again := filepath.Join(t.TempDir(), name)
			report := converted(t, file, again)
			assert.Equal(t, "parquet", report.Sources[0].Format)
			assert.EqualValues(t, 5_000, report.Counts.Written)
			info, err := os.Stat(file)
			require.NoError(t, err)
			assert.Equal(t, info.Size(), report.Bytes.Stored)
			back := filepath.Join(t.TempDir(), "back.ndjson")
			converted(t, again, back)
			equalRecords(t, read(t, lines), read(t, back))
		}
	}
}

// TestPluginsSeeTheSameInParquet compares what a chain makes of the same records in two formats.
func TestPluginsSeeTheSameInParquet(t *testing.T) {
	lines, file := asParquet(t, testkit.BatchExport, 2_000)
	want := replay(t, batch.Chain{hello()}, batch.Files(lines), batch.Options{MaxHeap: -1})
	got := replay(t, batch.Chain{hello()}, batch.Files(file), batch.Options{MaxHeap: -1})
	require.NoError(t, got.err)
	equalRecords(t, want.out, got.out)
	assert.Equal(t, want.report.Counts, got.report.Counts)
}

func TestParquetIsTheSameAtAnyNumberOfWorkers(t *testing.T) {
	lines, file := asParquet(t, testkit.Capture, 10_000)
	for _, in := range []string{lines, file} {
		var want string
		for _, workers := range []int{1, 2, 8} {
			out := filepath.Join(t.TempDir(), "out.parquet")
			_, err := run(batch.Chain{hello()}, batch.Files(in), batch.Create(out), batch.Options{Workers: workers, MaxHeap: -1})
			require.NoError(t, err)
			if want == "" {
				want = read(t, out)
			}
			assert.True(t, want == read(t, out), "%s, %d workers", in, workers)
		}
	}
}

func TestDirectoryKeepsParquet(t *testing.T) {
	_, file := asParquet(t, testkit.Capture, 100)
	in, out := t.TempDir(), t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(in, "deep"), 0o755))
	converted(t, file, filepath.Join(in, "deep", "a.parquet.sz"))
	converted(t, file, filepath.Join(in, "b")+".ndjson")
	_, err := run(nil, batch.Files(in), batch.Create(out), batch.Options{})
	require.NoError(t, err)
	assert.Equal(t, read(t, filepath.Join(in, "deep", "a.parquet.sz")), read(t, filepath.Join(out, "deep", "a.parquet.sz")))
	equalRecords(t, read(t, filepath.Join(in, "b.ndjson")), read(t, filepath.Join(out, "b.ndjson")))
}

// TestDamagedParquet flips a byte in the first row group of two. What comes after it is read, and so
// is the next file.
func TestDamagedParquet(t *testing.T) {
	_, file := asParquet(t, testkit.BatchExport, 60_000)
	data := []byte(read(t, file))
	data[4<<10] ^= 1
	bad := write(t, t.TempDir(), "bad.parquet", data)
	other := write(t, t.TempDir(), "other.ndjson", []byte(`{"event":"c"}`))
	var shown []*batch.RecordError
	dead := filepath.Join(t.TempDir(), "dead.ndjson")
	var out bytes.Buffer
	report, err := run(nil, batch.Files(bad, other), batch.Writer(&out), batch.Options{
		DeadLetters: batch.Create(dead), OnRecordError: func(err *batch.RecordError) { shown = append(shown, err) },
	})
	require.NoError(t, err)
	require.True(t, report.Counts.Balanced())
	assert.EqualValues(t, 1, report.Counts.Dead)
	assert.Greater(t, report.Counts.Written, int64(10_000))
	assert.True(t, strings.HasSuffix(out.String(), "{\"event\":\"c\"}\n"), "the next file is read")

	var letter batch.DeadLetter
	require.NoError(t, json.Unmarshal([]byte(read(t, dead)), &letter))
	assert.Equal(t, bad, letter.Source)
	assert.Equal(t, int64(1), letter.Row)
	assert.Zero(t, letter.Line)
	assert.EqualValues(t, 60_001, report.Counts.Written+letter.Rows, "the rows that were lost, and the rest")
	assert.Contains(t, letter.Error, "damaged parquet data, the rest of the row group is lost: row group 1, column uuid: ")
	assert.Equal(t, letter.Error, report.Sources[0].Damage[:0]+"damaged parquet data, the rest of the row group is lost: "+report.Sources[0].Damage)
	require.Len(t, shown, 1)
	assert.Equal(t, fmt.Sprintf("%s: row 1: %s", bad, letter.Error), shown[0].Error())

	again := replay(t, nil, batch.Files(dead), batch.Options{})
	assert.EqualValues(t, 1, again.report.Counts.Dead, "a range cannot be replayed")
}

func TestDeadLettersOfRows(t *testing.T) {
	in := write(t, t.TempDir(), "in.ndjson", []byte("{\"event\":\"a\"}\n{\"event\":\"fail\"}\n{\"event\":\"long\",\"x\":\"0123456789\"}\n{\"event\":\"b\"}\n"))
	file := filepath.Join(t.TempDir(), "in.parquet")
	converted(t, in, file)
	got := replay(t, batch.Chain{plugin("p", byName)}, batch.Files(file), batch.Options{OnError: batch.Drop, MaxRecord: 30})
	require.NoError(t, got.err)
	assert.Equal(t, "{\"event\":\"a\"}\n{\"event\":\"b\"}\n", got.out)
	assert.Equal(t, fmt.Sprintf(`{"source":%q,"row":2,"offset":4,"plugin":"p","hook":"processEvent","error":"on purpose","record":{"event":"fail"}}
{"source":%q,"row":3,"offset":4,"error":"record: got 33 bytes, want at most 30","record":{"event":"long","x":"0123456789"}}
`, file, file), got.dead)
	assert.Contains(t, got.logs, fmt.Sprintf(`"source":"%s: row 2"`, file))
	sample := got.report.Plugins[0].Hooks["processEvent"].Samples[0]
	assert.Equal(t, int64(2), sample.Row)
	assert.Zero(t, sample.Line)
}

func TestParquetInAStream(t *testing.T) {
	_, file := asParquet(t, testkit.Capture, 10)
	data := read(t, file)
	got := replay(t, nil, batch.Reader("in", strings.NewReader(data)), batch.Options{})
	require.NoError(t, got.err)
	assert.EqualValues(t, 10, got.report.Counts.Written)
	_, err := run(nil, batch.Reader("in", bytes.NewBufferString(data)), batch.Writer(&bytes.Buffer{}), batch.Options{})
	var usage *batch.UsageError
	require.ErrorAs(t, err, &usage)
	assert.EqualError(t, err, "in: got a Parquet file in a stream, want its name: reading begins at its end")
}

func TestLimitOfRows(t *testing.T) {
	_, file := asParquet(t, testkit.Capture, 5_000)
	got := replay(t, nil, batch.Files(file), batch.Options{Limit: 4_100})
	require.NoError(t, got.err)
	assert.EqualValues(t, 4_100, got.report.Counts.Written)
}

func TestSideFilesAreNoParquet(t *testing.T) {
	_, err := run(nil, batch.Records("{}"), batch.Writer(&bytes.Buffer{}), batch.Options{DeadLetters: batch.Create("dead.parquet")})
	var usage *batch.UsageError
	require.ErrorAs(t, err, &usage)
}

// TestRowsBetweenTicks has a chunk of rows cut at the boundaries of minutes.
func TestRowsBetweenTicks(t *testing.T) {
	in := write(t, t.TempDir(), "in.ndjson", []byte(`{"event":"a","timestamp":"2024-01-01T00:00:30Z"}
{"event":"a","timestamp":"2024-01-01T00:01:30Z"}
{"event":"fail","timestamp":"2024-01-01T00:02:30Z"}
`))
	dir := t.TempDir()
	file, out := filepath.Join(dir, "in.parquet"), filepath.Join(dir, "out.parquet")
	converted(t, in, file)
	var dead bytes.Buffer
	chain := batch.Chain{diary("diary", sdk.EveryMinute), plugin("p", byName)}
	report, err := run(chain, batch.Files(file), batch.Create(out), batch.Options{OnError: batch.Drop, DeadLetters: batch.Writer(&dead)})
	require.NoError(t, err)
	assert.EqualValues(t, 2, report.Counts.Written)
	assert.EqualValues(t, 2, report.Plugins[0].Hooks["runEveryMinute"].OK)
	assert.Contains(t, dead.String(), `"row":3,"offset":4,`)
	back := filepath.Join(dir, "back.ndjson")
	assert.EqualValues(t, 2, converted(t, out, back).Counts.Written)
}

// TestResumeInTheMiddleOfParquet dies between two chunks of one row group, after a damaged one.
func TestResumeInTheMiddleOfParquet(t *testing.T) {
	_, file := asParquet(t, testkit.Capture, 60_000)
	data := []byte(read(t, file))
	data[4<<10] ^= 1
	bad := write(t, t.TempDir(), "bad.parquet", data)
	s := scene{chain: batch.Chain{hello()}, inputs: []string{bad, file}, out: "out.ndjson", options: batch.Options{Limit: 20_000, MaxHeap: -1}}
	want, report := s.whole(t)
	require.EqualValues(t, 1, report.Counts.Dead)
	for n := 2; n <= 4; n++ { // checkpoints may fall together; there are more than that
		s := s.in(t)
		_, err := s.try(faultfs.New(output.OS{}, faultfs.Fault{Op: faultfs.Write, Path: output.LedgerName, N: n, Kill: true}), nil)
		require.ErrorIs(t, err, faultfs.ErrKilled)
		s.finish(t, want, report)
	}
}
