package engine

import (
	"context"
	"errors"
	"go/token"
	"go/types"
	"io/fs"
	"reflect"
	"time"

	"github.com/plugreel/plugreel/interp/internal/lower"
	"github.com/plugreel/plugreel/interp/internal/rt"
	"github.com/plugreel/plugreel/interp/internal/symbols"
	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/sdk/coverage"
)

// Unit is a checked and lowered program. It may be started several times.
type Unit struct {
	Checked
	lowered *lower.Output
	shared  *rt.Program
	counted counted
	tables  func(importPath string) map[string]reflect.Value
}

// Symbols are packages that a host adds, by import path: see yaegi's Exports.
type Symbols = map[string]map[string]reflect.Value

// tablesOf joins the compiled-in packages with those of the host.
func tablesOf(added Symbols) func(string) map[string]reflect.Value {
	return func(importPath string) map[string]reflect.Value {
		if table, ok := added[importPath]; ok {
			return table
		}
		table := symbols.Table(importPath)
		for name := range rt.Missing[importPath] {
			delete(table, name)
		}
		for name, t := range rt.Replaced[importPath] {
			table[name] = reflect.ValueOf(t)
		}
		return table
	}
}

// Entry is what of the root package is called: exports by the names that the host uses, functions
// that are called at the end of the initialisation to export what they return, then main, if it
// is not nil.
type Entry struct {
	Exports map[string]types.Object
	Results map[string]*types.Func
	Main    *types.Func
}

// Checked is a program that passed the type checker.
type Checked struct {
	Root     *types.Package   // the package in the root
	Packages []*lower.Package // all packages of the program
	Files    []sdk.File       // their source
	Dirs     []Dir            // where they are
	fset     *token.FileSet
}

// Dir is the directory of one package of a program.
type Dir struct {
	Path    string            // in the file system, "." for the root
	Imports map[string]string // the directories of the program's packages that it imports, by import path
}

// Position is the place of an object's declaration.
func (c *Checked) Position(o types.Object) (file string, line, column int) { return c.Place(o.Pos()) }

// Place is a place in the source.
func (c *Checked) Place(pos token.Pos) (file string, line, column int) {
	at := c.fset.PositionFor(pos, false)
	return at.Filename, at.Line, at.Column
}

// Compile reads, checks and lowers the program in fsys; entry chooses what of it is called. What
// runs of it is counted into profile.
// Errors are *[sdk.LoadError] values, joined if there are several.
func Compile(fsys fs.FS, added Symbols, profile *coverage.Profile, entry func(*Checked) (Entry, error)) (*Unit, error) {
	tables := tablesOf(added)
	has := func(importPath string) bool { _, ok := added[importPath]; return ok || symbols.Has(importPath) }
	s, err := readSource(fsys, has, false)
	if err != nil {
		return nil, err
	}
	c := newChecker(s, tables)
	if err := c.check(); err != nil {
		return nil, err
	}
	u := &Unit{tables: tables, Checked: c.checked(), counted: newCounted(profile, c)}
	call, err := entry(&u.Checked)
	if err != nil {
		return nil, err
	}
	u.lowered, err = lower.Lower(lower.Input{
		Fset: s.fset, Packages: c.program, Library: c.libOrder, Universe: c.universe, Exports: call.Exports, Results: call.Results, Main: call.Main, Counted: u.counted.plan,
	})
	if err != nil {
		return nil, c.lowered(err)
	}
	u.shared = &rt.Program{Types: u.lowered.Types, Universe: c.universe, Tables: tables, Native: u.lowered.Native}
	return u, nil
}

// Check checks the program in fsys against the packages of imports; it may import all that imports
// has. The unit can be looked at, not started.
// Errors: those of Compile.
func Check(fsys fs.FS, imports types.Importer, entry func(*Checked) (Entry, error)) (*Unit, error) {
	s, err := readSource(fsys, symbols.Has, true)
	if err != nil {
		return nil, err
	}
	c := newChecker(s, symbols.Table)
	c.outside = imports
	if err := c.check(); err != nil {
		return nil, err
	}
	u := &Unit{Checked: c.checked()}
	_, err = entry(&u.Checked)
	return u, err
}

// Text is the lowered program, for those who look for a mistake in this package.
func (u *Unit) Text() string { return u.lowered.Text }

// CompileMain compiles a program that is run by its func main.
func CompileMain(fsys fs.FS, profile *coverage.Profile) (*Unit, error) {
	return Compile(fsys, nil, profile, func(c *Checked) (Entry, error) {
		if f := mainFunc(c.Root); f != nil && c.Root.Name() == "main" {
			return Entry{Main: f}, nil
		}
		return Entry{}, &sdk.LoadError{Err: errors.New("got no func main, want one in package main")}
	})
}

// RunMain runs the program's func main once, with what it prints going to print. A program that
// panics gives a *[PanicError], a failure of the interpreter a *[sdk.LoadError].
func (u *Unit) RunMain(ctx context.Context, print func(string)) error {
	m, err := u.Start(ctx, rt.Host{
		Print: print,
		Err:   func(string) {},
		Now:   time.Now,
		Seed:  func() uint64 { return 0 },
	}, time.Minute)
	var p *PanicError
	if errors.As(err, &p) {
		if fault, ok := p.Value.(rt.Fault); ok {
			return &sdk.LoadError{File: p.At.Filename, Line: p.At.Line, Err: fault}
		}
	}
	if err != nil {
		return err
	}
	m.Close()
	return nil
}
