// Package myplugin counts events and says every minute how many there were.
package myplugin

import (
	"strconv"

	"github.com/plugreel/plugreel/sdk"
)

// ProcessEvent runs for every event.
func ProcessEvent(event *sdk.PluginEvent, meta *sdk.PluginMeta) (*sdk.PluginEvent, error) {
	err := meta.Storage.Update("events", func(old sdk.Value) (sdk.Value, error) {
		return sdk.RawValue([]byte(strconv.FormatInt(old.IntOr(0)+1, 10))), nil
	})
	return event, err
}

// RunEveryMinute runs every minute: in a replay, whenever the time of the events passes one.
func RunEveryMinute(meta *sdk.PluginMeta) error {
	events, err := meta.Storage.Get("events")
	if err != nil {
		return err
	}
	meta.Logger.Info("events so far:", events.IntOr(0))
	return nil
}
