package hostile

import (
	"github.com/plugreel/plugreel/sdk"
)

func ProcessEvent(e *sdk.PluginEvent, meta *sdk.PluginMeta) (*sdk.PluginEvent, error) {
	if e.Event() == "hostile" {
		deeper(e)
	}
	e.Set("seen", true)
	return e, nil
}

func deeper(e *sdk.PluginEvent) {
	e.Each(func(string, sdk.Value) bool {
		deeper(e)
		return true
	})
}
