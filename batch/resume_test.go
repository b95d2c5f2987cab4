package batch_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/batch/internal/output"
	"github.com/plugreel/plugreel/batch/internal/output/faultfs"
	"github.com/plugreel/plugreel/batch/state"
	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/testkit"
)

// long asks for the long form of tests.
var long = flag.Bool("long", false, "kill replays at every place and in every way")

// scene is a replay that can be run again and again in a directory of its own.
type scene struct {
	chain   batch.Chain
	inputs  []string
	out     string // below the directory of outputs
	options batch.Options

	dir string // of this try
}

// everything has a plugin for every output.
func everything() batch.Chain {
	return batch.Chain{plugin("by-name", byName), webhook(), hooks("notes", sdk.Hooks{
		SetupPlugin: func(m meta) error { m.Logger.Warn("setting up"); return nil },
		OnEvent: func(e event, m meta) error {
			m.Logger.Warn("seen " + e.Event())
			return nil
		},
		TeardownPlugin: func(m meta) error { m.Logger.Warn("tearing down"); return nil },
	})}
}

// smallFiles writes inputs of one chunk each, but for the last, which has one in each row group.
func smallFiles(t *testing.T) []string {
	t.Helper()
	dir := t.TempDir()
	var names []string
	for i, text := range []string{
		`{"event":"a"}` + "\n" + `{"event":"fail"}`, "oops\n", "", `{"event":"drop"}`, `{"event":"b"}` + "\n\n", `{"event":"fail"}`,
	} {
		names = append(names, write(t, dir, fmt.Sprintf("%d.ndjson", i), []byte(text)))
	}
	rows := grouped(t, 1, `{"event":"c"}`+"\n"+`{"event":"fail"}`+"\n"+`{"event":"drop"}`)
	return append(names, write(t, dir, "rows.parquet", rows))
}

// try runs the scene on a file system.
func (s *scene) try(fsys output.FS, change func(*batch.Options)) (batch.Report, error) {
	o := s.options
	in := func(name string) string { return s.dir + string(filepath.Separator) + name }
	o.Workers = max(o.Workers, 1)
	if o.CheckpointBytes == 0 {
		o.CheckpointBytes, o.CheckpointEvery = 1, -1
	}
	o.DeadLetters, o.Webhooks = batch.CreateOn(fsys, in("dead.ndjson")), batch.CreateOn(fsys, in("hooks.ndjson.gz"))
	o.Logs, o.Captured = batch.CreateOn(fsys, in("logs.ndjson")), batch.CreateOn(fsys, in("captured.ndjson"))
	if change != nil {
		change(&o)
	}
	return batch.Run(context.Background(), s.chain, batch.Files(s.inputs...), batch.CreateOn(fsys, in(s.out)), o)
}

func resumed(o *batch.Options) { o.Resume = true }

// in moves the scene to a new directory.
func (s scene) in(t *testing.T) *scene {
	t.Helper()
	s.dir = t.TempDir()
	return &s
}

// files returns all that is in a directory.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	require.NoError(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			rel, _ := filepath.Rel(dir, path)
			found[rel] = read(t, path)
		}
		return err
	}))
	return found
}

// whole is what a run that was never interrupted leaves.
func (s scene) whole(t *testing.T) (map[string]string, batch.Report) {
	t.Helper()
	w := s.in(t)
	report, err := w.try(output.OS{}, nil)
	require.NoError(t, err)
	assert.True(t, report.Counts.Balanced())
	return files(t, w.dir), timeless(report)
}

// finish resumes the scene and compares all that is left with a whole run.
func (s *scene) finish(t *testing.T, want map[string]string, report batch.Report) {
	t.Helper()
	got, err := s.try(output.OS{}, resumed)
	require.NoError(t, err)
	require.Equal(t, want, files(t, s.dir))
	if got.Outcome != batch.OutcomeDone {
		require.Equal(t, report, timeless(got))
	}
}

