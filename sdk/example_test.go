package sdk_test

import (
	"fmt"

	"github.com/plugreel/plugreel/sdk"
)

// An event keeps its text but for what is written.
func ExamplePluginEvent() {
	e, err := sdk.NewEvent([]byte(`{"event":"order","properties":{"id":12345678901234567890,"total":1.0,"coupon":null}}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	p := e.Properties()
	p.Set("currency", "EUR")
	p.Delete("coupon")
	fmt.Println(e)
	// Output: {"event":"order","properties":{"id":12345678901234567890,"total":1.0,"currency":"EUR"}}
}

// Reading asks for a kind; another kind, or nothing, gives the default.
func ExampleObject_Get() {
	e, err := sdk.NewEvent([]byte(`{"properties":{"order":{"total":19.9},"plan":"pro"}}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	p := e.Properties()
	fmt.Println(p.Get("order", "total").FloatOr(0))
	fmt.Println(p.Get("plan").StrOr("free"), p.Get("trial").BoolOr(true))
	_, ok := p.Get("plan").Int()
	fmt.Println(ok)
	// Output:
	// 19.9
	// pro true
	// false
}

// A plugin that drops events, as a program that a host can run.
func ExampleNative() {
	program := sdk.Native(sdk.Info{Name: "no-autocapture"}, func() sdk.Hooks {
		return sdk.Hooks{
			ProcessEvent: func(e *sdk.PluginEvent, _ *sdk.PluginMeta) (*sdk.PluginEvent, error) {
				if e.Event() == "$autocapture" {
					return nil, nil
				}
				return e, nil
			},
		}
	})
	fmt.Println(program.Info().Name, program.Info().Hooks)
	// Output: no-autocapture [processEvent]
}
