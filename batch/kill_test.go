package batch_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/batch/internal/output"
	"github.com/plugreel/plugreel/batch/internal/output/faultfs"
	"github.com/plugreel/plugreel/batch/state"
	"github.com/plugreel/plugreel/testkit"
)

// errandEnv makes this program run one replay instead of tests.
const errandEnv = "PLUGREEL_TEST_ERRAND"

// errand is a replay in a process of its own, which may kill itself.
type errand struct {
	Spec    string // of the chain
	Inputs  []string
	Dir     string
	Out     string
	Shard   string
	Isolate bool
	Resume  bool
	State   bool // kept in a file
	Workers int

	KillOp    faultfs.Op // the operation at which the process kills itself
	KillN     int        // 0: it does not
	KillPath  string
	KillAfter bool
}

// command returns the process of the errand.
func (e errand) command(t *testing.T) *exec.Cmd {
	t.Helper()
	text, err := json.Marshal(e)
	require.NoError(t, err)
	program, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.Command(program)
	cmd.Env = append(os.Environ(), errandEnv+"="+string(text))
	return cmd
}

// runErrand is main of such a process. It writes its report to standard output.
func runErrand(text string) int {
	var e errand
	if err := json.Unmarshal([]byte(text), &e); err != nil {
		panic(err)
	}
	report, err := e.run()
	fmt.Printf("%s", report.JSON())
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

func (e errand) run() (batch.Report, error) {
	o := batch.Options{Resume: e.Resume, Workers: e.Workers}
	if e.Shard != "" {
		if err := o.Shard.UnmarshalText([]byte(e.Shard)); err != nil {
			return batch.Report{}, err
		}
	}
	if e.State {
		file, err := state.Open(filepath.Join(e.Dir, "state"))
		if err != nil {
			return batch.Report{}, err
		}
		defer file.Close()
		o.State = file
	}
	chain, _, err := chainOf(e.Spec)
	if e.Isolate {
		o.Isolate = &batch.Isolation{Spec: []byte(e.Spec)}
		chain, _, err = o.Isolate.Open(context.Background())
	}
	if err != nil {
		return batch.Report{}, err
	}
	s := scene{chain: chain, inputs: e.Inputs, out: e.Out, options: o, dir: e.Dir}
	return s.try(faultfs.New(output.OS{}, e.faults()...), nil)
}

// faults kill the process at an operation.
func (e errand) faults() []faultfs.Fault {
	if e.KillN == 0 {
		return nil
	}
	return []faultfs.Fault{{Op: e.KillOp, Path: e.KillPath, N: e.KillN, After: e.KillAfter, Do: func() {
		if self, err := os.FindProcess(os.Getpid()); err == nil {
			_ = self.Kill()
		}
		select {}
	}}}
}

// result runs the errand to its end.
func (e errand) result(t *testing.T, after time.Duration) (report batch.Report, killed bool) {
	t.Helper()
	cmd := e.command(t)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	require.NoError(t, cmd.Start())
	if after > 0 {
		timer := time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
		defer timer.Stop()
	}
	err := cmd.Wait()
	if cmd.ProcessState.ExitCode() < 0 {
		return report, true
	}
	require.NoError(t, err, "%s", &stderr)
	require.NoError(t, json.Unmarshal(stdout.Bytes(), &report))
	return report, false
}

func chainNamed(t *testing.T, spec string) batch.Chain {
	t.Helper()
	chain, _, err := chainOf(spec)
	require.NoError(t, err)
	return chain
}

// points are the places at which a replay kills itself, by the operation and the file.
var points = []struct {
	op   faultfs.Op
	path string
}{
	{faultfs.Write, "part"}, {faultfs.Write, "dead"}, {faultfs.Write, "hooks"}, {faultfs.Sync, "part"}, {faultfs.Sync, "dead"},
	{faultfs.Write, output.LedgerName}, {faultfs.Sync, output.LedgerName}, {faultfs.SyncDir, ""}, {faultfs.Rename, ""}, {faultfs.Remove, ""},
	{faultfs.Close, "part"}, {faultfs.Release, ""},
}

// TestKill kills replays of lines and of rows at every point, and at any time, and resumes them until they are
// done.
func TestKill(t *testing.T) {
	if !*long || runtime.GOOS != "linux" {
		t.Skip("takes -long, and linux for isolation")
	}
	var archive bytes.Buffer
	require.NoError(t, testkit.Generator{Seed: 5}.Write(&archive, 1_000))
	dir := t.TempDir()
	in := write(t, dir, "in.ndjson", []byte(archive.String()+"oops\n"+archive.String()+`{"event":"fail"}`))
	gz := write(t, dir, "in.ndjson.gz", gzipped(t, archive.String()))
	rows := grouped(t, 600, archive.String()+"{\"event\":\"fail\"}\n"+archive.String())
	parquet := write(t, dir, "in.parquet", damaged(rows, len(rows)*9/10))
	kills := 0
	for _, e := range []errand{
		{Spec: "hello busy", Out: "out.ndjson", Workers: 2},
		{Spec: "hello busy", Out: "out.ndjson.zst", Workers: 2, Isolate: true},
		{Spec: "hello busy tally", Out: "out.ndjson", Workers: 1, State: true},
		{Spec: "busy tally", Out: "out/", Workers: 1, State: true, Isolate: true},
		{Spec: "hello busy", Out: "out.parquet", Workers: 2},
		{Spec: "hello busy tally", Out: "out.parquet", Workers: 1, State: true, Isolate: true},
	} {
		e.Inputs = []string{parquet, in, gz}
		e.Dir = t.TempDir()
		start := time.Now()
		report, _ := e.result(t, 0)
		took := time.Since(start)
		want := e.left(t)
		for _, p := range points {
			for _, n := range []int{1, 3} {
				e.KillOp, e.KillPath, e.KillN, e.KillAfter = p.op, p.path, n, n == 1 && p.op != faultfs.Release
				kills += e.killed(t, want, timeless(report), 0)
			}
		}
		e.KillN = 0
		for range 6 {
			kills += e.killed(t, want, timeless(report), time.Duration(rand.Int64N(int64(took))))
		}
	}
	t.Logf("%d replays were killed", kills)
	require.Greater(t, kills, 60)
}

// killed runs an errand in a new directory, kills it and resumes it, killing that, too, and compares what is
// left with a whole run. It returns how many processes were killed.
func (e errand) killed(t *testing.T, want map[string]string, report batch.Report, after time.Duration) (kills int) {
	t.Helper()
	e.Dir = t.TempDir()
	got, dead := e.result(t, after)
	for dead {
		kills++
		e.Resume = true
		if kills == 2 {
			e.KillN, after = 0, 0
		}
		got, dead = e.result(t, after)
	}
	require.Equal(t, want, e.left(t), "%+v", e)
	if got.Outcome != batch.OutcomeDone {
		require.Equal(t, report, timeless(got), "%+v", e)
	}
	return kills
}

// left is what an errand leaves, with the state as text.
func (e errand) left(t *testing.T) map[string]string {
	t.Helper()
	all := files(t, e.Dir)
	if e.State {
		file, err := state.Open(filepath.Join(e.Dir, "state"))
		require.NoError(t, err)
		v, err := file.Storage("tally").Get("setups")
		require.NoError(t, err)
		n, err := file.Storage("tally").Get("count")
		require.NoError(t, err)
		all["state"] = fmt.Sprintf("%v setups, %v events, %v", v, n, file.Now())
		require.NoError(t, file.Close())
	}
	for name := range all {
		require.False(t, strings.Contains(name, ".plugreel"), name)
	}
	return all
}

// TestShardProcesses runs the shards at the same time, each in a process of its own.
func TestShardProcesses(t *testing.T) {
	dir, out := shardFiles(t), t.TempDir()
	s := scene{chain: chainNamed(t, "hello"), inputs: []string{dir}, out: "out.ndjson"}
	want, report := s.whole(t)
	for _, n := range []int{1, 2, 3, 7} {
		var running []*exec.Cmd
		var reports []batch.Report
		got := map[string]string{}
		stdout := make([]bytes.Buffer, n)
		for i := range n {
			place := filepath.Join(out, fmt.Sprint(i+1, " of ", n))
			require.NoError(t, os.Mkdir(place, 0o755))
			cmd := errand{Spec: "hello", Inputs: []string{dir}, Dir: place, Out: "out.ndjson", Shard: fmt.Sprintf("%d/%d", i+1, n)}.command(t)
			cmd.Stdout = &stdout[i]
			require.NoError(t, cmd.Start())
			running = append(running, cmd)
		}
		for i, cmd := range running {
			require.NoError(t, cmd.Wait())
			var report batch.Report
			require.NoError(t, json.Unmarshal(stdout[i].Bytes(), &report))
			reports = append(reports, report)
			for name, text := range files(t, filepath.Join(out, fmt.Sprint(i+1, " of ", n))) {
				got[name] += text
			}
		}
		require.Equal(t, want["out.ndjson"], got["out.ndjson"], n)
		require.Equal(t, want["dead.ndjson"], got["dead.ndjson"], n)
		counts, size := sum(reports)
		require.Equal(t, report.Counts, counts, n)
		require.Equal(t, report.Bytes, size, n)
	}
}
