package hostile

import (
	"github.com/plugreel/plugreel/sdk"
)

func ProcessEvent(e *sdk.PluginEvent, meta *sdk.PluginMeta) (*sdk.PluginEvent, error) {
	if e.Event() == "hostile" {
		var kept [][]byte
		for {
			kept = append(kept, make([]byte, 1<<20))
		}
	}
	e.Set("seen", true)
	return e, nil
}