// layouts are the kinds of outputs.
var layouts = []string{"out.ndjson", "out.ndjson.gz", "out.ndjson.zst", "out.ndjson.br", "out.parquet", "out/"}

func TestDeathAtEveryOperation(t *testing.T) {
	inputs := smallFiles(t)
	tried := layouts
	if !*long {
		tried = []string{"out.ndjson.gz", "out.parquet"}
	}
	for _, out := range tried {
		s := scene{chain: everything(), inputs: inputs, out: out}
		want, report := s.whole(t)
		require.Positive(t, report.Counts.Dead)
		counting := faultfs.New(output.OS{})
		_, err := s.in(t).try(counting, nil)
		require.NoError(t, err)
		total := len(counting.Log())
		require.Greater(t, total, 30)
		for n := 1; n <= total; n++ {
			for _, after := range []bool{false, true} {
				t.Run(fmt.Sprintf("%s %d %v", out, n, after), func(t *testing.T) {
					s := s.in(t)
					_, err := s.try(faultfs.New(output.OS{}, faultfs.Fault{N: n, Kill: true, After: after}), nil)
					if err != nil {
						require.ErrorIs(t, err, faultfs.ErrKilled)
					}
					s.finish(t, want, report)
				})
			}
		}
	}
}

// TestDeathWhileResuming dies at every operation of the run that goes on.
func TestDeathWhileResuming(t *testing.T) {
	s := scene{chain: everything(), inputs: smallFiles(t), out: "out.ndjson"}
	want, report := s.whole(t)
	half := faultfs.Fault{Op: faultfs.Write, Path: output.LedgerName, N: 3, Kill: true}
	for n := 1; ; n++ {
		s := s.in(t)
		_, err := s.try(faultfs.New(output.OS{}, half), nil)
		require.ErrorIs(t, err, faultfs.ErrKilled)
		_, err = s.try(faultfs.New(output.OS{}, faultfs.Fault{N: n, Kill: true}), resumed)
		s.finish(t, want, report)
		if err == nil {
			require.Greater(t, n, 20)
			return
		}
	}
}

func TestEveryOperationFailing(t *testing.T) {
	inputs := smallFiles(t)
	kinds := []faultfs.Fault{
		{Err: syscall.ENOSPC}, {Err: syscall.EIO, Sticky: true}, {Err: syscall.EMFILE}, {Err: syscall.ENOSPC, Short: true},
	}
	tried := []string{"out.ndjson", "out/"}
	if !*long {
		kinds, tried = kinds[3:], tried[1:]
	}
	for _, out := range tried {
		s := scene{chain: everything(), inputs: inputs, out: out}
		want, report := s.whole(t)
		counting := faultfs.New(output.OS{})
		_, err := s.in(t).try(counting, nil)
		require.NoError(t, err)
		total := len(counting.Log())
		for _, kind := range kinds {
			for n := 1; n <= total; n++ {
				kind.N = n
				t.Run(fmt.Sprintf("%s %v %d", out, kind.Err, n), func(t *testing.T) {
					s := s.in(t)
					fsys := faultfs.New(output.OS{}, kind)
					got, err := s.try(fsys, nil)
					require.Zero(t, fsys.OpenFiles())
					if err == nil {
						require.Equal(t, report, timeless(got))
					} else {
						var system *batch.IOError
						require.ErrorAs(t, err, &system)
						require.ErrorIs(t, err, kind.Err)
					}
					s.checkFinal(t, want)
					s.finish(t, want, report)
				})
			}
		}
	}
}

// checkFinal checks that what has a final name is whole.
func (s *scene) checkFinal(t *testing.T, want map[string]string) {
	t.Helper()
	for name, text := range files(t, s.dir) {
		if !strings.Contains(name, ".plugreel"+string(filepath.Separator)) {
			require.Equal(t, want[name], text, name)
		}
	}
}

