package interp_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/interp"
	"github.com/plugreel/plugreel/sdk"
)

const functions = `package greet

import "github.com/plugreel/plugreel/sdk"

var greeting string

func SetupPlugin(meta *sdk.PluginMeta) error {
	greeting = meta.Config.Get("greeting").StrOr("hello")
	return nil
}

func ProcessEvent(e *sdk.PluginEvent, meta *sdk.PluginMeta) (*sdk.PluginEvent, error) {
	e.Set("greeting", greeting)
	return e, nil
}
`

func TestDescribe(t *testing.T) {
	for _, c := range []struct {
		name, reason, source string
		exports              []string
		program              string
		variables            []string
	}{
		{"constructor", "an instance has its own variables", constructed, []string{"Hooks"},
			`sdk.Native(sdk.Info{Name: "test", State: sdk.StateMemory}, pkg.Hooks)`, nil},
		{"functions", "a variable that SetupPlugin sets is shared", functions, []string{"SetupPlugin", "ProcessEvent"},
			`sdk.Native(sdk.Info{Name: "test"}, func() sdk.Hooks { return sdk.Hooks{SetupPlugin: pkg.SetupPlugin, ProcessEvent: pkg.ProcessEvent} })`,
			[]string{"package variable greeting is changed"}},
		{"schedules and jobs", "they stand in maps", `package p

import "github.com/plugreel/plugreel/sdk"

var n int

func OnEvent(e *sdk.PluginEvent, meta *sdk.PluginMeta) error { n++; n++; return nil }

func RunEveryMinute(meta *sdk.PluginMeta) error { return nil }

func RunEveryDay(meta *sdk.PluginMeta) error { return nil }

var Jobs = map[string]func(sdk.Value, *sdk.PluginMeta) error{}
`, []string{"OnEvent", "RunEveryMinute", "RunEveryDay", "Jobs"},
			`sdk.Native(sdk.Info{Name: "test", State: sdk.StateMemory}, func() sdk.Hooks { return sdk.Hooks{OnEvent: pkg.OnEvent, Jobs: pkg.Jobs, ` +
				`RunEvery: map[sdk.Schedule]func(*sdk.PluginMeta) error{sdk.EveryMinute: pkg.RunEveryMinute, sdk.EveryDay: pkg.RunEveryDay}} })`,
			[]string{"package variable n is changed"}},
		{"store", "the compiled form cannot be scanned", body("_, err := meta.Storage.Get(\"a\")\n\treturn e, err"), []string{"ProcessEvent"},
			`sdk.Native(sdk.Info{Name: "test", State: sdk.StateStore}, func() sdk.Hooks { return sdk.Hooks{ProcessEvent: pkg.ProcessEvent} })`, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			fsys := files("plugin.go", c.source)
			d, err := interp.Describe(t.Context(), fsys, noManifest)
			require.NoError(t, err)
			assert.Equal(t, c.exports, d.Exports, c.reason)
			assert.Equal(t, c.program, d.Program("pkg"))
			var variables []string
			for _, v := range d.Variables {
				variables = append(variables, v.Message)
				assert.Equal(t, "plugin.go", v.File)
			}
			assert.Equal(t, c.variables, variables)
			assert.Equal(t, load(t, fsys).Info(), d.Info)
		})
	}
}

func TestDescribeRefuses(t *testing.T) {
	_, err := interp.Describe(t.Context(), files("main.go", "package main\n\nfunc main() {}\n"), noManifest)
	require.EqualError(t, err, "test: got package main, want a package that a program can import")
	_, err = interp.Describe(t.Context(), files("p.go", "package p\n\nfunc ProcessEvent() {}\n"), noManifest)
	assert.ErrorAs(t, err, new(*sdk.LoadError))
}
