package input

import (
	"bytes"
	"compress/gzip" // another hand than the reader's, and one that compresses small members as zlib does
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// archive returns at least size bytes of lines that look like an export, the same for the same seed.
func archive(size int, seed uint64) []byte {
	r := rand.New(rand.NewPCG(seed, 1))
	events := []string{"$pageview", "$autocapture", "$identify", "sign up", "purchase"}
	var b bytes.Buffer
	for b.Len() < size {
		fmt.Fprintf(&b, `{"uuid":"%08x-%04x-7%03x-%04x-%012x","event":%q,"distinct_id":"user_%d",`,
			r.Uint32(), r.IntN(1<<16), r.IntN(1<<12), r.IntN(1<<16), r.Uint64()>>16, events[r.IntN(len(events))], r.IntN(1e5))
		fmt.Fprintf(&b, `"timestamp":"2024-03-%02dT%02d:%02d:%02d.%06d+00:00","properties":{"$ip":"%d.%d.%d.%d","$browser":"Chrome",`,
			1+r.IntN(28), r.IntN(24), r.IntN(60), r.IntN(60), r.IntN(1e6), r.IntN(256), r.IntN(256), r.IntN(256), r.IntN(256))
		fmt.Fprintf(&b, `"$current_url":"https://example.com/p/%d?q=%x","$lib":"web","$screen_height":1080,"$session_id":"%016x"},"person_id":"%016x"}`+"\n",
			r.IntN(1000), r.Uint32(), r.Uint64(), r.Uint64())
	}
	return b.Bytes()
}

// codecs are the ways to write an input, by name.
var codecs = map[string]func([]byte) []byte{
	"plain":                bytes.Clone,
	"gzip":                 func(b []byte) []byte { return gzipped(b) },
	"gzip member per line": func(b []byte) []byte { return gzipped(bytes.SplitAfter(b, []byte("\n"))...) },
	"zstd":                 func(b []byte) []byte { return zstded(b) },
	"zstd frame per line":  func(b []byte) []byte { return zstded(bytes.SplitAfter(b, []byte("\n"))...) },
	"brotli":               brotlied,
}

func gzipped(members ...[]byte) []byte {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.DefaultCompression)
	mustWrite(err)
	for _, m := range members {
		w.Reset(&out)
		_, err := w.Write(m)
		mustWrite(err)
		mustWrite(w.Close())
	}
	return out.Bytes()
}

func zstded(frames ...[]byte) []byte {
	w, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithZeroFrames(true))
	mustWrite(err)
	defer w.Close()
	var out []byte
	for _, f := range frames {
		out = w.EncodeAll(f, out)
	}
	return out
}

func brotlied(b []byte) []byte { return brotliedAt(b, 4) }

func brotliedAt(b []byte, quality int) []byte {
	var out bytes.Buffer
	w := brotli.NewWriterLevel(&out, quality)
	_, err := w.Write(b)
	mustWrite(err)
	mustWrite(w.Close())
	return out.Bytes()
}

func mustWrite(err error) {
	if err != nil {
		panic(err)
	}
}

// chunks reads an input to its end.
func chunks(r io.Reader, name string, o Options) ([]Chunk, error) {
	s, err := New(context.Background(), r, Input{Path: name}, o)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	var all []Chunk
	for {
		c, err := s.Next(context.Background())
		if err == io.EOF {
			return all, nil
		}
		if err != nil {
			return all, err
		}
		all = append(all, c)
	}
}

func mustChunks(t testing.TB, r io.Reader, name string, o Options) []Chunk {
	t.Helper()
	all, err := chunks(r, name, o)
	require.NoError(t, err)
	return all
}

// joined returns the data of all chunks.
func joined(all []Chunk) []byte {
	var b []byte
	for _, c := range all {
		b = append(b, c.Data...)
	}
	return b
}

// simplified forgets how much of the file was read when, which is all that may differ
// between two readings of the same content.
func simplified(all []Chunk) []Chunk {
	out := make([]Chunk, len(all))
	for i, c := range all {
		c.Read = 0
		out[i] = c
	}
	return out
}
