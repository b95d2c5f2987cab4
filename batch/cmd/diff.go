package cmd

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/batch/diff"
	"github.com/plugreel/plugreel/batch/diff/page"
)

// diffFlags are the flags of diff, as the user gave them.
type diffFlags struct {
	old, new sideFlags
	both     []setting
	failOn   []string
	json     bool
	html     string
	examples int

	pace
	maxRecord byteSize
	teamID    int64
	from      batch.Shape
	dedupe    bool
	quiet     bool

	world   worldFlags
	isolate isolateFlags
}

// sideFlags name one of the two chains.
type sideFlags struct {
	chain    string
	settings []setting
}

func (a *app) diffCommand() *cobra.Command {
	f := diffFlags{maxRecord: batch.DefaultMaxRecord}
	cmd := &cobra.Command{
		Use:   "diff --old CHAIN --new CHAIN INPUT...",
		Short: "Show what a change of plugins would do to an archive",
		Long: `Diff takes each event of INPUT through two chains of plugins and reports in what the results differ: events
that would change, and which members of them; events that would be dropped, or dropped no longer; events on which
hooks would fail, or fail no longer; webhooks that would be others. It writes no events and sends nothing.

CHAIN is a plugin (a directory, a .tgz or .zip, the name of a built-in one), a file that lists several with their
settings (.yaml, .yml or .json, as for replay --chain), or none: the archive as it is. So --old none shows what a chain
does at all. INPUT is as for replay.

Both chains see the same clock and the same randomness, and each has a storage of its own, empty at first. Scheduled
tasks and jobs do not run. Values are
compared as JSON: 1.0 is 1, the order of members does not count. Secrets of both chains are covered in everything
that is printed; all other data of examples is not, so treat a report like the archive itself.

--fail-on is for CI. changed: an event is another one, or is dropped no longer, or its webhooks or captured events
differ; dropped: an event is newly dropped; error: a hook fails on an event where none did before.

Exit codes: 0 the comparison is through; 1 it found what --fail-on names; 2 the command, the configuration or a
plugin is wrong; 3 a file could not be read or written; 130 interrupted.`,
		Example: `  # what would this plugin do to last month's events
  plugreel diff --old none --new ./my-plugin exports/

  # what does the new version do differently, as a page to look at
  plugreel diff --old ./v1 --new ./v2 --html diff.html events.ndjson.gz

  # the same plugin with another setting
  plugreel diff --old downsample --new downsample --set percentage=50 --new-set percentage=10 events.ndjson

  # in CI: nothing may be lost, and nothing may fail
  plugreel diff --old main.yaml --new branch.yaml --fail-on dropped,error --json sample.ndjson > diff.json`,
		RunE: func(cmd *cobra.Command, args []string) error { return a.diff(cmd.Context(), &f, args) },
	}
	f.define(cmd)
	return cmd
}