// post counts what is delivered.
type post struct {
	mu   sync.Mutex
	sent map[string]int // by key
}

func (p *post) Deliver(_ context.Context, w *batch.ComposedWebhook) batch.Receipt {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sent[w.Key]++
	return batch.Receipt{Status: 200, Attempts: 1}
}

// TestDeathWhileDelivering dies at every operation of a replay that sends webhooks: all arrive, and those
// that were noted arrive once.
func TestDeathWhileDelivering(t *testing.T) {
	const all = 6 // webhooks of smallFiles
	s := scene{chain: everything(), inputs: smallFiles(t), out: "out.ndjson"}
	office := &post{}
	sending := func(dir string) func(*batch.Options) {
		return func(o *batch.Options) {
			o.Deliverer, o.Deliveries = office, batch.Create(filepath.Join(dir, "deliveries.ndjson"))
		}
	}
	try := func(s *scene, fsys output.FS, resume bool) (batch.Report, error) {
		return s.try(fsys, func(o *batch.Options) { sending(s.dir)(o); o.Resume = resume })
	}
	office.sent = map[string]int{}
	at := s.in(t)
	report, err := try(at, output.OS{}, false)
	require.NoError(t, err)
	want := files(t, at.dir)
	require.Len(t, office.sent, all)
	for n := 1; ; n++ {
		office.sent = map[string]int{}
		at := s.in(t)
		fsys := faultfs.New(output.OS{}, faultfs.Fault{N: n, Kill: true})
		_, dead := try(at, fsys, false)
		noted := 0
		for _, e := range fsys.Log() {
			if e.Op == faultfs.Write && strings.HasSuffix(e.Path, "delivered") && e.Err == nil {
				noted++
			}
		}
		before := maps.Clone(office.sent)
		got, err := try(at, output.OS{}, true)
		require.NoError(t, err)
		require.Equal(t, want, files(t, at.dir))
		if got.Outcome != batch.OutcomeDone {
			require.Equal(t, timeless(report), timeless(got))
		}
		require.Len(t, office.sent, all, "all have arrived")
		again := 0
		for key := range before {
			again += office.sent[key] - 1
		}
		require.Equal(t, len(before)-noted, again, "what was noted is not sent again")
		if dead == nil {
			require.Greater(t, n, 40)
			return
		}
	}
}

// TestStopAndResume stops replays of several chunks of a file, or of a row group, after any of them.
func TestStopAndResume(t *testing.T) {
	var archive bytes.Buffer
	require.NoError(t, testkit.Generator{}.Write(&archive, 1_000))
	oversize := fmt.Sprintf(`{"event":"%s"}`+"\n", strings.Repeat("x", 30_000))
	text := archive.String() + oversize + "oops\n" + archive.String()
	dir := t.TempDir()
	plain, packed := write(t, dir, "a.ndjson", []byte(text)), write(t, dir, "b.ndjson.gz", gzipped(t, text))
	rows := grouped(t, 1_200, archive.String()+oversize+archive.String())
	parquet := write(t, dir, "c.parquet", damaged(rows, len(rows)*9/10))
	for _, out := range layouts {
		t.Run(out, func(t *testing.T) {
			s := scene{chain: everything(), inputs: []string{parquet, plain, packed}, out: out, options: batch.Options{Workers: 2, MaxRecord: 25_000, Limit: 5_100}}
			want, report := s.whole(t)
			stops := []int{3}
			if *long {
				stops = []int{1, 2, 3, 5}
			}
			for _, n := range stops {
				s := s.in(t)
				require.True(t, s.stopAt(t, n))
				s.finish(t, want, report)
			}
		})
	}
}

