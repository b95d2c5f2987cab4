package jsbridge_test

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
	"github.com/stretchr/testify/require"
)

// node is a process that runs the fixtures and writes a line for every step.
type node struct{ lines *bufio.Reader }

// startNode skips the test if there is no Node.
func startNode(t *testing.T, fixtures []fixture, events []string) *node {
	t.Helper()
	path, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed: there is nothing to compare with")
	}
	type source struct {
		Name   string          `json:"name"`
		Code   string          `json:"code"`
		Config json.RawMessage `json:"config"`
		Script bool            `json:"script"`
	}
	var sources []source
	for _, f := range fixtures {
		sources = append(sources, source{f.name, commonJS(t, f), json.RawMessage(f.config), f.script})
	}
	job, err := json.Marshal(map[string]any{
		"fixtures": sources, "events": events,
		"start": conformanceStart.UnixMilli(), "step": conformanceStep.Milliseconds(),
		"answers":    conformanceAnswers,
		"attachment": base64.StdEncoding.EncodeToString([]byte(conformanceAttachment)),
	})
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "job.json")
	require.NoError(t, os.WriteFile(file, job, 0o600))
	cmd := exec.Command(path, "testdata/conformance/runner.mjs", file)
	cmd.Env = append(os.Environ(), "TZ=UTC", "LANG=en_US.UTF-8")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	stdout, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() {
		_ = stdout.Close() // so that it ends if the test ended early
		if err := cmd.Wait(); err != nil && !t.Failed() {
			t.Errorf("node: %v\n%s", err, &stderr)
		} else if stderr.Len() > 0 {
			t.Logf("node: %s", &stderr)
		}
	})
	return &node{bufio.NewReaderSize(stdout, 1<<20)}
}

// commonJS strips types and turns exports into CommonJS; everything else is left to Node.
func commonJS(t *testing.T, f fixture) string {
	t.Helper()
	loader := api.LoaderJS
	if strings.HasSuffix(f.name, ".ts") {
		loader = api.LoaderTS
	}
	result := api.Transform(f.source, api.TransformOptions{
		Loader: loader, Format: api.FormatCommonJS, Target: api.ESNext, Charset: api.CharsetUTF8,
		TsconfigRaw: `{"compilerOptions":{"useDefineForClassFields":true}}`,
	})
	require.Empty(t, result.Errors, f.name)
	return string(result.Code)
}

// fixture reads the records of the next fixture.
func (n *node) fixture(t *testing.T, events int) run {
	t.Helper()
	r := run{setup: n.record(t)}
	for range events {
		r.events = append(r.events, n.record(t))
	}
	r.teardown = n.record(t)
	return r
}

func (n *node) record(t *testing.T) record {
	t.Helper()
	line, err := n.lines.ReadBytes('\n')
	require.NoError(t, err, "node wrote fewer records than were expected")
	var r record
	require.NoError(t, json.Unmarshal(line, &r))
	return r
}
