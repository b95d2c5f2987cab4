package diff_test

import (
	"bytes"
	"context"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/batch/diff"
	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/testkit"
)

// Compiled-in plugins cost little, so that what a comparison costs beyond two replays shows.
func BenchmarkRun(b *testing.B) {
	var archive bytes.Buffer
	require.NoError(b, testkit.Generator{Seed: 1}.Write(&archive, 5000))
	src := batch.Records(archive.String())
	same, other := setter("a"), setter("changed")
	for _, bench := range []struct {
		name     string
		old, new batch.Chain
	}{{"identical", same, same}, {"changed", same, other}, {"none", nil, same}} {
		b.Run(bench.name+"/replays", func(b *testing.B) {
			b.SetBytes(int64(archive.Len()))
			for b.Loop() {
				for _, chain := range []batch.Chain{bench.old, bench.new} {
					_, err := batch.Run(context.Background(), chain, src, batch.Writer(io.Discard), batch.Options{})
					require.NoError(b, err)
				}
			}
		})
		b.Run(bench.name+"/diff", func(b *testing.B) {
			b.SetBytes(int64(archive.Len()))
			for b.Loop() {
				_, err := diff.Run(context.Background(), batch.Side{Chain: bench.old}, batch.Side{Chain: bench.new}, src, diff.Options{})
				require.NoError(b, err)
			}
		})
	}
}

// setter sets a few properties.
func setter(value string) batch.Chain {
	return batch.Chain{{Program: sdk.Native(sdk.Info{Name: "setter"}, func() sdk.Hooks {
		return sdk.Hooks{ProcessEvent: func(e *sdk.PluginEvent, _ *sdk.PluginMeta) (*sdk.PluginEvent, error) {
			props := e.Properties()
			props.Set("value", value)
			props.Set("length", len(value))
			props.Set("browser", props.Get("$browser"))
			if value == "changed" {
				props.Delete("$lib")
				props.Set("tags", []any{"a", "b"})
			}
			return e, nil
		}}
	})}}
}
