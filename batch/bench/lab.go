package main

import (
	"cmp"
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// lab is the place where programs are measured, and how.
type lab struct {
	events  int
	seed    uint64
	runs    int
	workers int
	log     io.Writer // progress

	dir      string // events, outputs and parts; given, or temporary
	bytes    int64  // of the events
	root     string // of the repository
	plugins  string // sources of the first-party plugins
	plugreel string // the program
	node     string // its version, empty if there is none
	duckDB   string // file of its module for Node

	absent map[string]string // peers that cannot run here, with the reason
}

const defaultRuns = 3 // of every program

// embedded is what peers need beside their programs.
//
//go:embed plugins peers
var embedded embed.FS

// parts is the directory with the embedded files.
func (l *lab) parts() string { return filepath.Join(l.dir, "parts") }

// measure does everything: it prepares the lab and the peers, and runs the cases.
func (l *lab) measure(ctx context.Context, selected []benchCase) (*report, error) {
	cleanUp, err := l.setUp(ctx)
	if err != nil {
		return nil, err
	}
	defer cleanUp()
	if err := l.inputs(ctx, selected); err != nil {
		return nil, err
	}
	if err := l.preparePeers(ctx); err != nil {
		return nil, err
	}
	r := &report{
		Machine: machine{runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), l.node},
		Input:   inputInfo{l.events, l.bytes, l.seed},
		Workers: l.workers,
	}
	for _, c := range selected {
		rows, err := l.runCase(ctx, c)
		if err != nil {
			return nil, err
		}
		r.Rows = append(r.Rows, rows...)
	}
	r.finish()
	return r, nil
}

// setUp finds the repository and makes the directory. The function it returns removes what was
// temporary.
func (l *lab) setUp(ctx context.Context) (cleanUp func(), err error) {
	mod, err := exec.CommandContext(ctx, "go", "env", "GOMOD").Output()
	if err != nil {
		return nil, fmt.Errorf("go env GOMOD: %w", err)
	}
	l.root = filepath.Dir(strings.TrimSpace(string(mod)))
	if l.plugins == "" {
		l.plugins = filepath.Join(l.root, "plugins")
	}
	cleanUp = func() {}
	if l.dir == "" {
		if l.dir, err = os.MkdirTemp("", "plugreel-bench-"); err != nil {
			return nil, err
		}
		cleanUp = func() { os.RemoveAll(l.dir) }
	}
	if l.dir, err = filepath.Abs(l.dir); err != nil {
		return nil, err
	}
	if err := errors.Join(os.RemoveAll(l.parts()), os.CopyFS(l.parts(), embedded)); err != nil {
		cleanUp()
		return nil, err
	}
	return cleanUp, nil
}

func (l *lab) preparePeers(ctx context.Context) error {
	l.absent = map[string]string{}
	for _, p := range peers {
		err := p.prepare(ctx, l)
		var reason skipped
		if errors.As(err, &reason) {
			l.absent[p.name] = string(reason)
			continue
		}
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
	}
	return nil
}

// runCase measures all programs of one case and compares what they wrote. They take turns, in the
// opposite order every other time.
func (l *lab) runCase(ctx context.Context, c benchCase) ([]*row, error) {
	rows, err := l.contenders(ctx, c)
	if err != nil {
		return nil, err
	}
	defer func() {
		for _, r := range rows {
			r.removeOutput()
		}
	}()
	for i := range cmp.Or(l.runs, c.runs, defaultRuns) {
		turn := slices.Clone(rows)
		if i%2 == 1 {
			slices.Reverse(turn)
		}
		for _, r := range turn {
			l.runRow(ctx, r)
			if err := ctx.Err(); err != nil {
				return nil, err
			}
		}
	}
	return rows, l.compare(rows)
}

// contenders are the programs of a case.
func (l *lab) contenders(ctx context.Context, c benchCase) ([]*row, error) {
	if c.series != nil {
		return c.series(ctx, l)
	}
	return l.rows(c)
}

// rows are the peers that take part in a case.
func (l *lab) rows(c benchCase) ([]*row, error) {
	plugins, err := l.chain(c)
	if err != nil {
		return nil, err
	}
	text, err := peerChain(plugins)
	if err != nil {
		return nil, err
	}
	j := job{plugins: plugins, chain: text, inGo: c.inGo, inTS: c.inTS, input: l.input(c.input)}
	var rows []*row
	for _, p := range peers {
		if !p.does(c) {
			continue
		}
		r := l.row(c.name, p.name)
		j.output, j.report = r.output, r.report
		if c.quick {
			j.report = ""
		}
		r.Command, r.Skipped = p.command(l, j), l.absent[p.name]
		r.bare, r.similar, r.lazy, r.Measure = len(c.chain) == 0, p.similar, p.lazy, p.name == baseline
		rows = append(rows, r)
	}
	return rows, nil
}

// row is one of the lab's events, with names for what a program writes.
func (l *lab) row(caseName, peer string) *row {
	name := strings.NewReplacer(" ", "-", ",", "").Replace("out-" + caseName + "-" + peer)
	output := filepath.Join(l.dir, name+".ndjson")
	return &row{Case: caseName, Peer: peer, Events: l.events, Bytes: l.bytes, output: output, report: output + ".report.json"}
}

func (l *lab) runRow(ctx context.Context, r *row) {
	if r.Skipped != "" || r.Failed != "" {
		return
	}
	r.removeOutput()
	s, err := measure(ctx, r.Command)
	if err == nil {
		err = r.sync(&s)
	}
	if err != nil {
		r.fail(err)
		l.logf("%s, %s: %v", r.Case, r.Peer, err)
		return
	}
	r.Samples = append(r.Samples, s)
	l.logf("%s, %s: %.2f s, CPU %.2f s, %d MB", r.Case, r.Peer, s.WallSeconds, s.CPUSeconds, s.PeakRSSBytes/1e6)
}

// compare compares the outputs of the last runs with that of the measure.
func (l *lab) compare(rows []*row) error {
	i := slices.IndexFunc(rows, func(r *row) bool { return r.Measure })
	if i < 0 || len(rows[i].Samples) == 0 {
		return nil
	}
	for _, r := range rows {
		if r.Measure || r.apart || len(r.Samples) == 0 {
			continue
		}
		c, err := compareFiles(rows[i].output, r.output)
		if err != nil {
			return err
		}
		r.Output = &c
	}
	return nil
}

func (l *lab) logf(format string, args ...any) { fmt.Fprintf(l.log, format+"\n", args...) }
