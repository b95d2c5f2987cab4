package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/plugreel/plugreel/testkit"
)

// load is a replay of an archive that is large in one way. What it takes is measured with little of that,
// too: what does not grow is what is promised.
type load struct {
	name  string
	large int
	small int
	unit  string
	flags []string
	// write makes the archive at path, a file or a directory. nil means generated events through
	// a pipe.
	write func(path string, size int) error
	dir   bool // the output is a directory
}

var loads = []load{
	{name: "pipe", large: 5_000_000, small: 100_000, unit: "events", flags: []string{"-p", "hello-world"}},
	{name: "record", large: 200_000_000, small: 2_000_000, unit: "bytes", flags: []string{"-p", "hello-world", "--max-record", "256MiB"}, write: oneRecord},
	{name: "files", large: 20_000, small: 1_000, unit: "files", flags: []string{"-p", "hello-world"}, write: manyFiles, dir: true},
	{name: "members", large: 1_000_000, small: 20_000, unit: "gzip members", flags: []string{"-p", "hello-world"}, write: manyMembers},
}

// loadAll measures the loads and prints a table.
func loadAll(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("bench load", flag.ContinueOnError)
	flags.SetOutput(stderr)
	l := lab{log: stderr}
	flags.StringVar(&l.plugreel, "plugreel", "", "`program` to measure; empty means to build it")
	flags.StringVar(&l.dir, "dir", "", "`directory` with room for 10 GB; empty means a temporary one")
	scale := flags.Int("scale", 1, "every size is divided by `N`")
	if err := flags.Parse(args); err != nil {
		return err
	}
	cleanUp, err := l.setUp(ctx)
	if err != nil {
		return err
	}
	defer cleanUp()
	if err := buildPlugreel(ctx, &l); err != nil {
		return err
	}
	w := tabwriter.NewWriter(stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "load\tsize\twall\tCPU\tpeak RSS\tsmall\tits peak RSS\tratio")
	for _, ld := range loads {
		ld.large, ld.small = max(1, ld.large / *scale), max(1, ld.small / *scale)
		if err := l.load(ctx, ld, w); err != nil {
			return errors.Join(fmt.Errorf("%s: %w", ld.name, err), w.Flush())
		}
	}
	return w.Flush()
}

// load measures one load and writes its line.
func (l *lab) load(ctx context.Context, ld load, w io.Writer) error {
	small, err := l.loadOf(ctx, ld, ld.small)
	if err != nil {
		return err
	}
	large, err := l.loadOf(ctx, ld, ld.large)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "%s\t%d %s\t%.1f s\t%.1f s\t%d MB\t%d\t%d MB\t%.2f\n", ld.name, ld.large, ld.unit, large.WallSeconds, large.CPUSeconds,
		large.PeakRSSBytes/1e6, ld.small, small.PeakRSSBytes/1e6, float64(large.PeakRSSBytes)/float64(max(small.PeakRSSBytes, 1)))
	return nil
}

// loadOf replays a load of one size.
func (l *lab) loadOf(ctx context.Context, ld load, size int) (s sample, err error) {
	dir := filepath.Join(l.dir, "load")
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return s, err
	}
	out := filepath.Join(dir, "out.ndjson")
	if ld.dir {
		out = filepath.Join(dir, "out") + "/"
	}
	command := append([]string{l.plugreel, "replay", "--quiet", "-o", out}, ld.flags...)
	if ld.write == nil {
		return l.pipe(ctx, append(command, "-"), size)
	}
	in := filepath.Join(dir, "in")
	if err := ld.write(in, size); err != nil {
		return s, err
	}
	return measure(ctx, append(command, in))
}

// pipe runs a command that reads generated events.
func (l *lab) pipe(ctx context.Context, command []string, n int) (sample, error) {
	r, w := io.Pipe()
	go func() {
		out := bufio.NewWriterSize(w, 1<<16)
		err := (testkit.Generator{Seed: l.seed}).Write(out, n)
		w.CloseWithError(errors.Join(err, out.Flush()))
	}()
	s, err := measureFrom(ctx, r, command)
	r.CloseWithError(io.ErrClosedPipe) // ends the generator, if the command has not read everything
	return s, err
}

// oneRecord writes one event of about size bytes.
func oneRecord(path string, size int) error {
	return create(path, func(w io.Writer) error {
		if _, err := io.WriteString(w, `{"event":"large","properties":{"text":"`); err != nil {
			return err
		}
		block := strings.Repeat("0123456789", 100)
		for range size / len(block) {
			if _, err := io.WriteString(w, block); err != nil {
				return err
			}
		}
		_, err := io.WriteString(w, "\"}}\n")
		return err
	})
}

// manyFiles writes files of one event, a thousand in a directory.
func manyFiles(path string, n int) error {
	for i, line := range (testkit.Generator{}).All(n) {
		dir := filepath.Join(path, strconv.Itoa(i/1000))
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, strconv.Itoa(i)+".ndjson"), line, 0o666); err != nil {
			return err
		}
	}
	return nil
}

// manyMembers writes a gzip file with a member for every event.
func manyMembers(path string, n int) error {
	return create(path, func(w io.Writer) error {
		z, err := gzip.NewWriterLevel(w, gzip.BestSpeed)
		if err != nil {
			return err
		}
		for _, line := range (testkit.Generator{}).All(n) {
			z.Reset(w)
			if _, err := z.Write(line); err != nil {
				return err
			}
			if err := z.Close(); err != nil {
				return err
			}
		}
		return nil
	})
}
