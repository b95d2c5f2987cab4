package testkit

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/plugreel/plugreel/batch"
)

// Whatever the files are like, each record is told apart, with its place.
func TestTraceTellsRecordsApart(t *testing.T) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	for i := range 3000 {
		fmt.Fprintf(w, "{\"n\":%d}\n", i)
	}
	require.NoError(t, w.Close())
	tests := []struct {
		name, reason string
		files        []string
		options      batch.Options
		want         string // "file:line in dead" of each, where in or dead is left out if there is none
	}{
		{"empty file between others", "a file without records has a chunk too", []string{`{"a":1}`, "", "{\"b\":2}\n"}, batch.Options{}, `0:1 {"a":1}; 2:1 {"b":2}`},
		{"blank lines", "they count, and are no results", []string{"\n{\"a\":1}\n\r\n \n{\"b\":2}"}, batch.Options{}, `0:2 {"a":1}; 0:5 {"b":2}`},
		{"limit", "", []string{"{}\n\n{}\n{}\n"}, batch.Options{Limit: 2}, `0:1 {}; 0:3 {}`},
		{"too long", "is a dead letter at its place", []string{"{}\n{\"long\":1}\n{}\n"}, batch.Options{MaxRecord: 8}, `0:1 {}; 0:2 dead; 0:3 {}`},
		{"line ends", "", []string{"{}\r\n{}\r\n"}, batch.Options{}, `0:1 {}; 0:2 {}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			var names []string
			for i, text := range tt.files {
				names = append(names, filepath.Join(dir, fmt.Sprint(i)))
				require.NoError(t, os.WriteFile(names[i], []byte(text), 0o600))
			}
			traced, _, err := trace(t.Context(), nil, batch.Files(names...), tt.options)
			require.NoError(t, err)
			got := ""
			for _, r := range traced.results {
				text := r.Out.String()
				if r.Dead != "" {
					text = "dead"
				}
				got += fmt.Sprintf("; %s:%d %s", filepath.Base(r.Source), r.Line, text)
			}
			assert.Equal(t, "; "+tt.want, got, tt.reason)
		})
	}

	t.Run("damage", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "cut.gz")
		require.NoError(t, os.WriteFile(file, packed.Bytes()[:packed.Len()/2], 0o600))
		traced, report, err := trace(t.Context(), nil, batch.Files(file), batch.Options{})
		require.NoError(t, err)
		n := len(traced.results)
		assert.Equal(t, report.Counts.Read, int64(n))
		last := traced.results[n-1]
		assert.NotEmpty(t, last.Dead)
		assert.False(t, last.In.Exists())
		assert.Equal(t, fmt.Sprintf(`{"n":%d}`, n-2), traced.results[n-2].Out.String())
	})
}

// A source that is not read to its end leaves no goroutine behind.
func TestSourcesEndWhenTheyAreClosed(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	for _, src := range []batch.Source{Generator{}.Source(100_000), Random{Count: 100_000}} {
		r, err := src.Open(t.Context(), batch.ReadOptions{MaxRecord: batch.DefaultMaxRecord, Chunks: 1})
		require.NoError(t, err)
		_, err = r.Next(t.Context())
		require.NoError(t, err)
		require.NoError(t, r.Close())
	}
}
