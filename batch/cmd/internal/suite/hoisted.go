package suite

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
)

// hoisted is a plugin's directory as Node's resolution of packages sees it. A package that the directory
// has not in its node_modules is looked for in those of the directories above, where workspaces and
// monorepos install. A node_modules may be a link to another, and what is in it a link to a package, as pnpm
// and workspaces have it: to what is in a node_modules, or has a package.json. Nothing else outside the
// directory can be read.
//
// Of a package that is installed on several levels there is one, the nearest, also for packages farther up.
type hoisted struct {
	root   *os.Root
	dir    string   // the directory, absolute and without links
	levels []string // the node_modules of dir and of the directories above it, nearest first, without links

	found sync.Map // from the name of a package, as "node_modules/p", to its directory
}

// openHoisted opens dir.
func openHoisted(dir string) (*hoisted, error) {
	dir, err := filepath.Abs(dir)
	if err == nil {
		dir, err = filepath.EvalSymlinks(dir)
	}
	if err != nil {
		return nil, err
	}
	h := &hoisted{dir: dir}
	if h.root, err = os.OpenRoot(dir); err != nil {
		return nil, err
	}
	for at := dir; ; at = filepath.Dir(at) {
		if level, err := filepath.EvalSymlinks(filepath.Join(at, "node_modules")); err == nil && filepath.Base(level) == "node_modules" {
			h.levels = append(h.levels, level)
		}
		if at == filepath.Dir(at) {
			return h, nil
		}
	}
}

// Close lets go of the directory.
func (h *hoisted) Close() error { return h.root.Close() }

// Open opens a file of the directory, or of a package that it finds.
func (h *hoisted) Open(name string) (fs.File, error) {
	if dir, inner := h.elsewhere(name); dir != "" {
		return os.OpenInRoot(dir, filepath.FromSlash(inner))
	}
	return h.root.FS().Open(name)
}

// Stat is Open's short cut for those who want no contents.
func (h *hoisted) Stat(name string) (fs.FileInfo, error) {
	dir, inner := h.elsewhere(name)
	if dir == "" {
		return fs.Stat(h.root.FS(), name)
	}
	// Most of what a resolver asks for is not there, which is found out sooner so.
	if _, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(inner))); err != nil {
		return nil, err
	}
	f, err := h.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.Stat()
}

// Real is the name of a file without links in it: a package that is reached in two ways is one package,
// and finds what is installed beside it.
func (h *hoisted) Real(name string) string {
	pkg, inner := packageOf(name)
	if pkg == "" {
		return name
	}
	dir := h.directory(pkg)
	if own, ok := below(h.dir, dir); ok {
		return path.Join(own, inner)
	}
	for _, level := range h.levels {
		if installed, ok := below(level, dir); ok {
			return path.Join("node_modules", installed, inner)
		}
	}
	return name
}

// elsewhere returns the directory of the package that a file belongs to, and the file's name in it; "" if
// the file is where its name says.
func (h *hoisted) elsewhere(name string) (dir, inner string) {
	pkg, inner := packageOf(name)
	if pkg == "" {
		return "", ""
	}
	if dir := h.directory(pkg); dir != filepath.Join(h.dir, filepath.FromSlash(pkg)) {
		return dir, inner
	}
	return "", ""
}

// directory is where a package is, without links. What is not installed is where its name says.
func (h *hoisted) directory(pkg string) string {
	if dir, ok := h.found.Load(pkg); ok {
		return dir.(string)
	}
	dir := filepath.Join(h.dir, filepath.FromSlash(pkg))
	for _, place := range h.places(pkg) {
		if real, err := filepath.EvalSymlinks(place); err == nil && (real == place || isPackage(real)) {
			dir = real
			break
		}
	}
	h.found.Store(pkg, dir)
	return dir
}

// places are the directories in which a package may be, in order.
func (h *hoisted) places(pkg string) []string {
	at := strings.LastIndex("/"+pkg, "/node_modules/")
	above, name := strings.TrimSuffix(pkg[:at], "/"), filepath.FromSlash(pkg[at:])
	if above == "" {
		var places []string
		for _, level := range h.levels {
			places = append(places, filepath.Join(filepath.Dir(level), name))
		}
		return places
	}
	dir := filepath.Join(h.dir, filepath.FromSlash(above))
	if outer, inner := packageOf(above); outer != "" {
		dir = filepath.Join(h.directory(outer), filepath.FromSlash(inner))
	}
	return []string{filepath.Join(dir, name)}
}

// isPackage says whether a link may lead to a directory.
func isPackage(dir string) bool {
	if strings.Contains(filepath.ToSlash(dir), "/node_modules/") {
		return true
	}
	info, err := os.Stat(filepath.Join(dir, "package.json"))
	return err == nil && info.Mode().IsRegular()
}

// below returns the name of a file relative to a directory; ok is false if it is not in it.
func below(dir, name string) (rel string, ok bool) {
	rel, err := filepath.Rel(dir, name)
	return filepath.ToSlash(rel), err == nil && filepath.IsLocal(rel)
}

// packageOf is the innermost package in a node_modules that a file belongs to, "" if it is in none, and the
// file's name in it.
func packageOf(name string) (pkg, inner string) {
	at := strings.LastIndex("/"+name, "/node_modules/")
	if at < 0 {
		return "", ""
	}
	start := at + len("node_modules/")
	parts := strings.SplitAfter(name[start:], "/")
	n := 1
	if strings.HasPrefix(parts[0], "@") && len(parts) > 1 {
		n = 2
	}
	head := strings.Join(parts[:n], "")
	inner = name[start+len(head):]
	if inner == "" {
		inner = "."
	}
	return strings.TrimSuffix(name[:start]+head, "/"), inner
}
