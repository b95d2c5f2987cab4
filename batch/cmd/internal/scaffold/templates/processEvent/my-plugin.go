// Package myplugin greets every event, and drops those that nobody asked for.
package myplugin

import "github.com/plugreel/plugreel/sdk"

// ProcessEvent runs for every event. Returning the event passes it on, returning nil drops it.
func ProcessEvent(event *sdk.PluginEvent, meta *sdk.PluginMeta) (*sdk.PluginEvent, error) {
	if event.Event() == meta.Config.Get("drop").StrOr("") {
		return nil, nil
	}
	event.Properties().Set("greeting", meta.Config.Get("greeting").StrOr(""))
	return event, nil
}
