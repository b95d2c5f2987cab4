package plugins

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// ErrUnknown reports a reference that is neither a path nor the name of a built-in plugin.
var ErrUnknown = errors.New("no such plugin")

// locate finds the root of the plugin that ref names.
func (o options) locate(ref string) (source, error) {
	if name, ok := strings.CutPrefix(ref, interpreted); ok {
		return o.openInterpreted(ref, name)
	}
	info, err := os.Stat(ref)
	switch {
	case err == nil && info.IsDir():
		return openDir(ref)
	case err == nil:
		return openArchive(ref, info)
	case ref != "" && (isPath(ref) || !errors.Is(err, fs.ErrNotExist)):
		return source{}, plain(err)
	}
	return o.openNamed(ref)
}

// isPath says whether ref is a path even if there is nothing at it.
func isPath(ref string) bool {
	return strings.HasPrefix(ref, ".") || strings.ContainsRune(ref, '/') ||
		strings.ContainsRune(ref, filepath.Separator)
}

func openDir(ref string) (source, error) {
	abs, err := filepath.Abs(ref)
	if err != nil {
		return source{}, err
	}
	root, err := os.OpenRoot(abs)
	if err != nil {
		return source{}, err
	}
	return source{ref: ref, name: filepath.Base(abs), fsys: dirFS{root.FS()}, bare: true, closer: root}, nil
}

// dirFS is a directory from which only directories and regular files can be read: opening a named
// pipe would wait for a writer.
type dirFS struct{ fs.FS }

// errIrregular reports a file that is a device, a pipe or a socket.
var errIrregular = errors.New("got a device, pipe or socket, want a regular file")

func (d dirFS) Open(name string) (fs.File, error) {
	info, err := fs.Stat(d.FS, name)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() && !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "open", Path: name, Err: errIrregular}
	}
	return d.FS.Open(name)
}

// unknown is the error for a reference to nothing.
func unknown(name string) error {
	hint := ""
	if near := nearest(name, Builtins()); near != "" {
		hint = fmt.Sprintf("; did you mean %q?", near)
	}
	return fmt.Errorf("%w: got neither a path nor a built-in name, want one of %s, or a path such as %s%s",
		ErrUnknown, strings.Join(Builtins(), ", "), "./"+name, hint)
}

// nearest returns the known name that differs from got in the fewest letters, at most a third of
// them, or "".
func nearest(got string, known []string) string {
	best, least := "", len(got)/3+1
	for _, name := range known {
		if d := distance(strings.ToLower(got), name); d < least {
			best, least = name, d
		}
	}
	return best
}

// distance counts the insertions, deletions and substitutions of bytes that turn a into b.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
