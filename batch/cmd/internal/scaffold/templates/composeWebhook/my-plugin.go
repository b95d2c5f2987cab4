// Package myplugin makes a message of every signup.
package myplugin

import (
	"encoding/json"

	"github.com/plugreel/plugreel/sdk"
)

// ComposeWebhook runs for every event that left the chain of plugins. Returning nil sends nothing
// for this event.
func ComposeWebhook(event *sdk.PluginEvent, meta *sdk.PluginMeta) (*sdk.Webhook, error) {
	if event.Event() != "signup" {
		return nil, nil
	}
	body, err := json.Marshal(map[string]string{
		"text": event.DistinctID() + " has signed up",
		"at":   event.Timestamp(),
	})
	if err != nil {
		return nil, err
	}
	return &sdk.Webhook{URL: meta.Config.Get("url").StrOr(""), Body: string(body)}, nil
}
