package cmd

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/batch/cmd/internal/suite"
	"github.com/plugreel/plugreel/plugins"
)

// testFlags are the flags of test.
type testFlags struct {
	run                          string
	update, watch, json, verbose bool
	cover                        bool
	coverProfile                 string
	coverMin                     percentage
	ci                           bool
}

// testKinds are the ways to write tests that plugreel test knows.
func testKinds(c *suite.Coverage) []suite.Kind {
	return []suite.Kind{suite.Cases{}, suite.Scenarios{}, suite.Jest{Coverage: c}}
}

func (a *app) testCommand() *cobra.Command {
	f := &testFlags{}
	cmd := &cobra.Command{
		Use:   "test PLUGIN_DIR...",
		Short: "Run the tests that stand beside plugins",
		Long: `Test runs what it finds in each PLUGIN_DIR, without Node and without Go:

  NAME_cases.yaml, NAME_cases.json   tables: events in, and what must come of them
  testdata/NAME.txtar                scenarios: an archive before and after, byte for byte
  NAME.test.js, NAME.spec.ts         the plugin's own Jest tests, unchanged; __tests__/ too

A table is a list of cases:

  config: {greeting: hello}          # for all cases, which may set more
  cases:
    - name: says hello
      reason: that is its job
      in: {event: "$pageview", properties: {}}
      want: {event: "$pageview", properties: {greeting: hello}}

  what a case gives    config, attachments, storage, cache, http, cassette, geoip, clock, team_id,
                       in (one event) or events (several)
  what it wants        want (the event), want_subset (some members), dropped, error, error_type,
                       webhook, logs, storage_after, cache_after, captured, fetches

A scenario holds in.ndjson, maybe config.json and plugin.json, and want.ndjson, want.log,
want.webhooks.ndjson; --update writes those.

Jest tests run as Jest 29 runs them: its globals, matchers, mocks, fake timers and snapshots, its
configuration in package.json or jest.config.js, or in a monorepo's above, without transforms, the
helpers of @posthog/plugin-scaffold/test/utils, and packages of node_modules, here or above, that are
plain JavaScript. A test that waits takes no time. Snapshots that are new are written, but not with
--ci, where they are failures; --update writes those that differ.

A test that fails shows its place, its reason, what differs (-want +got) and the plugin's log.

--cover tells which lines and branches of the plugins' own source ran, JavaScript, TypeScript or Go,
of all tests together. A line counts if a statement begins on it. Branches are the arms of if (also
without else), ?:, switch, type switch and select, and the right sides of &&, || and ??.

Files that no test loads count as well, as not run: all in the plugin's language but for

  tests                 _test.go, NAME.test.js, NAME.spec.ts; in test, tests, testdata, __tests__, __mocks__
  what was installed    in node_modules, vendor
  what was built        in dist, build, out, coverage (a main of plugin.json there is loaded, and counts)
  other programs        directories with a plugin.json or go.mod of their own, package main below the
                        root, Go files for other systems than linux/amd64
  declarations          NAME.d.ts
  settings              NAME.config.js, jest.NAME.js, names that begin with a dot

With --json as well, the object has a member coverage:

  {"files": [{"file": "my-plugin/index.ts", "lines": {"covered": 8, "total": 9},
              "branches": {"covered": 6, "total": 9}, "not_run": [8]}],
   "total": {"lines": {"covered": 8, "total": 9}, "branches": {"covered": 6, "total": 9}}}

Exit codes: 0 all tests passed; 1 a test failed, or fewer lines ran than --cover-min asks for; 2 a plugin or a file of tests cannot be used, or
there are no tests.`,
		Example: `  plugreel test ./my-plugin
  plugreel test ./my-plugin --watch              # again after every change
  plugreel test ./my-plugin --run 'hello|drop'   # some of them
  plugreel test ./my-plugin --cover-min 80       # fails if less of it ran
  plugreel test ./my-plugin --cover-profile lcov.info && genhtml --branch-coverage lcov.info -o coverage
  plugreel test plugins/*/ --json > tests.json`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if !cmd.Flags().Changed("ci") {
				f.ci = onCI()
			}
			return a.test(cmd.Context(), f, args)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.run, "run", "", "run the tests whose name, or FILE/NAME, matches `REGEXP`")
	flags.BoolVar(&f.update, "update", false, "write what comes out into scenarios and snapshots; read it before you keep it")
	flags.BoolVar(&f.watch, "watch", false, "run the tests of a plugin again whenever one of its files changes, until interrupted")
	flags.BoolVar(&f.json, "json", false, "print an object with passed, failed, skipped and a list of tests instead, and with what --cover counts")
	flags.BoolVarP(&f.verbose, "verbose", "v", false, "print a line for every test")
	flags.BoolVar(&f.cover, "cover", false, "print which lines and branches of the plugins' source ran")
	flags.StringVar(&f.coverProfile, "cover-profile", "", "write that as lcov to `FILE`; implies --cover")
	flags.BoolVar(&f.ci, "ci", false, "a snapshot that is new is a failure, and is not written; the default where CI is set in the environment")
	flags.Var(&f.coverMin, "cover-min", "fail unless `PERCENT` of the lines ran; implies --cover")
	return cmd
}

