package sdk_test

import (
	"bytes"
	"testing"

	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/testkit"
)

// generated returns events for a benchmark that takes one of them at a time.
func generated(b *testing.B) [][]byte {
	events := testkit.Generator{Seed: 1}.Lines(1000)
	b.SetBytes(int64(len(bytes.Join(events, nil)) / len(events)))
	b.ReportAllocs()
	return events
}

func BenchmarkValidate(b *testing.B) {
	events := generated(b)
	for i := 0; b.Loop(); i++ {
		if err := sdk.Validate(events[i%len(events)]); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkEvent goes a step further in each row: an event is checked and indexed, one property is read, two are
// set, and the result is written.
func BenchmarkEvent(b *testing.B) {
	read := func(e *sdk.PluginEvent) string { return e.Properties().Get("$os").StrOr("") }
	set := func(e *sdk.PluginEvent) {
		os := read(e)
		e.Properties().Set("hello", "world")
		e.Properties().Set("bar", os)
	}
	var out []byte
	for _, step := range []struct {
		name string
		do   func(*sdk.PluginEvent)
	}{
		{"index", func(*sdk.PluginEvent) {}},
		{"read", func(e *sdk.PluginEvent) { read(e) }},
		{"set", set},
		{"write", func(e *sdk.PluginEvent) { set(e); out = e.AppendJSON(out[:0]) }},
	} {
		b.Run(step.name, func(b *testing.B) {
			events, arena := generated(b), sdk.NewArena()
			for i := 0; b.Loop(); i++ {
				arena.Recycle()
				e, err := arena.Event(events[i%len(events)])
				if err != nil {
					b.Fatal(err)
				}
				step.do(e)
				e.Release()
			}
		})
	}
}

// BenchmarkAppendJSON writes events that are there already.
func BenchmarkAppendJSON(b *testing.B) {
	for _, edit := range []struct {
		name string
		do   func(*sdk.PluginEvent)
	}{
		{"untouched", func(*sdk.PluginEvent) {}},
		{"set", func(e *sdk.PluginEvent) { e.Properties().Set("hello", "world") }},
		{"delete", func(e *sdk.PluginEvent) { e.Delete("properties", "$lib") }},
		{"rename", func(e *sdk.PluginEvent) {
			p := e.Properties()
			p.Set("os", p.Get("$os"))
			p.Delete("$os")
		}},
	} {
		b.Run(edit.name, func(b *testing.B) {
			var events []*sdk.PluginEvent
			arena := sdk.NewArena()
			for _, text := range generated(b) {
				e, err := arena.Event(text)
				if err != nil {
					b.Fatal(err)
				}
				edit.do(e)
				events = append(events, e)
			}
			var out []byte
			for i := 0; b.Loop(); i++ {
				out = events[i%len(events)].AppendJSON(out[:0])
			}
		})
	}
}
