// Package engine checks a Go program, lowers it and runs it in an interpreter. It knows nothing of
// plugins: package interp finds hooks and makes them what a host calls.
package engine

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/scanner"
	"go/token"
	"io"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/plugreel/plugreel/interp/internal/library"
	"github.com/plugreel/plugreel/sdk"
)

// source is the parsed source of a program: its packages by directory.
type source struct {
	fsys   fs.FS
	fset   *token.FileSet
	module string // path that go.mod names, "" without one
	has    func(importPath string) bool
	open   bool // other packages may be imported too
	dirs   map[string]*directory
	order  []*directory // each after those that it imports
	files  []sdk.File
	errs   []error
}

// directory is one package of the program.
type directory struct {
	path    string // in the file system, "." for the root
	name    string // of the package
	files   []*ast.File
	imports map[string]string // import path to directory, of packages of the program
	open    bool              // being read: an import of it is a cycle
}

// readSource reads the package in the root of fsys and all that it imports; has says which packages
// come from elsewhere, open whether there may be more of them. Errors are joined *[sdk.LoadError]
// values.
func readSource(fsys fs.FS, has func(importPath string) bool, open bool) (*source, error) {
	s := &source{fsys: fsys, fset: token.NewFileSet(), has: has, open: open, dirs: map[string]*directory{}}
	if text, err := fs.ReadFile(fsys, "go.mod"); err == nil {
		s.module = modulePath(text)
	}
	root := s.read(".")
	if root != nil && len(root.files) == 0 && len(s.errs) == 0 {
		return nil, &sdk.LoadError{Err: errors.New("got no Go files, want a package with a hook function such as ProcessEvent")}
	}
	return s, errors.Join(s.errs...)
}

// modulePath is the module that a go.mod names.
func modulePath(text []byte) string {
	for line := range strings.Lines(string(text)) {
		line, _, _ = strings.Cut(line, "//")
		if rest, ok := strings.CutPrefix(strings.TrimSpace(line), "module"); ok && rest != "" && (rest[0] == ' ' || rest[0] == '\t') {
			name := strings.TrimSpace(rest)
			if unquoted, err := strconv.Unquote(name); err == nil {
				name = unquoted
			}
			return name
		}
	}
	return ""
}

func (s *source) fail(pos token.Pos, format string, args ...any) {
	s.errs = append(s.errs, loadError(s.fset, pos, fmt.Sprintf(format, args...)))
}

// loadError is an error at a place in the author's source.
func loadError(fset *token.FileSet, pos token.Pos, message string) error {
	at := fset.PositionFor(pos, false)
	return &sdk.LoadError{File: at.Filename, Line: at.Line, Column: at.Column, Err: errors.New(message)}
}

// read reads the package in a directory and the packages that it imports.
func (s *source) read(dir string) *directory {
	if d := s.dirs[dir]; d != nil {
		return d
	}
	d := &directory{path: dir, imports: map[string]string{}, open: true}
	s.dirs[dir] = d
	s.parse(d)
	for _, file := range d.files {
		for _, spec := range file.Imports {
			s.follow(d, spec)
		}
	}
	d.open = false
	s.order = append(s.order, d)
	return d
}

// buildContext decides which files belong to a package. It is the same on every machine, so that
// a replay is.
func (s *source) buildContext() build.Context {
	c := build.Context{GOOS: "linux", GOARCH: "amd64", Compiler: "gc"}
	c.ReleaseTags = build.Default.ReleaseTags
	c.JoinPath = path.Join
	c.OpenFile = func(name string) (io.ReadCloser, error) { return s.fsys.Open(name) }
	return c
}

func (s *source) parse(d *directory) {
	entries, err := fs.ReadDir(s.fsys, d.path)
	if err != nil {
		s.errs = append(s.errs, &sdk.LoadError{File: d.path, Err: err})
		return
	}
	for _, e := range entries {
		if !e.IsDir() && path.Ext(e.Name()) == ".go" && s.belongs(d.path, e.Name()) {
			s.parseFile(d, path.Join(d.path, e.Name()))
		}
	}
}

// belongs says whether a Go file is part of the package in dir. One that cannot be read is: that
// will be reported.
func (s *source) belongs(dir, name string) bool {
	if strings.HasSuffix(name, "_test.go") {
		return false
	}
	context := s.buildContext()
	ok, err := context.MatchFile(dir, name)
	return ok || err != nil
}

func (s *source) parseFile(d *directory, name string) {
	text, err := fs.ReadFile(s.fsys, name)
	if err != nil {
		s.errs = append(s.errs, &sdk.LoadError{File: name, Err: err})
		return
	}
	s.files = append(s.files, sdk.File{Name: name, SHA256: sha256.Sum256(text)})
	file, err := parser.ParseFile(s.fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		s.syntax(err)
		return
	}
	switch {
	case d.name == "":
		d.name = file.Name.Name
	case d.name != file.Name.Name:
		s.fail(file.Name.Pos(), "package %s: got a second package in the directory, want %s", file.Name.Name, d.name)
		return
	}
	s.directives(file)
	d.files = append(d.files, file)
}

