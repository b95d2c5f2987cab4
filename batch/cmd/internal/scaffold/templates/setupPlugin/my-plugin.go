// Package myplugin lets the named events through and drops all others.
package myplugin

import (
	"fmt"
	"slices"
	"strings"

	"github.com/plugreel/plugreel/sdk"
)

// SetupPlugin runs once, before the first event: what is the same for all events is worked out
// here. An error ends the replay before it begins.
func SetupPlugin(meta *sdk.PluginMeta) error {
	events := meta.Config.Get("events").StrOr("")
	names := strings.Split(events, ",")
	for i, name := range names {
		if names[i] = strings.TrimSpace(name); names[i] == "" {
			return fmt.Errorf("events: got %q, want names with commas between them", events)
		}
	}
	meta.Global["names"] = names
	return nil
}

// ProcessEvent runs for every event. Returning the event passes it on, returning nil drops it.
func ProcessEvent(event *sdk.PluginEvent, meta *sdk.PluginMeta) (*sdk.PluginEvent, error) {
	if !slices.Contains(meta.Global["names"].([]string), event.Event()) {
		return nil, nil
	}
	return event, nil
}
