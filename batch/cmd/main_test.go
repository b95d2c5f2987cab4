package cmd

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/plugins"
	"github.com/plugreel/plugreel/sdk"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"plugreel": func() { Main() }})
}

func TestScripts(t *testing.T) {
	variables := goVariables(t)
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Vars = append(env.Vars, variables...)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":    exits,
			"truncate": truncate,
			"damage":   damage,
			"serve":    serve,
			"received": received,
			"parquet":  parquetFile,
			"wide":     wide,
			"flip":     flip,
		},
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
	})
}

// goVariables are the environment in which a Go toolchain finds what it has, and nothing else; and
// where plugreel and its source are.
func goVariables(t *testing.T) []string {
	source, err := filepath.Abs("../..")
	require.NoError(t, err)
	program, err := exec.LookPath("plugreel")
	require.NoError(t, err, "testscript.Main puts it into PATH")
	variables := []string{"SOURCE=" + source, "PLUGREEL=" + filepath.Dir(program), "GOPROXY=off", "GOFLAGS=-mod=mod"}
	for _, name := range []string{"GOCACHE", "GOMODCACHE"} {
		value, err := exec.Command("go", "env", name).Output()
		if errors.Is(err, exec.ErrNotFound) {
			return variables
		}
		require.NoError(t, err)
		variables = append(variables, name+"="+strings.TrimSpace(string(value)))
	}
	return variables
}

// exits CODE plugreel ARGS... runs a command and checks its exit code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	if err != nil || neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE command args...")
	}
	got := 0
	var exit *exec.ExitError
	switch err := ts.Exec(args[1], args[2:]...); {
	case errors.As(err, &exit):
		got = exit.ExitCode()
	case err != nil:
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("got exit code %d, want %d", got, want)
	}
}

// truncate FILE N cuts the last N bytes off a file.
func truncate(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	info, err := os.Stat(ts.MkAbs(args[0]))
	ts.Check(err)
	ts.Check(os.Truncate(ts.MkAbs(args[0]), info.Size()-int64(n)))
}

// damage FILE makes 4 KiB of bytes that are no text.
func damage(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), bytes.Repeat([]byte{0xff, 0x00, 0xfe, 0x80}, 1024), 0o644))
}

// inProcess is an app whose only plugin is p.
func inProcess(p sdk.Hooks) (a *app, stdout, stderr *bytes.Buffer) {
	stdout, stderr = new(bytes.Buffer), new(bytes.Buffer)
	a = newApp(strings.NewReader(""), stdout, stderr)
	a.open = func(_ context.Context, ref string, _ ...plugins.Option) (*plugins.Plugin, error) {
		program := sdk.Native(sdk.Info{Name: ref}, func() sdk.Hooks { return p })
		return &plugins.Plugin{Ref: ref, Name: ref, Manifest: &manifest.Manifest{Name: ref}, Program: program}, nil
	}
	return a, stdout, stderr
}

func TestInterrupted(t *testing.T) {
	dir := t.TempDir()
	in := filepath.Join(dir, "in.ndjson")
	require.NoError(t, os.WriteFile(in, []byte("{}\n{}\n"), 0o644))
	ctx, cancel := context.WithCancel(context.Background())
	a, _, stderr := inProcess(sdk.Hooks{ProcessEvent: func(e *sdk.PluginEvent, m *sdk.PluginMeta) (*sdk.PluginEvent, error) {
		cancel()
		<-m.Context().Done()
		return e, nil
	}})
	code := a.main(ctx, []string{"replay", "-p", "p", in, "-o", filepath.Join(dir, "out.ndjson"), "--report", filepath.Join(dir, "report.json")})
	assert.Equal(t, exitInterrupted, code)
	assert.Equal(t, "plugreel: interrupted; no output has its final name; the same command with --resume goes on\n", stderr.String())
	assert.NoFileExists(t, filepath.Join(dir, "out.ndjson"))
	assert.DirExists(t, filepath.Join(dir, "out.ndjson.plugreel"))
	report, err := os.ReadFile(filepath.Join(dir, "report.json"))
	require.NoError(t, err)
	assert.Contains(t, string(report), `"outcome": "interrupted"`)
}

// TestSignal sends real signals to a replay that is stuck in a plugin: the first asks it to come to an
// end, the second stops it.
func TestSignal(t *testing.T) {
	dir := t.TempDir()
	stuck := make(chan struct{}, 1)
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { stuck <- struct{}{} }))
	defer server.Close()
	for name, text := range map[string]string{
		"p/index.js": `export function processEvent(event) {
			if (event.event === "stick") { fetch("` + server.URL + `"); for (;;) {} }
			console.warn("alive")
			return event
		}`,
		"p/plugin.json": `{"name":"stuck"}`,
		"a.ndjson":      `{"event":"a"}`,
		"b.ndjson":      `{"event":"stick"}`,
	} {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
	program, err := exec.LookPath("plugreel")
	require.NoError(t, err, "testscript.Main puts it into PATH")
	cmd := exec.Command(program, "replay", "-p", "./p", "a.ndjson", "b.ndjson", "-o", "out.ndjson", "--timeout", "0", "--allow-net", "127.0.0.1")
	cmd.Dir = dir
	stderr, err := cmd.StderrPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	lines := bufio.NewScanner(stderr)
	require.True(t, lines.Scan(), "the first file is through")
	assert.Contains(t, lines.Text(), "alive")
	<-stuck // in the second
	require.NoError(t, cmd.Process.Signal(os.Interrupt))
	require.True(t, lines.Scan())
	assert.Equal(t, "stopping when the records at hand are done", lines.Text())
	require.NoError(t, cmd.Process.Signal(os.Interrupt))
	require.True(t, lines.Scan())
	assert.Contains(t, lines.Text(), "interrupted")
	assert.Contains(t, lines.Text(), "--resume")
	_ = cmd.Wait()
	assert.Equal(t, exitInterrupted, cmd.ProcessState.ExitCode())
	assert.NoFileExists(t, filepath.Join(dir, "out.ndjson"))
}
