package rowgroup

import (
	"bytes"
	"io"
	"os"
	"testing"
)

// benchLines returns rows of an export, some ten thousand of them.
func benchLines(b *testing.B) []byte {
	b.Helper()
	lines, err := os.ReadFile("../../testdata/export.ndjson")
	if err != nil {
		b.Fatal(err)
	}
	return bytes.Repeat(lines, 50)
}

func BenchmarkRead(b *testing.B) {
	lines := benchLines(b)
	for _, codec := range allCodecs {
		b.Run(codec.String(), func(b *testing.B) {
			file := written(b, codec, 600, lines)
			b.ReportAllocs()
			b.SetBytes(int64(len(lines)))
			rows := 0
			for b.Loop() {
				f, err := Open(bytes.NewReader(file), int64(len(file)))
				if err != nil {
					b.Fatal(err)
				}
				r := f.Read(Options{})
				for {
					c, err := r.Next(b.Context())
					if err == io.EOF {
						break
					}
					if err != nil || c.Damage != nil {
						b.Fatal(err, c.Damage)
					}
					rows += c.Rows
				}
				r.Close()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(rows), "ns/row")
		})
	}
}

func BenchmarkEncode(b *testing.B) {
	lines := benchLines(b)[:1<<20]
	lines = lines[:bytes.LastIndexByte(lines, '\n')+1]
	rows := bytes.Count(lines, []byte("\n"))
	for _, codec := range allCodecs {
		b.Run(codec.String(), func(b *testing.B) {
			e := NewEncoder(codec)
			b.ReportAllocs()
			b.SetBytes(int64(len(lines)))
			var unit []byte
			for b.Loop() {
				var err error
				if unit, err = e.AppendUnit(unit[:0], lines); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*rows), "ns/row")
		})
	}
}
