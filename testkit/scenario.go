package testkit

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/batch/fetch"
	"github.com/plugreel/plugreel/batch/state"
	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/plugins"
	"github.com/plugreel/plugreel/sdk"
)

// Scenario is an archive before and after a plugin, byte for byte: a text of several files in the
// txtar format, which a person can write by hand. The text before the first file says what it is
// about.
//
//	plugin.json            members that replace those of the plugin's own; may be absent
//	config.json            what the user set, a JSON object; may be absent
//	attachments/KEY/NAME   a file given to the plugin
//	storage.json           what is stored before, a JSON object
//	geoip.json             records by address, a JSON object
//	cassette.jsonl         a recording that answers what the plugin fetches
//	in.ndjson              the archive
//
//	want.ndjson            what is written
//	want.log               "LEVEL message", a line each
//	want.webhooks.ndjson   webhooks, as a replay writes them
//	want.captured.ndjson   events that the plugin made
//	want.dead.ndjson       dead letters
//
// A file among the last that is absent wants that there is nothing to put into it; for want.log
// that nobody looks.
type Scenario struct {
	File    string
	archive *txtar.Archive
}

// wants are the files that a scenario compares, in their order.
var wants = []string{"want.ndjson", wantLog, "want.webhooks.ndjson", "want.captured.ndjson", "want.dead.ndjson"}

const wantLog = "want.log"

// ReadScenario reads a scenario file; its lines may end as they do on Windows. Errors: the file system's, and names of files in it that no
// scenario has.
func ReadScenario(file string) (*Scenario, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	text = bytes.ReplaceAll(bytes.TrimPrefix(text, byteOrderMark), []byte("\r\n"), []byte("\n"))
	s := &Scenario{File: file, archive: txtar.Parse(text)}
	if s.find("in.ndjson") == nil {
		return nil, fmt.Errorf("%s: got no in.ndjson, want the archive that goes in", file)
	}
	known := slices.Concat(wants, []string{"plugin.json", "config.json", "storage.json", "geoip.json", "cassette.jsonl", "in.ndjson"})
	for _, f := range s.archive.Files {
		if !slices.Contains(known, f.Name) && !strings.HasPrefix(f.Name, attachmentsDir) {
			return nil, fmt.Errorf("%s: got a file %q, want one of %s or %sKEY/NAME", file, f.Name, strings.Join(known, ", "), attachmentsDir)
		}
	}
	return s, nil
}

const attachmentsDir = "attachments/"

// Name is the base name of the file.
func (s *Scenario) Name() string { return filepath.Base(s.File) }

// find returns a file of the scenario, nil if it has none of that name.
func (s *Scenario) find(name string) *txtar.File {
	for i := range s.archive.Files {
		if s.archive.Files[i].Name == name {
			return &s.archive.Files[i]
		}
	}
	return nil
}

func (s *Scenario) data(name string) []byte {
	if f := s.find(name); f != nil {
		return f.Data
	}
	return nil
}

// Check replays the scenario through p.
//
// Errors: *[Failure] if something else comes out, with a line for each member that differs;
// another if the plugin does not set up, the scenario cannot be read, or ctx has ended.
func (s *Scenario) Check(ctx context.Context, p *plugins.Plugin) error {
	got, err := s.play(ctx, p)
	if err != nil {
		return fmt.Errorf("%s: %w", s.File, err)
	}
	f := &Failure{Name: s.Name(), Reason: strings.Join(strings.Fields(string(s.archive.Comment)), " "), At: fileLine(s.File, 1)}
	for _, name := range wants {
		if name == wantLog && s.find(name) == nil {
			continue
		}
		f.Findings = append(f.Findings, checkDiff(name, diffLines(string(s.data(name)), string(got[name])))...)
	}
	if f.Findings == nil {
		return nil
	}
	if f.Log = lines(string(got[wantLog])); len(f.Log) > batch.MaxShownLogs {
		f.Log = append(f.Log[:batch.MaxShownLogs], "…")
	}
	return f
}

// Update replays the scenario through p and writes what comes out into its file, if that says
// something else, and whether it did. A want.log is written only where there is one.
// Errors: those of Check that are no *[Failure], and the file system's.
func (s *Scenario) Update(ctx context.Context, p *plugins.Plugin) (changed bool, err error) {
	got, err := s.play(ctx, p)
	if err != nil {
		return false, fmt.Errorf("%s: %w", s.File, err)
	}
	before := txtar.Format(s.archive)
	for _, name := range wants {
		s.put(name, got[name])
	}
	after := txtar.Format(s.archive)
	if bytes.Equal(before, after) {
		return false, nil
	}
	return true, os.WriteFile(s.File, after, 0o644)
}

// put sets what a file of the scenario holds; one with nothing in it goes, and comes only if it
// is not the log.
func (s *Scenario) put(name string, data []byte) {
	f := s.find(name)
	switch {
	case f != nil && len(data) == 0 && name != wantLog:
		s.archive.Files = slices.DeleteFunc(s.archive.Files, func(f txtar.File) bool { return f.Name == name })
	case f != nil:
		f.Data = data
	case len(data) > 0 && name != wantLog:
		s.archive.Files = append(s.archive.Files, txtar.File{Name: name, Data: data})
	}
}

