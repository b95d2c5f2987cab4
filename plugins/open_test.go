package plugins_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/plugins"
	"github.com/plugreel/plugreel/sdk"
)

// dir writes files, by slash-separated name, into a new directory called name.
func dir(t *testing.T, name string, files map[string]string) string {
	t.Helper()
	root := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.Mkdir(root, 0o700))
	for file, content := range files {
		file = filepath.Join(root, filepath.FromSlash(file))
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o700))
		require.NoError(t, os.WriteFile(file, []byte(content), 0o600))
	}
	return root
}

func TestOpenDirectory(t *testing.T) {
	tests := []struct {
		name, reason string
		files        map[string]string
		want         string
	}{
		{"named", "plugin.json has a name", map[string]string{"plugin.json": minimalManifest, "index.js": minimalSource}, "minimal"},
		{"no plugin.json", "it is optional for directories", map[string]string{"index.js": minimalSource}, "geoip"},
		{"no name", "a warning", map[string]string{"plugin.json": "{}", "index.js": minimalSource}, "geoip"},
		{"typescript", "index.ts comes after index.js", map[string]string{"index.ts": "export function processEvent(e: any) { return e }"}, "geoip"},
		{"go beside it", "a JavaScript entry decides", map[string]string{"index.js": minimalSource, "tool.go": "package tool"}, "geoip"},
		{"main", "a file of any name", map[string]string{"plugin.json": `{"main":"dist/x.js"}`, "dist/x.js": minimalSource, "x.go": "package x"}, "geoip"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ref := dir(t, "geoip", tt.files)
			p, err := plugins.Open(ref)
			require.NoError(t, err, tt.reason)
			assert.Equal(t, tt.want, p.Name, tt.reason)
			assert.Equal(t, tt.want, p.Manifest.Name)
			assert.Equal(t, tt.want, p.Program.Info().Name)
			assert.Equal(t, ref, p.Ref)
			assert.NoError(t, p.Close())
			assert.NoError(t, p.Close(), "a second Close does nothing")
		})
	}
}

func TestOpenCurrentDirectory(t *testing.T) {
	t.Chdir(dir(t, "geoip", map[string]string{"index.js": minimalSource}))
	p, err := plugins.Open(".")
	require.NoError(t, err)
	assert.Equal(t, "geoip", p.Name)
	require.NoError(t, p.Close())
}

func TestOpenPrefersWhatExists(t *testing.T) {
	root := dir(t, "hello-world", map[string]string{"plugin.json": `{"name":"mine"}`, "index.js": minimalSource})
	t.Chdir(filepath.Dir(root))
	p, err := plugins.Open("hello-world")
	require.NoError(t, err)
	assert.Equal(t, "mine", p.Name)
	require.NoError(t, p.Close())
}

func TestOpenReportsWarnings(t *testing.T) {
	p, err := plugins.Open(dir(t, "geoip", map[string]string{"plugin.json": `{"nmae":"geoip"}`, "index.js": minimalSource}))
	require.NoError(t, err)
	defer func() { assert.NoError(t, p.Close()) }()
	require.NotEmpty(t, p.Problems)
	for _, problem := range p.Problems {
		assert.Equal(t, manifest.SeverityWarning, problem.Severity)
	}
}

// Nothing outside the root is read, also if a link says so.
func TestOpenIsConfined(t *testing.T) {
	outside := writeFile(t, "secret.js", []byte(minimalSource))
	tests := []struct {
		name, link string
		target     string
		fails      bool
	}{
		{"source outside", "index.js", outside, true},
		{"source above", "index.js", "../secret.js", true},
		{"manifest outside", "plugin.json", outside, true},
		{"directory outside", "lib", "..", true},
		{"source inside", "index.js", "real.js", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			files := map[string]string{"real.js": minimalSource}
			if tt.link == "lib" {
				files["index.js"] = "export * from './lib/secret.js'"
			}
			root := dir(t, "linked", files)
			require.NoError(t, os.WriteFile(filepath.Join(root, "..", "secret.js"), []byte(minimalSource), 0o600))
			require.NoError(t, os.Symlink(tt.target, filepath.Join(root, tt.link)))
			p, err := plugins.Open(root)
			if tt.fails {
				require.Error(t, err)
				assert.ErrorAs(t, err, new(*sdk.LoadError))
				return
			}
			require.NoError(t, err)
			require.NoError(t, p.Close())
		})
	}
}

func TestOpenThroughALinkToTheRoot(t *testing.T) {
	root := dir(t, "real", map[string]string{"index.js": minimalSource})
	link := filepath.Join(t.TempDir(), "link")
	require.NoError(t, os.Symlink(root, link))
	p, err := plugins.Open(link)
	require.NoError(t, err)
	assert.Equal(t, "link", p.Name, "the name that the user wrote")
	require.NoError(t, p.Close())
}

func TestOpenErrors(t *testing.T) {
	tests := []struct {
		name, reason string
		files        map[string]string
		want         string
		as           any
	}{
		{"syntax of plugin.json", "with its position", map[string]string{"plugin.json": `{"name": x}`, "index.js": minimalSource}, "/plugin.json:1:10: ", new(*manifest.Error)},
		{"main outside", "confinement begins in the manifest", map[string]string{"plugin.json": `{"name":"x","main":"../x.js"}`}, "/plugin.json:1:20: main: ", new(*manifest.Error)},
		{"no source", "an empty directory", nil, "index.js", new(*sdk.LoadError)},
		{"syntax of the source", "the author's position", map[string]string{"index.js": "export function (\n"}, "index.js:1:", new(*sdk.LoadError)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, err := plugins.Open(dir(t, "x", tt.files))
			require.ErrorContains(t, err, tt.want, tt.reason)
			assert.ErrorAs(t, err, tt.as)
			assert.Nil(t, p)
		})
	}
}

