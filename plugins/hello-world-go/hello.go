// Package helloworldgo says hello from every event: it sets two properties. It is hello-world in
// Go, and the least that a Go plugin is made of.
//
//	before   {"event":"$pageview","properties":{"$browser":"Chrome"}}
//	after    {"event":"$pageview","properties":{"$browser":"Chrome","hello":"world","bar":"baz"}}
//
//	key        type     default   effect
//	greeting   string   world     the property hello, where the event has none
//	bar        string   baz       the property bar
package helloworldgo

import "github.com/plugreel/plugreel/sdk"

// Program is the plugin for hosts that compile it in.
func Program() sdk.Program { return sdk.Native(sdk.Info{Name: "hello-world-go"}, Hooks) }

// Hooks makes one instance of the plugin.
func Hooks() sdk.Hooks {
	p := &plugin{}
	return sdk.Hooks{SetupPlugin: p.setup, ProcessEvent: p.processEvent}
}

// plugin is one instance.
type plugin struct {
	greeting, bar string
}

// setup runs once, before the first event. What it leaves in p is there for every event, which
// only reads it, so that each event is treated alone and a replay may use many workers.
func (p *plugin) setup(meta *sdk.PluginMeta) error {
	s := meta.Settings()
	p.greeting = s.Text("greeting", "world")
	p.bar = s.Text("bar", "baz")
	return s.Err()
}

// processEvent runs for every event. Returning the event passes it on, returning nil would drop it.
func (p *plugin) processEvent(e *sdk.PluginEvent, _ *sdk.PluginMeta) (*sdk.PluginEvent, error) {
	properties := e.Properties() // some events, such as $identify, come without: the first Set makes them
	if hello := properties.Get("hello"); !hello.Exists() || hello.IsNull() {
		properties.Set("hello", p.greeting)
	}
	properties.Set("bar", p.bar)
	return e, nil
}
