package plugins_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/plugins"
	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/testkit"
)

// BenchmarkProcessEvent takes generated events through hello-world in its forms, from bytes to bytes. The README
// shows what it says.
func BenchmarkProcessEvent(b *testing.B) {
	for _, form := range []struct{ name, ref string }{
		{"native", "hello-world-go"},
		{"interp", "interp:hello-world-go"},
		{"js", "hello-world"},
		{"ts", "hello-world-ts"},
	} {
		b.Run(form.name, func(b *testing.B) {
			program, hooks, meta := instance(b, form.ref)
			next := between(program)
			events, arena := testkit.Generator{Seed: 1}.Lines(1000), sdk.NewArena()
			b.SetBytes(int64(len(bytes.Join(events, nil)) / len(events)))
			b.ReportAllocs()
			var out []byte
			for i := 0; b.Loop(); i++ {
				next(arena, i)
				e, err := arena.Event(events[i%len(events)])
				if err != nil {
					b.Fatal(err)
				}
				meta.Begin(context.Background())
				result, err := hooks.ProcessEvent(e, meta)
				if cause := meta.End(); err != nil || cause != nil {
					b.Fatal(err, cause)
				}
				out = result.AppendJSON(out[:0])
				e.Release()
			}
			require.Contains(b, string(out), `"hello":"world","bar":"baz"`)
		})
	}
}

// between returns what a replay does to its arena before event i.
func between(p sdk.Program) func(a *sdk.Arena, i int) {
	if !p.Info().Retains {
		return func(a *sdk.Arena, _ int) { a.Recycle() }
	}
	const chunkEvents = 700
	return func(a *sdk.Arena, i int) {
		if i%chunkEvents == 0 {
			a.Reset()
		}
	}
}

// instance makes and sets up an instance of a built-in plugin.
func instance(b *testing.B, ref string) (sdk.Program, *sdk.Hooks, *sdk.PluginMeta) {
	b.Helper()
	b.Chdir(b.TempDir()) // here the directories would be found first
	p, err := plugins.Open(ref)
	require.NoError(b, err)
	meta, err := sdk.NewMeta(sdk.MetaConfig{Config: []byte(`{"greeting":"world","bar":"baz"}`)})
	require.NoError(b, err)
	hooks, err := p.Program.New(context.Background(), meta)
	require.NoError(b, err)
	b.Cleanup(func() { _ = hooks.Close() })
	meta.Begin(context.Background())
	require.NoError(b, hooks.SetupPlugin(meta))
	require.NoError(b, meta.End())
	return p.Program, hooks, meta
}
