package input_test

import (
	"bytes"
	"context"
	"io"
	"testing"

	"github.com/plugreel/plugreel/batch/internal/input"
	"github.com/plugreel/plugreel/testkit"
)

// archiveEvents is how many events there are in 14 MB.
const archiveEvents = 10_000

func generated() []byte {
	return bytes.Join(testkit.Generator{Seed: 1}.Lines(archiveEvents), []byte("\n"))
}

// perEvent says what each event of the archive has cost.
func perEvent(b *testing.B) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*archiveEvents), "ns/event")
}

// BenchmarkSplitter reads an archive as it may be stored, and cuts it into chunks, as a run does: with buffers
// that are used again. Speeds are those of the decompressed bytes.
func BenchmarkSplitter(b *testing.B) {
	data := generated()
	for _, form := range []struct{ name, codec string }{
		{"plain", "plain"},
		{"gzip", "gzip"},
		{"gzip-members", "gzip member per line"},
		{"zstd", "zstd"},
		{"zstd-frames", "zstd frame per line"},
		{"brotli", "brotli"},
	} {
		b.Run(form.name, func(b *testing.B) {
			packed := input.Codecs[form.codec](data)
			o := input.Options{Buffers: input.NewPool(4, 2<<20)}
			b.ReportAllocs()
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				s, err := input.New(context.Background(), bytes.NewReader(packed), input.Input{Path: "a", Size: int64(len(packed))}, o)
				if err != nil {
					b.Fatal(err)
				}
				drain(b, s, o.Buffers)
				s.Close()
			}
			perEvent(b)
			b.ReportMetric(float64(len(data))/float64(len(packed)), "ratio")
		})
	}
}

func drain(b *testing.B, r input.Reader, buffers input.Buffers) {
	for {
		c, err := r.Next(context.Background())
		if err == io.EOF {
			return
		}
		if err != nil || c.Damage != nil {
			b.Fatal(err, c.Damage)
		}
		buffers.Put(c.Data)
	}
}

func BenchmarkLineReader(b *testing.B) {
	data := generated()
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		r := input.NewLineReader(data)
		for {
			if _, _, ok := r.Next(); !ok {
				break
			}
		}
	}
	perEvent(b)
}
