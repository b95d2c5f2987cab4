package rowgroup_test

import (
	"bytes"
	"io"
	"testing"

	"github.com/plugreel/plugreel/batch/internal/rowgroup"
	"github.com/plugreel/plugreel/testkit"
)

// generated is n rows of an export, a line each.
func generated(n int) []byte {
	lines := testkit.Generator{Seed: 1, Shape: testkit.BatchExport}.Lines(n)
	return append(bytes.Join(lines, []byte("\n")), '\n')
}

func BenchmarkRead(b *testing.B) {
	const rows = 10_000
	lines := generated(rows)
	for _, codec := range rowgroup.AllCodecs {
		b.Run(codec.String(), func(b *testing.B) {
			file := rowgroup.Written(b, codec, 600, lines)
			b.ReportAllocs()
			b.SetBytes(int64(len(lines)))
			for b.Loop() {
				if got := readAll(b, file); got != rows {
					b.Fatalf("got %d rows, want %d", got, rows)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*rows), "ns/event")
		})
	}
}

// readAll returns how many rows a file has.
func readAll(b *testing.B, file []byte) (rows int) {
	f, err := rowgroup.Open(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		b.Fatal(err)
	}
	r := f.Read(rowgroup.Options{})
	defer r.Close()
	for {
		c, err := r.Next(b.Context())
		if err == io.EOF {
			return rows
		}
		if err != nil || c.Damage != nil {
			b.Fatal(err, c.Damage)
		}
		rows += c.Rows
	}
}

// BenchmarkEncode makes pages of the rows of a chunk.
func BenchmarkEncode(b *testing.B) {
	const rows = 600
	lines := generated(rows)
	for _, codec := range rowgroup.AllCodecs {
		b.Run(codec.String(), func(b *testing.B) {
			e := rowgroup.NewEncoder(codec)
			b.ReportAllocs()
			b.SetBytes(int64(len(lines)))
			var unit []byte
			for b.Loop() {
				var err error
				if unit, err = e.AppendUnit(unit[:0], lines); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*rows), "ns/event")
		})
	}
}
