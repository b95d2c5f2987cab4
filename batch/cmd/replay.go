package cmd

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/cobra"

	"github.com/plugreel/plugreel/batch"
)

// replayFlags are the flags of replay, as the user gave them.
type replayFlags struct {
	chain chainFlags

	output, webhooks, deadLetters string
	captured                      string
	logs, report                  string
	onError                       batch.ErrorPolicy
	pace
	maxRecord   byteSize
	teamID      int64
	from, to    batch.Shape
	dedupe      bool
	partitionBy string
	quiet       bool
	resume      bool
	shard       batch.Shard

	world   worldFlags
	isolate isolateFlags
	deliver deliverFlags
}

func (a *app) replayCommand() *cobra.Command {
	f := replayFlags{maxRecord: batch.DefaultMaxRecord}
	cmd := &cobra.Command{
		Use:   "replay [-p PLUGIN]... INPUT... [-o OUTPUT]",
		Short: "Take event archives through a chain of plugins",
		Long: `Replay reads events from INPUT, takes each through the plugins in the order given,
and writes what they make of it, in the order of the input.

INPUT is a file, a directory (with all below it), a quoted pattern, or - for standard input:
JSON lines, plain or compressed with gzip, zstd or brotli, or Parquet, whatever the name says. Events
may be as clients send them, rows of a batch export of any year, bodies of requests to /batch (each event in
one is a record of its own), or what the old S3 plugin wrote; --from says which if the records do
not. Without a plugin, records are checked and copied. --to converts:

  plugreel replay export.jsonl.gz --to capture -o import.jsonl

Without -o the output goes to standard output. The name of the output picks its format:
.ndjson or .jsonl, and .gz, .zst or .br after that; or .parquet, which has the columns of a batch
export, and all other members as JSON in one called extra. It has its final name only when all of it
is written; an output that exists is replaced then.

A record that is no JSON object goes to OUTPUT.dead.ndjson, and the replay goes on. An event on which a
plugin fails is written as it is then, as the live runtime did; --on-error changes that.

A replay that was interrupted, killed or ran out of space leaves what it has done in OUTPUT.plugreel/; the
same command with --resume goes on from there, and the outputs and the report are those of a replay that
was never interrupted. It refuses if an input, a plugin, its configuration or an option has changed. With
--resume and nothing to go on from, the replay begins; if the output is there and newer than the inputs,
nothing is done. So a job may be started with --resume again and again until it succeeds. With --dedupe the
inputs are read again up to where it goes on. The first Ctrl-C finishes the records at hand, the second stops at once; both can be resumed. --shard spreads
a replay over many machines.

Exports may hold an event more than once: --dedupe replays the first one only. A plugin that
remembers events runs on one worker, so that its memory is that of the live one; if what it remembers
belongs to a person, --partition-by distinct_id gives the same on all of them.

Plugins run in this process, where one that somebody made to harm can take its time or all memory
for itself. --isolate is for plugins of others: they run in processes of their own, which are killed when they
hang, and the event at hand has failed. It costs about a third more time, and writes the same.

Scheduled tasks (runEveryMinute, runEveryHour, runEveryDay) and jobs run between events, by the events'
time: a task once where one or more boundaries of its period lie between an event and the next; jobs
when they are due, which is looked at once a minute. Events that come late change nothing. Jobs that are
due after the last event do not run and are counted. --schedule off runs neither.

Requests that composeWebhook hooks ask for are written to OUTPUT.webhooks.ndjson and not sent. --deliver sends
them, each when its events are written: three attempts of 5 seconds; after no answer, status 429 or 5xx another
one follows half a second or more later, and not before Retry-After says. What became of each is in OUTPUT.deliveries.ndjson,
and OUTPUT.webhooks.ndjson then has those that did not arrive. Addresses inside your network are refused unless
--allow-net names the host. A request may arrive twice, with the same Idempotency-Key, if a replay is repeated.

Exit codes: 0 all went well; 1 a hook failed, a record was a dead letter or a webhook did not arrive; 2 the command, the
configuration or a plugin is wrong; 3 a file could not be read or written; 130 interrupted.`,
		Example: `  # one plugin, one file
  plugreel replay -p ./geoip --attach maxmindMmdb=city.mmdb events.ndjson.gz -o out.ndjson.zst

  # a directory of exports through two plugins, with a setting for each
  plugreel replay -p ./redact -p ./rename --set redact.keys=email --set rename.from=a exports/ -o out/

  # from Parquet to lines that can be imported, or the other way round
  plugreel replay exports/2024-03.parquet -o events.jsonl.gz

  # a chain from a file, in a pipe
  zcat events.gz | plugreel replay --chain chain.yaml - | wc -l

  # one of ten jobs, begun or gone on with; all ten outputs one after the other are the whole
  plugreel replay -p ./redact --shard 3/10 --resume exports/ -o part-3.ndjson

  # what would the first 1,000 events look like, and which requests would be sent
  plugreel replay -p ./webhook --limit 1000 --webhooks hooks.ndjson events.ndjson -o out.ndjson

  # send them, to a server of your own, ten a second
  plugreel replay -p ./webhook --deliver --allow-net localhost:8080 --deliver-rate 10 events.ndjson -o out.ndjson`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.replay(cmd.Context(), &f, args)
		},
	}
	f.chain.define(cmd)
	f.define(cmd)
	return cmd
}

