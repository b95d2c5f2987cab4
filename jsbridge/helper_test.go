package jsbridge_test

import (
	"context"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/jsbridge"
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

func load(t testing.TB, fsys fs.FS) sdk.Program {
	t.Helper()
	p, err := jsbridge.Load(context.Background(), fsys, &manifest.Manifest{Name: "test"})
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

func start(t testing.TB, program sdk.Program, config string) *plugin {
	t.Helper()
	p := &plugin{t: t}
	var err error
	p.meta, err = sdk.NewMeta(sdk.MetaConfig{
		Config: []byte(config), Log: p,
		Attachments: map[string]sdk.Attachment{"file": {ContentType: "text/plain", FileName: "a.txt", Contents: []byte("häl\xffo")}},
		Clock:       func() time.Time { return time.Date(2024, 3, 5, 10, 11, 12, 345e6, time.UTC) },
	})
	require.NoError(t, err)
	p.hooks, err = program.New(context.Background(), p.meta)
	require.NoError(t, err)
	if p.hooks.SetupPlugin != nil {
		require.NoError(t, p.call(func() error { return p.hooks.SetupPlugin(p.meta) }))
	}
	return p
}

// plug starts a plugin of one JavaScript file.
func plug(t testing.TB, source string) *plugin {
	t.Helper()
	return start(t, load(t, files("index.js", source)), "{}")
}

func (p *plugin) call(f func() error) error {
	p.meta.Begin(context.Background())
	err := f()
	if cause := p.meta.End(); cause != nil {
		return cause
	}
	return err
}

// process runs one event through processEvent and returns its text, "dropped" if it was dropped.
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
	e.Checkpoint()
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

// body makes a plugin of the statements of processEvent.
func body(format string, args ...any) string {
	return "export function processEvent(event, meta) {\n" + strings.TrimSpace(fmt.Sprintf(format, args...)) + "\n}\n"
}