// stopAt runs the scene, resuming it each time, and stops it after every n chunks, but ten times at
// most: a file that cannot be cut is begun each time. It says whether it was ever stopped.
func (s *scene) stopAt(t *testing.T, n int) bool {
	t.Helper()
	for try := range 10 {
		stop := make(chan struct{})
		left := n
		report, err := s.try(output.OS{}, func(o *batch.Options) {
			o.Resume, o.Stop = true, stop
			o.OnProgress = func(batch.Progress) {
				if left--; left == 0 {
					close(stop)
				}
			}
		})
		if err == nil {
			return try > 0
		}
		require.ErrorIs(t, err, batch.ErrInterrupted)
		require.Equal(t, batch.OutcomeInterrupted, report.Outcome)
		require.True(t, report.Resumable)
	}
	return true
}

// edition is a database of places that says which one it is.
type edition string

func (e edition) String() string                   { return string(e) }
func (e edition) Locate(string) (sdk.Value, error) { return sdk.Value{}, nil }

func TestResumeRefusesAnotherRun(t *testing.T) {
	dir := t.TempDir()
	in := write(t, dir, "in.ndjson", []byte(`{"event":"a"}`))
	more := write(t, dir, "more.ndjson", []byte(`{"event":"b"}`))
	configured := func(config string, attachment string) batch.Chain {
		p := hello()
		p.Config = []byte(config)
		p.Attachments = map[string]sdk.Attachment{"file": {Contents: []byte(attachment)}}
		return batch.Chain{p}
	}
	base := scene{chain: configured(`{"apiKey":"s3cret","n":1}`, "x"), inputs: []string{in, more}, out: "out.ndjson", options: batch.Options{GeoIP: edition("September")}}
	for _, tt := range []struct {
		name   string
		change func(*scene, *batch.Options)
		want   string
	}{
		{"a config key", func(s *scene, _ *batch.Options) { s.chain = configured(`{"apiKey":"other","n":1}`, "x") }, "hello-world: config apiKey: has changed"},
		{"a new config key", func(s *scene, _ *batch.Options) { s.chain = configured(`{"apiKey":"s3cret","n":1,"m":1}`, "x") }, "hello-world: config m: is new"},
		{"a config key less", func(s *scene, _ *batch.Options) { s.chain = configured(`{"apiKey":"s3cret"}`, "x") }, "hello-world: config n: is gone"},
		{"an attachment", func(s *scene, _ *batch.Options) { s.chain = configured(`{"apiKey":"s3cret","n":1}`, "y") }, "hello-world: attachment file: has changed"},
		{"another plugin", func(s *scene, _ *batch.Options) { s.chain = append(s.chain, webhook()) }, "plugins: got 2, want 1"},
		{"the order of inputs", func(s *scene, _ *batch.Options) { s.inputs = []string{more, in} }, "is new"},
		{"an input less", func(s *scene, _ *batch.Options) { s.inputs = []string{in} }, "more.ndjson): is gone"},
		{"a touched input", func(*scene, *batch.Options) {
			require.NoError(t, os.Chtimes(more, old, old))
		}, "more.ndjson): got 13 bytes, modified 2001-"},
		{"the seed", func(_ *scene, o *batch.Options) { o.Seed = 1 }, "seed: has changed"},
		{"the policy", func(_ *scene, o *batch.Options) { o.OnError = batch.Drop }, "error policy: got drop, want keep"},
		{"the limit", func(_ *scene, o *batch.Options) { o.Limit = 5 }, "limit: got 5, want 0"},
		{"the shard", func(_ *scene, o *batch.Options) { o.Shard = batch.Shard{Index: 1, Count: 2} }, "shard: got 1/2, want none"},
		{"partitions", func(_ *scene, o *batch.Options) { o.PartitionBy = "distinct_id" }, "partitions: got distinct_id, want none"},
		{"the places of addresses", func(_ *scene, o *batch.Options) { o.GeoIP = edition("October") }, "places of addresses: got October, want September"},
		{"no places of addresses", func(_ *scene, o *batch.Options) { o.GeoIP = nil }, "places of addresses: got none, want September"},
		{"an output less", func(_ *scene, o *batch.Options) { o.Logs = nil }, "logs: is gone"},
		{"much", func(_ *scene, o *batch.Options) { o.Limit, o.Seed, o.TeamID, o.OnError, o.RealClock = 1, 1, 1, 1, true }, "; and 2 more"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := base.in(t)
			_, err := s.try(faultfs.New(output.OS{}, faultfs.Fault{Op: faultfs.Sync, Path: "part", Kill: true}), nil)
			require.ErrorIs(t, err, faultfs.ErrKilled)
			other := *s
			left := files(t, s.dir)
			_, err = other.try(output.OS{}, func(o *batch.Options) { o.Resume = true; tt.change(&other, o) })
			var usage *batch.UsageError
			require.ErrorAs(t, err, &usage)
			require.ErrorContains(t, err, "resume: the unfinished run was another one: ")
			require.ErrorContains(t, err, tt.want)
			require.NotContains(t, err.Error(), "s3cret")
			delete(left, "out.ndjson.plugreel/lock")
			for name, text := range files(t, s.dir) {
				require.NotContains(t, text, "s3cret", name)
				if filepath.Base(name) != "lock" {
					require.Equal(t, left[name], text, "nothing is touched")
				}
			}
		})
	}
}

