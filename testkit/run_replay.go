package testkit

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/sdk"
)

// outcome is what became of an event.
type outcome struct {
	event    sdk.Value // as it was written, missing if it was not
	dropped  bool      // by the plugin
	failures []failure // of hooks, or the one that kept the plugin from running
	webhook  sdk.Value // with its defaults, missing if none was composed
	log      []string  // "LEVEL message"
}

// failure is a hook that failed, or a config or a plugin that could not be used.
type failure struct {
	text  string // without secrets
	stack string // in the plugin's source, "" if unknown
}

// replay runs one event through a new instance. The error is no outcome of the case: the case
// cannot be run as it is, or the run was ended from outside.
func (s subject) replay(ctx context.Context, config map[string]any, in []byte) (outcome, error) {
	var b manifest.ConfigBuilder
	if err := b.Merge(config); err != nil {
		return outcome{}, err
	}
	resolved, err := s.manifest.Resolve(manifest.Given{Config: b.JSON()})
	if err != nil {
		return outcome{failures: []failure{{text: err.Error()}}}, nil
	}
	chain := batch.Chain{{
		Name: s.manifest.Name, Program: s.program,
		Config: resolved.Config, Attachments: resolved.Attachments, Secrets: resolved.Secrets,
	}}
	var l lines
	o := batch.Options{Workers: 1, Webhooks: batch.Writer(&l.webhooks), Logs: batch.Writer(&l.log)}
	done, err := batch.Run(ctx, chain, batch.Records(string(in)), batch.Writer(&l.events), o)
	if _, ok := errors.AsType[*manifest.SetupError](err); ok {
		return outcome{failures: []failure{{text: done.Error}}}, nil
	}
	if err != nil {
		return outcome{}, err
	}
	got, err := l.outcome()
	got.dropped = done.Counts.Dropped > 0
	got.failures = failures(done)
	got.log = append(warnings(resolved), got.log...)
	return got, err
}

// lines is what a replay of one event wrote.
type lines struct{ events, webhooks, log bytes.Buffer }

func (l *lines) outcome() (outcome, error) {
	webhook, err := webhookValue(l.webhooks.Bytes())
	if err != nil {
		return outcome{}, err
	}
	log, err := messages(l.log.Bytes())
	event := bytes.TrimSuffix(l.events.Bytes(), []byte("\n"))
	return outcome{event: sdk.RawValue(event), webhook: webhook, log: log}, err
}

// webhookValue reads a line of webhooks, if there is one, as what readWebhook makes of a case's.
func webhookValue(line []byte) (sdk.Value, error) {
	if len(line) == 0 {
		return sdk.Value{}, nil
	}
	var w batch.ComposedWebhook
	if err := json.Unmarshal(line, &w); err != nil {
		return sdk.Value{}, err
	}
	o := sdk.NewObject()
	o.Set("url", w.URL)
	o.Set("method", w.Method)
	o.Set("headers", w.Headers)
	o.Set("body", w.Body)
	return o.Get(), nil
}

// messages reads lines of logs.
func messages(log []byte) ([]string, error) {
	var texts []string
	for line := range bytes.Lines(log) {
		var e struct{ Level, Message string }
		if err := json.Unmarshal(line, &e); err != nil {
			return nil, err
		}
		texts = append(texts, e.Level+" "+e.Message)
	}
	return texts, nil
}

// failures lists the hooks that failed, in the order in which they are called.
func failures(done batch.Report) []failure {
	var list []failure
	for _, p := range done.Plugins {
		for _, name := range sdk.HookNames() {
			hook, ok := p.Hooks[name]
			if !ok {
				continue
			}
			for _, s := range hook.Samples {
				list = append(list, failure{text: name + ": " + s.Error, stack: s.Stack})
			}
		}
	}
	return list
}

// warnings are what is odd in a case's config, as messages.
func warnings(resolved *manifest.Resolved) []string {
	var texts []string
	for _, w := range resolved.Warnings {
		texts = append(texts, "WARN "+w.Error())
	}
	return texts
}
