// Command bench replays the same events through plugreel and through what people use instead, side by
// side, and compares speed, memory and results.
//
//	go run ./batch/bench                      the whole table, about 200,000 events in 280 MB
//	go run ./batch/bench -cases hello-world   one case
//	go run ./batch/bench -cases startup       one event: what it takes to begin
//	go run ./batch/bench -cases workers       one worker against two
//	go run ./batch/bench -cases growth        200,000 events against 2,000,000; takes 6 GB
//	go run ./batch/bench -json > report.json  every single measurement
//	go run ./batch/bench load                 memory and time of archives that are large in one way
//	go run ./batch/bench gen -n 200 -shape export > export.ndjson
//
// It runs inside the repository. Every program reads one file and writes one file, which is flushed to the
// disk before the clock stops. Programs take turns, so that a slow minute of the machine hits all of
// them. What is compared is in cases.go, peers.go and series.go, a row each; the peer duckdb takes
// part where npm install --no-save @duckdb/node-api was run in the repository's root.
//
// # What the figures mean
//
// Wall is the time from start to exit, start-up and the flush included; sync is the part of it that the
// flush takes. Of plugreel it is sync_seconds of its report, which is more than an fsync: all that happens after
// the last record. It is short, since the disk is at work while the replay is. cat does not flush, so the bench
// does it for it.
//
// CPU is user and system time of the program and its children. Peak RSS is the highest resident memory that
// the kernel saw; as a child begins life in its parent's memory, nothing below this program's own peak can be
// seen, and the table says what that is. Each is the median of all runs.
//
// Speed and CPU are those of an event beside the measure's: mostly "node readline", and in workers and growth the
// first row. Output is compared with the measure's, too: equal means that every line holds the same JSON
// value when numbers are read as float64 and the order of members is ignored. DuckDB differs, as it
// takes lone surrogates for malformed and leaves such events alone.
//
// # Loads
//
// What must not grow with the size of an archive is memory. On two shared vCPUs of 2026:
//
//	load     size                  wall    CPU     peak RSS  with     peak RSS
//	pipe     5,000,000 events      52 s    31 s    106 MB    100,000  105 MB
//	record   one of 200 MB         0.7 s   0.6 s   433 MB    2 MB     40 MB
//	files    20,000 of one event   19 s    7 s     116 MB    1,000    86 MB
//	members  1,000,000 of gzip     58 s    14 s    106 MB    20,000   99 MB
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/plugreel/plugreel/testkit"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	if len(args) > 0 && args[0] == "gen" {
		return gen(args[1:], stdout, stderr)
	}
	if len(args) > 0 && args[0] == "load" {
		return loadAll(ctx, args[1:], stdout, stderr)
	}
	return compareAll(ctx, args, stdout, stderr)
}

// gen prints generated events.
func gen(args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("bench gen", flag.ContinueOnError)
	flags.SetOutput(stderr)
	n := flags.Int("n", 1000, "number of events")
	var g testkit.Generator
	flags.Uint64Var(&g.Seed, "seed", 1, "another seed is another archive")
	flags.TextVar(&g.Shape, "shape", testkit.Capture, "capture or export")
	if err := flags.Parse(args); err != nil {
		return err
	}
	out := bufio.NewWriter(stdout)
	if err := g.Write(out, *n); err != nil {
		return err
	}
	return out.Flush()
}

// compareAll runs the cases and prints the table.
func compareAll(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(stderr)
	l := lab{log: stderr}
	flags.IntVar(&l.events, "n", 200_000, "number of events")
	flags.Uint64Var(&l.seed, "seed", 1, "seed of the events")
	flags.IntVar(&l.runs, "runs", 0, "measured runs of every program; 0 means 3, 21 of startup, 1 of growth")
	flags.IntVar(&l.workers, "workers", 2, "workers of plugreel")
	flags.StringVar(&l.dir, "dir", "", "`directory` for the events, which are kept for the next time; empty means a temporary one")
	flags.StringVar(&l.plugreel, "plugreel", "", "`program` to measure; empty means to build it")
	flags.StringVar(&l.plugins, "plugins", "", "`directory` that holds hello-world for the other programs; empty means the repository's plugins")
	only := flags.String("cases", "", "comma-separated `names` of cases; empty means all but startup, workers and growth")
	asJSON := flags.Bool("json", false, "print JSON with every measurement instead of the table")
	if err := flags.Parse(args); err != nil {
		return err
	}

	selected, err := selectCases(*only)
	if err != nil {
		return err
	}
	r, err := l.measure(ctx, selected)
	if err != nil {
		return err
	}
	if *asJSON {
		encoder := json.NewEncoder(stdout)
		encoder.SetIndent("", "  ")
		err = encoder.Encode(r)
	} else {
		err = printTable(stdout, r)
	}
	return errors.Join(err, r.failures())
}
