package jsbridge_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch/state"
	"github.com/plugreel/plugreel/jsbridge"
	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/sdk/coverage"
	"github.com/plugreel/plugreel/testkit"
)

// TestConformance runs the plugins in testdata/conformance over the same events here and in Node
// and compares what becomes of each event: its JSON, whether a hook failed and how, what was
// logged, and the webhook. Numbers are compared as doubles and the order of members does not
// count. Accepted differences are listed in the package documentation; where the comparison must
// know of one, see acceptedWords and jsonValue; the rest is pinned by TestAcceptedDifferences.
func TestConformance(t *testing.T) {
	fixtures := readFixtures(t)
	events := conformanceEvents()
	node := startNode(t, fixtures, events)
	for _, f := range fixtures {
		want := node.fixture(t, len(events))
		t.Run(f.name, func(t *testing.T) {
			for _, need := range f.needs {
				if plug(t, body("return {is: typeof %s}", need)).must("{}") == `{"is":"undefined"}` {
					t.Skipf("there is no %s yet", need)
				}
			}
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

// TestConformanceCounted checks that a plugin does the same when what runs of it is counted.
func TestConformanceCounted(t *testing.T) {
	events := conformanceEvents()
	events = slices.Concat(events[:20], oddEvents())
	for _, f := range readFixtures(t) {
		t.Run(f.name, func(t *testing.T) {
			c := coverage.New(nil)
			assert.Equal(t, runFixture(t, f, events), runFixture(t, f, events, jsbridge.WithCoverage(c)))
			assert.True(t, c.Knows(f.name))
		})
	}
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

// fixture is one plugin of the suite. Its first line is a comment that says what it exercises; after
// it may stand "// config: {…}" and "// needs: a.b, c", without which it is skipped.
type fixture struct {
	name     string // of the file
	source   string
	config   string
	needs    []string
	readOnly bool // the first line begins with "read-only"
	script   bool // nothing is exported: top-level functions are hooks
}

var (
	configLine = regexp.MustCompile(`(?m)^// config: (\{.*\})$`)
	needsLine  = regexp.MustCompile(`(?m)^// needs: (.*)$`)
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
		if m := needsLine.FindStringSubmatch(f.source); m != nil {
			f.needs = strings.Split(m[1], ", ")
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
	Out     *string  `json:"out"` // nil if it was dropped
	Failed  *failure `json:"failed"`
	OnEvent *failure `json:"onEvent"`
	Compose *failure `json:"compose"`
	Webhook *webhook `json:"webhook"`
	Logs    []string `json:"logs"`

	Calls    []*failure `json:"calls"`    // of jobs and tasks, nil for each that succeeded
	Captured []string   `json:"captured"` // events of posthog.capture
	Requests []string   `json:"requests"` // of fetch
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

// subject is an instance of a fixture.
type subject struct {
	world
	now  time.Time
	logs []string
}

func (s *subject) Enabled(sdk.Level) bool        { return true }
func (s *subject) Log(level sdk.Level, m string) { s.logs = append(s.logs, level.String()+" "+m) }

// fill puts what the fixture has left into a record.
func (s *subject) fill(r *record) {
	r.Logs, r.Captured, r.Requests = s.logs, s.captured, s.requests
	s.logs, s.captured, s.requests = nil, nil, nil
}

// runFixture runs a fixture over the events here.
func runFixture(t *testing.T, f fixture, events []string, opts ...jsbridge.Option) run {
	t.Helper()
	ctx := context.Background()
	fsys := fstest.MapFS{f.name: {Data: []byte(f.source)}}
	program, err := jsbridge.Load(ctx, fsys, &manifest.Manifest{Name: "test", Main: f.name}, opts...)
	require.NoError(t, err)
	s, kept := &subject{now: conformanceStart}, state.New()
	meta, err := sdk.NewMeta(sdk.MetaConfig{
		Config: []byte(f.config), Log: s, Clock: func() time.Time { return s.now },
		Storage: kept.Storage("test"), Cache: kept.Cache("test"), Jobs: s, Capturer: s, Fetcher: s,
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
	s.fill(&r.setup)
	for i, text := range events {
		s.now = s.now.Add(conformanceStep)
		record := s.event(t, hooks, meta, text)
		record.Calls = s.gap(i, hooks, meta)
		s.fill(&record)
		r.events = append(r.events, record)
	}
	s.now = s.now.Add(conformanceStep)
	if hooks.TeardownPlugin != nil {
		require.NoError(t, hooks.TeardownPlugin(meta))
	}
	s.fill(&r.teardown)
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
