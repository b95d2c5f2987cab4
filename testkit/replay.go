package testkit

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/sdk"
)

// Replayed is an archive that went through a chain, and what is to be said of it. Its methods
// report to the test, each with the first records that are not as they should be.
type Replayed struct {
	Report  batch.Report
	Results []Result // by record, in the order of the source; blank lines left out

	t       T
	chain   batch.Chain
	options batch.Options
	records string // as they were read
	out     []byte
}

// Chain opens the plugin at ref and configures it, for [Replay] and its like. The plugin is closed
// when the test has ended, if t has a method Cleanup. What is wrong with it ends the test.
func Chain(t T, ref string, config map[string]any) batch.Chain {
	t.Helper()
	p := open(t, ref)
	if p == nil {
		return nil
	}
	if has, ok := t.(interface{ Cleanup(func()) }); ok {
		has.Cleanup(func() { closing(t, p) })
	}
	var b manifest.ConfigBuilder
	if err := b.Merge(config); err != nil {
		t.Fatalf("%s: %v", ref, err)
		return nil
	}
	r, err := p.Resolve(manifest.Given{Config: b.JSON()})
	if err != nil {
		t.Fatalf("%v", err)
		return nil
	}
	return batch.Chain{{Name: p.Name, Program: p.Program, Config: r.Config, Attachments: r.Attachments, Secrets: r.Secrets}}
}

// Replay takes an archive through a chain with the default options, one record after the other. A
// replay that does not finish ends the test; the result is then nil.
//
//	r := testkit.Replay(t, testkit.Chain(t, ".", nil), batch.Files("testdata/march.ndjson.gz"))
//	r.NothingDropped()
//	r.OnlyChanged("properties.$geoip_country")
func Replay(t T, chain batch.Chain, src batch.Source) *Replayed {
	t.Helper()
	return ReplayWith(t, chain, src, batch.Options{})
}

// ReplayWith is [Replay] with options. Its outputs and OnProgress are taken; one worker is used.
func ReplayWith(t T, chain batch.Chain, src batch.Source, o batch.Options) *Replayed {
	t.Helper()
	o.Workers = 1
	done, report, err := trace(contextOf(t), chain, src, o)
	if err != nil {
		if report.Error != "" {
			err = fmt.Errorf("%s", report.Error) // without secrets
		}
		t.Fatalf("replay: %v", err)
		return nil
	}
	r := &Replayed{Report: report, Results: done.results, t: t, chain: chain, options: o}
	var records strings.Builder
	for _, line := range done.source.lines {
		records.WriteString(line.text + "\n")
	}
	r.records, r.out = records.String(), done.out.all
	return r
}

// maxShown is how many records a report shows.
const maxShown = 5

// check reports the records of which wrong says something.
func (r *Replayed) check(what string, wrong func(Result) string) {
	r.t.Helper()
	var shown []string
	bad := 0
	for _, result := range r.Results {
		text := wrong(result)
		if text == "" {
			continue
		}
		if bad++; bad <= maxShown {
			shown = append(shown, fmt.Sprintf("%s:%d: %s", result.Source, result.Line, text))
		}
	}
	if bad > 0 {
		r.t.Errorf("%s: %d of %d records are not so\n%s", what, bad, len(r.Results), indent(shown))
	}
}

// NothingDropped wants that no plugin drops an event and no record is a dead letter.
func (r *Replayed) NothingDropped() {
	r.t.Helper()
	r.check("nothing is dropped", func(result Result) string {
		switch {
		case result.Dropped:
			return "dropped: " + short(result.In)
		case result.Dead != "":
			return "dead letter: " + result.Dead
		}
		return ""
	})
}

// NoFailures wants that no hook fails.
func (r *Replayed) NoFailures() {
	r.t.Helper()
	r.check("no hook fails", func(result Result) string { return strings.Join(result.Failures, "; ") })
}

