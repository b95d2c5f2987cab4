package batch_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/batch/internal/output"
	"github.com/plugreel/plugreel/batch/internal/output/faultfs"
	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/testkit"
)

// write makes a file in a new directory and returns its path.
func write(t *testing.T, dir, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(dir, name)
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(t, os.WriteFile(path, content, 0o644))
	return path
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(text)
}

func gzipped(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := io.WriteString(w, text)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return b.Bytes()
}

// unpacked reads a file compressed as its extension says.
func unpacked(t *testing.T, path string) string {
	t.Helper()
	f, err := os.Open(path)
	require.NoError(t, err)
	defer f.Close()
	var r io.Reader = f
	switch filepath.Ext(path) {
	case ".gz":
		r, err = gzip.NewReader(f)
	case ".zst":
		r, err = zstd.NewReader(f)
	case ".br":
		r = brotli.NewReader(f)
	}
	require.NoError(t, err)
	text, err := io.ReadAll(r)
	require.NoError(t, err)
	return string(text)
}

func run(chain batch.Chain, src batch.Source, sink batch.Sink, o batch.Options) (batch.Report, error) {
	return batch.Run(context.Background(), chain, src, sink, o)
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestFormats(t *testing.T) {
	var archive bytes.Buffer
	require.NoError(t, testkit.Generator{}.Write(&archive, 2_000))
	dir := t.TempDir()
	in := write(t, dir, "in.ndjson", archive.Bytes())
	for _, ext := range []string{".ndjson", ".jsonl.gz", ".ndjson.zst", ".ndjson.br"} {
		first := ""
		for _, workers := range []int{1, 3} {
			out := filepath.Join(dir, "out"+ext)
			report, err := run(nil, batch.Files(in), batch.Create(out), batch.Options{Workers: workers})
			require.NoError(t, err)
			assert.EqualValues(t, 2_000, report.Counts.Written)
			require.Equal(t, archive.String(), unpacked(t, out), ext)
			if first != "" {
				assert.Equal(t, first, read(t, out), "%s: the same bytes at any number of workers", ext)
			}
			first = read(t, out)

			back := filepath.Join(dir, "back.ndjson")
			_, err = run(nil, batch.Files(out), batch.Create(back), batch.Options{})
			require.NoError(t, err)
			require.Equal(t, archive.String(), read(t, back), "%s: and back", ext)
		}
	}
}

func TestDirectoryOutput(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "in/a.ndjson", []byte(`{"event":"a"}`))
	write(t, dir, "in/2024/b.jsonl.gz", gzipped(t, "{\"event\":\"b\"}\n"))
	write(t, dir, "in/empty.ndjson", nil)
	write(t, dir, "in/.hidden", []byte("no"))
	report, err := run(batch.Chain{hello()}, batch.Files(filepath.Join(dir, "in")), batch.Create(filepath.Join(dir, "out")+"/"), batch.Options{})
	require.NoError(t, err)
	assert.Equal(t, `{"event":"a","properties":{"greeting":"hello"}}`+"\n", read(t, filepath.Join(dir, "out/a.ndjson")))
	assert.Equal(t, `{"event":"b","properties":{"greeting":"hello"}}`+"\n", unpacked(t, filepath.Join(dir, "out/2024/b.jsonl.gz")))
	assert.Empty(t, read(t, filepath.Join(dir, "out/empty.ndjson")))
	assert.Equal(t, []string{"in", "out"}, names(t, dir))
	require.Len(t, report.Sources, 3)
	assert.Equal(t, "gzip", report.Sources[0].Format)
	assert.EqualValues(t, 1, report.Sources[0].Records)
}

func TestSideFiles(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "out.ndjson")
	dead, hooksFile, logs := filepath.Join(dir, "dead.ndjson.gz"), filepath.Join(dir, "hooks.txt"), filepath.Join(dir, "logs")
	o := batch.Options{DeadLetters: batch.Create(dead), Webhooks: batch.Create(hooksFile), Logs: batch.Create(logs)}
	chain := batch.Chain{webhook(), plugin("by-name", byName)}
	_, err := run(chain, batch.Records(`{"event":"fail"}`, `oops`), batch.Create(out), o)
	require.NoError(t, err)
	assert.Contains(t, unpacked(t, dead), `"line":2`)
	assert.Contains(t, read(t, hooksFile), `"plugin":"webhook"`)
	assert.Contains(t, read(t, logs), "on purpose")
	info, err := os.Stat(hooksFile)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm(), "webhooks hold credentials")

	_, err = run(nil, batch.Records(`{}`), batch.Create(out), o)
	require.NoError(t, err)
	assert.Equal(t, []string{"out.ndjson"}, names(t, dir), "what is of an earlier run goes")

	_, err = run(nil, batch.Records(`oops`), batch.Writer(io.Discard), o)
	require.NoError(t, err)
	assert.Equal(t, []string{"dead.ndjson.gz", "out.ndjson"}, names(t, dir), "beside an output without a name")
}

