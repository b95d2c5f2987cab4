package jsbridge_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/evanw/esbuild/pkg/api"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/jsbridge"
	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/testkit"
)

// TestConformance runs the plugins in testdata/conformance over the same events here and in Node
// and compares what becomes of each event: its JSON, whether a hook failed and how, what was
// logged, and the webhook. Numbers are compared as doubles and the order of members does not
// count. Accepted differences are listed in the package documentation; where the comparison must
// know of one, see acceptedFailure and jsonValue.
func TestConformance(t *testing.T) {
	fixtures := readFixtures(t)
	events := conformanceEvents()
	node := startNode(t, fixtures, events)
	for _, f := range fixtures {
		want := node.fixture(t, len(events))
		t.Run(f.name, func(t *testing.T) {
			compareRuns(t, events, want, runFixture(t, f, events))
		})
	}
}

// TestConformanceReadOnly checks that plugins which only read an event give back its bytes.
func TestConformanceReadOnly(t *testing.T) {
	events := conformanceEvents()
	n := 0
	for _, f := range readFixtures(t) {
		if !f.readOnly {
			continue
		}
		n++
		t.Run(f.name, func(t *testing.T) {
			for i, record := range runFixture(t, f, events).events {
				if record.Out != nil && *record.Out != events[i] {
					t.Fatalf("event %d\n  in: %s\n out: %s", i, events[i], *record.Out)
				}
			}
		})
	}
	assert.GreaterOrEqual(t, n, 5, "fixtures that begin with // read-only")
}

// raceDetector says whether this test binary has it.
var raceDetector bool

// conformanceEvents are generated events, and odd ones.
func conformanceEvents() []string {
	n := 500
	if raceDetector || testing.Short() {
		n = 60
	}
	var events []string
	for _, line := range (testkit.Generator{Seed: 7}).All(n) {
		events = append(events, string(bytes.TrimSpace(line)))
	}
	return append(events, oddEvents()...)
}

// fixture is one plugin of the suite. Its first line is a comment that says what it exercises,
// its second may be "// config: {…}".
type fixture struct {
	name     string // of the file
	source   string
	config   string
	readOnly bool // the first line begins with "read-only"
	script   bool // nothing is exported: top-level functions are hooks
}

var (
	configLine = regexp.MustCompile(`(?m)^// config: (\{.*\})$`)
	mentions   = regexp.MustCompile(`\bexports?\b`)
)

func readFixtures(t *testing.T) []fixture {
	t.Helper()
	names, err := filepath.Glob("testdata/conformance/*.[jt]s")
	require.NoError(t, err)
	var fixtures []fixture
	for _, name := range names {
		source, err := os.ReadFile(name)
		require.NoError(t, err)
		f := fixture{name: filepath.Base(name), source: string(source), config: "{}"}
		require.True(t, strings.HasPrefix(f.source, "// "), "%s: the first line must say what it exercises", name)
		if m := configLine.FindStringSubmatch(f.source); m != nil {
			f.config = m[1]
		}
		f.readOnly = strings.HasPrefix(f.source, "// read-only")
		f.script = !mentions.MatchString(f.source)
		fixtures = append(fixtures, f)
	}
	return fixtures
}

// Both sides start at the same time and move on by the same step from event to event.
var conformanceStart = time.Date(2024, 3, 5, 23, 59, 50, 345e6, time.UTC)

const (
	conformanceStep       = 1733 * time.Millisecond
	conformanceAttachment = "id,name\n1,Zoë\n2,\"b\"\n"
)

func init() { time.Local = time.UTC } // goja's Date uses it

// record is what became of one event.
type record struct {
	Out      *string  `json:"out"` // nil if it was dropped
	Failed   *failure `json:"failed"`
	OnEvent  *failure `json:"onEvent"`
	Compose  *failure `json:"compose"`
	Webhook  *webhook `json:"webhook"`
	Logs     []string `json:"logs"`
	Hooks    []string `json:"hooks"`
	fromNode bool
}

type failure struct{ Name, Message string }

func (f *failure) String() string {
	if f == nil {
		return "success"
	}
	return fmt.Sprintf("%s: %q", f.Name, f.Message)
}

type webhook struct {
	URL, Method, Body string
	Headers           map[string]string
}

// run is what a fixture did.
type run struct {
	setup, teardown record
	events          []record
}

// --- this side ---

// subject is an instance of a fixture.
type subject struct {
	now  time.Time
	logs []string
}