// play returns what comes out, by the names of wants.
func (s *Scenario) play(ctx context.Context, p *plugins.Plugin) (map[string][]byte, error) {
	p, err := s.overridden(ctx, p)
	if err != nil {
		return nil, err
	}
	resolved, err := p.Resolve(manifest.Given{Config: bytes.TrimSpace(s.data("config.json")), Attachments: s.attachments()})
	if err != nil {
		return nil, err
	}
	chain := batch.Chain{{Name: p.Name, Program: p.Program, Config: resolved.Config, Attachments: resolved.Attachments, Secrets: resolved.Secrets}}
	o, tape, err := s.options(p, chain)
	if err != nil {
		return nil, err
	}
	if tape != nil {
		defer tape.Close() // nothing was recorded
	}
	outputs := map[string]*bytes.Buffer{}
	for _, name := range wants {
		outputs[name] = new(bytes.Buffer)
	}
	o.Logs, o.Webhooks = batch.Writer(outputs[wantLog]), batch.Writer(outputs["want.webhooks.ndjson"])
	o.Captured, o.DeadLetters = batch.Writer(outputs["want.captured.ndjson"]), batch.Writer(outputs["want.dead.ndjson"])
	in := batch.Reader("in.ndjson", bytes.NewReader(s.data("in.ndjson")))
	if _, err := batch.Run(ctx, chain, in, batch.Writer(outputs["want.ndjson"]), o); err != nil {
		return nil, err
	}
	got := map[string][]byte{}
	for name, b := range outputs {
		got[name] = b.Bytes()
	}
	got[wantLog], err = readable(got[wantLog])
	return got, err
}

// overridden is the plugin with the scenario's plugin.json over its own.
func (s *Scenario) overridden(ctx context.Context, p *plugins.Plugin) (*plugins.Plugin, error) {
	over := s.find("plugin.json")
	if over == nil {
		return p, nil
	}
	if p.FS == nil {
		return nil, errors.New("plugin.json: a plugin that is compiled in has none")
	}
	fsys, err := overrideManifest(p.FS, over.Data)
	if err != nil {
		return nil, err
	}
	return p.Reopen(ctx, fsys)
}

// attachments are the files below attachments/KEY.
func (s *Scenario) attachments() map[string]sdk.Attachment {
	all := map[string]sdk.Attachment{}
	for _, f := range s.archive.Files {
		if rest, ok := strings.CutPrefix(f.Name, attachmentsDir); ok {
			key, _ := path.Split(rest)
			all[strings.TrimSuffix(key, "/")] = manifest.NewAttachment(f.Name, f.Data)
		}
	}
	return all
}

// options is the world of the scenario. The client, if there is one, is closed by the caller.
func (s *Scenario) options(p *plugins.Plugin, chain batch.Chain) (batch.Options, *fetch.Client, error) {
	o := batch.Options{Workers: 1, State: state.New()}
	stored, err := jsonObject("storage.json", s.data("storage.json"))
	if err == nil {
		err = Case{Storage: stored}.remember(p, o.State)
	}
	if err != nil {
		return o, nil, err
	}
	places, err := jsonObject("geoip.json", s.data("geoip.json"))
	if places != nil {
		o.GeoIP = GeoIP(places)
	}
	tape := s.find("cassette.jsonl")
	if err != nil || tape == nil {
		return o, nil, err
	}
	client, err := fetch.New(fetch.Options{
		Cassette: "cassette.jsonl", Mode: fetch.ReplayOnly, FS: cassetteFile(tape.Data), Redact: chain.Redactor().Redact,
	})
	o.Fetcher = client
	return o, client, err
}

func jsonObject(name string, text []byte) (map[string]any, error) {
	if text == nil {
		return nil, nil
	}
	var values map[string]json.RawMessage
	if err := json.Unmarshal(text, &values); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	all := map[string]any{}
	for key, value := range values {
		all[key] = value
	}
	return all, nil
}

// cassetteFile is a file system with a cassette that is not written.
type cassetteFile []byte

func (f cassetteFile) ReadFile(string) ([]byte, error) { return f, nil }

func (f cassetteFile) WriteFile(string, []byte) error { return errors.ErrUnsupported }

// readable turns JSON lines of a log into "LEVEL message" lines.
func readable(log []byte) ([]byte, error) {
	var out bytes.Buffer
	for line := range bytes.Lines(log) {
		var e struct{ Level, Message string }
		if err := json.Unmarshal(line, &e); err != nil {
			return nil, err
		}
		fmt.Fprintf(&out, "%s %s\n", e.Level, strings.ReplaceAll(e.Message, "\n", "\n  "))
	}
	return out.Bytes(), nil
}

// updating says whether the test binary was asked to write goldens: see RunFiles.
func updating() bool {
	f := flag.Lookup("update")
	return f != nil && f.Value.String() == "true"
}

// playFile is a scenario file as a test.
func playFile(t T, p *plugins.Plugin, file string) {
	t.Helper()
	s, err := ReadScenario(file)
	if err != nil {
		t.Fatalf("%v", err)
		return
	}
	if updating() {
		_, err = s.Update(contextOf(t), p)
	} else {
		err = s.Check(contextOf(t), p)
	}
	tell(t, err)
}
