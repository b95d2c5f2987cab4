package suite

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/plugreel/plugreel/plugins"
)

// Runner runs the tests of plugins.
type Runner struct {
	Kinds []Kind
	Open  func(ctx context.Context, ref string) (*plugins.Plugin, error)
	// OnFile is called when the tests of a file have run, with those that were selected. nil: nobody is told.
	OnFile func(file string, tests []Test, took time.Duration)
}

// Run runs the tests beside the plugins in dirs, one after the other.
//
// A plugin that does not load, and a file that cannot be read, is a failed test that is counted as
// broken too. Errors: [ErrNoTests] for each directory that has no tests at all, when the others have
// run, or if none was selected; ctx's.
func (r *Runner) Run(ctx context.Context, dirs []string, o *Options) (Report, error) {
	report := Report{Tests: []Test{}}
	var errs []error
	took := o.Timed(func() {
		for _, dir := range dirs {
			errs = append(errs, r.target(ctx, dir, o, &report))
			if ctx.Err() != nil {
				return
			}
		}
	})
	report.Seconds = took.Seconds()
	err := errors.Join(errs...)
	if err == nil && len(report.Tests) == 0 {
		err = fmt.Errorf("%w that --run selects", ErrNoTests)
	}
	return report, err
}

// target runs the tests of one plugin.
func (r *Runner) target(ctx context.Context, dir string, o *Options, report *Report) error {
	if info, err := os.Stat(dir); err == nil && info.Mode().IsRegular() {
		r.broken(report, dir, dir, "tests are found", fileError(dir))
		return nil
	}
	plugin, err := r.Open(ctx, asPath(dir))
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	t := &Target{Dir: dir, Plugin: plugin}
	defer t.close()
	all, found := r.find(t)
	if found != nil {
		r.broken(report, dir, dir, "tests are found", found)
		return nil
	}
	if err != nil && (len(all) == 0 || slices.ContainsFunc(all, needsPlugin)) {
		r.broken(report, dir, dir, "plugin loads", err)
		all = slices.DeleteFunc(all, needsPlugin)
	} else if len(all) == 0 {
		return fmt.Errorf("%s: %w, want NAME_cases.yaml, testdata/NAME.txtar or NAME.test.js beside the plugin", dir, ErrNoTests)
	}
	for _, s := range all {
		if err := r.suite(ctx, t, s, o, report); err != nil {
			return err
		}
	}
	return nil
}

// fileError says what to do to whoever names a file of tests in place of its plugin.
func fileError(file string) error {
	return fmt.Errorf("got a file, want a plugin's directory; the tests of one file: plugreel test %s --run '^%s/'", filepath.Dir(file), regexp.QuoteMeta(filepath.Base(file)))
}

// find lists the suites of all kinds.
func (r *Runner) find(t *Target) ([]Suite, error) {
	var all []Suite
	for _, kind := range r.Kinds {
		suites, err := kind.Suites(t)
		if err != nil {
			return nil, err
		}
		all = append(all, suites...)
	}
	return all, nil
}

// needsPlugin says whether a suite cannot run where the plugin does not load.
func needsPlugin(s Suite) bool {
	_, alone := s.(interface{ alone() })
	return !alone
}

// suite runs one file.
func (r *Runner) suite(ctx context.Context, t *Target, s Suite, o *Options, report *Report) error {
	var tests []Test
	var err error
	took := o.Timed(func() {
		err = s.Run(ctx, t, o, func(test Test) {
			test.Plugin = t.Dir
			tests = append(tests, test)
			report.add(test)
		})
	})
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if s, ok := s.(interface{ counted() Snapshots }); ok {
		report.Snapshots.add(s.counted())
	}
	report.addSuite(tests, err)
	if r.OnFile != nil && len(tests) > 0 {
		r.OnFile(s.File(), tests, took)
	}
	if err != nil {
		r.broken(report, t.Dir, s.File(), "file is read", err)
	}
	return nil
}

// broken makes a failed test of what cannot be used.
func (r *Runner) broken(report *Report, dir, file, name string, err error) {
	test := Test{Name: name, Plugin: dir, File: file, Status: Failed, Message: strings.TrimRight(err.Error(), "\n")}
	report.add(test)
	report.Broken++
	if r.OnFile != nil {
		r.OnFile(file, []Test{test}, 0)
	}
}

// asPath makes sure that dir is not taken for the name of a built-in plugin.
func asPath(dir string) string {
	dir = filepath.Clean(dir)
	if filepath.IsAbs(dir) || strings.HasPrefix(dir, ".") {
		return dir
	}
	return "." + string(filepath.Separator) + dir
}
