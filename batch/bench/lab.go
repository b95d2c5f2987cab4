package main

import (
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
	root     string // of the repository
	plugins  string // sources of the first-party plugins
	plugreel string // the program
	node     string // its version, empty if there is none
	duckDB   string // file of its module for Node

	absent map[string]string // peers that cannot run here, with the reason
}

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
	size, err := l.inputs(ctx, selected)
	if err != nil {
		return nil, err
	}
	if err := l.preparePeers(ctx); err != nil {
		return nil, err
	}
	r := &report{
		Machine: machine{runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), l.node},
		Input:   inputInfo{l.events, size, l.seed},
		Runs:    l.runs, Workers: l.workers,
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

// runCase measures all peers on one case and compares what they wrote. Peers take turns, in the
// opposite order every other time.
func (l *lab) runCase(ctx context.Context, c benchCase) ([]*row, error) {
	rows, err := l.rows(c)
	if err != nil {
		return nil, err
	}
	defer func() {
		for _, r := range rows {
			r.removeOutput()
		}
	}()
	for i := range l.runs {
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
	j := job{plugins: plugins, chain: text, inGo: c.inGo, input: l.input(c.input)}
	var rows []*row
	for _, p := range peers {
		if !p.does(c) {
			continue
		}
		j.output = filepath.Join(l.dir, strings.NewReplacer(" ", "-", ",", "").Replace("out-"+c.name+"-"+p.name)+".ndjson")
		rows = append(rows, &row{
			Case: c.name, Peer: p.name, Command: p.command(l, j), Skipped: l.absent[p.name],
			output: j.output, bare: len(c.chain) == 0, similar: p.similar,
		})
	}
	return rows, nil
}

func (l *lab) runRow(ctx context.Context, r *row) {
	if r.Skipped != "" || r.Failed != "" {
		return
	}
	r.removeOutput()
	s, err := measure(ctx, r.Command)
	if err != nil {
		r.fail(err)
		l.logf("%s, %s: %v", r.Case, r.Peer, err)
		return
	}
	r.Samples = append(r.Samples, s)
	l.logf("%s, %s: %.2f s, CPU %.2f s, %d MB", r.Case, r.Peer, s.WallSeconds, s.CPUSeconds, s.PeakRSSBytes/1e6)
}

// compare compares the outputs of the last runs with the baseline's.
func (l *lab) compare(rows []*row) error {
	i := slices.IndexFunc(rows, func(r *row) bool { return r.Peer == baseline })
	if i < 0 || len(rows[i].Samples) == 0 {
		return nil
	}
	for _, r := range rows {
		if r.Peer == baseline || len(r.Samples) == 0 {
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
