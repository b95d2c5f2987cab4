package plugins_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/plugins"
	"github.com/plugreel/plugreel/sdk"
)

// entry is one member of an archive that a test writes.
type entry struct {
	name, content string
	mode          fs.FileMode // 0 is a regular file
}

const (
	minimalManifest = `{"name":"minimal","main":"index.js"}`
	minimalSource   = "export function processEvent(event) { return event }\n"
)

func minimal(root string) []entry {
	return []entry{
		{name: root + "plugin.json", content: minimalManifest},
		{name: root + "index.js", content: minimalSource},
	}
}

func zipOf(t *testing.T, entries []entry) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for _, e := range entries {
		h := &zip.FileHeader{Name: e.name, Method: zip.Deflate}
		h.SetMode(e.mode | 0o644)
		f, err := w.CreateHeader(h)
		require.NoError(t, err)
		_, err = io.WriteString(f, e.content)
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return buf.Bytes()
}

func tgzOf(t *testing.T, entries []entry) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := gzip.NewWriter(&buf)
	w := tar.NewWriter(z)
	for _, e := range entries {
		require.NoError(t, w.WriteHeader(tarHeader(e)))
		if e.mode&fs.ModeSymlink == 0 {
			_, err := io.WriteString(w, e.content)
			require.NoError(t, err)
		}
	}
	require.NoError(t, w.Close())
	require.NoError(t, z.Close())
	return buf.Bytes()
}

func tarHeader(e entry) *tar.Header {
	h := &tar.Header{Name: e.name, Mode: 0o644, Typeflag: tar.TypeReg, Size: int64(len(e.content))}
	switch {
	case e.mode&fs.ModeSymlink != 0:
		h.Typeflag, h.Linkname, h.Size = tar.TypeSymlink, e.content, 0
	case e.mode.IsDir():
		h.Typeflag, h.Size = tar.TypeDir, 0
	}
	return h
}

// packers are the two kinds of archive.
var packers = map[string]func(*testing.T, []entry) []byte{"zip": zipOf, "tgz": tgzOf}

func writeFile(t *testing.T, name string, content []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(file, content, 0o600))
	return file
}

func TestOpenArchive(t *testing.T) {
	link := entry{name: "package/passwd", content: "/etc/passwd", mode: fs.ModeSymlink}
	tests := []struct {
		name, reason string
		entries      []entry
	}{
		{"files at the top", "fact sheet 1.4: files at top level also work", minimal("")},
		{"folder of npm", "npm packs everything below package/", minimal("package/")},
		{"folder of GitHub", "a GitHub archive is NAME-REF/", minimal("geoip-main/")},
		{"dot names", "tar -C dir . writes them", minimal("./")},
		{"directory entries", "zip -r writes them", append(minimal("package/"), entry{name: "package/lib/", mode: fs.ModeDir})},
		{"added by macOS", "Finder puts a second folder into a zip", append(minimal("x/"), entry{name: "__MACOSX/x/._index.js", content: "?"})},
		{"symbolic link", "links are skipped", append(minimal("package/"), link)},
		{"name in no known encoding", "no plugin can ask for it", append(minimal("package/"), entry{name: "package/caf\xe9.js"})},
		{"folder below", "only one folder is stripped", append(minimal(""), entry{name: "lib/a.js", content: "1"})},
	}
	for kind, pack := range packers {
		for _, tt := range tests {
			t.Run(kind+"/"+tt.name, func(t *testing.T) {
				file := writeFile(t, "any-name.bin", pack(t, tt.entries))
				p, err := plugins.Open(file)
				require.NoError(t, err, tt.reason)
				defer func() { assert.NoError(t, p.Close()) }()
				assert.Equal(t, "minimal", p.Name)
				assert.Equal(t, file, p.Ref)
				source, err := fs.ReadFile(p.FS, "index.js")
				require.NoError(t, err, tt.reason)
				assert.Equal(t, minimalSource, string(source))
				_, err = fs.Stat(p.FS, "passwd")
				assert.ErrorIs(t, err, fs.ErrNotExist)
			})
		}
	}
}

func TestOpenArchiveOfASecondFile(t *testing.T) {
	entries := append(minimal(""), entry{name: "plugin.json", content: `{"name":"second"}`})
	p, err := plugins.Open(writeFile(t, "twice.tgz", tgzOf(t, entries)))
	require.NoError(t, err)
	assert.Equal(t, "second", p.Name, "of entries with the same name the last counts")
}

