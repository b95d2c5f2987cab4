package hostile

import (
	"example.org/async"

	"github.com/plugreel/plugreel/sdk"
)

func ProcessEvent(e *sdk.PluginEvent, meta *sdk.PluginMeta) (*sdk.PluginEvent, error) {
	if e.Event() == "hostile" {
		async.Go(func() {
			panic("in a goroutine")
		})
		select {}
	}
	e.Set("seen", true)
	return e, nil
}
