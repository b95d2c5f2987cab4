package plugins_test

import (
	"archive/zip"
	"bytes"
	"context"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/plugins"
	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/testkit"
)

// zipped is an archive of names and contents.
func zipped(t *testing.T, pairs ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(pairs); i += 2 {
		w, err := z.Create(pairs[i])
		require.NoError(t, err)
		_, err = w.Write([]byte(pairs[i+1]))
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	return b.Bytes()
}

// greeter is a compiled-in program that sets what its config says.
func greeter(name string) sdk.Program {
	return sdk.Native(sdk.Info{Name: name}, func() sdk.Hooks {
		return sdk.Hooks{ProcessEvent: func(e *sdk.PluginEvent, meta *sdk.PluginMeta) (*sdk.PluginEvent, error) {
			e.SetValue("greeting", meta.Config.Get("greeting"))
			return e, nil
		}}
	})
}

func TestOpenCompiled(t *testing.T) {
	c := plugins.Compiled{Program: greeter("greet"), Source: zipped(t,
		"plugin.json", `{"name":"greet","config":[{"key":"greeting","default":"servus"}]}`, "greet.go", "package greet", "words/words.go", "package words")}
	p, err := plugins.Open("greet", plugins.WithCompiled(c))
	require.NoError(t, err)
	assert.Equal(t, "greet", p.Name)
	assert.Equal(t, []string{"processEvent"}, p.Program.Info().Hooks)
	require.Len(t, p.Program.Info().Files, 2)
	assert.Equal(t, "words/words.go", p.Program.Info().Files[1].Name, "a resumed replay compares sources")
	field, ok := p.Manifest.Field("greeting")
	require.True(t, ok, "the manifest is the plugin's own")
	assert.JSONEq(t, `"servus"`, string(field.Default))
	testkit.RunProgram(t, p.Program, []testkit.Case{{
		Name: "set", Reason: "it is the compiled program", Config: map[string]any{"greeting": "hi"}, In: `{"event":"x"}`, Want: `{"event":"x","greeting":"hi"}`,
	}})
	require.NoError(t, p.Close())

	p, err = plugins.Open("interp:greet", plugins.WithCompiled(c))
	require.NoError(t, err)
	assert.Empty(t, p.Program.Info().Hooks, "the source has no hooks")

	_, err = plugins.Open("greet")
	require.ErrorIs(t, err, plugins.ErrUnknown, "only those who are given it have it")
}

func TestOpenCompiledPrecedence(t *testing.T) {
	with := plugins.WithCompiled(plugins.Compiled{Program: greeter("hello-world")})
	t.Chdir(t.TempDir())
	p, err := plugins.Open("hello-world", with)
	require.NoError(t, err)
	assert.Empty(t, p.Manifest.Config, "the built-in plugin has two settings")
	require.NoError(t, os.Mkdir("hello-world", 0o755))
	require.NoError(t, os.WriteFile("hello-world/index.js", []byte("export function onEvent() {}"), 0o644))
	p, err = plugins.Open("hello-world", with)
	require.NoError(t, err)
	assert.Equal(t, []string{"onEvent"}, p.Program.Info().Hooks, "what is on the disk is what its owner meant")
	require.NoError(t, p.Close())
}

func TestOpenCompiledErrors(t *testing.T) {
	_, err := plugins.Open("p", plugins.WithCompiled(plugins.Compiled{Program: greeter("p"), Source: []byte("no archive")}))
	var load *sdk.LoadError
	require.ErrorAs(t, err, &load)
	_, err = plugins.Open("p", plugins.WithCompiled(plugins.Compiled{Program: greeter("p"), Source: zipped(t, "plugin.json", `{"name":1}`)}))
	var m *plugins.ManifestError
	require.ErrorAs(t, err, &m)
}

func TestSingle(t *testing.T) {
	c := plugins.Compiled{Program: plugins.Single(greeter("p"), "package variable n is changed (p.go:3:2)")}
	var last error
	for range 2 {
		p, err := plugins.Open("p", plugins.WithCompiled(c))
		require.NoError(t, err)
		meta, err := sdk.NewMeta(sdk.MetaConfig{})
		require.NoError(t, err)
		_, last = p.Program.New(context.Background(), meta)
	}
	require.EqualError(t, last, "p: got a second instance in one process, want one: package variable n is changed (p.go:3:2), "+
		"and all instances of a compiled plugin have the same variables; use --workers 1 or --isolate, or keep them inside func Hooks")
}

func TestInspect(t *testing.T) {
	p, err := plugins.Inspect("./hello-world")
	require.NoError(t, err)
	assert.Equal(t, "hello-world", p.Name)
	assert.Nil(t, p.Program)
	require.NoError(t, p.Close())
	_, err = plugins.Inspect("./missing")
	require.ErrorIs(t, err, os.ErrNotExist)
}