func (f *diffFlags) define(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.old.chain, "old", "", "`CHAIN` as it is now: a plugin, a chain file, or none")
	flags.StringVar(&f.new.chain, "new", "", "`CHAIN` as it would be")
	flags.Var(&settingVar{&f.both, setText}, "set", "`[PLUGIN.]KEY=VALUE` sets a config key to a text, in both chains")
	flags.Var(&settingVar{&f.both, setJSON}, "set-json", "`[PLUGIN.]KEY=JSON` sets a config key to a JSON value, in both chains")
	flags.Var(&settingVar{&f.both, attach}, "attach", "`[PLUGIN.]KEY=FILE` gives a plugin a file as an attachment, in both chains")
	flags.Var(&settingVar{&f.old.settings, setText}, "old-set", "`[PLUGIN.]KEY=VALUE` sets a config key to a text, in the old chain only")
	flags.Var(&settingVar{&f.new.settings, setText}, "new-set", "`[PLUGIN.]KEY=VALUE` sets a config key to a text, in the new chain only")
	flags.StringSliceVar(&f.failOn, "fail-on", nil, "`WHAT` makes the exit code 1: changed, dropped or error; several with commas, or give it again")
	flags.BoolVar(&f.json, "json", false, "print the report as JSON, for programs")
	flags.StringVar(&f.html, "html", "", "`FILE` for a page with charts, filters and examples; it needs no network")
	flags.IntVar(&f.examples, "examples", diff.DefaultExamples, "`N` examples of each kind for each member and each event name; 0 for none")
	flags.IntVar(&f.workers, "workers", 0, "`N` events at a time, each with its own copy of every plugin; the report does not depend on it (default: number of CPUs, 1 if a plugin remembers events)")
	flags.DurationVar(&f.timeout, "timeout", batch.DefaultTimeout, "longest time for one hook call; 0 for no limit")
	flags.Var(&f.maxRecord, "max-record", "longest record accepted, in bytes or with KiB or MiB; longer ones are not compared")
	flags.Int64Var(&f.teamID, "team-id", 0, "team_id that plugins see in events that have none")
	flags.Int64Var(&f.limit, "limit", 0, "compare the first `N` records only; 0 for all")
	flags.Var(textVar{&f.from, "SHAPE"}, "from", "what the input holds, as for replay: capture, batch-export, batch, processed, or auto to look at the records of each file")
	flags.BoolVar(&f.dedupe, "dedupe", false, "of records with the same uuid, in whichever file, compare the first one only")
	flags.StringVar(&f.progress, "progress", "auto", "auto shows a progress bar on a terminal, off never does")
	flags.BoolVarP(&f.quiet, "quiet", "q", false, "print the report and errors only: no warnings, no log messages")
	f.world.defineStateless(cmd)
	f.isolate.define(cmd)
	_ = cmd.RegisterFlagCompletionFunc("from", cobra.FixedCompletions([]string{"auto", "capture", "batch-export", "batch", "processed"}, cobra.ShellCompDirectiveNoFileComp))
	_ = cmd.RegisterFlagCompletionFunc("fail-on", cobra.FixedCompletions(failOn, cobra.ShellCompDirectiveNoFileComp))
	_ = cmd.RegisterFlagCompletionFunc("progress", cobra.FixedCompletions([]string{"auto", "off"}, cobra.ShellCompDirectiveNoFileComp))
}

// What --fail-on may name.
const (
	failOnChanged = "changed"
	failOnDropped = "dropped"
	failOnError   = "error"
)

var failOn = []string{failOnChanged, failOnDropped, failOnError}

// check refuses values that make no sense.
func (f *diffFlags) check(args []string) error {
	switch {
	case f.old.chain == "" || f.new.chain == "":
		return usagef("--old and --new: want both; none is the archive as it is")
	}
	if err := f.pace.check(args); err != nil {
		return err
	}
	switch {
	case f.examples < 0:
		return usagef("--examples: got %d, want 0 or more", f.examples)
	case f.html == stdout:
		return usagef("--html: got -, want a file")
	}
	for _, what := range f.failOn {
		if !slices.Contains(failOn, what) {
			return usagef("--fail-on: got %q, want changed, dropped or error", what)
		}
	}
	return errors.Join(f.isolate.check(f.dedupe), f.checkPage())
}

// checkPage refuses names that are no page's: an input given by mistake would be lost.
func (f *diffFlags) checkPage() error {
	if f.html == "" {
		return nil
	}
	if ext := strings.ToLower(filepath.Ext(f.html)); ext != ".html" && ext != ".htm" {
		return usagef("--html: got %q, want a file whose name ends in .html", f.html)
	}
	return checkDir(f.html)
}

// diff runs the command.
func (a *app) diff(ctx context.Context, f *diffFlags, args []string) (err error) {
	if err := f.check(args); err != nil {
		return err
	}
	old, err := a.openSide(ctx, f, "old", &f.old)
	if err != nil {
		return err
	}
	defer old.close()
	new, err := a.openSide(ctx, f, "new", &f.new)
	if err != nil {
		return err
	}
	defer new.close()
	world, err := f.world.open(slices.Concat(old.Chain, new.Chain).Redactor())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, world.close()) }()
	screen := a.diffScreen(f)
	screen.warn(slices.Concat(old.warnings, new.warnings))
	o := diff.Options{Examples: none(f.examples), Replay: batch.Options{
		Workers:       f.workers,
		MaxRecord:     int(f.maxRecord),
		Timeout:       noLimit(f.timeout),
		TeamID:        f.teamID,
		Limit:         f.limit,
		From:          f.from,
		Dedupe:        f.dedupe,
		DedupeMemory:  int64(f.isolate.maxMemory),
		OnRecordError: screen.badRecord,
		OnProgress:    screen.progress(),
	}}
	world.lend(&o.Replay)
	start := time.Now()
	report, err := diff.Run(ctx, old.Side, new.Side, batch.Files(args...), o)
	screen.done()
	if err != nil {
		return err
	}
	report.Old.Chain, report.New.Chain = f.old.chain, f.new.chain
	screen.compared(report.Counts.Read, time.Since(start))
	screen.unrecorded(world)
	if err := a.show(f, report); err != nil {
		return err
	}
	return f.verdict(report)
}

