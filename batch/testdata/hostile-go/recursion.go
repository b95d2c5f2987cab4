package hostile

import (
	"github.com/plugreel/plugreel/sdk"
)

func ProcessEvent(e *sdk.PluginEvent, meta *sdk.PluginMeta) (*sdk.PluginEvent, error) {
	if e.Event() == "hostile" {
		e.Set("n", deeper(0))
	}
	e.Set("seen", true)
	return e, nil
}

func deeper(n int) int { return deeper(n+1) + 1 }
