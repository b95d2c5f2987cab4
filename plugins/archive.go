package plugins

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/plugreel/plugreel/sdk"
)

// Limits of an archive. They keep a small file from filling the memory.
const (
	MaxArchiveEntries = 10_000   // files and directories
	MaxArchiveBytes   = 64 << 20 // of the archive, and of all that it holds
	MaxArchiveRatio   = 100      // unpacked bytes for each packed one, once there are more than 1 MiB
)

// unpackAlways is what may be unpacked whatever the ratio: short repetitive files pack well.
const unpackAlways = 1 << 20

// ErrNotArchive reports a file that can be read neither as .zip nor as .tgz.
var ErrNotArchive = errors.New("could not read archive as .zip or .tgz")

// ErrArchive reports an archive that is past a limit or holds a name that leads out of it.
var ErrArchive = errors.New("refused archive")

// openArchive reads the archive at ref into memory.
func openArchive(ref string, info fs.FileInfo) (source, error) {
	if !info.Mode().IsRegular() {
		return source{}, errIrregular
	}
	f, err := os.Open(ref)
	if err != nil {
		return source{}, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, MaxArchiveBytes+1))
	if err != nil {
		return source{}, err
	}
	fsys, err := unpack(data)
	if err != nil {
		return source{}, err
	}
	return source{ref: ref, name: archiveName(ref), fsys: fsys}, nil
}

// archiveName is the base name of an archive without its extension.
func archiveName(ref string) string {
	base := filepath.Base(ref)
	for _, ext := range []string{".tar.gz", ".tgz", ".zip"} {
		if name, ok := strings.CutSuffix(base, ext); ok && name != "" {
			return name
		}
	}
	return base
}

// unpack returns the files of an archive below its root.
func unpack(data []byte) (fs.FS, error) {
	if len(data) > MaxArchiveBytes {
		return nil, errTooLarge
	}
	u := &unpacker{
		files: map[string][]byte{},
		left:  min(MaxArchiveBytes, max(unpackAlways, int64(len(data))*MaxArchiveRatio)),
	}
	if err := u.archive(data); err != nil {
		return nil, err
	}
	return repack(strip(u.files))
}

// unpacker collects the regular files of an archive by name, within the limits.
type unpacker struct {
	files   map[string][]byte
	entries int
	left    int64 // bytes that may still be unpacked
}

var (
	errTooLarge = fmt.Errorf("%w: got more than %d bytes, or %d times its own size, want less",
		ErrArchive, MaxArchiveBytes, MaxArchiveRatio)
	errTooMany = fmt.Errorf("%w: got more than %d entries, want fewer", ErrArchive, MaxArchiveEntries)
)

// zipEntry begins each entry of a zip archive's directory.
var zipEntry = []byte("PK\x01\x02")

// archive takes what data holds. A zip archive is known by its end, so it may follow other bytes.
func (u *unpacker) archive(data []byte) error {
	if bytes.Count(data, zipEntry) > MaxArchiveEntries {
		return errTooMany // found out here, before the reader makes something of each
	}
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return u.tgz(data)
	}
	return u.zip(r)
}

func (u *unpacker) zip(r *zip.Reader) error {
	for _, f := range r.File {
		if err := u.add(f.Name, f.Mode(), f.Open); err != nil {
			return err
		}
	}
	return nil
}

func (u *unpacker) tgz(data []byte) error {
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return fmt.Errorf("%w; a plugin is a directory or an archive", ErrNotArchive)
	}
	packed := tar.NewReader(&countdown{from: z, left: u.left})
	for {
		h, err := packed.Next()
		switch {
		case err == io.EOF:
			return nil
		case errors.Is(err, errTooLarge):
			return errTooLarge
		case err != nil && !errors.Is(err, tar.ErrInsecurePath):
			return fmt.Errorf("%w: %w", ErrNotArchive, err)
		}
		if err := u.add(h.Name, tarMode(h), func() (io.ReadCloser, error) { return io.NopCloser(packed), nil }); err != nil {
			return err
		}
	}
}

// tarMode is the mode of an entry; one that is no file of its own, such as a hard link, is irregular.
func tarMode(h *tar.Header) fs.FileMode {
	switch h.Typeflag {
	case tar.TypeReg, tar.TypeDir, tar.TypeGNUSparse:
		return h.FileInfo().Mode()
	}
	return fs.ModeIrregular
}

// add takes one entry. Links, devices and the like are skipped, as is what macOS adds to a zip.
func (u *unpacker) add(name string, mode fs.FileMode, open func() (io.ReadCloser, error)) error {
	if u.entries++; u.entries > MaxArchiveEntries {
		return errTooMany
	}
	if !mode.IsRegular() || strings.HasPrefix(name, "__MACOSX/") || !utf8.ValidString(name) {
		return nil
	}
	clean, err := inside(name)
	if err != nil {
		return err
	}
	r, err := open()
	if err != nil {
		return &sdk.LoadError{File: clean, Err: err}
	}
	defer r.Close()
	content, err := io.ReadAll(&countdown{from: r, left: u.left})
	switch {
	case errors.Is(err, errTooLarge):
		return errTooLarge
	case err != nil:
		return &sdk.LoadError{File: clean, Err: err}
	}
	u.left -= int64(len(content))
	u.files[clean] = content
	return nil
}

// inside returns the clean form of an entry's name, or an error if it leads out of the archive.
func inside(name string) (string, error) {
	clean := path.Clean(name)
	outside := strings.HasPrefix(name, "/") || slices.Contains(strings.Split(name, "/"), "..")
	if outside || strings.ContainsAny(name, "\\\x00") || clean == "." {
		return "", fmt.Errorf("%w: got an entry named %q, want names inside the archive", ErrArchive, name)
	}
	return clean, nil
}

// strip takes the first folder off all names if they have it in common: package/ of npm,
// name-version/ of GitHub.
func strip(files map[string][]byte) map[string][]byte {
	root, stripped := "", make(map[string][]byte, len(files))
	for name, content := range files {
		first, rest, ok := strings.Cut(name, "/")
		if !ok || root != "" && first != root {
			return files
		}
		root, stripped[rest] = first, content
	}
	return stripped
}

// repack makes a file system of files: a zip archive in memory that holds them as they are, since
// the reader of such is one.
func repack(files map[string][]byte) (fs.FS, error) {
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for _, name := range names {
		entry, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			return nil, err
		}
		if _, err := entry.Write(files[name]); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return zip.NewReader(bytes.NewReader(buf.Bytes()), int64(buf.Len()))
}

// countdown reads at most left bytes and fails with errTooLarge if there are more.
type countdown struct {
	from io.Reader
	left int64
}

func (c *countdown) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	if c.left -= int64(n); c.left < 0 {
		return 0, errTooLarge
	}
	return n, err
}