func TestOpenArchiveNamesAPluginWithoutName(t *testing.T) {
	tests := []struct{ file, want string }{
		{"geoip-1.2.0.tgz", "geoip-1.2.0"},
		{"geoip.tar.gz", "geoip"},
		{"geoip.zip", "geoip"},
		{"geoip", "geoip"},
		{".zip", ".zip"},
	}
	for _, tt := range tests {
		entries := []entry{{name: "plugin.json", content: "{}"}, {name: "index.js", content: minimalSource}}
		p, err := plugins.Open(writeFile(t, tt.file, tgzOf(t, entries)))
		require.NoError(t, err, tt.file)
		assert.Equal(t, tt.want, p.Name, tt.file)
		assert.Equal(t, tt.want, p.Manifest.Name, tt.file)
	}
}

func TestOpenRefusesAnArchive(t *testing.T) {
	many := minimal("")
	for i := range plugins.MaxArchiveEntries - 1 {
		many = append(many, entry{name: fmt.Sprintf("f%d", i)})
	}
	tests := []struct {
		name, reason string
		entries      []entry
		want         string
	}{
		{"parent", "zip slip", append(minimal(""), entry{name: "../evil.js"}), `named "../evil.js"`},
		{"parent inside", "zip slip behind a folder", append(minimal("a/"), entry{name: "a/../../evil.js"}), `named "a/../../evil.js"`},
		{"absolute", "leads to the file system's root", append(minimal(""), entry{name: "/etc/passwd"}), `named "/etc/passwd"`},
		{"backslash", "a separator on Windows", append(minimal(""), entry{name: `..\evil.js`}), `named "..\\evil.js"`},
		{"too many", "one entry past the limit", many, "more than 10000 entries"},
		{"bomb", "2 MiB of zeros pack into 2 KiB", append(minimal(""), entry{name: "zeros", content: strings.Repeat("\x00", 2<<20)}), "100 times its own size"},
	}
	for kind, pack := range packers {
		for _, tt := range tests {
			t.Run(kind+"/"+tt.name, func(t *testing.T) {
				_, err := plugins.Open(writeFile(t, "evil.bin", pack(t, tt.entries)))
				assert.ErrorIs(t, err, plugins.ErrArchive, tt.reason)
				assert.ErrorContains(t, err, tt.want)
				assert.ErrorAs(t, err, new(*sdk.LoadError))
			})
		}
	}
}

func TestOpenUnreadableArchive(t *testing.T) {
	whole := tgzOf(t, minimal("package/"))
	var text bytes.Buffer
	z := gzip.NewWriter(&text)
	_, err := io.WriteString(z, strings.Repeat("no tar archive at all", 100))
	require.NoError(t, err)
	require.NoError(t, z.Close())
	damaged := bytes.Replace(zipOf(t, []entry{{name: "plugin.json", content: minimalManifest}}), []byte("PK\x03\x04"), []byte("PKxx"), 1)

	tests := []struct {
		name, reason string
		data         []byte
		want         string
		is           error
	}{
		{"index.js", "a source file is no plugin", []byte(minimalSource), "could not read archive as .zip or .tgz; a plugin is a directory or an archive", plugins.ErrNotArchive},
		{"empty.zip", "an empty file", nil, "could not read archive", plugins.ErrNotArchive},
		{"cut.tgz", "a download that broke off", whole[:len(whole)/2], "unexpected EOF", plugins.ErrNotArchive},
		{"text.tgz", "gzip, but of a text", text.Bytes(), "could not read archive", plugins.ErrNotArchive},
		{"damaged.zip", "a directory that leads nowhere", damaged, "plugin.json: zip: not a valid zip file", zip.ErrFormat},
		{"empty.tgz", "an archive without plugin.json", tgzOf(t, nil), "got no plugin.json", nil},
		{"bare.zip", "plugin.json is optional for directories only", zipOf(t, minimal("")[1:]), "got no plugin.json", nil},
		{"deep.zip", "two folders deep", zipOf(t, minimal("a/b/")), "got no plugin.json", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			file := writeFile(t, tt.name, tt.data)
			_, err := plugins.Open(file)
			require.ErrorContains(t, err, tt.want, tt.reason)
			assert.ErrorContains(t, err, file, "the message names the file")
			assert.ErrorAs(t, err, new(*sdk.LoadError))
			if tt.is != nil {
				assert.ErrorIs(t, err, tt.is)
			}
		})
	}
}
