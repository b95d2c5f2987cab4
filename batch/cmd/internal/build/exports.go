package build

import (
	"context"
	"fmt"
	"go/importer"
	"go/token"
	"go/types"
	"io"
	"os"
	"strings"
)

// exports imports packages from the export data that the toolchain makes when it compiles them.
type exports struct {
	ctx   context.Context
	m     *module
	types types.Importer
	files map[string]string // of export data, by import path
}

func newExports(ctx context.Context, m *module) *exports {
	e := &exports{ctx: ctx, m: m, files: map[string]string{}}
	e.types = importer.ForCompiler(token.NewFileSet(), "gc", e.open)
	return e
}

// Import returns the types of a package.
func (e *exports) Import(path string) (*types.Package, error) {
	if path != "unsafe" && e.files[path] == "" {
		if err := e.compile(path); err != nil {
			return nil, err
		}
	}
	return e.types.Import(path)
}

// compile has the toolchain compile a package and all that it needs.
func (e *exports) compile(path string) error {
	out, err := e.m.tools.run(e.ctx, e.m.dir, "list", "-mod=mod", "-export", "-deps", "-f", "{{.ImportPath}}\t{{.Export}}", path)
	if err != nil {
		return err
	}
	for line := range strings.Lines(out) {
		if name, file, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok {
			e.files[name] = file
		}
	}
	return nil
}

func (e *exports) open(path string) (io.ReadCloser, error) {
	if e.files[path] == "" {
		return nil, fmt.Errorf("package %q has no export data", path)
	}
	return os.Open(e.files[path])
}