func TestOpenListsAllProblemsOfAManifest(t *testing.T) {
	_, err := plugins.Open(dir(t, "x", map[string]string{"plugin.json": "{\n \"name\": 1,\n \"main\": 2\n}"}))
	assert.ErrorContains(t, err, "/plugin.json:2:10: ")
	assert.ErrorContains(t, err, "/plugin.json:3:10: ")
}

func TestOpenWithoutAPlugin(t *testing.T) {
	tests := []struct {
		name, ref string
		want      string
		is        error
	}{
		{"missing path", "./nope", "./nope: no such file or directory", fs.ErrNotExist},
		{"missing path with a separator", "plugins/nope", "plugins/nope: no such file or directory", fs.ErrNotExist},
		{"unknown name", "hello-wrold", `want one of downsample, first-time-event, hello-world, hello-world-go, hello-world-ts, http-post, pii-redact, property-filter, timestamp-parser, url-params, webhook, or a path such as ./hello-wrold; did you mean "hello-world"?`, plugins.ErrUnknown},
		{"unlike any name", "geoip", "want one of downsample, ", plugins.ErrUnknown},
		{"interpreted JavaScript", "interp:http-post", "got http-post, which is not written in Go, want one of downsample, first-time-event, hello-world-go, pii-redact,", nil},
		{"interpreted path", "interp:./hello-world-go", `got "./hello-world-go" after interp:, want the name of a built-in plugin; Go plugins in directories are interpreted as they are`, nil},
		{"interpreted unknown name", "interp:webhok", `did you mean "webhook"?`, plugins.ErrUnknown},
		{"nothing", "", "want one of downsample, ", plugins.ErrUnknown},
		{"impossible name", "a\x00b", "invalid argument", syscall.EINVAL},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := plugins.Open(tt.ref)
			require.ErrorContains(t, err, tt.want)
			if tt.is != nil {
				assert.ErrorIs(t, err, tt.is)
			}
			assert.ErrorAs(t, err, new(*sdk.LoadError))
		})
	}
}

func TestOpenUnreadable(t *testing.T) {
	root := dir(t, "closed", map[string]string{"index.js": minimalSource})
	require.NoError(t, os.Chmod(root, 0))
	defer func() { _ = os.Chmod(root, 0o700) }()
	if f, err := os.Open(root); err == nil {
		f.Close()
		t.Skip("this user may read everything")
	}
	_, err := plugins.Open(root)
	assert.ErrorIs(t, err, fs.ErrPermission)
	assert.ErrorAs(t, err, new(*sdk.LoadError))
}

func TestOpenFS(t *testing.T) {
	fsys := fstest.MapFS{"index.js": {Data: []byte(minimalSource)}}
	p, err := plugins.OpenFS("mine", fsys)
	require.NoError(t, err)
	assert.Equal(t, "mine", p.Name)
	assert.Equal(t, "mine", p.Ref)
	assert.NoError(t, p.Close())

	fsys["plugin.json"] = &fstest.MapFile{Data: []byte(`{"config":1}`)}
	_, err = plugins.OpenFS("mine", fsys)
	assert.ErrorAs(t, err, new(*manifest.Error))
	assert.ErrorContains(t, err, "mine/plugin.json:1:11: ")
}

func TestOpenWithContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := plugins.Open("hello-world", plugins.WithContext(ctx))
	assert.ErrorIs(t, err, context.Canceled)
}

func TestResolve(t *testing.T) {
	p, err := plugins.Open("hello-world")
	require.NoError(t, err)
	resolved, err := p.Resolve(manifest.Given{Config: []byte(`{"bar":"x"}`)})
	require.NoError(t, err)
	assert.JSONEq(t, `{"greeting":"world","bar":"x"}`, string(resolved.Config))

	p, err = plugins.Open("http-post")
	require.NoError(t, err)
	_, err = p.Resolve(manifest.Given{})
	problem, ok := errors.AsType[*manifest.ConfigError](err)
	require.True(t, ok, "got %v", err)
	assert.Equal(t, "url", problem.Key)
	assert.Equal(t, "http-post", problem.Plugin)
}

// A built-in plugin is what its directory holds, without a remark and without memory.
func TestBuiltins(t *testing.T) {
	names := plugins.Builtins()
	assert.Equal(t, strings.Split("downsample, first-time-event, hello-world, hello-world-go, hello-world-ts, http-post, pii-redact, property-filter, timestamp-parser, url-params, webhook", ", "), names)
	assert.True(t, slices.IsSorted(names))
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			p, err := plugins.Open(name + ".") // exists nowhere
			require.Error(t, err)
			require.Nil(t, p)
			embedded, err := plugins.OpenFS(name, os.DirFS(name))
			require.NoError(t, err)
			t.Chdir(t.TempDir()) // here the directories would be found first
			p, err = plugins.Open(name)
			require.NoError(t, err)
			assert.Equal(t, name, p.Name)
			assert.Empty(t, p.Problems)
			assert.NotEmpty(t, p.Manifest.Description)
			want := embedded.Program.Info()
			want.Notices = nil // remarks about the source of what is compiled in help nobody
			assert.Equal(t, want, p.Program.Info(), "state, hooks and files are found in both forms")
			assert.Equal(t, name == "first-time-event", want.State != sdk.StateNone)
		})
	}
}
