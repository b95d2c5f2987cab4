package hostile

import (
	"log"

	"github.com/plugreel/plugreel/sdk"
)

func ProcessEvent(e *sdk.PluginEvent, meta *sdk.PluginMeta) (*sdk.PluginEvent, error) {
	if e.Event() == "hostile" {
		log.Default().Fatal("on purpose")
	}
	e.Set("seen", true)
	return e, nil
}
