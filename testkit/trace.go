package testkit

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/sdk"
)

// Result is one record of a replay and what became of it.
type Result struct {
	Source string // name of the file
	Line   int64  // in it, 1-based

	In      sdk.Value // the record; missing if it is no JSON
	Out     sdk.Value // as it was written; missing if it was not
	Dropped bool      // by a plugin
	Dead    string    // why it is a dead letter; "" if it is none

	Failures []string // "hook: message", in the order in which the hooks failed
	Logs     []string // "LEVEL message", failures among them
	Webhooks []batch.ComposedWebhook
	Captured []sdk.Value // events that the plugins made of it
}

// tracing is a replay whose outputs are told apart by record.
type tracing struct {
	source  *singles
	results []Result
	after   []string // log messages of teardownPlugin; those of setupPlugin are the first record's
	err     error    // of what could not be read back

	out, dead, webhooks, captured, logs cursor
	at                                  int // number of the next record
}

// cursor is an output that is read while it is written.
type cursor struct {
	bytes.Buffer
	all []byte // what was read
}

// lines returns what was written since the last call, a line each.
func (c *cursor) lines() [][]byte {
	text := bytes.Clone(c.Bytes())
	c.all = append(c.all, text...)
	c.Reset()
	return slices.Collect(bytes.Lines(text))
}

// trace replays a source and says of every record what became of it. The outputs of o are taken.
func trace(ctx context.Context, chain batch.Chain, src batch.Source, o batch.Options) (*tracing, batch.Report, error) {
	t := &tracing{source: &singles{source: src}}
	o.DeadLetters, o.Webhooks = batch.Writer(&t.dead), batch.Writer(&t.webhooks)
	o.Captured, o.Logs = batch.Writer(&t.captured), batch.Writer(&t.logs)
	o.OnProgress = func(p batch.Progress) {
		if int64(t.at) < p.Records { // a chunk may be empty
			t.next()
		}
	}
	report, err := batch.Run(ctx, chain, t.source, batch.Writer(&t.out), o)
	t.after = t.messages()
	return t, report, errors.Join(err, t.err)
}

// next takes in what became of the next record. It is called when that has been written.
func (t *tracing) next() {
	in := t.source.handed(t.at)
	t.at++
	r := Result{Source: in.source, Line: in.line, Logs: t.messages()}
	r.In, _ = sdk.ParseValue([]byte(in.text)) // what is no JSON is a dead letter
	for _, line := range t.out.lines() {
		r.Out = sdk.RawValue(bytes.TrimSuffix(line, []byte("\n")))
	}
	for _, line := range t.dead.lines() {
		r.Dead = read[batch.DeadLetter](t, line).Error
	}
	for _, line := range t.webhooks.lines() {
		r.Webhooks = append(r.Webhooks, read[batch.ComposedWebhook](t, line))
	}
	for _, line := range t.captured.lines() {
		r.Captured = append(r.Captured, sdk.RawValue(bytes.TrimSuffix(line, []byte("\n"))))
	}
	r.Failures = failed(r.Logs)
	r.Dropped = r.In.Exists() && !r.Out.Exists() && r.Dead == ""
	if r.In.Exists() || r.Dead != "" {
		t.results = append(t.results, r)
	}
}

// messages reads the log.
func (t *tracing) messages() []string {
	var texts []string
	for _, line := range t.logs.lines() {
		e := read[struct{ Level, Message string }](t, line)
		texts = append(texts, e.Level+" "+e.Message)
	}
	return texts
}

// read decodes a line; the first that cannot be read is the tracing's error.
func read[V any](t *tracing, line []byte) V {
	var v V
	if err := json.Unmarshal(line, &v); err != nil && t.err == nil {
		t.err = err
	}
	return v
}

// failed finds the failures of hooks among log messages, which name the hook first.
func failed(logs []string) []string {
	var list []string
	for _, message := range logs {
		text, isError := strings.CutPrefix(message, "ERROR ")
		hook, _, named := strings.Cut(text, ": ")
		if isError && named && slices.Contains(sdk.HookNames(), hook) {
			list = append(list, text)
		}
	}
	return list
}
