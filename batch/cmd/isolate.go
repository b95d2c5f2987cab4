package cmd

import (
	"bytes"
	"context"
	"encoding/gob"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/sdk"
)

// isolateFlags say whether plugins run in processes of their own.
type isolateFlags struct {
	on        bool
	maxMemory byteSize
	sized     func() bool // --max-memory was given
}

func (f *isolateFlags) define(cmd *cobra.Command) {
	f.maxMemory = batch.DefaultMaxMemory
	flags := cmd.Flags()
	flags.BoolVar(&f.on, "isolate", false, "run plugins in processes of their own, for plugins that you have not written: one that hangs, crashes or takes all memory fails on that event only (Linux)")
	flags.Var(&f.maxMemory, "max-memory", "most memory that each process of --isolate may take, and the uuids that --dedupe remembers: 20 bytes each")
	f.sized = func() bool { return flags.Changed("max-memory") }
}

// check refuses what makes no sense. dedupe says that there is something else to limit.
func (f *isolateFlags) check(dedupe bool) error {
	switch {
	case f.sized() && !f.on && !dedupe:
		return usagef("--max-memory: got it without --isolate, which alone can hold a plugin to it, or --dedupe")
	case f.on && f.maxMemory < batch.MinMaxMemory:
		least := byteSize(batch.MinMaxMemory)
		return usagef("--max-memory: got %s, want at least %s", &f.maxMemory, &least)
	}
	return nil
}

// chainSpec is what a worker process opens a chain of. Files are in it: who knows what a name
// stands for in another process.
type chainSpec struct {
	Plugins  []pluginSpec
	Settings []settingSpec
	Schedule scheduleFlag
}

type pluginSpec struct {
	Ref, Name   string
	Config      []byte
	Attachments map[string]manifest.Attachment
	Secrets     []string
}

type settingSpec struct {
	Kind       settingKind
	Key, Value string
	File       *manifest.Attachment
}

// openChain opens the chain of a replay, in this process or another.
func (a *app) openChain(ctx context.Context, f *replayFlags) (*loaded, *batch.Isolation, error) {
	if f.isolate.on {
		return a.openIsolated(ctx, &f.chain, int64(f.isolate.maxMemory))
	}
	chain, err := a.loadChain(ctx, &f.chain)
	return chain, nil, err
}

// openIsolated has a worker process open the chain. None of the plugins' code runs in this one.
func (a *app) openIsolated(ctx context.Context, f *chainFlags, maxMemory int64) (*loaded, *batch.Isolation, error) {
	entries, err := f.entries()
	if err != nil {
		return nil, nil, err
	}
	spec, err := encodeChain(entries, f)
	if err != nil {
		return nil, nil, err
	}
	isolation := &batch.Isolation{Spec: spec, MaxMemory: maxMemory}
	chain, warnings, err := isolation.Open(ctx)
	if err != nil {
		return nil, nil, err
	}
	return &loaded{chain: chain, warnings: warnings}, isolation, nil
}

func encodeChain(entries []*entry, f *chainFlags) ([]byte, error) {
	spec := chainSpec{Schedule: f.schedule}
	for _, e := range entries {
		spec.Plugins = append(spec.Plugins, pluginSpec{e.ref, e.name, e.config.JSON(), e.attachments, e.secrets})
	}
	for _, s := range f.settings {
		one := settingSpec{Kind: s.kind, Key: s.key, Value: s.value}
		if s.kind == attach {
			file, err := readAttachment(s.value)
			if err != nil {
				return nil, usagef("%s %s: %w", s.kind.flag(), s.key, err)
			}
			one.Value, one.File = "", &file
		}
		spec.Settings = append(spec.Settings, one)
	}
	var text bytes.Buffer
	err := gob.NewEncoder(&text).Encode(spec)
	return text.Bytes(), err
}

// openSpec opens a chain in a worker process.
func (a *app) openSpec(ctx context.Context, text []byte) (batch.Chain, []string, error) {
	var spec chainSpec
	if err := gob.NewDecoder(bytes.NewReader(text)).Decode(&spec); err != nil {
		return nil, nil, fmt.Errorf("chain: %w", err)
	}
	var entries []*entry
	for _, p := range spec.Plugins {
		e := &entry{ref: p.Ref, name: p.Name, attachments: p.Attachments, secrets: p.Secrets}
		if err := e.setAll(p.Config); err != nil {
			return nil, nil, err
		}
		entries = append(entries, e)
	}
	var settings []setting
	for _, s := range spec.Settings {
		settings = append(settings, setting{s.Kind, s.Key, s.Value, s.File})
	}
	l, err := a.load(ctx, entries, settings, spec.Schedule.plugin()...)
	if err != nil {
		return nil, nil, err
	}
	return l.chain, l.warnings, nil
}

// setAll sets every member of a JSON object; nil has none.
func (e *entry) setAll(config []byte) error {
	if len(config) == 0 {
		return nil
	}
	object, err := sdk.ParseObject(config)
	if err != nil {
		return err
	}
	for key, v := range object.All() {
		if err := e.config.SetJSON(key, string(v.Raw())); err != nil {
			return err
		}
	}
	return nil
}

// workerCommand is what a list of processes shows. A process that is a worker never gets here.
func (a *app) workerCommand() *cobra.Command {
	return &cobra.Command{
		Use:    "worker",
		Short:  "Run plugins for plugreel replay --isolate",
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return usagef("worker: got a call by hand, want one by plugreel replay --isolate")
		},
	}
}
