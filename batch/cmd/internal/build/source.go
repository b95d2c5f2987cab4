package build

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"

	"golang.org/x/mod/modfile"
)

// Path is the module that is built with more plugins in it.
const Path = "github.com/plugreel/plugreel"

// Released returns the version of [Path] in the running program if it is one that can be
// downloaded, and "" if the program was built from a directory.
func Released() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		return released(info)
	}
	return ""
}

func released(info *debug.BuildInfo) string {
	for _, m := range append([]*debug.Module{&info.Main}, info.Deps...) {
		if m.Path == Path && m.Sum != "" && m.Replace == nil { // only what was downloaded has a checksum
			return m.Version
		}
	}
	return ""
}

// origin is where plugreel itself comes from: a version or a directory.
type origin struct {
	version string
	dir     string // absolute
}

// findOrigin checks what the user said.
func findOrigin(dir, released string) (origin, error) {
	switch {
	case dir != "":
		return localOrigin(dir)
	case released != "":
		return origin{version: released}, nil
	}
	return origin{}, fmt.Errorf("--source: got none, and this program was built from a directory, not from a published version; name the directory of %s's source", Path)
}

func localOrigin(dir string) (origin, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return origin{}, fmt.Errorf("--source: %w", err)
	}
	text, err := os.ReadFile(filepath.Join(abs, "go.mod"))
	if err != nil {
		return origin{}, fmt.Errorf("--source: %w; want the directory that holds the go.mod of %s", err, Path)
	}
	if got := modfile.ModulePath(text); got != Path {
		return origin{}, fmt.Errorf("--source %s: got module %s, want %s", dir, got, Path)
	}
	return origin{dir: abs}, nil
}

// require puts plugreel into a go.mod.
func (o origin) require(f *modfile.File) error {
	if o.dir == "" {
		return f.AddRequire(Path, o.version)
	}
	if err := f.AddReplace(Path, "", o.dir, ""); err != nil {
		return err
	}
	return f.AddRequire(Path, nowhere)
}

// nowhere is the version of a module that is a directory.
const nowhere = "v0.0.0-00010101000000-000000000000"
