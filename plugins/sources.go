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
	"github.com/plugreel/plugreel/sdk/coverage"
)

// AddSources adds the source files of the plugin in fsys that c does not know to c, so that what no
// test loads is counted, too: nothing of it has run. They are the files in the plugin's language,
// without
//
//	tests                _test.go, *.test.*, *.spec.*; test, tests, testdata, __tests__, __mocks__
//	what is installed    node_modules, vendor
//	other programs       directories with a plugin.json or a go.mod of their own, Go files for other
//	                     systems than linux/amd64 and of package main below the root
//	what is built        dist, build, out, coverage
//	type declarations    *.d.ts
//	settings             *.config.*, jest.*
//	hidden files         names that begin with a dot, of Go files also with an underscore
//
// Errors: joined *[sdk.LoadError] values for files that cannot be parsed; the others are added.
func AddSources(c *coverage.Profile, fsys fs.FS, m *manifest.Manifest) error {
	isSource, add := isScript, jsbridge.NewSources(fsys, jsbridge.Dialect{Coverage: c}).Compile
	if goSource(fsys, m) != "" {
		isSource = isGo
		add = func(name string) error { return interp.AddPoints(c, fsys, name) }
	}
	names, err := sourceFiles(fsys, isSource)
	errs := []error{err}
	for _, name := range names {
		if !c.Knows(name) {
			errs = append(errs, add(name))
		}
	}
	return errors.Join(errs...)
}

// sourceFiles lists the files for which isSource says true, in directories that hold a plugin's own.
func sourceFiles(fsys fs.FS, isSource func(base string) bool) ([]string, error) {
	var list []string
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && isForeign(fsys, name):
			return fs.SkipDir
		case d.Type().IsRegular() && !isHidden(d.Name()) && isSource(d.Name()):
			list = append(list, name)
		}
		return nil
	})
	return list, err
}

// foreign are directories that hold no source of the plugin itself.
var foreign = []string{
	"test", "tests", "testdata", "__tests__", "__mocks__",
	"node_modules", "vendor",
	"dist", "build", "out", "coverage",
}

func isForeign(fsys fs.FS, dir string) bool {
	base := path.Base(dir)
	return isHidden(base) || slices.Contains(foreign, base) || has(fsys, path.Join(dir, manifestName)) || has(fsys, path.Join(dir, "go.mod"))
}

func has(fsys fs.FS, name string) bool {
	_, err := fs.Stat(fsys, name)
	return err == nil
}

func isHidden(base string) bool { return strings.HasPrefix(base, ".") }

// isGo says whether a file may be Go source; the engine knows which of it is the plugin's.
func isGo(base string) bool {
	return path.Ext(base) == ".go"
}

// scripts are the extensions of JavaScript and TypeScript.
var scripts = []string{".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx"}

func isScript(base string) bool {
	ext := path.Ext(base)
	stem := strings.TrimSuffix(base, ext)
	return slices.Contains(scripts, ext) && !strings.HasPrefix(base, "jest.") &&
		!slices.Contains([]string{"test", "spec"}, stem) &&
		!slices.Contains([]string{".test", ".spec", ".d", ".config"}, path.Ext(stem))
}
