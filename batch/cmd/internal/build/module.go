package build

import (
	"context"
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/modfile"

	"github.com/plugreel/plugreel/interp"
)

// modulePath is the path of the module that is built. It is seen in stack traces only.
const modulePath = "plugreel.local"

// module is the directory that is built.
type module struct {
	dir     string
	tools   *toolchain
	file    *modfile.File // go.mod
	sums    []byte        // go.sum
	plugins []*plugin
}

// newModule makes a temporary directory with a module that requires plugreel. The caller removes it.
func newModule(tools *toolchain, from origin) (*module, error) {
	dir, err := os.MkdirTemp("", "plugreel-build-")
	if err != nil {
		return nil, &SystemError{os.TempDir(), plain(err)}
	}
	m := &module{dir: dir, tools: tools, file: new(modfile.File)}
	err = errors.Join(m.file.AddModuleStmt(modulePath), m.file.AddGoStmt(strings.TrimPrefix(minGo, "go")), from.require(m.file))
	if err == nil && from.dir != "" {
		err = m.addSums(from.dir)
	}
	if err != nil {
		m.remove()
		return nil, err
	}
	return m, nil
}

func (m *module) remove() { _ = os.RemoveAll(m.dir) }

// addSums adds the checksums of another module's go.sum, if it has one.
func (m *module) addSums(dir string) error {
	text, err := os.ReadFile(filepath.Join(dir, "go.sum"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return &SystemError{filepath.Join(dir, "go.sum"), plain(err)}
	}
	m.sums = append(m.sums, text...)
	return nil
}

// add checks a plugin and puts it into the module.
func (m *module) add(ctx context.Context, p *plugin) error {
	p.slug = m.freeSlug(slug(p.name))
	if p.inPlace() {
		if err := m.require(p); err != nil {
			return err
		}
	}
	if err := m.writeMod(); err != nil {
		return err
	}
	if err := p.preflight(ctx, newExports(ctx, m)); err != nil {
		return err
	}
	m.plugins = append(m.plugins, p)
	archive, err := p.archive()
	if err != nil {
		return &SystemError{p.ref, plain(err)}
	}
	if err := m.write(p.slug+".zip", archive); err != nil || p.inPlace() {
		return err
	}
	for _, pkg := range p.desc.Packages {
		if err := m.copyPackage(p, pkg); err != nil {
			return err
		}
	}
	return nil
}

func (m *module) freeSlug(want string) string {
	got := want
	for n := 2; m.taken(got); n++ {
		got = fmt.Sprintf("%s-%d", want, n)
	}
	return got
}

func (m *module) taken(slug string) bool {
	for _, p := range m.plugins {
		if p.slug == slug {
			return true
		}
	}
	return false
}

// require adds a plugin that stays in place, with what its go.mod replaces.
func (m *module) require(p *plugin) error {
	own := p.mod.Module.Mod.Path
	for _, r := range m.file.Require {
		if r.Mod.Path == own {
			return fmt.Errorf("%s: go.mod: got module %s, want another path: there is one already", p.ref, own)
		}
	}
	err := errors.Join(m.file.AddRequire(own, nowhere), m.file.AddReplace(own, "", p.dir, ""), m.addSums(p.dir))
	for _, r := range p.mod.Replace {
		target := r.New.Path
		if r.Old.Path == Path {
			continue // it is the plugreel that is being built
		}
		if r.New.Version == "" && !filepath.IsAbs(target) {
			target = filepath.Join(p.dir, filepath.FromSlash(target))
		}
		err = errors.Join(err, m.file.AddReplace(r.Old.Path, r.Old.Version, target, r.New.Version))
	}
	return err
}

// importPath is the path by which a package of a plugin is imported.
func (m *module) importPath(p *plugin, dir string) string {
	if p.inPlace() {
		return path.Join(p.mod.Module.Mod.Path, dir)
	}
	return path.Join(modulePath, p.slug, unvendored(dir))
}

// unvendored is a directory's name in the module, where vendor would mean something else.
func unvendored(dir string) string {
	if rest, ok := strings.CutPrefix(dir, "vendor/"); ok {
		return "vendored/" + rest
	}
	return dir
}

// copyPackage copies the source of a package.
func (m *module) copyPackage(p *plugin, pkg interp.Package) error {
	entries, err := fs.ReadDir(p.fsys, pkg.Dir)
	if err != nil {
		return &SystemError{p.ref, plain(err)}
	}
	for _, e := range entries {
		name := e.Name()
		if e.IsDir() || path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := fs.ReadFile(p.fsys, path.Join(pkg.Dir, name))
		if err != nil {
			return &SystemError{filepath.Join(p.ref, pkg.Dir, name), plain(err)}
		}
		text = renameImports(text, func(imported string) string {
			if dir, ok := pkg.Imports[imported]; ok {
				return m.importPath(p, dir)
			}
			return imported
		})
		if err := m.write(path.Join(p.slug, unvendored(pkg.Dir), name), text); err != nil {
			return err
		}
	}
	return nil
}

// renameImports changes the import paths of a Go file, and nothing else: lines stay where they
// are. A file that does not parse stays as it is; the compiler says why.
func renameImports(text []byte, rename func(string) string) []byte {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "", text, parser.ImportsOnly)
	if err != nil {
		return text
	}
	var out []byte
	done := 0
	for _, spec := range file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil || rename(imported) == imported {
			continue
		}
		at := files.Position(spec.Path.Pos()).Offset
		out = append(out, text[done:at]...)
		out = strconv.AppendQuote(out, rename(imported))
		done = at + len(spec.Path.Value)
	}
	return append(out, text[done:]...)
}

// writeMod writes go.mod and go.sum.
func (m *module) writeMod() error {
	m.file.Cleanup()
	text, err := m.file.Format()
	if err != nil {
		return err
	}
	return errors.Join(m.write("go.mod", text), m.write("go.sum", m.sums))
}

// finish writes what remains: main.go.
func (m *module) finish() error {
	text, err := m.mainFile()
	if err != nil {
		return err
	}
	return m.write("main.go", text)
}

// write writes a file of the module; name has slashes.
func (m *module) write(name string, text []byte) error {
	file := filepath.Join(m.dir, filepath.FromSlash(name))
	err := os.MkdirAll(filepath.Dir(file), 0o755)
	if err == nil {
		err = os.WriteFile(file, text, 0o644)
	}
	if err != nil {
		return &SystemError{file, plain(err)}
	}
	return nil
}
