package interp_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/testkit"
)

// BenchmarkProcessEvent is from bytes to bytes: a generated event is checked and indexed, goes through the
// plugin, and is written.
func BenchmarkProcessEvent(b *testing.B) {
	for _, plugin := range []struct{ name, source string }{
		{"noop", body("return e, nil")},
		{"hello", body("p := e.Properties()\n\tp.Set(\"hello\", \"world\")\n\tp.Set(\"bar\", p.Get(\"$os\").StrOr(\"\"))\n\treturn e, nil")},
		{"each", body("n := 0\n\te.Properties().Each(func(k string, v sdk.Value) bool {\n\t\tn += len(k)\n\t\treturn true\n\t})\n\te.Properties().Set(\"n\", n)\n\treturn e, nil")},
		{"loop", body("n := 0\n\tfor i := 0; i < 1000; i++ {\n\t\tn += i % 7\n\t}\n\te.Set(\"n\", n)\n\treturn e, nil")},
	} {
		b.Run(plugin.name, func(b *testing.B) {
			p := start(b, load(b, files("plugin.go", plugin.source)), "{}")
			events, arena := testkit.Generator{Seed: 1}.Lines(1000), sdk.NewArena()
			b.SetBytes(int64(len(bytes.Join(events, nil)) / len(events)))
			b.ReportAllocs()
			var out []byte
			for i := 0; b.Loop(); i++ {
				arena.Recycle()
				e, err := arena.Event(events[i%len(events)])
				require.NoError(b, err)
				p.meta.Begin(context.Background())
				result, err := p.hooks.ProcessEvent(e, p.meta)
				p.meta.End()
				if err != nil {
					b.Fatal(err)
				}
				out = result.AppendJSON(out[:0])
				e.Release()
			}
		})
	}
}

func BenchmarkLoad(b *testing.B) {
	fsys := files("plugin.go", body("e.Set(\"s\", strings.ToUpper(e.Event()))\n\treturn e, nil", "strings"))
	for b.Loop() {
		load(b, fsys)
	}
}

func BenchmarkNew(b *testing.B) {
	program := load(b, files("plugin.go", body("e.Set(\"s\", strings.ToUpper(e.Event()))\n\treturn e, nil", "strings")))
	b.ReportAllocs()
	for b.Loop() {
		meta, err := sdk.NewMeta(sdk.MetaConfig{})
		require.NoError(b, err)
		hooks, err := program.New(context.Background(), meta)
		require.NoError(b, err)
		require.NoError(b, hooks.Close())
	}
}
