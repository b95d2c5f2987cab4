package cmd

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/plugins"
)

// chainFlags say which plugins to run and how.
type chainFlags struct {
	plugins  []string
	file     string
	settings []setting // in the order of the command line
	schedule scheduleFlag
}

func (f *chainFlags) define(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringArrayVarP(&f.plugins, "plugin", "p", nil, "`PLUGIN` to run: a directory, a .tgz or .zip, or the name of a built-in one (interp:NAME interprets one in Go); give it again for the next in the chain")
	flags.StringVar(&f.file, "chain", "", "`FILE` that lists the plugins with their settings, as YAML or JSON, instead of -p")
	flags.Var(&settingVar{&f.settings, setText}, "set", "`[PLUGIN.]KEY=VALUE` sets a config key to a text; the plugin's name is needed only where several have the key")
	flags.Var(&settingVar{&f.settings, setJSON}, "set-json", "`[PLUGIN.]KEY=JSON` sets a config key to a JSON value")
	flags.Var(&settingVar{&f.settings, attach}, "attach", "`[PLUGIN.]KEY=FILE` gives a plugin a file as an attachment")
}

// entry is one plugin of a chain before it is opened.
type entry struct {
	ref         string
	name        string // "" for the plugin's own
	config      manifest.ConfigBuilder
	attachments map[string]manifest.Attachment
	secrets     []string
}

// link is an entry that is opened.
type link struct {
	*entry
	plugin *plugins.Plugin
}

// loaded is a chain that is ready to run.
type loaded struct {
	chain    batch.Chain
	warnings []string
	links    []link
}

func (l *loaded) close() {
	for _, p := range l.links {
		_ = p.plugin.Close()
	}
}

// loadChain opens the plugins and settles their configuration. It reports the problems of all
// plugins at once.
func (a *app) loadChain(ctx context.Context, f *chainFlags) (*loaded, error) {
	entries, err := f.entries()
	if err != nil {
		return nil, err
	}
	return a.load(ctx, entries, f.settings, f.schedule.plugin()...)
}

// load is loadChain for entries that are read.
func (a *app) load(ctx context.Context, entries []*entry, settings []setting, opts ...plugins.Option) (*loaded, error) {
	l := &loaded{}
	var errs []error
	for _, e := range entries {
		p, err := a.open(ctx, e.ref, opts...)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		e.name = or(e.name, p.Name)
		l.links = append(l.links, link{e, p})
	}
	if errs == nil {
		errs = append(errs, l.configure(settings), l.resolve())
	}
	if err := errors.Join(errs...); err != nil {
		l.close()
		return nil, usageError{err}
	}
	return l, nil
}

func (f *chainFlags) entries() ([]*entry, error) {
	if f.file != "" {
		if len(f.plugins) > 0 {
			return nil, usagef("--chain and --plugin: got both, want one; list all plugins in %s", f.file)
		}
		return readChain(f.file)
	}
	var entries []*entry
	for _, ref := range f.plugins {
		entries = append(entries, &entry{ref: ref})
	}
	return entries, nil
}

// configure applies the settings of the command line, which win over those of a chain file.
func (l *loaded) configure(settings []setting) error {
	var errs []error
	for _, s := range settings {
		e, key, err := l.target(s)
		if err == nil {
			err = s.apply(e, key)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("%s %s: %w", s.kind.flag(), s.key, err))
		}
	}
	return errors.Join(errs...)
}

func (l *loaded) resolve() error {
	var errs []error
	for _, p := range l.links {
		r, err := p.plugin.Resolve(manifest.Given{
			Plugin: p.name, Config: p.config.JSON(), Attachments: p.attachments, Secrets: p.secrets,
		})
		if err != nil {
			errs = append(errs, err)
			continue
		}
		l.warn(p, r)
		l.chain = append(l.chain, batch.Plugin{
			Name: p.name, Program: p.plugin.Program,
			Config: r.Config, Attachments: r.Attachments, Secrets: r.Secrets,
		})
	}
	return errors.Join(errs...)
}

func (l *loaded) warn(p link, r *manifest.Resolved) {
	for _, w := range p.plugin.Problems.Warnings() {
		l.warnings = append(l.warnings, w.Error())
	}
	for _, w := range r.Warnings {
		l.warnings = append(l.warnings, w.Error())
	}
}