// OnlyChanged wants that of the events which were written nothing is changed, added or removed but
// the members at these paths, such as "properties.$ip", and what is in them. An object that was
// not there, or null, is taken for an empty one.
func (r *Replayed) OnlyChanged(paths ...string) {
	r.t.Helper()
	r.check("only "+strings.Join(paths, ", ")+" changes", func(result Result) string {
		if !result.Out.Exists() {
			return ""
		}
		d := differ{deep: true}
		d.value("", result.In, result.Out)
		var lines []string
		for i, line := range d.lines {
			if !within(d.paths[i], paths) {
				lines = append(lines, line)
			}
		}
		return strings.Join(lines, "; ")
	})
}

// within says whether a path is one of the others, or leads into what they name.
func within(path string, others []string) bool {
	for _, other := range others {
		rest, ok := strings.CutPrefix(path, other)
		if ok && (rest == "" || rest[0] == '.' || rest[0] == '[') {
			return true
		}
	}
	return false
}

// Every wants of each event that is written and has a member at path ("properties.$ip") that its
// value holds; what says what that means, for the report.
func (r *Replayed) Every(path, what string, holds func(sdk.Value) bool) {
	r.t.Helper()
	names := strings.Split(path, ".")
	r.check("every "+path+" "+what, func(result Result) string {
		o, _ := result.Out.Object()
		if o == nil {
			return ""
		}
		if v := o.Get(names...); v.Exists() && !holds(v) {
			return "got " + short(v)
		}
		return ""
	})
}

// EveryMatches is [Replayed.Every] for texts that match a regular expression.
func (r *Replayed) EveryMatches(path, pattern string) {
	r.t.Helper()
	match, err := regexp.Compile(pattern)
	if err != nil {
		r.t.Fatalf("%v", err)
		return
	}
	r.Every(path, "matches "+pattern, func(v sdk.Value) bool {
		text, ok := v.Str()
		return ok && match.MatchString(text)
	})
}

// Deterministic wants the same bytes from two more replays: with one worker, and with eight, or as
// many as the chain's state allows.
func (r *Replayed) Deterministic() {
	r.t.Helper()
	workers := 8
	for _, p := range r.chain {
		if p.Program.Info().State != sdk.StateNone {
			workers = 1
		}
	}
	one, err := r.again(1)
	if err != nil {
		r.t.Fatalf("replay: %v", err)
		return
	}
	many, err := r.again(workers)
	if err != nil {
		r.t.Fatalf("replay: %v", err)
		return
	}
	for i, name := range []string{"events", "dead letters", "webhooks", "captured events", "log"} {
		if lines := diffLines(one[i], many[i]); lines != nil {
			r.t.Errorf("%s with one worker and with %d (-one +more):\n%s", name, workers, indent(lines))
		}
	}
}

// again replays the records and returns all that is written.
func (r *Replayed) again(workers int) ([5]string, error) {
	var out, dead, webhooks, captured, logs bytes.Buffer
	o := r.options
	o.State, o.Workers, o.OnProgress = nil, workers, nil
	o.DeadLetters, o.Webhooks = batch.Writer(&dead), batch.Writer(&webhooks)
	o.Captured, o.Logs = batch.Writer(&captured), batch.Writer(&logs)
	_, err := batch.Run(contextOf(r.t), r.chain, batch.Records(r.records), batch.Writer(&out), o)
	return [5]string{out.String(), dead.String(), webhooks.String(), captured.String(), logs.String()}, err
}

// Digest is the SHA-256 of the events that were written, in hexadecimal.
func (r *Replayed) Digest() string {
	sum := sha256.Sum256(r.out)
	return hex.EncodeToString(sum[:])
}

// HasDigest wants that the events which were written are, byte for byte, those of which Digest was
// this.
func (r *Replayed) HasDigest(want string) {
	r.t.Helper()
	if got := r.Digest(); got != want {
		r.t.Errorf("digest: got %s, want %s: the output is another one, in %d records", got, want, len(r.Results))
	}
}

// short is a value as text, cut off where it is long.
func short(v sdk.Value) string {
	const most = 200
	text := v.String()
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}
