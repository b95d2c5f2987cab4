package scaffold_test

import (
	"go/format"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch/cmd/internal/scaffold"
	"github.com/plugreel/plugreel/plugins"
	"github.com/plugreel/plugreel/testkit"
)

// Every plugin that New makes loads without a problem, has its hook, and passes its tests.
func TestNewPluginsPassTheirTests(t *testing.T) {
	for _, lang := range scaffold.Langs() {
		for _, hook := range scaffold.Hooks() {
			t.Run(lang+"/"+hook, func(t *testing.T) {
				dir := filepath.Join(t.TempDir(), "first-try")
				files, err := scaffold.New(scaffold.Plugin{Name: "first-try", Lang: lang, Hook: hook})
				require.NoError(t, err)
				require.NoError(t, scaffold.Write(dir, files))
				p, err := plugins.Open(dir)
				require.NoError(t, err)
				defer p.Close()
				assert.Equal(t, "first-try", p.Name)
				assert.Empty(t, p.Problems)
				assert.Contains(t, p.Program.Info().Hooks, hook)
				testkit.RunFiles(t, dir)
				for _, f := range files {
					checkText(t, f)
				}
			})
		}
	}
}

func checkText(t *testing.T, f scaffold.File) {
	assert.NotContains(t, f.Name+string(f.Text), "my-plugin", f.Name)
	assert.NotContains(t, string(f.Text), "myplugin", f.Name)
	if strings.HasSuffix(f.Name, ".go") {
		formatted, err := format.Source(f.Text)
		require.NoError(t, err)
		assert.Equal(t, string(formatted), string(f.Text), f.Name)
	}
}

func TestNewRefuses(t *testing.T) {
	tests := []struct {
		name, reason string
		p            scaffold.Plugin
		want         string
	}{
		{"capital", "npm and Go want small letters", scaffold.Plugin{Name: "My", Lang: "js", Hook: "onEvent"}, `name: got "My"`},
		{"empty", "", scaffold.Plugin{Lang: "js", Hook: "onEvent"}, `name: got ""`},
		{"digit first", "no Go package begins so", scaffold.Plugin{Name: "1a", Lang: "go", Hook: "onEvent"}, "a letter first"},
		{"point", "a path is no name", scaffold.Plugin{Name: "..", Lang: "js", Hook: "onEvent"}, `name: got ".."`},
		{"dash last", "", scaffold.Plugin{Name: "a-", Lang: "js", Hook: "onEvent"}, `name: got "a-"`},
		{"long", "file systems have limits", scaffold.Plugin{Name: strings.Repeat("a", 65), Lang: "js", Hook: "onEvent"}, "name: got"},
		{"language", "", scaffold.Plugin{Name: "a", Lang: "py", Hook: "onEvent"}, `language: got "py", want js, ts or go`},
		{"hook", "", scaffold.Plugin{Name: "a", Lang: "js", Hook: "onevent"}, `hook: got "onevent", want setupPlugin, `},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := scaffold.New(tt.p)
			assert.ErrorContains(t, err, tt.want, tt.reason)
		})
	}
}

func TestGoKeywordIsNoPackage(t *testing.T) {
	files, err := scaffold.New(scaffold.Plugin{Name: "go", Lang: "go", Hook: "processEvent"})
	require.NoError(t, err)
	assert.Equal(t, "go.go", files[1].Name)
	assert.Contains(t, string(files[1].Text), "\npackage goplugin\n")
}

func TestWriteLeavesWhatIsThereAlone(t *testing.T) {
	dir := t.TempDir()
	files := []scaffold.File{{Name: "a", Text: []byte("new")}}
	require.NoError(t, scaffold.Write(dir, files), "an empty directory may be there")
	files[0].Text = []byte("other")
	assert.ErrorIs(t, scaffold.Write(dir, files), scaffold.ErrExists)
	assert.Error(t, scaffold.Write(filepath.Join(dir, "a"), files), "a file is in the way")
	text, err := os.ReadFile(filepath.Join(dir, "a"))
	require.NoError(t, err)
	assert.Equal(t, "new", string(text))
}
