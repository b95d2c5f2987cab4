package interp

import (
	"context"
	"fmt"
	"go/types"
	"io/fs"
	"strings"

	"github.com/plugreel/plugreel/interp/internal/engine"
	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/sdk"
)

// Description says how the package of a plugin is compiled into a program: it is for those who
// generate code that imports plugins.
type Description struct {
	Package string   // name in the package clauses
	Exports []string // what the host uses of the package: "Hooks" alone, or hooks in the order of sdk.HookNames
	Info    sdk.Info // as of the program that Load makes

	// Packages are the packages of the plugin, each after those that it imports; the one in the root
	// is the last.
	Packages []Package

	// Variables are the package variables that functions of the plugin change, one notice for
	// each. All instances share them in a program that is compiled in, while every instance has
	// its own when it is interpreted: such a plugin can have one instance at a time.
	Variables []sdk.Notice
}

// Package is a directory of a plugin with the code of a package.
type Package struct {
	Dir     string            // slash-separated, relative to the root; "." for the root
	Imports map[string]string // the directories of the plugin's packages that it imports, by import path
}

// Describe checks the plugin in fsys as [Load] does and says how it is compiled in.
// Errors: those of Load, and a *[sdk.LoadError] for package main, which cannot be imported.
func Describe(ctx context.Context, fsys fs.FS, m *manifest.Manifest, opts ...Option) (*Description, error) {
	loaded, err := Load(ctx, fsys, m, opts...)
	if err != nil {
		return nil, err
	}
	return loaded.(*program).description()
}

// DescribeWith is Describe for a plugin that cannot be interpreted, because it imports what the
// interpreter does not have: all packages that are not the plugin's own come from imports.
// Nothing of the plugin is run, so that Info.Hooks lacks what func Hooks returns.
func DescribeWith(fsys fs.FS, m *manifest.Manifest, imports types.Importer) (*Description, error) {
	p := &program{info: sdk.Info{Name: m.Name}}
	var err error
	if p.unit, err = engine.Check(fsys, imports, findHooks); err != nil {
		return nil, sdk.InPlugin(m.Name, err)
	}
	p.sortFiles()
	p.info.Hooks = p.declared()
	if len(p.info.Hooks) == 0 && p.unit.Root.Scope().Lookup(constructor.goName) == nil {
		p.noHooks()
	}
	p.findState()
	p.findDifferences()
	return p.description()
}

// declared are the hooks that are functions of the package.
func (p *program) declared() (names []string) {
	for _, h := range hookTable {
		if p.unit.Root.Scope().Lookup(h.goName) != nil {
			names = append(names, h.name)
		}
	}
	return names
}

// description is what Describe returns.
func (p *program) description() (*Description, error) {
	d := &Description{Package: p.unit.Root.Name(), Info: p.info, Variables: p.variables}
	if d.Package == "main" {
		return nil, sdk.InPlugin(p.info.Name, &sdk.LoadError{Err: fmt.Errorf("got package main, want a package that a program can import")})
	}
	for _, dir := range p.unit.Dirs {
		d.Packages = append(d.Packages, Package{dir.Path, dir.Imports})
	}
	for _, h := range append([]hook{constructor}, hookTable...) {
		if p.unit.Root.Scope().Lookup(h.goName) != nil {
			d.Exports = append(d.Exports, h.goName)
		}
	}
	return d, nil
}

// Program returns a Go expression of type sdk.Program: the compiled-in form of the plugin. The
// file that it stands in imports package sdk by its name, and the plugin's package as pkg.
func (d *Description) Program(pkg string) string {
	info := fmt.Sprintf("Name: %q", d.Info.Name)
	switch d.Info.State {
	case sdk.StateStore:
		info += ", State: sdk.StateStore"
	case sdk.StateMemory:
		info += ", State: sdk.StateMemory"
	}
	return fmt.Sprintf("sdk.Native(sdk.Info{%s}, %s)", info, d.constructor(pkg))
}

// constructor is an expression of type func() sdk.Hooks.
func (d *Description) constructor(pkg string) string {
	if len(d.Exports) == 1 && d.Exports[0] == constructor.goName {
		return pkg + "." + constructor.goName
	}
	return "func() sdk.Hooks { return sdk.Hooks{" + d.fields(pkg) + "} }"
}

// fields are the fields of sdk.Hooks for a package whose functions are hooks.
func (d *Description) fields(pkg string) string {
	var fields, tasks []string
	for _, name := range d.Exports {
		if schedule, ok := strings.CutPrefix(name, "RunEvery"); ok {
			tasks = append(tasks, fmt.Sprintf("sdk.Every%s: %s.%s", schedule, pkg, name))
			continue
		}
		fields = append(fields, fmt.Sprintf("%s: %s.%s", name, pkg, name))
	}
	if tasks != nil {
		fields = append(fields, "RunEvery: map[sdk.Schedule]func(*sdk.PluginMeta) error{"+strings.Join(tasks, ", ")+"}")
	}
	return strings.Join(fields, ", ")
}
