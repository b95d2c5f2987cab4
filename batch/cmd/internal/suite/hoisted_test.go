package suite

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// layout makes files with their own names as text, and links.
func layout(t *testing.T, files []string, links map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range files {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o777))
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(name), 0o666))
	}
	for name, target := range links {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o777))
		require.NoError(t, os.Symlink(filepath.FromSlash(target), filepath.Join(dir, name)))
	}
	return dir
}

func TestHoisted(t *testing.T) {
	dir := layout(t, []string{
		"plugins/loud/index.js", "plugins/loud/node_modules/own/a.js",
		"plugins/node_modules/near/a.js", "node_modules/near/a.js", "node_modules/own/a.js", "node_modules/@s/far/lib/a.js",
		"node_modules/.pnpm/dep@1/node_modules/dep/a.js", "node_modules/.pnpm/dep@1/node_modules/second/a.js",
		"packages/util/package.json", "packages/util/a.js", "packages/util/node_modules/inner/a.js", "secret/key", "secret.txt",
		"linked/index.js", "odd/index.js",
	}, map[string]string{
		"plugins/loud/node_modules/dep":     "../../../node_modules/.pnpm/dep@1/node_modules/dep",
		"plugins/loud/node_modules/@w/util": "../../../../packages/util",
		"plugins/loud/node_modules/secret":  "../../../secret",
		"plugins/loud/node_modules/file":    "../../../secret.txt",
		"plugins/loud/lib":                  "../../secret",
		"packages/util/leak":                "../../secret",
		"linked/node_modules":               "../node_modules",
		"odd/node_modules":                  "../secret",
	})
	for _, row := range []struct{ from, name, want, real, reason string }{
		{"plugins/loud", "index.js", "plugins/loud/index.js", "index.js", "its own file"},
		{"plugins/loud", "node_modules/own/a.js", "plugins/loud/node_modules/own/a.js", "node_modules/own/a.js", "its own package comes first"},
		{"plugins/loud", "node_modules/near/a.js", "plugins/node_modules/near/a.js", "node_modules/near/a.js", "the nearest comes next"},
		{"plugins/loud", "node_modules/@s/far/lib/a.js", "node_modules/@s/far/lib/a.js", "node_modules/@s/far/lib/a.js", "a scope has two parts"},
		{"plugins/loud", "node_modules/dep/a.js", "node_modules/.pnpm/dep@1/node_modules/dep/a.js", "node_modules/.pnpm/dep@1/node_modules/dep/a.js", "pnpm links into its store"},
		{"plugins/loud", "node_modules/.pnpm/dep@1/node_modules/second/a.js", "node_modules/.pnpm/dep@1/node_modules/second/a.js", "node_modules/.pnpm/dep@1/node_modules/second/a.js", "what a package needs is beside it there"},
		{"plugins/loud", "node_modules/@w/util/a.js", "packages/util/a.js", "node_modules/@w/util/a.js", "a workspace links its packages"},
		{"plugins/loud", "node_modules/@w/util/node_modules/inner/a.js", "packages/util/node_modules/inner/a.js", "node_modules/@w/util/node_modules/inner/a.js", "which have packages of their own"},
		{"plugins/loud", "node_modules/none/a.js", "", "node_modules/none/a.js", "not installed"},
		{"plugins/loud", "node_modules/secret/key", "", "node_modules/secret/key", "a link to what is no package"},
		{"plugins/loud", "node_modules/file", "", "node_modules/file", "a link to a file"},
		{"plugins/loud", "node_modules/@w/util/leak/key", "", "node_modules/@w/util/leak/key", "a link out of a package"},
		{"plugins/loud", "lib/key", "", "lib/key", "a link out of the directory"},
		{"linked", "node_modules/near/a.js", "node_modules/near/a.js", "node_modules/near/a.js", "node_modules may be a link"},
		{"odd", "node_modules/key", "", "node_modules/key", "but not to something else"},
		{".", "plugins/loud/node_modules/dep/a.js", "node_modules/.pnpm/dep@1/node_modules/dep/a.js", "node_modules/.pnpm/dep@1/node_modules/dep/a.js", "a link inside the directory"},
		{".", "linked/node_modules/near/a.js", "node_modules/near/a.js", "node_modules/near/a.js", "a node_modules that is a link, farther down"},
	} {
		t.Run(row.from+" "+row.name, func(t *testing.T) {
			h, err := openHoisted(filepath.Join(dir, filepath.FromSlash(row.from)))
			require.NoError(t, err)
			defer h.Close()
			text, err := fs.ReadFile(h, row.name)
			assert.Equal(t, row.want, string(text), "%s: %v", row.reason, err)
			_, statErr := h.Stat(row.name)
			assert.Equal(t, row.want == "", statErr != nil, row.reason)
			assert.Equal(t, row.real, h.Real(row.name), row.reason)
		})
	}
}

func TestHoistedOfNothing(t *testing.T) {
	_, err := openHoisted(filepath.Join(t.TempDir(), "none"))
	assert.ErrorIs(t, err, fs.ErrNotExist)
}
