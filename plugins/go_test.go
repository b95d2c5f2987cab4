package plugins_test

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/plugins"
	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/testkit"
)

const goPlugin = `package rename

import (
	"strings"

	"github.com/plugreel/plugreel/sdk"
)

func ProcessEvent(e *sdk.PluginEvent, meta *sdk.PluginMeta) (*sdk.PluginEvent, error) {
	name := strings.ToLower(e.Event())
	if name == meta.Config.Get("drop").StrOr("") {
		return nil, nil
	}
	e.Set("event", name)
	return e, nil
}
`

func TestOpenGo(t *testing.T) {
	plugin, err := plugins.OpenFS("rename", fstest.MapFS{
		"plugin.json": {Data: []byte(`{"name":"rename","config":[{"key":"drop","type":"string","default":"noise"}]}`)},
		"rename.go":   {Data: []byte(goPlugin)},
	})
	require.NoError(t, err)
	assert.Equal(t, []string{"processEvent"}, plugin.Program.Info().Hooks)
	assert.Equal(t, sdk.StateNone, plugin.Program.Info().State)
	testkit.RunProgram(t, plugin.Program, []testkit.Case{
		{Name: "renamed", Reason: "names are lower case", In: `{"event":"SignUp","n":1.0}`, Want: `{"event":"signup","n":1.0}`},
		{Name: "dropped", Reason: "the config says so", Config: map[string]any{"drop": "noise"}, In: `{"event":"NOISE"}`, Dropped: true},
	})
}

func TestOpenGoErrors(t *testing.T) {
	rows := []struct{ name, reason, source, want string }{
		{"type error", "checked before anything runs", "package p\n\nvar n int = \"text\"\n", "p: p.go:3:13: "},
		{"forbidden import", "a plugin has no files", "package p\n\nimport \"os\"\n\nvar _ = os.Args\n", "p: p.go:3:8: "},
		{"wrong signature", "says what is wanted", "package p\n\nfunc ProcessEvent() {}\n", "p: p.go:3:"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			_, err := plugins.OpenFS("p", fstest.MapFS{"p.go": {Data: []byte(row.source)}})
			var load *sdk.LoadError
			require.ErrorAs(t, err, &load)
			require.ErrorContains(t, err, row.want, row.reason)
		})
	}
}