func TestResumeNeedsFiles(t *testing.T) {
	dir := t.TempDir()
	in, out := write(t, dir, "in.ndjson", []byte("{}")), filepath.Join(dir, "out.ndjson")
	remembers := batch.Plugin{Program: sdk.Native(sdk.Info{
		Name: "counter", State: sdk.StateMemory,
		Notices: []sdk.Notice{{File: "index.js", Line: 3, Column: 5, Code: "state-memory", Message: "writes global"}},
	}, func() sdk.Hooks { return sdk.Hooks{} })}
	stores := batch.Plugin{Program: sdk.Native(sdk.Info{Name: "store", State: sdk.StateStore}, func() sdk.Hooks { return sdk.Hooks{} })}
	for _, tt := range []struct {
		name  string
		chain batch.Chain
		src   batch.Source
		sink  batch.Sink
		o     batch.Options
		want  string
	}{
		{"a stream in", nil, batch.Records("{}"), batch.Create(out), batch.Options{}, "got records from a stream"},
		{"standard input", nil, batch.Files("-"), batch.Create(out), batch.Options{}, "got standard input"},
		{"a stream out", nil, batch.Files(in), batch.Writer(&bytes.Buffer{}), batch.Options{}, "output: got standard output or a stream"},
		{"a stream beside", nil, batch.Files(in), batch.Create(out), batch.Options{Logs: batch.Writer(&bytes.Buffer{})}, "logs: got standard output or a stream"},
		{"memory", batch.Chain{remembers}, batch.Files(in), batch.Create(out), batch.Options{}, "counter remembers events in its own memory (index.js:3:5: writes global (state-memory))"},
		{"store", batch.Chain{stores}, batch.Files(in), batch.Create(out), batch.Options{}, "store remembers events in storage or cache; a state file keeps that"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.o.Resume = true
			_, err := run(tt.chain, tt.src, tt.sink, tt.o)
			var usage *batch.UsageError
			require.ErrorAs(t, err, &usage)
			require.ErrorContains(t, err, tt.want)
		})
	}
	require.Equal(t, []string{"in.ndjson"}, names(t, dir))
}

