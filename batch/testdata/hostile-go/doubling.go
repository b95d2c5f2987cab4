package hostile

import (
	"github.com/plugreel/plugreel/sdk"
)

func ProcessEvent(e *sdk.PluginEvent, meta *sdk.PluginMeta) (*sdk.PluginEvent, error) {
	if e.Event() == "hostile" {
		text := "x"
		for {
			text += text
		}
	}
	e.Set("seen", true)
	return e, nil
}
