package testkit

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/batch/fetch"
	"github.com/plugreel/plugreel/batch/state"
	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/plugins"
	"github.com/plugreel/plugreel/sdk"
)

// Check runs one case of a plugin, as [Run] does, outside go test. Case.Skip is not looked at.
//
// Errors: *[Failure] if the outcome is not what the case wants; another if the case cannot be run
// as it is, or ctx has ended.
func Check(ctx context.Context, p *plugins.Plugin, c Case) error {
	want, err := c.read()
	if err != nil {
		return fmt.Errorf("%s: %w", c.Name, err)
	}
	got, err := c.replay(ctx, p, want)
	if err != nil {
		return fmt.Errorf("%s: %w", c.Name, err)
	}
	if findings := compare(c, want, got, p); len(findings) > 0 {
		return &Failure{Name: c.Name, Reason: c.Reason, At: c.At, Findings: findings, Log: got.log}
	}
	return nil
}

// outcome is what became of a case.
type outcome struct {
	results  []Result  // by event; nil if the plugin did not run
	failures []failure // of hooks, or the one that kept the plugin from running
	webhooks []sdk.Value
	captured []sdk.Value
	log      []string // "LEVEL message"
	fetched  []Call
	storage  sdk.Storage
	cache    sdk.Cache
}

// failure is a hook that failed, or a config or a plugin that could not be used.
type failure struct {
	text  string   // without secrets, the hook first
	stack string   // in the plugin's source, "" if unknown
	kinds []string // types of the error in Go, if they are known
}

// replay runs the events of a case through a new instance. The error is no outcome of the case:
// it cannot be run as it is, or the run was ended from outside.
func (c Case) replay(ctx context.Context, p *plugins.Plugin, w wanted) (outcome, error) {
	var b manifest.ConfigBuilder
	if err := b.Merge(c.Config); err != nil {
		return outcome{}, err
	}
	resolved, err := p.Resolve(manifest.Given{Config: b.JSON(), Attachments: c.Attachments})
	if err != nil {
		return outcome{failures: []failure{{text: err.Error()}}}, nil
	}
	stage, err := c.stage(p, resolved)
	if err != nil {
		return outcome{}, err
	}
	defer stage.close()
	got, err := stage.play(ctx, w.in)
	got.log = append(warnings(resolved), got.log...)
	return got, err
}

// stage is a plugin with the world that a case gives it.
type stage struct {
	chain   batch.Chain
	options batch.Options
	http    *HTTP
	tape    *fetch.Client // nil without a cassette
}

func (c Case) stage(p *plugins.Plugin, r *manifest.Resolved) (*stage, error) {
	s := &stage{
		chain: batch.Chain{{Name: p.Name, Program: p.Program, Config: r.Config, Attachments: r.Attachments, Secrets: r.Secrets}},
		http:  NewHTTP(c.HTTP...),
	}
	s.options = batch.Options{Workers: 1, ClockStart: c.Clock, TeamID: c.TeamID, Fetcher: s.http, State: state.New()}
	if c.GeoIP != nil {
		s.options.GeoIP = GeoIP(c.GeoIP)
	}
	if err := c.remember(p, s.options.State); err != nil {
		return nil, err
	}
	if c.Cassette == "" {
		return s, nil
	}
	var err error
	s.tape, err = fetch.New(fetch.Options{Cassette: c.Cassette, Mode: fetch.ReplayOnly, Redact: s.chain.Redactor().Redact})
	s.http.next = s.tape
	return s, err
}

// remember fills storage and cache.
func (c Case) remember(p *plugins.Plugin, s *state.State) error {
	storage, cache := s.Storage(p.Name), s.Cache(p.Program.Info().Name)
	for _, key := range slices.Sorted(maps.Keys(c.Storage)) {
		v, err := jsonValue(c.Storage[key])
		if err != nil {
			return fmt.Errorf("storage %q: %w", key, err)
		}
		if err := storage.Set(key, v); err != nil {
			return err
		}
	}
	for _, key := range slices.Sorted(maps.Keys(c.Cache)) {
		v, err := jsonValue(c.Cache[key])
		if err != nil {
			return fmt.Errorf("cache %q: %w", key, err)
		}
		if err := cache.Set(key, v.String(), 0); err != nil {
			return err
		}
	}
	return nil
}

func (s *stage) close() {
	if s.tape != nil {
		_ = s.tape.Close() // nothing was recorded
	}
}

// play takes events through the plugin.
func (s *stage) play(ctx context.Context, in []string) (outcome, error) {
	var kinds errorKinds
	s.chain[0].Program = spy{s.chain[0].Program, &kinds}
	t, report, err := trace(ctx, s.chain, batch.Records(in...), s.options)
	got := outcome{
		storage: s.options.State.Storage(s.chain[0].Name), cache: s.options.State.Cache(s.chain[0].Program.Info().Name),
		fetched: s.http.Calls(),
	}
	if _, ok := errors.AsType[*manifest.SetupError](err); ok {
		got.failures, got.log = kinds.add([]failure{{text: report.Error}}), t.after
		return got, nil
	}
	if err != nil {
		return got, err
	}
	got.take(t)
	got.failures = kinds.add(failures(report))
	return got, nil
}

// take reads the results.
func (o *outcome) take(t *tracing) {
	o.results = t.results
	for _, r := range t.results {
		o.log = append(o.log, r.Logs...)
		o.captured = append(o.captured, r.Captured...)
		for _, w := range r.Webhooks {
			o.webhooks = append(o.webhooks, webhookValue(w))
		}
	}
	o.log = append(o.log, t.after...)
}

// webhookValue is a webhook as fullWebhook makes one of a case's.
func webhookValue(w batch.ComposedWebhook) sdk.Value {
	o := sdk.NewObject()
	o.Set("url", w.URL)
	o.Set("method", w.Method)
	o.Set("headers", w.Headers)
	o.Set("body", w.Body)
	return o.Get()
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

// cached returns what a cache holds for a key, as JSON; missing if nothing.
func cached(c sdk.Cache, key string) (sdk.Value, error) {
	text, ok, err := c.Get(key)
	switch {
	case errors.Is(err, sdk.ErrWrongType):
		list, err := c.LRange(key, 0, -1)
		if err != nil {
			return sdk.Value{}, err
		}
		return jsonValue(list)
	case err != nil || !ok:
		return sdk.Value{}, err
	case json.Valid([]byte(text)):
		return sdk.RawValue(bytes.TrimSpace([]byte(text))), nil
	}
	return jsonValue(text)
}
