package suite

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/plugreel/plugreel/jsbridge/jest"
)

// Jest are the plugin's own Jest tests: *.test.js, *.spec.ts, what is in __tests__, or what its
// configuration says. They need no plugin that loads: they import what they test.
type Jest struct {
	Coverage *Coverage // nil measures nothing
}

// Suites lists the files of tests.
func (j Jest) Suites(t *Target) ([]Suite, error) {
	if info, err := os.Stat(t.Dir); err != nil || !info.IsDir() {
		return nil, nil // an archive, which holds no tests
	}
	root, below := jestRoot(t.Dir)
	fsys, err := openHoisted(root)
	if err != nil {
		return nil, err
	}
	t.closers = append(t.closers, fsys)
	project, err := jest.Open(root, fsys, j.Coverage.Of(root))
	if err != nil {
		return nil, err
	}
	files, err := project.Files()
	files = slices.DeleteFunc(files, func(file string) bool { return !strings.HasPrefix(file, below) })
	return suites(files, err, func(file string) Suite {
		f := &jestFile{project: project, dir: t.Dir, below: below, name: file}
		j.Coverage.exclude(f.File())
		return f
	})
}

// jestRoot finds the configuration that Jest would use in dir: its own, or in a monorepo that of a directory
// above. It returns the directory that has it, dir itself if none has, and what the names of dir's files begin
// with there. Nothing is looked for above a package.json, or above a repository.
func jestRoot(dir string) (root, below string) {
	for root = filepath.Clean(dir); ; {
		if jest.Configured(os.DirFS(root)) {
			return root, below
		}
		absolute, err := filepath.Abs(root)
		if err != nil || absolute == filepath.Dir(absolute) || exists(root, "package.json") || exists(root, ".git") || isLink(root) {
			return dir, ""
		}
		root, below = filepath.Join(root, ".."), filepath.Base(absolute)+"/"+below
	}
}

func exists(dir, name string) bool {
	_, err := os.Stat(filepath.Join(dir, name))
	return err == nil
}

func isLink(name string) bool {
	info, err := os.Lstat(name)
	return err == nil && info.Mode()&os.ModeSymlink != 0
}

// jestFile is a file of Jest tests.
type jestFile struct {
	project   *jest.Project
	name      string // relative to the project's root
	dir       string // the plugin's, as the user wrote it
	below     string // what names of files in dir begin with
	snapshots Snapshots
}

func (f *jestFile) File() string {
	return filepath.Join(f.dir, filepath.FromSlash(strings.TrimPrefix(f.name, f.below)))
}

func (f *jestFile) alone() {}

// Run runs the tests of the file. What is wrong with the file as a whole is a failed test without a
// name of its own.
func (f *jestFile) Run(ctx context.Context, _ *Target, o *Options, emit func(Test)) error {
	var logged []string
	options := &jest.Options{
		Log:      func(level, text string) { logged = append(logged, "console."+level+"  "+text) },
		Update:   o.Update,
		ReadOnly: o.CI,
		Now:      o.Now,
		Selects:  func(name string) bool { return o.Selects(f.File(), name) },
	}
	outcome, err := f.project.Run(ctx, f.name, options, func(t jest.Test) {
		if t.Status != jest.Skipped || o.Match == nil {
			emit(f.test(t, logged))
		}
		logged = nil
	})
	s := outcome.Snapshots
	f.snapshots = Snapshots{Failed: s.Unmatched, Written: s.Added + s.Updated, Removed: s.Removed, Obsolete: s.Unchecked, Passed: s.Matched}
	for _, failure := range outcome.Failures {
		emit(Test{Name: "test suite failed to run", File: f.File(), Line: failure.Line, Status: Failed, Message: failure.String(), Titles: []string{"test suite failed to run"}})
	}
	return err
}

// test is a test as Jest sees it in the terms of this package. What it wrote to the console is shown if
// it failed.
func (f *jestFile) test(t jest.Test, logged []string) Test {
	test := Test{Name: t.Name(), Titles: t.Titles, File: f.File(), Line: t.Line}
	switch t.Status {
	case jest.Passed:
		test.Status = Passed
	case jest.Failed:
		test.Status = Failed
	case jest.Todo:
		test.Status, test.Message = Skipped, "todo"
	default:
		test.Status = Skipped
	}
	var messages []string
	for _, failure := range t.Failures {
		messages = append(messages, failure.String())
		if test.Line == 0 {
			test.Line = failure.Line
		}
	}
	if len(messages) > 0 {
		test.Message = strings.Join(append(messages, logged...), "\n\n")
	}
	return test.Ended(t.Took)
}

func (f *jestFile) counted() Snapshots { return f.snapshots }