// none says no examples in the way of package diff.
func none(n int) int {
	if n == 0 {
		return -1
	}
	return n
}

// openedSide is one of the two chains, ready to run.
type openedSide struct {
	batch.Side
	warnings []string
	close    func()
}

func (a *app) openSide(ctx context.Context, f *diffFlags, name string, s *sideFlags) (*openedSide, error) {
	chain := s.chainFlags(f.both)
	if chain == nil {
		if len(s.settings) > 0 {
			return nil, usagef("--%s-set: got it with --%s none, want a chain to set it for", name, name)
		}
		return &openedSide{close: func() {}}, nil
	}
	r := replayFlags{chain: *chain, isolate: f.isolate}
	l, isolation, err := a.openChain(ctx, &r)
	if err != nil {
		return nil, usageError{fmt.Errorf("--%s: %w", name, err)}
	}
	o := &openedSide{Side: batch.Side{Chain: l.chain, Isolate: isolation}, close: l.close}
	for _, w := range l.warnings {
		o.warnings = append(o.warnings, "--"+name+": "+w)
	}
	return o, nil
}

// noChain is the chain without plugins.
const noChain = "none"

// chainFlags are the flags of a replay with this chain; nil if it has no plugins.
func (s *sideFlags) chainFlags(both []setting) *chainFlags {
	c := &chainFlags{settings: slices.Concat(both, s.settings), schedule: scheduleOff}
	switch ext := strings.ToLower(filepath.Ext(s.chain)); {
	case s.chain == noChain:
		return nil
	case (ext == ".yaml" || ext == ".yml" || ext == ".json") && !isDir(s.chain):
		c.file = s.chain
	default:
		c.plugins = []string{s.chain}
	}
	return c
}

func isDir(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

// diffScreen is newScreen for a comparison. Its report may run over the screen after the bar is gone.
func (a *app) diffScreen(f *diffFlags) *screen {
	s := &screen{w: a.stderr, quiet: f.quiet}
	if f.progress == "auto" && !f.quiet && isTerminal(a.stderr) {
		s.bar = newBar(a.stderr)
	}
	return s
}

// compared says how long it took, which is not in the report: that is the same on every run.
func (s *screen) compared(n int64, took time.Duration) {
	s.line("%s compared in %s (%s/s)", count(n, "record"), round(took), grouped(int64(float64(n)/max(took.Seconds(), 1e-6))))
}

// show prints the report and writes the page.
func (a *app) show(f *diffFlags, r *diff.Report) error {
	text := r.JSON()
	if !f.json {
		text = diffText(r, palette{on: isTerminal(a.stdout) && os.Getenv("NO_COLOR") == ""})
	}
	if _, err := a.stdout.Write(text); err != nil {
		return &batch.IOError{Op: "write", Path: "standard output", Err: plain(err)}
	}
	if f.html == "" {
		return nil
	}
	html, err := page.HTML(r)
	if err != nil {
		return err
	}
	return writeFile(f.html, html)
}

// verdict is the exit code that --fail-on asks for.
func (f *diffFlags) verdict(r *diff.Report) error {
	c := &r.Counts
	found := map[string]int64{
		failOnChanged: c.Changed + c.NoLongerDropped + c.Webhooks + c.Captured,
		failOnDropped: c.NewlyDropped,
		failOnError:   c.NewlyFailing,
	}
	var n int64
	for _, what := range f.failOn {
		n += found[what]
	}
	if n > 0 {
		return failuresError{n}
	}
	return nil
}
