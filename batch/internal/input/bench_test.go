package input

import (
	"bytes"
	"context"
	"io"
	"testing"
)

// The data is 32 MiB of 456-byte lines. Times are per decompressed byte.
func BenchmarkSplitter(b *testing.B) {
	data := archive(32<<20, 1)
	for _, name := range []string{"plain", "gzip", "gzip member per line", "zstd", "zstd frame per line", "brotli"} {
		packed := codecs[name](data)
		b.Run(name, func(b *testing.B) { benchmark(b, packed, len(data), Options{}) })
		b.Run(name+"/pool", func(b *testing.B) {
			benchmark(b, packed, len(data), Options{Buffers: NewPool(4, 2<<20)})
		})
	}
}

func benchmark(b *testing.B, packed []byte, size int, o Options) {
	b.ReportAllocs()
	b.SetBytes(int64(size))
	b.ReportMetric(float64(size)/float64(len(packed)), "ratio")
	for b.Loop() {
		s, err := New(context.Background(), bytes.NewReader(packed), Input{Path: "a", Size: int64(len(packed))}, o)
		if err != nil {
			b.Fatal(err)
		}
		drain(b, s, o)
		s.Close()
	}
}

func drain(b *testing.B, s Reader, o Options) {
	for {
		c, err := s.Next(context.Background())
		if err == io.EOF {
			return
		}
		if err != nil || c.Damage != nil {
			b.Fatal(err, c.Damage)
		}
		o.withDefaults().Buffers.Put(c.Data)
	}
}

func BenchmarkLineReader(b *testing.B) {
	data := archive(1<<20, 1)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		r := NewLineReader(data)
		for {
			if _, _, ok := r.Next(); !ok {
				break
			}
		}
	}
}