// onCI says whether this is a build server: all of them set CI.
func onCI() bool {
	ci := os.Getenv("CI")
	return ci != "" && ci != "false"
}

// coverage is what the tests are to measure, nil for nothing.
func (f *testFlags) coverage() *suite.Coverage {
	if !f.cover && f.coverProfile == "" && !f.coverMin.given {
		return nil
	}
	return suite.NewCoverage()
}

// addSources adds the files that no test has loaded. Those that cannot be parsed are named and left out.
func (a *app) addSources(c *suite.Coverage) {
	if c == nil {
		return
	}
	if err := c.AddSources(); err != nil {
		for line := range strings.SplitSeq(err.Error(), "\n") {
			fmt.Fprintf(a.stderr, "plugreel: test: --cover: not counted: %s\n", line)
		}
	}
}

// reportCoverage prints and writes what was measured.
func (a *app) reportCoverage(f *testFlags, c *suite.Coverage, r *suite.CoverageReport) error {
	if c == nil {
		return nil
	}
	if !f.json {
		r.Print(a.stdout)
	}
	if f.coverProfile != "" {
		if err := os.WriteFile(f.coverProfile, c.LCOV(), 0o666); err != nil {
			return &batch.IOError{Op: "write", Path: f.coverProfile, Err: err}
		}
	}
	if r.Percent() < f.coverMin.n {
		fmt.Fprintf(a.stderr, "plugreel: test: %.1f%% of the lines ran, want %g%%\n", r.Percent(), f.coverMin.n)
		return failuresError{1}
	}
	return nil
}

// options checks the flags.
func (f *testFlags) options(dirs []string) (*suite.Options, error) {
	if len(dirs) == 0 {
		return nil, usagef("test: got no directory, want those of plugins")
	}
	if f.watch && f.json {
		return nil, usagef("--watch and --json: got both, want one of them")
	}
	o := &suite.Options{Update: f.update, CI: f.ci}
	if f.run == "" {
		return o, nil
	}
	match, err := regexp.Compile(f.run)
	if err != nil {
		return nil, usagef("--run: %w", err)
	}
	o.Match = match
	return o, nil
}

func (a *app) test(ctx context.Context, f *testFlags, dirs []string) error {
	o, err := f.options(dirs)
	if err != nil {
		return err
	}
	if !f.watch {
		return a.runTests(ctx, f, dirs, o)
	}
	ticker := time.NewTicker(suite.PollEvery)
	defer ticker.Stop()
	return a.watchTests(ctx, f, dirs, o, suite.NewPoll(dirs, ticker.C))
}

// runTests runs the tests of some plugins and reports.
func (a *app) runTests(ctx context.Context, f *testFlags, dirs []string, o *suite.Options) error {
	screen := &suite.Screen{W: a.stdout, Verbose: f.verbose}
	covered := f.coverage()
	open := func(ctx context.Context, ref string) (*plugins.Plugin, error) {
		return a.open(ctx, ref, plugins.WithCoverage(covered.Of(ref)))
	}
	runner := &suite.Runner{Kinds: testKinds(covered), Open: open}
	if !f.json {
		runner.OnFile = screen.File
	}
	report, err := runner.Run(ctx, dirs, o)
	a.addSources(covered)
	report.Coverage = covered.Report()
	if f.json && ctx.Err() == nil {
		err = errors.Join(err, report.WriteJSON(a.stdout))
	} else if len(report.Tests) > 0 {
		screen.Summary(report)
	}
	thin := a.reportCoverage(f, covered, report.Coverage)
	var system *batch.IOError
	switch {
	case errors.As(thin, &system):
		return thin
	case err != nil:
		return usageError{err}
	case report.Broken > 0:
		return usageError{fmt.Errorf("test: %d of the plugins and files cannot be used", report.Broken)}
	case report.Failed > 0:
		return failuresError{int64(report.Failed)}
	}
	return thin
}

// watchTests runs all tests, and then those of the plugins that change, until ctx ends.
func (a *app) watchTests(ctx context.Context, f *testFlags, dirs []string, o *suite.Options, w suite.Watcher) error {
	for {
		if err := a.runTests(ctx, f, dirs, o); err != nil && err.Error() != "" && ctx.Err() == nil {
			fmt.Fprintf(a.stdout, "%v\n", err)
		}
		changed, err := w.Wait(ctx)
		if err != nil {
			return nil // the way to end it
		}
		fmt.Fprintf(a.stdout, "\n--- changed: %s\n", strings.Join(changed, ", "))
		dirs = changed
	}
}
