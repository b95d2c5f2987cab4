package interp_test

import (
	"context"
	"fmt"
	"io/fs"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/interp"
	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/sdk"
)

// files makes a file system of names and contents.
func files(pairs ...string) fs.FS {
	fsys := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		fsys[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return fsys
}

func tryLoad(fsys fs.FS, opts ...interp.Option) (sdk.Program, error) {
	return interp.Load(context.Background(), fsys, &manifest.Manifest{Name: "test"}, opts...)
}

func load(t testing.TB, fsys fs.FS, opts ...interp.Option) sdk.Program {
	t.Helper()
	p, err := tryLoad(fsys, opts...)
	require.NoError(t, err)
	return p
}

// plugin is one instance, set up, that keeps what it logs.
type plugin struct {
	t     testing.TB
	hooks *sdk.Hooks
	meta  *sdk.PluginMeta
	logs  []string
}

func (p *plugin) Enabled(sdk.Level) bool        { return true }
func (p *plugin) Log(level sdk.Level, m string) { p.logs = append(p.logs, level.String()+" "+m) }

var noManifest = &manifest.Manifest{Name: "test"}

// clock is the time of all events in tests.
var clock = time.Date(2024, 3, 5, 10, 11, 12, 345e6, time.UTC)

func start(t testing.TB, program sdk.Program, config string) *plugin {
	t.Helper()
	p := &plugin{t: t}
	var err error
	p.meta, err = sdk.NewMeta(sdk.MetaConfig{
		Config: []byte(config), Log: p,
		Attachments: map[string]sdk.Attachment{"file": {ContentType: "text/plain", FileName: "a.txt", Contents: []byte("hello")}},
		Clock:       func() time.Time { return clock },
	})
	require.NoError(t, err)
	p.hooks, err = program.New(context.Background(), p.meta)
	require.NoError(t, err)
	t.Cleanup(func() { _ = p.hooks.Close() })
	if p.hooks.SetupPlugin != nil {
		require.NoError(t, p.call(func() error { return p.hooks.SetupPlugin(p.meta) }))
	}
	return p
}

// plug starts a plugin of one Go file.
func plug(t testing.TB, source string) *plugin {
	t.Helper()
	return start(t, load(t, files("plugin.go", source)), "{}")
}

func (p *plugin) call(f func() error) error {
	p.meta.Begin(context.Background())
	err := f()
	if cause := p.meta.End(); cause != nil {
		return cause
	}
	return err
}

// process runs one event through ProcessEvent and returns its text, "dropped" if it was dropped.
func (p *plugin) process(event string) (string, error) {
	p.t.Helper()
	e, err := sdk.NewEvent([]byte(event))
	require.NoError(p.t, err)
	var out *sdk.PluginEvent
	err = p.call(func() error {
		var err error
		out, err = p.hooks.ProcessEvent(e, p.meta)
		return err
	})
	switch {
	case err != nil:
		return e.String(), err
	case out == nil:
		return "dropped", nil
	}
	return out.String(), nil
}

func (p *plugin) must(event string) string {
	p.t.Helper()
	out, err := p.process(event)
	require.NoError(p.t, err)
	return out
}

// body makes a plugin of the statements of ProcessEvent and further imports.
func body(statements string, imports ...string) string {
	text := "package plugin\n\nimport \"github.com/plugreel/plugreel/sdk\"\n"
	for _, i := range imports {
		text += fmt.Sprintf("import %q\n", i)
	}
	return text + "\nfunc ProcessEvent(e *sdk.PluginEvent, meta *sdk.PluginMeta) (*sdk.PluginEvent, error) {\n" + statements + "\n}\n"
}
