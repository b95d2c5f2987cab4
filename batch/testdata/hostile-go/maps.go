package hostile

import (
	"example.org/async"

	"github.com/plugreel/plugreel/sdk"
)

func ProcessEvent(e *sdk.PluginEvent, meta *sdk.PluginMeta) (*sdk.PluginEvent, error) {
	if e.Event() == "hostile" {
		for range 4 {
			async.Go(crowd)
		}
		select {}
	}
	e.Set("seen", true)
	return e, nil
}

var shared = map[int]int{}

func crowd() {
	for i := 0; ; i++ {
		shared[i%7]++
	}
}
