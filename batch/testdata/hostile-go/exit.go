package hostile

import (
	"os"

	"github.com/plugreel/plugreel/sdk"
)

func ProcessEvent(e *sdk.PluginEvent, meta *sdk.PluginMeta) (*sdk.PluginEvent, error) {
	if e.Event() == "hostile" {
		os.Exit(3)
	}
	e.Set("seen", true)
	return e, nil
}
