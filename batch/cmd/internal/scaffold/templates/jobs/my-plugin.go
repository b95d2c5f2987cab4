// Package myplugin remembers every signup and says a day later who it was.
package myplugin

import (
	"time"

	"github.com/plugreel/plugreel/sdk"
)

// ProcessEvent runs for every event. What is to be done later is put off under the name of a job.
func ProcessEvent(event *sdk.PluginEvent, meta *sdk.PluginMeta) (*sdk.PluginEvent, error) {
	if event.Event() != "signup" {
		return event, nil
	}
	return event, meta.Jobs.Enqueue("remind", event.Get("distinct_id"), 24*time.Hour)
}

// Jobs run when their time has come: in a replay, when the time of the events has.
var Jobs = map[string]func(sdk.Value, *sdk.PluginMeta) error{"remind": remind}

func remind(who sdk.Value, meta *sdk.PluginMeta) error {
	meta.Logger.Info("a day ago:", who.StrOr(""))
	return nil
}
