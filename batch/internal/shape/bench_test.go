package shape_test

import (
	"bytes"
	"testing"

	"github.com/plugreel/plugreel/batch/internal/shape"
	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/testkit"
)

// BenchmarkRecord goes a step further in each row: a record is checked and indexed, its event is made, and
// the record is made of the event, as it was or with a property set.
func BenchmarkRecord(b *testing.B) {
	var out []byte
	steps := []struct {
		name string
		do   func(s *shape.Shaper, e *sdk.PluginEvent, hint shape.Hint)
	}{
		{"index", func(*shape.Shaper, *sdk.PluginEvent, shape.Hint) {}},
		{"open", func(s *shape.Shaper, e *sdk.PluginEvent, hint shape.Hint) {
			r := s.Open(e, hint)
			r.Release(r.Event)
		}},
		{"untouched", func(s *shape.Shaper, e *sdk.PluginEvent, hint shape.Hint) {
			r := s.Open(e, hint)
			out = r.AppendJSON(out[:0], r.Event)
			r.Release(r.Event)
		}},
		{"set", func(s *shape.Shaper, e *sdk.PluginEvent, hint shape.Hint) {
			r := s.Open(e, hint)
			r.Event.Properties().Set("hello", "world")
			out = r.AppendJSON(out[:0], r.Event)
			r.Release(r.Event)
		}},
	}
	for _, form := range []struct {
		of   testkit.Shape
		hint shape.Hint
	}{{testkit.Capture, shape.Hint{Kind: shape.Capture}}, {testkit.BatchExport, shape.Hint{Kind: shape.Row}}} {
		records := testkit.Generator{Seed: 1, Shape: form.of}.Lines(1000)
		for _, step := range steps {
			b.Run(form.of.String()+"/"+step.name, func(b *testing.B) {
				benchmarkRecords(b, records, func(s *shape.Shaper, e *sdk.PluginEvent) { step.do(s, e, form.hint) })
			})
		}
	}
}

func benchmarkRecords(b *testing.B, records [][]byte, do func(*shape.Shaper, *sdk.PluginEvent)) {
	b.SetBytes(int64(len(bytes.Join(records, nil)) / len(records)))
	b.ReportAllocs()
	arena := sdk.NewArena()
	s := shape.New(arena, 0)
	for i := 0; b.Loop(); i++ {
		arena.Recycle()
		e, err := arena.Event(records[i%len(records)])
		if err != nil {
			b.Fatal(err)
		}
		do(s, e)
	}
}
