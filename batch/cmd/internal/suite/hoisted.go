package suite

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// hoisted is a plugin's directory as Node's resolution of packages sees it: a package that the directory
// has not in its node_modules is looked for in those of the directories above, where workspaces and
// monorepos install. Nothing else above the directory can be read.
//
// Of a package that is installed on several levels there is one, the nearest, also for packages farther up.
type hoisted struct {
	own   fs.FS
	above []fs.FS // the directories above that have a node_modules, nearest first
}

// openHoisted opens dir and what is above it. The closers are to be closed also after an error.
func openHoisted(dir string) (fs.FS, []io.Closer, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, nil, err
	}
	h, closers := hoisted{own: root.FS()}, []io.Closer{root}
	at, err := filepath.Abs(dir)
	for err == nil && at != filepath.Dir(at) {
		at = filepath.Dir(at)
		if info, statErr := os.Stat(filepath.Join(at, "node_modules")); statErr != nil || !info.IsDir() {
			continue
		}
		if root, err = os.OpenRoot(at); err == nil {
			h.above, closers = append(h.above, root.FS()), append(closers, root)
		}
	}
	return h, closers, err
}

// Open opens a file of the directory, or of a package installed above it.
func (h hoisted) Open(name string) (fs.File, error) { return h.owner(name).Open(name) }

// Stat is Open's short cut for those who want no contents.
func (h hoisted) Stat(name string) (fs.FileInfo, error) { return fs.Stat(h.owner(name), name) }

// owner is the directory whose node_modules has the package that name belongs to.
func (h hoisted) owner(name string) fs.FS {
	pkg := packageOf(name)
	if pkg == "" || len(h.above) == 0 || exists(h.own, pkg) {
		return h.own
	}
	for _, dir := range h.above {
		if exists(dir, pkg) {
			return dir
		}
	}
	return h.own
}

func exists(fsys fs.FS, name string) bool {
	_, err := fs.Stat(fsys, name)
	return !errors.Is(err, fs.ErrNotExist)
}

// packageOf is the directory of the package in node_modules that a file belongs to, "" if it is in none.
func packageOf(name string) string {
	rest, ok := strings.CutPrefix(name, "node_modules/")
	if !ok {
		return ""
	}
	parts := strings.SplitN(rest, "/", 3)
	if strings.HasPrefix(rest, "@") && len(parts) > 1 {
		return "node_modules/" + parts[0] + "/" + parts[1]
	}
	return "node_modules/" + parts[0]
}