func (f *replayFlags) define(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVarP(&f.output, "output", "o", "-", "`FILE` or directory to write; - is standard output")
	flags.StringVar(&f.webhooks, "webhooks", "", "`FILE` for the requests that composeWebhook hooks ask for, as JSON lines; with --deliver for those that did not arrive (default OUTPUT.webhooks.ndjson)")
	flags.StringVar(&f.deadLetters, "dead-letter", "", "`FILE` for records that could not be read or kept, as JSON lines; it can be replayed (default OUTPUT.dead.ndjson)")
	flags.StringVar(&f.captured, "captured", "", "`FILE` for the events that plugins make with posthog.capture, as JSON lines (default OUTPUT.captured.ndjson)")
	flags.Var(textVar{&f.onError, "POLICY"}, "on-error", "what becomes of an event when a hook fails: keep it, drop it as a dead letter, or stop the replay")
	flags.IntVar(&f.workers, "workers", 0, "`N` events at a time, each with its own copy of every plugin; the output does not depend on it (default: number of CPUs, 1 if a plugin remembers events)")
	flags.DurationVar(&f.timeout, "timeout", batch.DefaultTimeout, "longest time for one hook call; 0 for no limit")
	flags.Var(&f.maxRecord, "max-record", "longest record accepted, in bytes or with KiB or MiB; longer ones become dead letters")
	flags.Int64Var(&f.teamID, "team-id", 0, "team_id that plugins see in events that have none; it is not written")
	flags.Var(textVar{&f.from, "SHAPE"}, "from", "what the input holds: capture (events as clients send them), batch-export (rows), batch (bodies of requests to /batch), processed (what the old S3 plugin wrote), or auto to look at the records of each file")
	flags.Var(textVar{&f.to, "SHAPE"}, "to", "what the output holds: capture (to be imported again), batch-export, processed, or auto for what the input holds; events of a batch come out as captures")
	flags.StringVar(&f.partitionBy, "partition-by", "", "`FIELD` of the records, such as distinct_id or properties.$session_id: those in which it is the same go through the same copy of every plugin, in order, so that plugins that remember something for each of its values can run on several workers")
	flags.BoolVar(&f.dedupe, "dedupe", false, "of records with the same uuid, in whichever file, replay the first one only: exports may hold an event more than once")
	flags.StringVar(&f.report, "report", "", "`FILE` for a report of the replay, as JSON")
	flags.StringVar(&f.logs, "logs", "", "`FILE` for everything that plugins log, as JSON lines; without it warnings and errors are shown, 20 for each plugin")
	flags.Int64Var(&f.limit, "limit", 0, "replay the first `N` records only; 0 for all")
	flags.BoolVar(&f.resume, "resume", false, "go on with an unfinished replay of the same command, if there is one; without it that is discarded")
	flags.Var(shardVar{&f.shard}, "shard", "replay part `I/N` only: every record is in one of the parts 1/N to N/N, which can run anywhere at any time; in a Kubernetes indexed job I is $((JOB_COMPLETION_INDEX+1))")
	flags.StringVar(&f.progress, "progress", "auto", "auto shows a progress bar on a terminal, off never does")
	flags.BoolVarP(&f.quiet, "quiet", "q", false, "print errors only: no summary, no warnings, no log messages")
	f.world.define(cmd)
	f.chain.schedule.define(cmd)
	f.isolate.define(cmd)
	f.deliver.define(cmd)
	_ = cmd.RegisterFlagCompletionFunc("on-error", cobra.FixedCompletions([]string{"keep", "drop", "stop"}, cobra.ShellCompDirectiveNoFileComp))
	shapes := []string{"auto", "capture", "batch-export", "processed"}
	_ = cmd.RegisterFlagCompletionFunc("to", cobra.FixedCompletions(shapes, cobra.ShellCompDirectiveNoFileComp))
	_ = cmd.RegisterFlagCompletionFunc("from", cobra.FixedCompletions(append(shapes, "batch"), cobra.ShellCompDirectiveNoFileComp))
	_ = cmd.RegisterFlagCompletionFunc("progress", cobra.FixedCompletions([]string{"auto", "off"}, cobra.ShellCompDirectiveNoFileComp))
}