func TestOutputThatIsAnInput(t *testing.T) {
	dir := t.TempDir()
	in := write(t, dir, "in/a.ndjson", []byte("{}\n"))
	link := filepath.Join(dir, "link.ndjson")
	require.NoError(t, os.Link(in, link))
	var usage *batch.UsageError
	for name, try := range map[string]func() error{
		"output": func() error { _, err := run(nil, batch.Files(in), batch.Create(in), batch.Options{}); return err },
		"link":   func() error { _, err := run(nil, batch.Files(in), batch.Create(link), batch.Options{}); return err },
		"dead letters": func() error {
			_, err := run(nil, batch.Files(in), batch.Writer(io.Discard), batch.Options{DeadLetters: batch.Create(in)})
			return err
		},
		"directory": func() error {
			_, err := run(nil, batch.Files(filepath.Dir(in)), batch.Create(filepath.Dir(in)), batch.Options{})
			return err
		},
		"a file of a directory, from elsewhere": func() error { // in/deep/a.ndjson would be in/a.ndjson
			other := write(t, t.TempDir(), "a.ndjson", []byte("{}\n"))
			_, err := run(nil, batch.Files(other, filepath.Dir(filepath.Dir(in))), batch.Create(filepath.Dir(in)), batch.Options{})
			return err
		},
		"two inputs for a file of a directory": func() error {
			other := write(t, t.TempDir(), "a.ndjson", []byte("{}\n"))
			_, err := run(nil, batch.Files(in, other), batch.Create(filepath.Join(dir, "out")+"/"), batch.Options{})
			return err
		},
		"two outputs": func() error {
			out := filepath.Join(dir, "x.ndjson")
			_, err := run(nil, batch.Files(in), batch.Create(out), batch.Options{Webhooks: batch.Create(out)})
			return err
		},
		"unknown extension": func() error {
			_, err := run(nil, batch.Files(in), batch.Create(filepath.Join(dir, "x.csv")), batch.Options{})
			return err
		},
	} {
		require.ErrorAs(t, try(), &usage, name)
		assert.Equal(t, "{}\n", read(t, in), name)
	}
	assert.Equal(t, []string{"in", "link.ndjson"}, names(t, dir))
}

func TestUnsupportedInput(t *testing.T) {
	in := write(t, t.TempDir(), "in.parquet", []byte("PARE and so on"))
	_, err := run(nil, batch.Files(in), batch.Writer(io.Discard), batch.Options{})
	var usage *batch.UsageError
	require.ErrorAs(t, err, &usage)
}

func TestDamagedInput(t *testing.T) {
	dir := t.TempDir()
	whole := gzipped(t, strings.Repeat(`{"event":"a"}`+"\n", 1000))
	in := write(t, dir, "in.ndjson.gz", append(whole, gzipped(t, strings.Repeat(`{"event":"bbbbbbbbbbbbbbbb"}`+"\n", 5))[:30]...))
	other := write(t, dir, "other.ndjson", []byte(`{"event":"c"}`))
	dead := filepath.Join(dir, "dead.ndjson")
	for _, chain := range []batch.Chain{nil, {hello()}} {
		var out bytes.Buffer
		report, err := run(chain, batch.Files(in, other), batch.Writer(&out), batch.Options{DeadLetters: batch.Create(dead)})
		require.NoError(t, err)
		assert.EqualValues(t, 1, report.Counts.Dead)
		assert.Contains(t, out.String(), `"event":"c"`, "the next file is read")
		assert.GreaterOrEqual(t, report.Counts.Written, int64(1001))
		assert.NotEmpty(t, report.Sources[0].Damage)

		var letter batch.DeadLetter
		require.NoError(t, json.Unmarshal([]byte(read(t, dead)), &letter))
		assert.Equal(t, in, letter.Source)
		assert.Contains(t, letter.Error, "damaged gzip data")
		assert.GreaterOrEqual(t, letter.Line, int64(1001))
	}
}

func TestBinaryGarbage(t *testing.T) {
	garbage := make([]byte, 4096)
	for i := range garbage {
		garbage[i] = byte(i*7919>>3) | 0x80
	}
	got := replay(t, batch.Chain{hello()}, batch.Reader("in", bytes.NewReader(garbage)), batch.Options{})
	require.NoError(t, got.err)
	assert.Positive(t, got.report.Counts.Dead)
	assert.Zero(t, got.report.Counts.Written)
}