func (s *subject) Enabled(sdk.Level) bool        { return true }
func (s *subject) Log(level sdk.Level, m string) { s.logs = append(s.logs, level.String()+" "+m) }

func (s *subject) takeLogs() []string {
	logs := s.logs
	s.logs = nil
	return logs
}

// runFixture runs a fixture over the events here.
func runFixture(t *testing.T, f fixture, events []string) run {
	t.Helper()
	ctx := context.Background()
	fsys := fstest.MapFS{f.name: {Data: []byte(f.source)}}
	program, err := jsbridge.Load(ctx, fsys, &manifest.Manifest{Name: "test", Main: f.name})
	require.NoError(t, err)
	s := &subject{now: conformanceStart}
	meta, err := sdk.NewMeta(sdk.MetaConfig{
		Config: []byte(f.config), Log: s, Clock: func() time.Time { return s.now },
		Attachments: map[string]sdk.Attachment{"file": {ContentType: "text/plain", FileName: "a.txt", Contents: []byte(conformanceAttachment)}},
	})
	require.NoError(t, err)
	hooks, err := program.New(ctx, meta)
	require.NoError(t, err)
	defer func() { require.NoError(t, hooks.Close()) }()
	meta.Begin(ctx)
	defer func() { require.NoError(t, meta.End()) }()
	var r run
	if hooks.SetupPlugin != nil {
		r.setup.Failed = failureOf(hooks.SetupPlugin(meta))
	}
	r.setup.Logs, r.setup.Hooks = s.takeLogs(), hooks.Names()
	for _, text := range events {
		s.now = s.now.Add(conformanceStep)
		r.events = append(r.events, s.event(t, hooks, meta, text))
	}
	s.now = s.now.Add(conformanceStep)
	if hooks.TeardownPlugin != nil {
		require.NoError(t, hooks.TeardownPlugin(meta))
	}
	r.teardown.Logs = s.takeLogs()
	return r
}

// event runs one event through the hooks as a replay does: onEvent and composeWebhook see what
// processEvent left, each its own copy.
func (s *subject) event(t *testing.T, hooks *sdk.Hooks, meta *sdk.PluginMeta, text string) record {
	t.Helper()
	r := record{Out: &text}
	if hooks.ProcessEvent != nil {
		e := parseEvent(t, text)
		e.Checkpoint()
		out, err := hooks.ProcessEvent(e, meta)
		if r.Failed = failureOf(err); err != nil {
			require.NotErrorIs(t, err, sdk.ErrInstanceDead)
			if out = e; errors.Is(err, sdk.ErrNotAnEvent) {
				e.Restore()
			}
		}
		if r.Out = nil; out != nil {
			text := out.String()
			r.Out = &text
		}
	}
	if r.Out != nil && hooks.OnEvent != nil {
		r.OnEvent = failureOf(hooks.OnEvent(parseEvent(t, *r.Out), meta))
	}
	if r.Out != nil && hooks.ComposeWebhook != nil {
		w, err := hooks.ComposeWebhook(parseEvent(t, *r.Out), meta)
		r.Compose = failureOf(err)
		if w != nil {
			r.Webhook = &webhook{w.URL, w.Method, w.Body, w.Headers}
		}
	}
	r.Logs = s.takeLogs()
	return r
}

func parseEvent(t *testing.T, text string) *sdk.PluginEvent {
	t.Helper()
	e, err := sdk.NewEvent([]byte(text))
	require.NoError(t, err, "%.2000s", text)
	return e
}

// failureOf takes an error apart as far as Node knows it too.
func failureOf(err error) *failure {
	var script *jsbridge.ScriptError
	var retry *sdk.RetryError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &script):
		return &failure{script.Name, script.Message}
	case errors.Is(err, sdk.ErrNotAnEvent):
		return &failure{"no event", ""}
	case errors.As(err, &retry):
		return &failure{"RetryError", err.Error()}
	}
	return &failure{fmt.Sprintf("%T", err), err.Error()}
}

// --- Node ---

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

// --- comparison ---

// maxReported is how many events of a fixture are shown that differ.
const maxReported = 3

func compareRuns(t *testing.T, events []string, want, got run) {
	t.Helper()
	report := func(what string, diffs []string) {
		t.Errorf("%s\n\t%s", what, strings.Join(diffs, "\n\t"))
	}
	if diffs := compareRecords(got.setup, want.setup); len(diffs) > 0 {
		report("setupPlugin", diffs)
	}
	differing := 0
	for i := range events {
		diffs := compareRecords(got.events[i], want.events[i])
		if len(diffs) == 0 {
			continue
		}
		if differing++; differing <= maxReported {
			report(fmt.Sprintf("event %d: %.300s", i, events[i]), diffs)
		}
	}
	if differing > maxReported {
		t.Errorf("%d of %d events differ", differing, len(events))
	}
	if diffs := compareRecords(got.teardown, want.teardown); len(diffs) > 0 {
		report("teardownPlugin", diffs)
	}
}

