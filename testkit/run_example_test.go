package testkit_test

import (
	"fmt"

	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/testkit"
)

// printer is a T outside go test.
type printer struct{}

func (printer) Helper()                           {}
func (printer) Errorf(format string, args ...any) { fmt.Printf("FAIL "+format+"\n", args...) }
func (printer) Fatalf(format string, args ...any) { fmt.Printf("FATAL "+format+"\n", args...) }

func ExampleRun() {
	var t printer // in a test: t *testing.T
	testkit.Run(t, "hello-world", []testkit.Case{{
		Name:   "every event says hello",
		Reason: "the promise of plugin.json",
		In:     `{"event":"$identify"}`,
		Want:   `{"event":"$identify","properties":{"hello":"world","bar":"baz"}}`,
	}, {
		Name:   "bar is set by the user",
		Config: map[string]any{"bar": "open"},
		In:     `{"event":"$pageview","properties":{}}`,
		Want:   `{"event":"$pageview","properties":{"hello":"world","bar":"closed"}}`,
	}})
	// Output:
	// FAIL bar is set by the user
	// event (-want +got):
	//     -properties.bar: "closed"
	//     +properties.bar: "open"
}

func ExampleRunProgram() {
	onlySignups := sdk.Native(sdk.Info{Name: "only-signups"}, func() sdk.Hooks {
		return sdk.Hooks{ProcessEvent: func(e *sdk.PluginEvent, _ *sdk.PluginMeta) (*sdk.PluginEvent, error) {
			if e.Event() != "signup" {
				return nil, nil
			}
			return e, nil
		}}
	})
	var t printer
	testkit.RunProgram(t, onlySignups, []testkit.Case{
		{Name: "signup stays", In: `{"event":"signup"}`, Want: `{"event":"signup"}`},
		{Name: "all else goes", In: `{"event":"$pageleave"}`, Dropped: true},
		{Name: "page views stay", In: `{"event":"$pageview"}`, Want: `{"event":"$pageview"}`},
	})
	// Output:
	// FAIL page views stay
	// event: got it dropped, want
	//     {"event":"$pageview"}
}
