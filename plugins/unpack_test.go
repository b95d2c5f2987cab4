package plugins

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Whatever the bytes are, unpack neither panics nor goes past a limit, and what it returns is a
// file system of its own names.
func FuzzUnpack(f *testing.F) {
	files, err := repack(map[string][]byte{"p/plugin.json": []byte("{}"), "p/lib/a.js": []byte("1")})
	require.NoError(f, err)
	var packed bytes.Buffer
	w := zip.NewWriter(&packed)
	require.NoError(f, w.AddFS(files))
	require.NoError(f, w.Close())
	f.Add(packed.Bytes())
	f.Add([]byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"))
	f.Add([]byte("PK\x05\x06\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		fsys, err := unpack(data)
		if err != nil {
			return
		}
		var total int64
		_ = fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return nil // two entries want to be the same name
			}
			assert.True(t, fs.ValidPath(name), name)
			if info, err := d.Info(); err == nil && !d.IsDir() {
				total += info.Size()
			}
			return nil
		})
		assert.LessOrEqual(t, total, int64(MaxArchiveBytes))
	})
}

func TestUnpackGivesAFileSystem(t *testing.T) {
	fsys, err := repack(map[string][]byte{"plugin.json": []byte("{}"), "lib/a.js": []byte("1")})
	require.NoError(t, err)
	assert.NoError(t, fstest.TestFS(fsys, "plugin.json", "lib/a.js"))
}

func TestUnpackRefusesALargeArchive(t *testing.T) {
	_, err := unpack(make([]byte, MaxArchiveBytes+1))
	assert.ErrorIs(t, err, ErrArchive)
}

// A second gzip member may follow the first; its bytes count too.
func TestUnpackStopsAtTheLimitInTheMiddleOfAnEntry(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, err := z.Write(make([]byte, 4<<20)) // zero blocks: the end of a tar archive, four thousand times
	require.NoError(t, err)
	require.NoError(t, z.Close())
	fsys, err := unpack(packed.Bytes())
	require.NoError(t, err, "what follows the end of a tar archive is not read")
	entries, err := fs.ReadDir(fsys, ".")
	assert.NoError(t, err)
	assert.Empty(t, entries)
}

func TestCountdown(t *testing.T) {
	r := &countdown{from: bytes.NewReader(make([]byte, 3)), left: 2}
	_, err := r.Read(make([]byte, 3))
	assert.True(t, errors.Is(err, errTooLarge))
}

func TestNearest(t *testing.T) {
	known := []string{"hello-world", "hello-world-ts", "http-post"}
	tests := []struct{ got, want string }{
		{"hello-wrold", "hello-world"},
		{"HTTP-Post", "http-post"},
		{"htp-post", "http-post"},
		{"hello", ""},
		{"geoip", ""},
		{"", ""},
	}
	for _, tt := range tests {
		assert.Equal(t, tt.want, nearest(tt.got, known), "nearest(%q)", tt.got)
	}
}
