package batch

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/sdk"
)

// Plugin is one plugin of a chain with its configuration, ready to run.
type Plugin struct {
	// Name stands in reports, logs and errors. "" means Program.Info().Name. It is unique in a
	// chain.
	Name string
	// Program is the loaded plugin; never nil.
	Program sdk.Program
	// Config is meta.config, a JSON object; nil means {}.
	Config json.RawMessage
	// Attachments is meta.attachments; nil means none. All instances share their contents.
	Attachments map[string]sdk.Attachment
	// Secrets are texts that no log, report or error shows.
	Secrets []string

	sums map[string]string // of the contents of attachments that are in another process
}

// Chain is a list of plugins in the order in which they see an event. The empty chain checks
// records and copies them.
type Chain []Plugin

// named returns a copy of the chain in which every plugin has its name.
func (c Chain) named() (Chain, error) {
	c = slices.Clone(c)
	seen := make(map[string]bool, len(c))
	for i := range c {
		p := &c[i]
		if p.Program == nil {
			return nil, usagef("plugin %d of the chain: got no program", i+1)
		}
		if p.Name == "" {
			p.Name = p.Program.Info().Name
		}
		if seen[p.Name] {
			return nil, usagef("plugin %q: got two of that name; give one of them another", p.Name)
		}
		seen[p.Name] = true
	}
	return c, nil
}

// index returns which plugin has the name, one of the chain's.
func (c Chain) index(name string) int {
	return slices.IndexFunc(c, func(p Plugin) bool { return p.Name == name })
}

// state is the most that any plugin of the chain remembers.
func (c Chain) state() sdk.State {
	state := sdk.StateNone
	for _, p := range c {
		state = max(state, p.Program.Info().State)
	}
	return state
}

// remembers returns a plugin that remembers events in a way from state on, nil if there is none.
func (c Chain) remembers(state sdk.State) *Plugin {
	for i := range c {
		if c[i].Program.Info().State >= state {
			return &c[i]
		}
	}
	return nil
}

// memory says how a plugin remembers events, and where in its source.
func (p *Plugin) memory() string {
	info := p.Program.Info()
	how := map[sdk.State]string{sdk.StateStore: "in storage or cache", sdk.StateMemory: "in its own memory"}[info.State]
	text := fmt.Sprintf("%s remembers events %s", p.Name, how)
	for _, n := range info.Notices {
		if n.Code == "state-"+info.State.String() {
			return text + " (" + noticeText(n) + ")"
		}
	}
	return text
}

// has says whether any plugin of the chain exports one of the hooks.
func (c Chain) has(hooks ...string) bool {
	for _, p := range c {
		for _, name := range p.Program.Info().Hooks {
			if slices.Contains(hooks, name) {
				return true
			}
		}
	}
	return false
}

// retains says whether a plugin may read events whose hooks have returned.
func (c Chain) retains() bool {
	return slices.ContainsFunc(c, func(p Plugin) bool { return p.Program.Info().Retains })
}

// has says whether a plugin has a scheduled task.
func (p *Plugin) has(s sdk.Schedule) bool {
	return slices.Contains(p.Program.Info().Schedules, s)
}

// Redactor returns what takes the secrets of all plugins out of texts.
func (c Chain) Redactor() *manifest.Redactor {
	var secrets []string
	for _, p := range c {
		secrets = append(secrets, p.Secrets...)
	}
	return manifest.NewRedactor(secrets...)
}

// setupError names the config keys that a failure to set up may come from, and hides secrets.
func (p *Plugin) setupError(err error) error {
	r := manifest.Resolved{Config: p.Config, Attachments: p.Attachments, Secrets: p.Secrets}
	return r.SetupError(p.Name, err)
}