func TestDoneIsDone(t *testing.T) {
	for _, out := range []string{"out.ndjson", "out/"} {
		s := scene{chain: everything(), inputs: smallFiles(t), out: out}.in(t)
		report, err := s.try(output.OS{}, resumed)
		require.NoError(t, err, "with nothing there it begins")
		require.Equal(t, batch.OutcomeFinished, report.Outcome)
		fsys := faultfs.New(output.OS{})
		report, err = s.try(fsys, resumed)
		require.NoError(t, err)
		require.Equal(t, batch.OutcomeDone, report.Outcome)
		for _, e := range fsys.Log() {
			require.Equal(t, faultfs.Stat, e.Op, "nothing is touched")
		}
		late := t.TempDir()
		s.inputs = append(s.inputs, write(t, late, "late.ndjson", []byte("{}")))
		require.NoError(t, os.Chtimes(s.inputs[0], future, future))
		report, err = s.try(output.OS{}, resumed)
		require.NoError(t, err)
		require.Equal(t, batch.OutcomeFinished, report.Outcome, "an input is newer")
	}
}

// TestDoneIsDoneInADirectory is about replays that make files of some inputs only.
func TestDoneIsDoneInADirectory(t *testing.T) {
	for name, change := range map[string]func(*batch.Options){
		"a shard of the first": func(o *batch.Options) { o.Shard = batch.Shard{Index: 1, Count: 3} },
		"a shard of the last":  func(o *batch.Options) { o.Shard = batch.Shard{Index: 3, Count: 3} },
		"a limit":              func(o *batch.Options) { o.Limit = 1 },
	} {
		lines := slices.DeleteFunc(smallFiles(t), func(name string) bool { return filepath.Ext(name) == ".parquet" }) // which outweighs the others
		s := scene{inputs: lines, out: "out/"}.in(t)
		again := func() string {
			report, err := s.try(output.OS{}, func(o *batch.Options) { o.Resume = true; change(o) })
			require.NoError(t, err, name)
			return report.Outcome
		}
		require.Equal(t, batch.OutcomeFinished, again(), name)
		made := names(t, filepath.Join(s.dir, "out"))
		require.Less(t, len(made), len(s.inputs), "%s: files for some inputs", name)
		require.Equal(t, batch.OutcomeDone, again(), name)
		require.NoError(t, os.Remove(filepath.Join(s.dir, "out", made[0])))
		require.Equal(t, batch.OutcomeFinished, again(), "%s: a file is missing", name)
	}
}

func TestUnfinishedRunIsDiscardedWithANotice(t *testing.T) {
	s := scene{chain: everything(), inputs: smallFiles(t), out: "out.ndjson"}
	want, report := s.whole(t)
	at := s.in(t)
	_, err := at.try(faultfs.New(output.OS{}, faultfs.Fault{Op: faultfs.Write, Path: output.LedgerName, N: 3, Kill: true}), nil)
	require.ErrorIs(t, err, faultfs.ErrKilled)
	var notices []string
	got, err := at.try(output.OS{}, func(o *batch.Options) { o.OnNotice = func(s string) { notices = append(notices, s) } })
	require.NoError(t, err)
	require.Equal(t, []string{"an unfinished run of this output was discarded"}, notices)
	require.Equal(t, want, files(t, at.dir))
	require.Equal(t, report, timeless(got))
}

func TestTwoRunsOnOneOutput(t *testing.T) {
	s := scene{inputs: smallFiles(t), out: "out.ndjson"}.in(t)
	stage, err := output.Begin(nil, filepath.Join(s.dir, s.out), output.Options{})
	require.NoError(t, err)
	defer stage.Discard()
	for _, resume := range []bool{false, true} {
		_, err := s.try(output.OS{}, func(o *batch.Options) { o.Resume = resume })
		var usage *batch.UsageError
		require.ErrorAs(t, err, &usage)
		require.ErrorContains(t, err, fmt.Sprintf("another run is writing to this output: process %d on ", os.Getpid()))
	}
}

// TestStopPolicyCanBeResumed resumes a run that a failed hook has stopped, which it does again.
func TestStopPolicyCanBeResumed(t *testing.T) {
	s := scene{chain: everything(), inputs: smallFiles(t)[:2], out: "out.ndjson", options: batch.Options{OnError: batch.Stop}}.in(t)
	for _, resume := range []bool{false, true} {
		report, err := s.try(output.OS{}, func(o *batch.Options) { o.Resume = resume })
		require.ErrorIs(t, err, batch.ErrStopped)
		require.True(t, report.Resumable)
		require.Equal(t, batch.OutcomeStopped, report.Outcome)
	}
}

