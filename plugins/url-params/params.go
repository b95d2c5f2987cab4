package urlparams

import (
	"slices"
	"strings"

	"github.com/plugreel/plugreel/sdk"
)

// Program is the plugin for hosts that compile it in.
func Program() sdk.Program { return sdk.Native(sdk.Info{Name: "url-params"}, Hooks) }

// Hooks makes one instance of the plugin.
func Hooks() sdk.Hooks {
	p := &plugin{}
	return sdk.Hooks{SetupPlugin: p.setup, ProcessEvent: p.processEvent}
}

// plugin is one instance.
type plugin struct {
	take, ignore names
	from         []string
	prefix       string
	oncePrefix   string
	lower        bool
	repeated     string
	raw          bool // values are not decoded
	fragment     bool
	targets      []string
	overwrite    bool
	events       []string
}

func (p *plugin) setup(meta *sdk.PluginMeta) error {
	s := meta.Settings()
	p.lower = s.Choice("case", "keep", "lower") == "lower"
	p.take = newNames(s.List("parameters"), p.lower)
	p.ignore = newNames(s.List("ignore"), p.lower)
	p.from = orDefault(s.List("from"), "$current_url")
	p.prefix = s.Text("prefix", "")
	p.oncePrefix = s.Text("oncePrefix", "initial_")
	p.repeated = s.Choice("repeated", "first", "last", "all")
	p.raw = !s.Bool("decode", true)
	p.fragment = s.Bool("fragment", false)
	p.targets = orDefault(s.ListOf("targets", "properties", "$set", "$set_once"), "properties")
	p.overwrite = s.Bool("overwrite", false)
	p.events = s.List("events")
	return s.Err()
}

func orDefault(list []string, def string) []string {
	if list == nil {
		return []string{def}
	}
	return list
}

func (p *plugin) processEvent(e *sdk.PluginEvent, _ *sdk.PluginMeta) (*sdk.PluginEvent, error) {
	if p.events != nil && !slices.Contains(p.events, e.Event()) {
		return e, nil
	}
	found := p.find(e.Properties())
	if len(found) == 0 {
		return e, nil
	}
	for _, target := range p.targets {
		switch target {
		case "properties":
			p.write(e.Properties(), p.prefix, found)
		case "$set":
			p.write(e.PersonSet(), p.prefix, found)
		case "$set_once":
			p.write(e.PersonSetOnce(), p.oncePrefix+p.prefix, found)
		}
	}
	return e, nil
}

// find collects the parameters of all addresses.
func (p *plugin) find(properties *sdk.Object) []parameter {
	var found []parameter
	for _, name := range p.from {
		address, ok := properties.Get(name).Str()
		if !ok {
			continue
		}
		before := len(found)
		for _, query := range queries(address, p.fragment) {
			found = p.collect(found, before, query)
		}
	}
	return found
}

// collect adds the parameters of a query; those up to before are of other addresses and win.
func (p *plugin) collect(found []parameter, before int, query string) []parameter {
	for query != "" {
		var pair string
		pair, query, _ = strings.Cut(query, "&")
		name, value, _ := strings.Cut(pair, "=")
		name = unescape(name)
		if p.lower {
			name = strings.ToLower(name)
		}
		if name == "" || !p.takes(name) {
			continue
		}
		if !p.raw {
			value = unescape(value)
		}
		switch i := index(found, name); {
		case i < 0:
			found = append(found, parameter{name, []string{value}})
		case i >= before:
			found[i].values = append(found[i].values, value)
		}
	}
	return found
}

// takes says whether the user wants a parameter.
func (p *plugin) takes(name string) bool {
	return (p.take == nil || p.take.match(name)) && !p.ignore.match(name)
}

// write sets what was found in one object of the event.
func (p *plugin) write(o *sdk.Object, prefix string, found []parameter) {
	for _, f := range found {
		name := prefix + f.name
		if !p.overwrite && o.Has(name) {
			continue
		}
		switch last := len(f.values) - 1; {
		case last > 0 && p.repeated == "all":
			o.Set(name, f.values)
		case p.repeated == "last":
			o.Set(name, f.values[last])
		default:
			o.Set(name, f.values[0])
		}
	}
}
