// Package myplugin counts events and says at the end how many there were.
package myplugin

import "github.com/plugreel/plugreel/sdk"

// ProcessEvent runs for every event.
func ProcessEvent(event *sdk.PluginEvent, meta *sdk.PluginMeta) (*sdk.PluginEvent, error) {
	meta.Global["events"] = count(meta) + 1
	return event, nil
}

// TeardownPlugin runs once, after the last event.
func TeardownPlugin(meta *sdk.PluginMeta) error {
	meta.Logger.Info("events in all:", count(meta))
	return nil
}

// count is how many events there were.
func count(meta *sdk.PluginMeta) int {
	n, _ := meta.Global["events"].(int) // none at first
	return n
}
