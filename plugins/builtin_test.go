package plugins

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/interp"
	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/sdk"
)

// Every directory with a Go plugin is compiled in, and its Program says what a look at its source
// finds: a plugin that begins to keep something must not go on saying that it does not.
func TestEveryGoPluginIsCompiledIn(t *testing.T) {
	sources, err := filepath.Glob("*/plugin.json")
	require.NoError(t, err)
	require.NotEmpty(t, sources)
	for _, file := range sources {
		name := filepath.Dir(file)
		if goFiles, _ := filepath.Glob(name + "/*.go"); goFiles == nil {
			assert.Nil(t, compiled(name), name)
			continue
		}
		t.Run(name, func(t *testing.T) {
			d, err := interp.Describe(t.Context(), os.DirFS(name), &manifest.Manifest{Name: name})
			require.NoError(t, err)
			assert.Equal(t, strings.ReplaceAll(name, "-", ""), d.Package)
			assert.Equal(t, []string{"Hooks"}, d.Exports)
			assert.Empty(t, d.Variables, "instances share nothing")
			require.NotNil(t, compiled(name))
			info := compiled(name).Info()
			assert.Equal(t, sdk.Info{Name: name, Hooks: d.Info.Hooks, State: d.Info.State, Schedules: d.Info.Schedules}, info)
			assert.Contains(t, Builtins(), name)
		})
	}
}

// A host that compiles a first-party plugin in links the SDK and nothing else of this module or
// any other.
func TestGoPluginsLinkNoEngine(t *testing.T) {
	args := []string{"list", "-deps", "-json=ImportPath,Standard"}
	for _, name := range goBuiltins() {
		args = append(args, "./"+name)
	}
	out, err := exec.Command("go", args...).Output()
	require.NoError(t, err)
	const module = "github.com/plugreel/plugreel/"
	for d := json.NewDecoder(strings.NewReader(string(out))); d.More(); {
		var pkg struct {
			ImportPath string
			Standard   bool
		}
		require.NoError(t, d.Decode(&pkg))
		assert.True(t, pkg.Standard || pkg.ImportPath == module+"sdk" || strings.HasPrefix(pkg.ImportPath, module+"plugins/"), pkg.ImportPath)
		assert.NotContains(t, []string{"net", "os/exec", "net/http"}, pkg.ImportPath)
	}
}
