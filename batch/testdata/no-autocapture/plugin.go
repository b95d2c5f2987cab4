package noautocapture

import "github.com/plugreel/plugreel/sdk"

// Hooks makes the hooks of one instance: what is declared in here is its own.
func Hooks() sdk.Hooks {
	dropped := 0
	return sdk.Hooks{
		ProcessEvent: func(e *sdk.PluginEvent, meta *sdk.PluginMeta) (*sdk.PluginEvent, error) {
			if e.Event() == "$autocapture" {
				dropped++
				return nil, nil // drop it
			}
			e.Properties().Set("dropped_before", dropped)
			return e, nil
		},
	}
}
