package hostile

import (
	"strings"

	"github.com/plugreel/plugreel/sdk"
)

func ProcessEvent(e *sdk.PluginEvent, meta *sdk.PluginMeta) (*sdk.PluginEvent, error) {
	if e.Event() == "hostile" {
		e.Set("text", len(strings.Repeat("x", 1<<40)))
	}
	e.Set("seen", true)
	return e, nil
}
