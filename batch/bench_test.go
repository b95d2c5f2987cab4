package batch_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/testkit"
)

// BenchmarkRun replays 20,000 generated events in memory.
func BenchmarkRun(b *testing.B) {
	chains := map[string]batch.Chain{
		"copy":    nil,
		"hello":   {hello()},
		"webhook": {webhook()},
	}
	for _, shape := range []testkit.Shape{testkit.Capture, testkit.BatchExport} {
		var archive bytes.Buffer
		require.NoError(b, testkit.Generator{Shape: shape}.Write(&archive, 20_000))
		for _, name := range []string{"copy", "hello", "webhook"} {
			b.Run(name+"/"+shape.String(), func(b *testing.B) {
				b.SetBytes(int64(archive.Len()))
				b.ReportAllocs()
				for b.Loop() {
					src := batch.Reader("archive", bytes.NewReader(archive.Bytes()))
					report, err := batch.Run(context.Background(), chains[name], src, batch.Writer(io.Discard), batch.Options{Workers: 1})
					require.NoError(b, err)
					require.EqualValues(b, 20_000, report.Counts.Written)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/20_000, "ns/event")
			})
		}
	}
}

// webhook makes a plugin that asks for a request for every event.
func webhook() batch.Plugin {
	return hooks("webhook", sdk.Hooks{ComposeWebhook: func(e event, _ meta) (*sdk.Webhook, error) {
		return &sdk.Webhook{URL: "https://example.com/" + e.Event(), Body: e.Properties().String()}, nil
	}})
}

// BenchmarkDedupe is what Dedupe adds to a replay of an archive without duplicates.
func BenchmarkDedupe(b *testing.B) {
	archive := generated(b, 20_000)
	for _, on := range []bool{false, true} {
		b.Run(fmt.Sprint(on), func(b *testing.B) {
			b.SetBytes(int64(len(archive)))
			b.ReportAllocs()
			for b.Loop() {
				src := batch.Reader("archive", bytes.NewReader(archive))
				report, err := batch.Run(context.Background(), nil, src, batch.Writer(io.Discard), batch.Options{Workers: 1, Dedupe: on})
				require.NoError(b, err)
				require.EqualValues(b, 20_000, report.Counts.Written)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/20_000, "ns/event")
		})
	}
}

// generated is an archive of n rows.
func generated(b *testing.B, n int) []byte {
	var archive bytes.Buffer
	require.NoError(b, testkit.Generator{Shape: testkit.BatchExport}.Write(&archive, n))
	return archive.Bytes()
}
