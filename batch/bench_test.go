package batch_test

import (
	"bytes"
	"context"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/testkit"
)

// benchEvents is how many generated events a round of a benchmark replays.
const benchEvents = 20_000

// BenchmarkRun replays an archive in memory, with one worker. In hello a plugin sets one property; hello-world
// is the first-party plugin in JavaScript, and in Go, interpreted.
func BenchmarkRun(b *testing.B) {
	chains := []struct {
		name  string
		chain batch.Chain
	}{
		{"copy", nil},
		{"hello", batch.Chain{hello()}},
		{"hello-js", testkit.Chain(b, "hello-world", nil)},
		{"hello-interp", testkit.Chain(b, "interp:hello-world-go", nil)},
		{"webhook", batch.Chain{webhook()}},
	}
	for _, shape := range []testkit.Shape{testkit.Capture, testkit.BatchExport} {
		archive := generated(b, shape)
		for _, c := range chains {
			b.Run(c.name+"/"+shape.String(), func(b *testing.B) { benchmarkRun(b, c.chain, archive, batch.Options{Workers: 1}) })
		}
	}
}

func benchmarkRun(b *testing.B, chain batch.Chain, archive []byte, o batch.Options) {
	b.SetBytes(int64(len(archive)))
	b.ReportAllocs()
	for b.Loop() {
		src := batch.Reader("archive", bytes.NewReader(archive))
		report, err := batch.Run(context.Background(), chain, src, batch.Writer(io.Discard), o)
		require.NoError(b, err)
		require.EqualValues(b, benchEvents, report.Counts.Written)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/benchEvents, "ns/event")
}

// webhook makes a plugin that asks for a request for every event.
func webhook() batch.Plugin {
	return hooks("webhook", sdk.Hooks{ComposeWebhook: func(e event, _ meta) (*sdk.Webhook, error) {
		return &sdk.Webhook{URL: "https://example.com/" + e.Event(), Body: e.Properties().String()}, nil
	}})
}

// BenchmarkDedupe is what Dedupe adds to a replay of an archive without duplicates.
func BenchmarkDedupe(b *testing.B) {
	archive := generated(b, testkit.BatchExport)
	for _, mode := range []struct {
		name string
		on   bool
	}{{"off", false}, {"on", true}} {
		b.Run(mode.name, func(b *testing.B) { benchmarkRun(b, nil, archive, batch.Options{Workers: 1, Dedupe: mode.on}) })
	}
}

// generated is an archive of benchEvents records.
func generated(b *testing.B, shape testkit.Shape) []byte {
	var archive bytes.Buffer
	require.NoError(b, testkit.Generator{Shape: shape}.Write(&archive, benchEvents))
	return archive.Bytes()
}
