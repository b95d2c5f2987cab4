package testkit

import (
	"bytes"
	"io"
	"runtime"
	"testing"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/sdk"
)

// benchEvents is how many events one round of Bench has.
const benchEvents = 2000

// Bench measures a chain on generated events: events/s, and B/event and allocs/event of all that
// a replay does, reading and writing included. One worker is used.
//
//	func BenchmarkPlugin(b *testing.B) { testkit.Bench(b, testkit.Chain(b, ".", nil)) }
func Bench(b *testing.B, chain batch.Chain) {
	b.Helper()
	var archive bytes.Buffer
	if err := (Generator{Seed: 1}).Write(&archive, benchEvents); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(archive.Len()))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	rounds := 0
	for b.Loop() {
		rounds++
		src := batch.Reader("generated", bytes.NewReader(archive.Bytes()))
		if _, err := batch.Run(b.Context(), chain, src, batch.Writer(io.Discard), batch.Options{Workers: 1}); err != nil {
			b.Fatal(err)
		}
	}
	runtime.ReadMemStats(&after)
	events := float64(rounds * benchEvents)
	b.ReportMetric(events/b.Elapsed().Seconds(), "events/s")
	b.ReportMetric(float64(after.Mallocs-before.Mallocs)/events, "allocs/event")
	b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/events, "B/event")
}

// Fuzz lets go test change events and wants that properties hold for the chain, such as
// [Unfailing] and [Keeps]; with none it is [Unfailing]. Random events are the seeds. What is no JSON
// object is passed over.
//
//	func FuzzPlugin(f *testing.F) { testkit.Fuzz(f, testkit.Chain(f, ".", nil), testkit.Unfailing) }
func Fuzz(f *testing.F, chain batch.Chain, properties ...Property) {
	f.Helper()
	const seeds = 20
	for i := range seeds {
		f.Add([]byte(Random{}.Event(i)))
	}
	if len(properties) == 0 {
		properties = []Property{Unfailing}
	}
	f.Fuzz(func(t *testing.T, event []byte) {
		v, err := readJSON("event", string(event), sdk.KindObject)
		if err != nil || !v.Exists() {
			t.Skip("no event")
		}
		line := string(v.Raw())
		for _, property := range properties {
			wrong, err := judge(t.Context(), chain, line, property)
			if err != nil {
				t.Fatal(err)
			}
			if wrong != "" {
				t.Errorf("%s\n%s", wrong, line)
			}
		}
	})
}