// compareRecords lists what is different, nothing if all is the same.
func compareRecords(got, want record) []string {
	var diffs []string
	differ := func(what string, got, want any) {
		diffs = append(diffs, fmt.Sprintf("%s: %s", what, different(fmt.Sprint(got), fmt.Sprint(want))))
	}
	for _, f := range []struct {
		hook      string
		got, want *failure
	}{
		{"processEvent", got.Failed, want.Failed},
		{"onEvent", got.OnEvent, want.OnEvent},
		{"composeWebhook", got.Compose, want.Compose},
	} {
		if !sameFailure(f.got, f.want) {
			differ(f.hook, f.got, f.want)
		}
	}
	if strings.Join(got.Logs, "\n") != strings.Join(want.Logs, "\n") {
		differ("log", strings.Join(got.Logs, " ⏎ "), strings.Join(want.Logs, " ⏎ "))
	}
	switch {
	case got.Out == nil && want.Out == nil:
	case got.Out == nil || want.Out == nil:
		differ("dropped", got.Out == nil, want.Out == nil)
	case *got.Out != *want.Out:
		diffJSON("event", jsonValue(*got.Out), jsonValue(*want.Out), differ)
	}
	if got.Webhook != nil && want.Webhook != nil {
		diffJSON("webhook", jsonValue(toJSON(got.Webhook)), jsonValue(toJSON(want.Webhook)), differ)
	} else if got.Webhook != nil || want.Webhook != nil {
		differ("webhook", got.Webhook, want.Webhook)
	}
	return diffs
}

// different shows two texts from shortly before the place where they part.
func different(got, want string) string {
	at := 0
	for at < min(len(got), len(want)) && got[at] == want[at] {
		at++
	}
	const before, most = 40, 300
	from := max(0, at-before)
	return fmt.Sprintf("plugreel %.*s, node %.*s", most, got[min(from, len(got)):], most, want[min(from, len(want)):])
}

func sameFailure(got, want *failure) bool {
	if got == nil || want == nil {
		return got == want
	}
	return *got == *want
}

func toJSON(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// jsonValue decodes JSON with numbers as doubles. A number that no double can hold counts as
// null, which is what Node makes of it.
func jsonValue(text string) any {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var v any
	if err := decoder.Decode(&v); err != nil {
		return fmt.Sprintf("no JSON (%v): %s", err, text)
	}
	return doubles(v)
}

func doubles(v any) any {
	switch v := v.(type) {
	case json.Number:
		f, err := v.Float64()
		if err != nil && f != 0 {
			return nil
		}
		return f
	case []any:
		for i := range v {
			v[i] = doubles(v[i])
		}
	case map[string]any:
		for key := range v {
			v[key] = doubles(v[key])
		}
	}
	return v
}

// diffJSON reports the places at which two decoded values differ.
func diffJSON(path string, got, want any, differ func(what string, got, want any)) {
	gotMap, ok1 := got.(map[string]any)
	wantMap, ok2 := want.(map[string]any)
	if ok1 && ok2 {
		for _, key := range keysOfBoth(gotMap, wantMap) {
			g, inGot := gotMap[key]
			w, inWant := wantMap[key]
			switch {
			case !inGot:
				differ(path+"."+key, "nothing", toJSON(w))
			case !inWant:
				differ(path+"."+key, toJSON(g), "nothing")
			default:
				diffJSON(path+"."+key, g, w, differ)
			}
		}
		return
	}
	gotList, ok1 := got.([]any)
	wantList, ok2 := want.([]any)
	if ok1 && ok2 && len(gotList) == len(wantList) {
		for i := range gotList {
			diffJSON(fmt.Sprintf("%s[%d]", path, i), gotList[i], wantList[i], differ)
		}
		return
	}
	if !ok1 && !ok2 && got == want {
		return
	}
	differ(path, toJSON(got), toJSON(want))
}

func keysOfBoth(a, b map[string]any) []string {
	var keys []string
	for key := range a {
		keys = append(keys, key)
	}
	for key := range b {
		if _, both := a[key]; !both {
			keys = append(keys, key)
		}
	}
	return keys
}
