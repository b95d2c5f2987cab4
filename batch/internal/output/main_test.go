package output

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// put writes a file of an earlier run.
func put(t *testing.T, name, content string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
	require.NoError(t, os.WriteFile(name, []byte(content), 0o644))
}

// tree returns the files below the working directory with what is in them.
func tree(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(".", func(path string, d os.DirEntry, err error) error {
		if err != nil || path == "." {
			return err
		}
		if d.IsDir() {
			files[filepath.ToSlash(path)+"/"] = ""
			return nil
		}
		b, err := os.ReadFile(path)
		if d.Name() == lockName {
			b = nil // it tells who holds it
		}
		files[filepath.ToSlash(path)] = string(b)
		return err
	})
	require.NoError(t, err)
	return files
}

func begin(t *testing.T, out string) *Stage {
	t.Helper()
	s, err := Begin(nil, out, Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Discard()) })
	return s
}

// syncAll makes durable what was written.
func syncAll(s *Stage) error {
	cut, err := s.Cut()
	if err != nil {
		return err
	}
	return cut.Sync()
}

func add(t *testing.T, s *Stage, spec Spec) *StageFile {
	t.Helper()
	f, err := s.File(spec)
	require.NoError(t, err)
	return f
}

func write(t *testing.T, f *StageFile, text string) {
	t.Helper()
	n, err := f.Write([]byte(text))
	require.NoError(t, err)
	require.Equal(t, len(text), n)
}

// decompressed reads b with a reader of the codec that is not the writer's twin where there is one.
func decompressed(t *testing.T, c Codec, b []byte) string {
	t.Helper()
	var r io.Reader = bytes.NewReader(b)
	switch c {
	case Gzip:
		z, err := gzip.NewReader(r)
		require.NoError(t, err)
		r = z
	case Zstd:
		z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1))
		require.NoError(t, err)
		defer z.Close()
		r = z
	case Brotli:
		r = brotli.NewReader(r)
	}
	text, err := io.ReadAll(r)
	require.NoError(t, err)
	return string(text)
}