func TestStopWithoutFiles(t *testing.T) {
	stop := make(chan struct{})
	p := plugin("p", func(e event, _ meta) (event, error) {
		if e.Event() == "stop" {
			close(stop)
		}
		return e, nil
	})
	endless := batch.Reader("endless", &repeated{text: []byte(`{"event":"stop"}` + "\n{}\n")})
	report, err := run(batch.Chain{p}, endless, batch.Writer(&bytes.Buffer{}), batch.Options{Stop: stop})
	require.ErrorIs(t, err, batch.ErrInterrupted)
	require.False(t, report.Resumable)
	require.Equal(t, batch.OutcomeInterrupted, report.Outcome)
}

// repeated repeats the last line of a text for ever.
type repeated struct{ text []byte }

func (r *repeated) Read(p []byte) (int, error) {
	n := copy(p, r.text)
	if r.text = r.text[n:]; len(r.text) == 0 {
		r.text = []byte("{}\n")
	}
	return n, nil
}

// Times before and after all others.
var (
	old    = time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC)
	future = time.Date(2101, 1, 1, 0, 0, 0, 0, time.UTC)
)

// TestStateIsThatOfTheCheckpoint has a ledger that is one checkpoint ahead of the state file, or not: events are
// numbered by what is stored.
func TestStateIsThatOfTheCheckpoint(t *testing.T) {
	s := scene{chain: append(batch.Chain{tally()}, everything()...), inputs: smallFiles(t), out: "out.ndjson"}
	try := func(at *scene, fsys output.FS, resume bool) (batch.Report, error) {
		file, err := state.Open(filepath.Join(at.dir, "state"))
		require.NoError(t, err)
		defer file.Close()
		return at.try(fsys, func(o *batch.Options) { o.State, o.Resume = file, resume })
	}
	left := func(at *scene) map[string]string {
		all := files(t, at.dir)
		file, err := state.Open(filepath.Join(at.dir, "state"))
		require.NoError(t, err)
		defer file.Close()
		for _, key := range []string{"setups", "count"} {
			v, err := file.Storage("tally").Get(key)
			require.NoError(t, err)
			all[key] = v.String()
		}
		delete(all, "state")
		return all
	}
	whole := s.in(t)
	report, err := try(whole, output.OS{}, false)
	require.NoError(t, err)
	want := left(whole)
	require.Equal(t, "1", want["setups"])
	require.Equal(t, "8", want["count"])
	for n := 1; n <= 3; n++ { // the header, a checkpoint, the last
		for _, fault := range []faultfs.Fault{
			{Op: faultfs.Sync, Path: output.LedgerName, N: n}, {Op: faultfs.Write, Path: output.LedgerName, N: n, Kill: true},
		} {
			at := s.in(t)
			_, err := try(at, faultfs.New(output.OS{}, fault), false)
			require.Error(t, err)
			got, err := try(at, output.OS{}, true)
			require.NoError(t, err)
			require.Equal(t, want, left(at), "%+v", fault)
			require.Equal(t, timeless(report), timeless(got))
		}
	}

	at := s.in(t)
	_, err = try(at, faultfs.New(output.OS{}, faultfs.Fault{Op: faultfs.Sync, Path: output.LedgerName, N: 3}), false)
	require.Error(t, err)
	other := scene{chain: s.chain, inputs: s.inputs, out: "other.ndjson", dir: at.dir}
	_, err = try(&other, output.OS{}, false)
	require.NoError(t, err)
	_, err = try(at, output.OS{}, true)
	require.ErrorContains(t, err, "resume: the state file is not as the unfinished run has left it")
}
