package batch_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/batch/internal/output"
	"github.com/plugreel/plugreel/testkit"
)

func TestDedupe(t *testing.T) {
	for _, c := range []struct{ name, reason, in, want string }{
		{"first stays", "in the order of the input", `{"uuid":"a","n":1}|{"uuid":"b"}|{"uuid":"a","n":2}`, `{"uuid":"a","n":1}|{"uuid":"b"}`},
		{"no uuid", "cannot be told apart", `{"n":1}|{"n":1}|{"uuid":""}|{"uuid":""}|{"uuid":null}|{"uuid":null}`, `{"n":1}|{"n":1}|{"uuid":""}|{"uuid":""}|{"uuid":null}|{"uuid":null}`},
		{"spelling", "a uuid is 128 bits", `{"uuid":"018CC778-5458-7A95-965C-472A1753030C"}|{"uuid":"018cc77854587a95965c472a1753030c"}`, `{"uuid":"018CC778-5458-7A95-965C-472A1753030C"}`},
		{"unreadable", "does not stand for the one that can be read", `{"uuid":"a",|{"uuid":"a"}`, `{"uuid":"a"}`},
		{"in a batch", "events are records", `{"batch":[{"uuid":"a"},{"uuid":"a"},{"uuid":"b"}]}|{"uuid":"b"}`, `{"uuid":"a"}|{"uuid":"b"}`},
		{"upper case", "is another way to write a row", `{"EVENT":"e","UUID":"a"}|{"uuid":"a"}`, `{"EVENT":"e","UUID":"a"}`},
		{"in a dead letter", "the record in it counts", `{"uuid":"a"}|{"source":"s","offset":0,"error":"x","record":{"uuid":"a"}}`, `{"uuid":"a"}`},
	} {
		got := replay(t, nil, batch.Records(strings.ReplaceAll(c.in, "|", "\n")), batch.Options{Dedupe: true})
		require.NoError(t, got.err, c.name)
		assert.Equal(t, strings.ReplaceAll(c.want, "|", "\n"), strings.TrimSpace(got.out), "%s: %s", c.name, c.reason)
	}
}

// withDuplicates is an archive of several chunks in which every third event comes again later.
func withDuplicates(t *testing.T, n int) (archive string, duplicates int64) {
	var text bytes.Buffer
	var again []string
	for i, line := range (testkit.Generator{}).All(n) {
		text.Write(line)
		if i%3 == 0 {
			again = append(again, string(line))
		}
		if i%100 == 99 {
			text.WriteString(strings.Join(again, "") + "\noops\n")
			duplicates += int64(len(again))
			again = again[:0]
		}
	}
	return text.String(), duplicates
}

func TestDuplicatesAreSeenByNobody(t *testing.T) {
	archive, duplicates := withDuplicates(t, 3000)
	require.Greater(t, len(archive), 3<<20, "several chunks")
	plain := replay(t, nil, batch.Records(archive), batch.Options{})
	var first outcome
	for _, workers := range []int{1, 3} {
		var calls atomic.Int64
		count := plugin("count", func(e event, _ meta) (event, error) {
			calls.Add(1)
			return e, nil
		})
		got := replay(t, batch.Chain{count}, batch.Records(archive), batch.Options{Dedupe: true, Workers: workers})
		require.NoError(t, got.err)
		c := got.report.Counts
		assert.Equal(t, []int64{3000 + duplicates + 60, 3000, duplicates, 30, 30}, []int64{c.Read, c.Written, c.Duplicate, c.Dead, c.Skipped})
		assert.EqualValues(t, 3000, calls.Load())
		assert.Equal(t, plain.dead, got.dead, "places are those of the file")
		assert.Equal(t, plain.report.Bytes.Read, got.report.Bytes.Read)
		if workers > 1 {
			assert.Equal(t, first.out, got.out)
		}
		first = got
	}
}

func TestDedupeHasALimit(t *testing.T) {
	var text strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&text, "{\"uuid\":\"u-%d\"}\n", i)
	}
	got := replay(t, nil, batch.Records(text.String()), batch.Options{Dedupe: true, DedupeMemory: 100_000})
	var system *batch.IOError
	require.ErrorAs(t, got.err, &system)
	assert.True(t, errors.Is(got.err, batch.ErrManyIDs))
	assert.EqualError(t, got.err, "records: dedupe: the uuids seen so far take more memory than they may; raise the limit")
	got = replay(t, nil, batch.Records(text.String()), batch.Options{Dedupe: true, DedupeMemory: 300_000})
	assert.NoError(t, got.err)
}

// TestDedupeIsResumed stops runs at every chunk: a record whose first one was before it is a
// duplicate still.
func TestDedupeIsResumed(t *testing.T) {
	archive, _ := withDuplicates(t, 1000)
	dir := t.TempDir()
	inputs := []string{
		write(t, dir, "a.ndjson", []byte(archive)), write(t, dir, "b.ndjson.gz", gzipped(t, archive)),
		write(t, dir, "c.ndjson", []byte(`{"batch":[{"uuid":"x"},{"uuid":"x"}]}`)), write(t, dir, "d.ndjson", nil),
		write(t, dir, "e.ndjson", []byte(`{"uuid":"x"}`+"\n"+`{"uuid":"y"}`)),
	}
	stopped := 0
	for _, limit := range []int64{0, 2200} {
		s := scene{chain: everything(), inputs: inputs, out: "out.ndjson", options: batch.Options{Dedupe: true, Limit: limit}}
		want, report := s.whole(t)
		require.Greater(t, report.Counts.Duplicate, int64(500))
		for n := 1; ; n++ {
			s, stop, chunks := s.in(t), make(chan struct{}), 0
			_, err := s.try(output.OS{}, func(o *batch.Options) {
				o.Stop = stop
				o.OnProgress = func(batch.Progress) {
					if chunks++; chunks == n {
						close(stop)
					}
				}
			})
			s.finish(t, want, report)
			if err == nil {
				break
			}
			require.ErrorIs(t, err, batch.ErrInterrupted)
			stopped++
		}
	}
	require.Positive(t, stopped, "the first chunk is committed long before the last one is read")
}
