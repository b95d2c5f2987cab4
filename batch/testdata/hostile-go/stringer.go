package hostile

import (
	"fmt"

	"github.com/plugreel/plugreel/sdk"
)

func ProcessEvent(e *sdk.PluginEvent, meta *sdk.PluginMeta) (*sdk.PluginEvent, error) {
	if e.Event() == "hostile" {
		text := fmt.Sprint(endless{})
		return e, fmt.Errorf("got a text of %d bytes", len(text))
	}
	e.Set("seen", true)
	return e, nil
}

type endless struct{}

func (x endless) String() string { return "<" + fmt.Sprint(x) + ">" }
