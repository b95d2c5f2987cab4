package batch_test

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/batch/state"
	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/testkit"
)

// shardFiles writes inputs of all kinds, small and large.
func shardFiles(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	var archive bytes.Buffer
	require.NoError(t, testkit.Generator{}.Write(&archive, 400))
	text := archive.String()
	write(t, dir, "a.ndjson", []byte(text+"oops"))
	write(t, dir, "b.ndjson.gz", gzipped(t, text))
	write(t, dir, "c.ndjson", nil)
	write(t, dir, "d.ndjson", []byte(strings.Repeat("x", 90_000)+"\n"+text+"\n\n{\"event\":\"fail\"}"))
	write(t, dir, "e.ndjson.gz", gzipped(t, "{\"event\":\"drop\"}\n"))
	write(t, dir, "f.ndjson", nil)
	rows := grouped(t, 30, text+"{\"event\":\"fail\"}\n{\"event\":\"drop\"}\n"+text)
	write(t, dir, "g.parquet", rows)
	write(t, dir, "h.parquet", damaged(rows, 3*len(rows)/4))
	write(t, dir, "i.parquet", damaged(rows, len(rows)-100))
	write(t, dir, "j.parquet", grouped(t, 30, ""))
	write(t, dir, "k.parquet", grouped(t, 1_000, text))
	return dir
}

// groupedRow is a row of the files that grouped writes.
type groupedRow struct {
	UUID       string          `json:"uuid" parquet:"uuid,optional"`
	Event      string          `json:"event" parquet:"event"`
	DistinctID string          `json:"distinct_id" parquet:"distinct_id,optional"`
	Timestamp  string          `json:"timestamp" parquet:"timestamp,optional"`
	Properties json.RawMessage `json:"properties" parquet:"properties,optional"`
}

// grouped returns a Parquet file of lines, as others write it, with so many in a row group.
func grouped(t *testing.T, perGroup int64, lines string) []byte {
	t.Helper()
	var file bytes.Buffer
	w := parquet.NewGenericWriter[groupedRow](&file, parquet.MaxRowsPerRowGroup(perGroup), parquet.Compression(&parquet.Zstd))
	for line := range strings.Lines(lines) {
		var row groupedRow
		require.NoError(t, json.Unmarshal([]byte(line), &row))
		_, err := w.Write([]groupedRow{row})
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return file.Bytes()
}

// damaged returns a copy of data with one bit flipped.
func damaged(data []byte, at int) []byte {
	data = bytes.Clone(data)
	data[at] ^= 1
	return data
}

// sum adds up what reports count.
func sum(reports []batch.Report) (counts batch.Counts, size batch.ByteCounts) {
	for _, r := range reports {
		c, b := r.Counts, r.Bytes
		counts.Read += c.Read
		counts.Written += c.Written
		counts.Dropped += c.Dropped
		counts.Dead += c.Dead
		counts.Skipped += c.Skipped
		counts.Webhooks += c.Webhooks
		size.Stored += b.Stored
		size.Read += b.Read
		size.Written += b.Written
	}
	return counts, size
}

// having counts the reports that name a file.
func having(reports []batch.Report, name string) (n int) {
	for _, r := range reports {
		if slices.ContainsFunc(r.Sources, func(s batch.SourceReport) bool { return filepath.Base(s.Name) == name }) {
			n++
		}
	}
	return n
}

// TestShardsAreTheWhole runs one to twelve shards, and joins what they write.
func TestShardsAreTheWhole(t *testing.T) {
	dir := shardFiles(t)
	s := scene{chain: everything(), inputs: []string{dir}, out: "out.ndjson", options: batch.Options{CheckpointBytes: 1 << 30, MaxRecord: 80_000}}
	want, report := s.whole(t)
	require.Greater(t, report.Counts.Written, int64(2_500), "rows are written, too")
	for _, n := range []int{1, 2, 3, 7, 12} {
		got := map[string]string{}
		var reports []batch.Report
		for i := 1; i <= n; i++ {
			at := s.in(t)
			r, err := at.try(nil, func(o *batch.Options) { o.Shard = batch.Shard{Index: i, Count: n} })
			require.NoError(t, err)
			require.True(t, r.Counts.Balanced())
			for name, text := range files(t, at.dir) {
				if strings.HasSuffix(name, ".gz") {
					text = unpacked(t, filepath.Join(at.dir, name))
				}
				got[name] += text
			}
			reports = append(reports, r)
		}
		for _, name := range []string{"out.ndjson", "dead.ndjson"} {
			assert.Equal(t, want[name], got[name], "%s of %d", name, n)
		}
		counts, size := sum(reports)
		if n == 12 {
			assert.Greater(t, having(reports, "g.parquet"), 1, "row groups are in different shards")
		}
		assert.Equal(t, report.Counts, counts, n)
		assert.Equal(t, report.Bytes, size, n)
	}
}

func TestShardRefusals(t *testing.T) {
	in := write(t, t.TempDir(), "in.ndjson", []byte("{}"))
	file, err := state.Open(filepath.Join(t.TempDir(), "state"))
	require.NoError(t, err)
	defer file.Close()
	half := batch.Shard{Index: 1, Count: 2}
	stores := batch.Plugin{Program: sdk.Native(sdk.Info{Name: "store", State: sdk.StateStore}, func() sdk.Hooks { return sdk.Hooks{} })}
	for _, tt := range []struct {
		name, reason string
		chain        batch.Chain
		args         string
		o            batch.Options
		want         string
	}{
		{"a state file", "each shard would have its own", nil, in, batch.Options{Shard: half, State: file}, "shard: got a state file"},
		{"a plugin that stores", "likewise", batch.Chain{stores}, in, batch.Options{Shard: half}, "shard: store remembers events in storage or cache"},
		{"dedupe", "a shard does not know the others", nil, in, batch.Options{Shard: half, Dedupe: true}, "shard: got dedupe"},
		{"a limit", "of each shard", nil, in, batch.Options{Shard: half, Limit: 1}, "shard: got a limit"},
		{"standard input", "nobody knows how long it is", nil, "-", batch.Options{Shard: half}, "shard: got standard input"},
		{"none of them", "they begin with 1", nil, in, batch.Options{Shard: batch.Shard{Count: 2}}, "shard: got 0/2"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := run(tt.chain, batch.Files(tt.args), batch.Writer(&bytes.Buffer{}), tt.o)
			var usage *batch.UsageError
			require.ErrorAs(t, err, &usage, tt.reason)
			require.ErrorContains(t, err, tt.want)
		})
	}
}

func TestShardText(t *testing.T) {
	var s batch.Shard
	require.NoError(t, s.UnmarshalText([]byte("3/10")))
	require.Equal(t, batch.Shard{Index: 3, Count: 10}, s)
	require.Equal(t, "3/10", s.String())
	for _, text := range []string{"", "3", "0/3", "4/3", "-1/3", "a/b", "1/2/3", "1.5/3"} {
		require.ErrorContains(t, s.UnmarshalText([]byte(text)), "want I/N", text)
	}
}
