package output_test

import (
	"bytes"
	"io"
	"io/fs"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch/internal/output"
	"github.com/plugreel/plugreel/testkit"
)

// chunkEvents is how many events there are in 1 MB.
const chunkEvents = 700

// generated is the output of a chunk.
func generated() []byte {
	return bytes.Join(testkit.Generator{Seed: 1}.Lines(chunkEvents), []byte("\n"))
}

func BenchmarkEncoder(b *testing.B) {
	chunk := generated()
	for _, codec := range []output.Codec{output.Gzip, output.Zstd} {
		b.Run(codec.String(), func(b *testing.B) {
			e, err := output.NewEncoder(codec)
			require.NoError(b, err)
			var out []byte
			b.SetBytes(int64(len(chunk)))
			b.ReportAllocs()
			for b.Loop() {
				out, err = e.AppendCompressed(out[:0], chunk)
				require.NoError(b, err)
			}
			perEvent(b, chunkEvents)
			b.ReportMetric(100*float64(len(out))/float64(len(chunk)), "%size")
		})
	}
}

// BenchmarkStageFile writes 16 chunks as a run does: to a stream that discards them, as they are or as
// brotli, and to a file, which gets its final name. Nobody waits for the disk.
func BenchmarkStageFile(b *testing.B) {
	const chunks = 16
	chunk := generated()
	stream := func(string) (*output.Stage, error) { return output.Stream(io.Discard), nil }
	staged := func(out string) (*output.Stage, error) { return output.Begin(impatient{}, out, output.Options{}) }
	for _, to := range []struct {
		name  string
		codec output.Codec
		begin func(out string) (*output.Stage, error)
	}{
		{"discard", output.Identity, stream},
		{"brotli", output.Brotli, stream},
		{"file", output.Identity, staged},
	} {
		b.Run(to.name, func(b *testing.B) {
			out := filepath.Join(b.TempDir(), "out")
			b.SetBytes(int64(chunks * len(chunk)))
			b.ReportAllocs()
			for b.Loop() {
				s, err := to.begin(out)
				require.NoError(b, err)
				f, err := s.File(output.Spec{Name: "part", Final: out, Codec: to.codec, Main: true})
				require.NoError(b, err)
				for range chunks {
					_, err := f.Write(chunk)
					require.NoError(b, err)
				}
				require.NoError(b, s.Publish())
			}
			perEvent(b, chunks*chunkEvents)
		})
	}
}

// perEvent says what each of the events of one round has cost.
func perEvent(b *testing.B, events int) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*events), "ns/event")
}

// impatient is the operating system's file system, with a disk that takes no time.
type impatient struct{ output.OS }

func (fsys impatient) OpenFile(name string, flag int, perm fs.FileMode) (output.File, error) {
	f, err := fsys.OS.OpenFile(name, flag, perm)
	if err != nil {
		return nil, err
	}
	return unsynced{f}, nil
}

func (impatient) SyncDir(string) error { return nil }

type unsynced struct{ output.File }

func (unsynced) Sync() error { return nil }