func (s *source) syntax(err error) {
	var list scanner.ErrorList
	if !errors.As(err, &list) {
		s.errs = append(s.errs, err)
		return
	}
	for _, e := range list {
		s.errs = append(s.errs, &sdk.LoadError{File: e.Pos.Filename, Line: e.Pos.Line, Column: e.Pos.Column, Err: errors.New(e.Msg)})
	}
}

// directives refuses comments that change what code means.
func (s *source) directives(file *ast.File) {
	for _, group := range file.Comments {
		for _, c := range group.List {
			for _, name := range []string{"//go:linkname", "//go:embed", "//export "} {
				if strings.HasPrefix(c.Text, name) {
					s.fail(c.Pos(), "%s is not available to a plugin", strings.TrimSpace(name))
				}
			}
		}
	}
}

// follow reads an imported package if it is one of the program's.
func (s *source) follow(d *directory, spec *ast.ImportSpec) {
	importPath, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		s.fail(spec.Pos(), "import path %s is malformed", spec.Path.Value)
		return
	}
	if importPath == "C" {
		s.fail(spec.Pos(), "import \"C\": cgo is not available to a plugin")
		return
	}
	if s.has(importPath) || library.Source(importPath) != "" {
		return
	}
	dir, ok := s.locate(d, importPath)
	switch {
	case !ok && s.open && !strings.HasPrefix(importPath, "."):
		return
	case !ok:
		at := s.fset.PositionFor(spec.Pos(), false)
		s.errs = append(s.errs, &sdk.LoadError{File: at.Filename, Line: at.Line, Column: at.Column, Err: &importError{importPath, s.advice(importPath)}})
		return
	}
	if known := s.dirs[dir]; known != nil && known.open {
		s.fail(spec.Pos(), "import %q: import cycle: %s imports itself", importPath, importPath)
		return
	}
	s.read(dir)
	d.imports[importPath] = dir
}

// locate finds the directory of a package inside the plugin: below the module's path, in vendor,
// relative to the importing package, or from the root.
func (s *source) locate(d *directory, importPath string) (string, bool) {
	var candidates []string
	if s.module != "" && importPath == s.module {
		candidates = append(candidates, ".")
	}
	if rest, ok := strings.CutPrefix(importPath, s.module+"/"); ok && s.module != "" {
		candidates = append(candidates, rest)
	}
	if strings.HasPrefix(importPath, "./") || strings.HasPrefix(importPath, "../") {
		candidates = append(candidates, path.Join(d.path, importPath))
	} else {
		candidates = append(candidates, path.Join("vendor", importPath), path.Clean(importPath))
	}
	for _, dir := range candidates {
		if fs.ValidPath(dir) && s.hasGo(dir) {
			return dir, true
		}
	}
	return "", false
}

func (s *source) hasGo(dir string) bool {
	entries, err := fs.ReadDir(s.fsys, dir)
	return err == nil && slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return path.Ext(e.Name()) == ".go" })
}

// ErrImport is an import of a package that a plugin cannot have.
var ErrImport = errors.New("package is not available")

// importError matches [ErrImport].
type importError struct{ path, advice string }

func (e *importError) Error() string        { return fmt.Sprintf("import %q: %s", e.path, e.advice) }
func (e *importError) Is(target error) bool { return target == ErrImport }

// advice says why a package cannot be imported.
func (s *source) advice(importPath string) string {
	first, _, _ := strings.Cut(importPath, "/")
	if why := forbidden[first]; why != "" {
		return "a plugin may not import it: " + why
	}
	if !strings.Contains(first, ".") {
		return "it is not among the packages that a plugin may import, nor a directory of the plugin; see the documentation of package interp"
	}
	return "no such package; put it into the plugin's vendor directory"
}

// forbidden says why packages are shut, by the first element of their path.
var forbidden = map[string]string{
	"os":       "a plugin has no files, processes or environment; the configuration is meta.Config, files are meta.Attachments",
	"net":      "a plugin opens no connections; net/url and net/netip are available",
	"syscall":  "a plugin has no access to the system",
	"unsafe":   "a plugin has no access to memory",
	"reflect":  "it would show how the interpreter stores values; use type switches and generics",
	"plugin":   "a plugin cannot load other plugins",
	"runtime":  "a plugin has no access to the runtime",
	"log":      "use meta.Logger, or fmt.Println",
	"io":       "a plugin has no files",
	"embed":    "files are meta.Attachments",
	"testing":  "tests belong into _test.go files",
	"debug":    "a plugin has no access to the runtime",
	"internal": "it is internal",
	"text":     "templates call methods by name, which interpreted types do not have; use fmt or strings",
	"html":     "templates call methods by name, which interpreted types do not have; package html is available",
}
