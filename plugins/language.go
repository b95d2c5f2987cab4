package plugins

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/plugreel/plugreel/interp"
	"github.com/plugreel/plugreel/jsbridge"
	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/sdk"
)

// load compiles the plugin below fsys with the engine for its language: the one place that knows
// the languages.
func load(o options, fsys fs.FS, m *manifest.Manifest) (sdk.Program, error) {
	if goSource(fsys, m) != "" {
		return interp.Load(o.ctx, fsys, m, o.interp...)
	}
	program, err := jsbridge.Load(o.ctx, fsys, m, o.js...)
	if err != nil && m.Main == "" && isEmpty(fsys) {
		return nil, errNoSource
	}
	return program, err
}

var errNoSource = errors.New("got no source, want index.js, index.ts or Go files, or a main in plugin.json that names another file")

// isEmpty says whether there is nothing beside plugin.json.
func isEmpty(fsys fs.FS) bool {
	entries, err := fs.ReadDir(fsys, ".")
	return err == nil && !slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() != manifestName })
}

// goSource names a Go source file of the plugin; "" if it is written in another language. A main
// decides; without one an index.js or index.ts does, and then any Go file that is no test.
func goSource(fsys fs.FS, m *manifest.Manifest) string {
	if m.Main != "" {
		if path.Ext(m.Main) == ".go" {
			return m.Main
		}
		return ""
	}
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return "" // the engine meets the error again and reports it
	}
	file := ""
	for _, e := range entries {
		name := e.Name()
		if name == "index.js" || name == "index.ts" {
			return ""
		}
		if file == "" && path.Ext(name) == ".go" && !strings.HasSuffix(name, "_test.go") {
			file = name
		}
	}
	return file
}
