package build

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"go/types"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/modfile"

	"github.com/plugreel/plugreel/interp"
	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/plugins"
	"github.com/plugreel/plugreel/sdk"
)

// plugin is a plugin that is compiled in.
type plugin struct {
	ref      string // as the user wrote it
	dir      string // absolute
	name     string
	manifest *manifest.Manifest
	fsys     fs.FS
	mod      *modfile.File // of a plugin that stays in place; nil if it is copied
	slug     string        // its directory in the module; set when it is added
	desc     *interp.Description
	warnings []string
}

// openPlugin reads the manifest and the go.mod of a plugin.
func openPlugin(ref string) (*plugin, error) {
	info, err := os.Stat(ref)
	switch {
	case err != nil:
		return nil, fmt.Errorf("--with %s: %w", ref, plain(err))
	case !info.IsDir():
		return nil, fmt.Errorf("--with %s: got a file, want the directory of a Go plugin", ref)
	}
	abs, err := filepath.Abs(ref)
	if err != nil {
		return nil, &SystemError{ref, err}
	}
	opened, err := plugins.Inspect(ref)
	if err != nil {
		return nil, err
	}
	p := &plugin{ref: ref, dir: abs, name: opened.Name, manifest: opened.Manifest, fsys: os.DirFS(abs)}
	for _, w := range opened.Problems.Warnings() {
		p.warnings = append(p.warnings, w.Error())
	}
	if err := opened.Close(); err != nil {
		return nil, &SystemError{ref, err}
	}
	return p, p.readModule()
}

// readModule finds out whether the plugin needs its own go.mod: it does if that requires other
// modules, and they are not in a vendor directory.
func (p *plugin) readModule() error {
	text, err := fs.ReadFile(p.fsys, "go.mod")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return &SystemError{filepath.Join(p.ref, "go.mod"), plain(err)}
	}
	mod, err := modfile.Parse(filepath.Join(p.ref, "go.mod"), text, nil)
	if err != nil {
		return err
	}
	if _, err := fs.Stat(p.fsys, "vendor"); err == nil {
		return nil
	}
	for _, r := range mod.Require {
		if r.Mod.Path != Path && mod.Module != nil {
			p.mod = mod
		}
	}
	return nil
}

// inPlace says whether the plugin is built where it is.
func (p *plugin) inPlace() bool { return p.mod != nil }

// preflight checks the plugin as plugreel validate does. One that only the compiler can run, because
// of what it imports, is checked with the packages that imports has.
func (p *plugin) preflight(ctx context.Context, imports types.Importer) error {
	desc, err := interp.Describe(ctx, p.fsys, p.manifest)
	if outside := outsideImports(err); outside != nil {
		for _, e := range outside {
			p.warn(e.File, e.Line, e.Column, fmt.Sprintf("%v; the plugin runs compiled in only", e.Err))
		}
		desc, err = interp.DescribeWith(p.fsys, p.manifest, imports)
	}
	if err != nil {
		return p.locate(err)
	}
	for _, v := range desc.Variables {
		desc.Info.State = sdk.StateMemory
		p.warn(v.File, v.Line, v.Column, v.Message+": compiled in, the plugin runs on one worker of a process; func Hooks would lift that")
	}
	for _, n := range desc.Info.Notices {
		switch n.Code {
		case "no-hooks":
			return p.locate(&sdk.LoadError{File: n.File, Line: n.Line, Column: n.Column, Err: errors.New(n.Message)})
		case interp.NoticeDiffers:
			p.warn(n.File, n.Line, n.Column, n.Message)
		}
	}
	p.desc = desc
	return nil
}

// outsideImports are the errors that err joins, if all of them are imports.
func outsideImports(err error) []*sdk.LoadError {
	var list []*sdk.LoadError
	for _, e := range joined(err) {
		var load *sdk.LoadError
		if !errors.Is(e, interp.ErrImport) || !errors.As(e, &load) {
			return nil
		}
		list = append(list, load)
	}
	return list
}

// joined are the errors that err joins.
func joined(err error) []error {
	if j, ok := err.(interface{ Unwrap() []error }); ok {
		return j.Unwrap()
	}
	if err == nil {
		return nil
	}
	return []error{err}
}

// locate puts the plugin's directory before the files that errors name.
func (p *plugin) locate(err error) error {
	var errs []error
	for _, e := range joined(err) {
		var load *sdk.LoadError
		if errors.As(e, &load) && load.File != "" {
			at := *load
			at.Plugin, at.File = "", filepath.ToSlash(filepath.Join(p.ref, load.File))
			e = &at
		}
		errs = append(errs, e)
	}
	return errors.Join(errs...)
}

func (p *plugin) warn(file string, line, column int, message string) {
	at := filepath.ToSlash(p.ref)
	if file != "" {
		at = fmt.Sprintf("%s:%d:%d", filepath.ToSlash(filepath.Join(p.ref, file)), line, column)
	}
	p.warnings = append(p.warnings, at+": "+message)
}

// program is the Go expression of the plugin's sdk.Program.
func (p *plugin) program(pkg string) string {
	text := p.desc.Program(pkg)
	if len(p.desc.Variables) == 0 {
		return text
	}
	v := p.desc.Variables[0]
	return fmt.Sprintf("plugins.Single(%s, %q)", text, fmt.Sprintf("%s (%s:%d:%d)", v.Message, v.File, v.Line, v.Column))
}

// archive is the plugin's manifest and source as a zip archive.
func (p *plugin) archive() ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	names := []string{"plugin.json", "go.mod"}
	for _, f := range p.desc.Info.Files {
		names = append(names, f.Name)
	}
	for _, name := range names {
		text, err := fs.ReadFile(p.fsys, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		w, zipErr := z.Create(name)
		if err := errors.Join(err, zipErr); err != nil {
			return nil, err
		}
		if _, err := w.Write(text); err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return b.Bytes(), err
}

// plain takes the operation and the path off an error of the file system.
func plain(err error) error {
	var e *fs.PathError
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}

// slug makes a directory's name of a plugin's.
func slug(name string) string {
	text := strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			return r
		case 'A' <= r && r <= 'Z':
			return r - 'A' + 'a'
		}
		return '-'
	}, name)
	text = strings.Trim(text, "-")
	switch text {
	case "", "vendor", "internal", "testdata":
		return "plugin"
	}
	return text
}