// TestVeryLongLine has a line of 70 MB between two short ones.
func TestVeryLongLine(t *testing.T) {
	if testing.Short() {
		t.Skip("70 MB")
	}
	long := io.MultiReader(strings.NewReader(`{"n":1}`+"\n"+`{"s":"`), io.LimitReader(xs{}, 70<<20), strings.NewReader(`"}`+"\n"+`{"n":2}`))
	got := replay(t, batch.Chain{hello()}, batch.Reader("in", long), batch.Options{})
	require.NoError(t, got.err)
	assert.Equal(t, `{"n":1,"properties":{"greeting":"hello"}}
{"n":2,"properties":{"greeting":"hello"}}
`, got.out)
	assert.EqualValues(t, 1, got.report.Counts.Dead)
	assert.Less(t, len(got.dead), 2<<20)
}

// xs is an endless text of x.
type xs struct{}

func (xs) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

// TestFullDisk lets each operation on the output's file system fail once. A run whose error is not nil has
// left the old output as it was.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	in := write(t, dir, "in.ndjson", []byte("{\"event\":\"fail\"}\noops\n"))
	outDir := filepath.Join(dir, "out")
	chain := batch.Chain{plugin("by-name", byName), webhook()}
	try := func(fsys output.FS) error {
		require.NoError(t, os.RemoveAll(outDir))
		write(t, outDir, "out.ndjson", []byte("old"))
		o := batch.Options{
			Workers:     1,
			DeadLetters: batch.CreateOn(fsys, filepath.Join(outDir, "dead.ndjson")),
			Webhooks:    batch.CreateOn(fsys, filepath.Join(outDir, "hooks.ndjson")),
			Deliveries:  batch.CreateOn(fsys, filepath.Join(outDir, "deliveries.ndjson")),
			Deliverer:   deliverer(func(context.Context, *batch.ComposedWebhook) batch.Receipt { return batch.Receipt{Attempts: 1} }),
		}
		_, err := run(chain, batch.Files(in), batch.CreateOn(fsys, filepath.Join(outDir, "out.ndjson")), o)
		return err
	}
	counting := faultfs.New(output.OS{})
	require.NoError(t, try(counting))
	total := len(counting.Log())
	require.Greater(t, total, 10)
	failed := 0
	for n := 1; n <= total; n++ {
		err := try(faultfs.New(output.OS{}, faultfs.Fault{N: n, Sticky: true, Err: syscall.ENOSPC}))
		if err == nil {
			continue
		}
		failed++
		require.ErrorIs(t, err, syscall.ENOSPC)
		var system *batch.IOError
		require.ErrorAs(t, err, &system, "operation %d", n)
		if text := read(t, filepath.Join(outDir, "out.ndjson")); text != "old" {
			assert.Contains(t, text, `"event":"fail"`, "operation %d: whole or old", n)
		}
	}
	assert.Greater(t, failed, 5)
}

func TestInterruptedRunLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	ctx, cancel := context.WithCancelCause(context.Background())
	p := plugin("p", func(e event, _ meta) (event, error) { cancel(errPurpose); return e, nil })
	_, err := batch.Run(ctx, batch.Chain{p}, batch.Records(`{}`, `{}`), batch.Create(filepath.Join(dir, "out.ndjson")), batch.Options{})
	require.ErrorIs(t, err, errPurpose)
	assert.Empty(t, names(t, dir))
}

func TestProgress(t *testing.T) {
	var archive bytes.Buffer
	require.NoError(t, testkit.Generator{}.Write(&archive, 3_000))
	in := write(t, t.TempDir(), "in.ndjson", archive.Bytes())
	var seen []batch.Progress
	o := batch.Options{OnProgress: func(p batch.Progress) { seen = append(seen, p) }}
	_, err := run(nil, batch.Files(in), batch.Writer(io.Discard), o)
	require.NoError(t, err)
	require.Greater(t, len(seen), 2)
	last := seen[len(seen)-1]
	assert.EqualValues(t, 3_000, last.Records)
	assert.EqualValues(t, archive.Len(), last.Bytes)
	assert.Equal(t, last.Bytes, last.BytesFull)
}

func TestNoticesAndFilesAreReported(t *testing.T) {
	p := batch.Plugin{Program: sdk.Native(sdk.Info{
		Name:    "p",
		Notices: []sdk.Notice{{Code: "a", Message: "whole"}, {File: "x.js", Code: "b", Message: "file"}, {File: "x.js", Line: 2, Column: 3, Code: "c", Message: "line"}},
		Files:   []sdk.File{{Name: "x.js", SHA256: [32]byte{0xab}}},
	}, func() sdk.Hooks { return sdk.Hooks{} })}
	got := replay(t, batch.Chain{p}, batch.Records(), batch.Options{})
	require.NoError(t, got.err)
	report := got.report.Plugins[0]
	assert.Equal(t, []string{"whole (a)", "x.js: file (b)", "x.js:2:3: line (c)"}, report.Notices)
	assert.True(t, strings.HasPrefix(report.Files["x.js"], "ab00"))
}