// check refuses values that make no sense.
func (f *replayFlags) check(args []string) error {
	if err := f.pace.check(args); err != nil {
		return err
	}
	return errors.Join(f.chain.schedule.check(), f.isolate.check(f.dedupe), f.deliver.check())
}

// replay runs the command.
func (a *app) replay(ctx context.Context, f *replayFlags, args []string) (err error) {
	if err := f.check(args); err != nil {
		return err
	}
	chain, isolation, err := a.openChain(ctx, f)
	if err != nil {
		return err
	}
	defer chain.close()
	files := newSinks(f)
	if err := errors.Join(files.check(), files.apart(args, f)); err != nil {
		return err
	}
	sink, closer, err := files.main(a.stdout)
	if err != nil {
		return err
	}
	defer closer.Close()
	world, err := f.world.open(chain.chain.Redactor())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, world.close()) }()
	post, err := f.deliver.open(f.world.allowNet, chain.chain.Redactor())
	if err != nil {
		return err
	}
	defer post.close()
	screen := a.newScreen(f)
	screen.warn(append(chain.warnings, post.idle(chain.chain)...))
	options := batch.Options{
		Workers:       f.workers,
		MaxRecord:     int(f.maxRecord),
		Timeout:       noLimit(f.timeout),
		OnError:       f.onError,
		TeamID:        f.teamID,
		Limit:         f.limit,
		Resume:        f.resume,
		Shard:         f.shard,
		Stop:          a.stops.polite(),
		From:          f.from,
		To:            f.to,
		PartitionBy:   f.partitionBy,
		Dedupe:        f.dedupe,
		DedupeMemory:  int64(f.isolate.maxMemory),
		ScheduleOff:   f.chain.schedule == scheduleOff,
		DeadLetters:   files.sink(files.deadLetters),
		Webhooks:      files.sink(files.webhooks),
		Captured:      files.sink(files.captured),
		Logs:          files.sink(files.logs),
		OnLog:         screen.log,
		OnRecordError: screen.badRecord,
		OnNotice:      screen.notice,
		OnProgress:    screen.progress(),
	}
	world.lend(&options)
	post.lend(&options, files, screen)
	options.Isolate = isolation
	report, err := batch.Run(ctx, chain.chain, batch.Files(args...), sink, options)
	screen.done()
	if report.Outcome == batch.OutcomeDone {
		screen.line("%s is there, and newer than its inputs: nothing to do; without --resume it is made again", f.output)
		return nil
	}
	if report.Resumable && !refused(err) {
		err = unfinishedError{err}
	}
	if reportErr := writeReport(f.report, report); reportErr != nil {
		return errors.Join(err, reportErr)
	}
	if err != nil {
		return err
	}
	screen.summary(&report, files)
	screen.unrecorded(world)
	if n := report.Failures(); n > 0 {
		return failuresError{n}
	}
	return nil
}

// noLimit says no limit in the way of package batch.
func noLimit(d time.Duration) time.Duration {
	if d == 0 {
		return -1
	}
	return d
}
