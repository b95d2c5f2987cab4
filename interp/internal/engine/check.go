package engine

import (
	"cmp"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/types"
	"reflect"
	"slices"
	"strings"

	"github.com/plugreel/plugreel/interp/internal/hosttypes"
	"github.com/plugreel/plugreel/interp/internal/library"
	"github.com/plugreel/plugreel/interp/internal/lower"
	"github.com/plugreel/plugreel/interp/internal/rt"
	"github.com/plugreel/plugreel/sdk"
)

// maxErrors is how many errors of one program are reported.
const maxErrors = 50

// checker type-checks the packages of a program.
type checker struct {
	source   *source
	universe *hosttypes.Universe
	outside  types.Importer            // instead of universe and library, if it is not nil
	packages map[string]*types.Package // of the program, by directory
	library  map[string]*lower.Package
	libOrder []*lower.Package
	program  []*lower.Package
	errs     []error
}

func newChecker(s *source, tables func(string) map[string]reflect.Value) *checker {
	return &checker{
		source:   s,
		universe: hosttypes.New(tables),
		packages: map[string]*types.Package{},
		library:  map[string]*lower.Package{},
	}
}

// check checks all packages. Errors are joined *[sdk.LoadError] values.
func (c *checker) check() error {
	for _, d := range c.source.order {
		if pkg := c.checkPackage(d); pkg != nil {
			c.program = append(c.program, pkg)
		}
	}
	slices.SortStableFunc(c.errs, byPlace)
	return errors.Join(c.errs...)
}

// byPlace orders errors, which are *[sdk.LoadError] values, by file, line and column.
func byPlace(a, b error) int {
	x, y := a.(*sdk.LoadError), b.(*sdk.LoadError)
	return cmp.Or(cmp.Compare(x.File, y.File), cmp.Compare(x.Line, y.Line), cmp.Compare(x.Column, y.Column))
}

// checked is the program after check.
func (c *checker) checked() Checked {
	p := Checked{Root: c.packages["."], Packages: c.program, Files: c.source.files, fset: c.source.fset}
	for _, d := range c.source.order {
		p.Dirs = append(p.Dirs, Dir{d.path, d.imports})
	}
	return p
}

func newInfo() *types.Info {
	return &types.Info{
		Types:      map[ast.Expr]types.TypeAndValue{},
		Defs:       map[*ast.Ident]types.Object{},
		Uses:       map[*ast.Ident]types.Object{},
		Implicits:  map[ast.Node]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{},
		Instances:  map[*ast.Ident]types.Instance{},
	}
}

func (c *checker) config(imports types.Importer) *types.Config {
	return &types.Config{
		GoVersion: "go1.26",
		Importer:  imports,
		Sizes:     types.SizesFor("gc", "amd64"),
		Error:     func(err error) { c.report(err) },
	}
}

func (c *checker) checkPackage(d *directory) *lower.Package {
	info := newInfo()
	path := d.path
	if path == "." {
		path = d.name
	}
	before := len(c.errs)
	for _, file := range d.files {
		c.refuse(file)
	}
	pkg, _ := c.config(importer{c, d}).Check(path, c.source.fset, d.files, info) // errors are reported one by one
	c.packages[d.path] = pkg
	if len(c.errs) > before {
		return nil
	}
	return &lower.Package{Types: pkg, Info: info, Files: d.files}
}

// refuse reports what no plugin may contain.
func (c *checker) refuse(file *ast.File) {
	ast.Inspect(file, func(n ast.Node) bool {
		if g, ok := n.(*ast.GoStmt); ok {
			c.errs = append(c.errs, loadError(c.source.fset, g.Pos(), "go statement: a plugin runs in one goroutine; call the function directly"))
		}
		return true
	})
}

// report keeps one error of the type checker, with advice where there is some.
func (c *checker) report(err error) {
	var e types.Error
	if !errors.As(err, &e) || len(c.errs) >= maxErrors {
		return
	}
	c.errs = append(c.errs, loadError(e.Fset, e.Pos, oneLine(e.Msg)+c.hint(e.Msg)))
}

// oneLine joins what the type checker has and wants to its message.
func oneLine(message string) string {
	head, rest, _ := strings.Cut(message, "\n\t")
	for line := range strings.SplitSeq(rest, "\n\t") {
		head += ", " + line
	}
	return strings.TrimSuffix(head, ", ")
}

// hint explains why a symbol of a compiled package is missing.
func (c *checker) hint(message string) string {
	name, ok := strings.CutPrefix(message, "undefined: ")
	if !ok {
		return ""
	}
	pkg, symbol, ok := strings.Cut(name, ".")
	if !ok {
		return ""
	}
	for path, missing := range rt.Missing {
		if why := missing[symbol]; why != "" && strings.Contains("/"+path+"/", "/"+pkg+"/") {
			return ": " + why
		}
	}
	return ""
}

// importer finds the packages that one directory imports.
type importer struct {
	c *checker
	d *directory
}

func (i importer) Import(path string) (*types.Package, error) {
	if dir, ok := i.d.imports[path]; ok {
		if pkg := i.c.packages[dir]; pkg != nil {
			return pkg, nil
		}
		return nil, fmt.Errorf("package %q has errors", path)
	}
	return i.c.standard(path)
}

// standard is a package of the standard library, the SDK, or one that the host added.
func (c *checker) standard(path string) (*types.Package, error) {
	if c.outside != nil {
		return c.outside.Import(path)
	}
	pkg := c.universe.Package(path)
	text := library.Source(path)
	switch {
	case text == "" && pkg == nil:
		return nil, fmt.Errorf("package %q is not available", path)
	case text == "":
		return pkg, nil
	}
	lib, err := c.libraryPackage(path, text, pkg)
	if err != nil {
		return nil, err
	}
	if pkg == nil {
		return lib.Types, nil
	}
	return pkg, nil
}

// libraryPackage checks the generic part of a package and enters it into the compiled part.
func (c *checker) libraryPackage(path, text string, compiled *types.Package) (*lower.Package, error) {
	if lib := c.library[path]; lib != nil {
		return lib, nil
	}
	file, err := parser.ParseFile(c.source.fset, "$GOROOT/"+path+".go", text, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	name := path
	if compiled != nil {
		name = "generic/" + path
	}
	lib := &lower.Package{Info: newInfo(), Files: []*ast.File{file}}
	c.library[path] = lib
	lib.Types, err = c.config(libraryImporter{c, path}).Check(name, c.source.fset, lib.Files, lib.Info)
	if err != nil {
		return nil, err
	}
	c.libOrder = append(c.libOrder, lib)
	if compiled != nil {
		for _, n := range lib.Types.Scope().Names() {
			compiled.Scope().Insert(lib.Types.Scope().Lookup(n))
		}
	}
	return lib, nil
}

// libraryImporter gives the generic part of a package its compiled part.
type libraryImporter struct {
	c    *checker
	self string
}

func (i libraryImporter) Import(path string) (*types.Package, error) {
	if path == i.self {
		return i.c.universe.Package(path), nil
	}
	return i.c.standard(path)
}

// lowered turns an error of lowering into a load error.
func (c *checker) lowered(err error) error {
	var e *lower.Error
	if errors.As(err, &e) && e.Pos.IsValid() {
		return loadError(c.source.fset, e.Pos, e.Message)
	}
	return &sdk.LoadError{Err: err}
}

// mainFunc is func main of package main, nil if there is none.
func mainFunc(pkg *types.Package) *types.Func {
	f, _ := pkg.Scope().Lookup("main").(*types.Func)
	return f
}
