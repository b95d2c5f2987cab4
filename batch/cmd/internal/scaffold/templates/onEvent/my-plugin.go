// Package myplugin tells a service of every signup.
package myplugin

import (
	"encoding/json"
	"fmt"

	"github.com/plugreel/plugreel/sdk"
)

// OnEvent runs for every event that left the chain of plugins. What it changes reaches nobody.
func OnEvent(event *sdk.PluginEvent, meta *sdk.PluginMeta) error {
	if event.Event() != "signup" {
		return nil
	}
	body, err := json.Marshal(map[string]string{"who": event.DistinctID()})
	if err != nil {
		return err
	}
	answer, err := meta.Fetcher.Fetch(meta.Context(), &sdk.Request{
		Method:  "POST",
		URL:     meta.Config.Get("url").StrOr(""),
		Headers: [][2]string{{"Authorization", "Bearer " + meta.Config.Get("apiKey").StrOr("")}},
		Body:    body,
	})
	if err != nil {
		return err
	}
	if answer.Status < 200 || answer.Status > 299 {
		return fmt.Errorf("the service said %d", answer.Status)
	}
	return nil
}
