package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// peer is a program that does the cases. All of them read one file, write another and fsync it.
type peer struct {
	name    string
	prepare func(ctx context.Context, l *lab) error // a [skipped] error: it cannot run here
	command func(l *lab, j job) []string
	plugins pluginKind
}

// pluginKind says in which cases a peer takes part.
type pluginKind uint8

const (
	anyPlugin pluginKind = iota // in all
	noPlugin                    // only where there is none
	goPlugin                    // only where there is one in Go
)

// does says whether a peer takes part in a case with that plugin, or with none.
func (k pluginKind) does(p *plugin) bool {
	switch k {
	case noPlugin:
		return p == nil
	case goPlugin:
		return p != nil && p.goName != ""
	}
	return true
}

// job is a case for a peer.
type job struct {
	plugin        *plugin // nil for none
	input, output string
}

var peers = []peer{
	{"plugreel", buildPlugreel, plugreelCommand, anyPlugin},
	{"plugreel, Go compiled in", buildPlugreel, compiledCommand, goPlugin},
	{"plugreel, Go interpreted", buildPlugreel, interpretedCommand, goPlugin},
	{baseline, findNode, readlineCommand, anyPlugin},
	{"cat", findTools("sh", "cat", "sync"), catCommand, noPlugin},
}

// baseline is the peer that the others are compared with, in speed and in output.
const baseline = "node readline"

// skipped says why something does not take part. It is no failure.
type skipped string

func (s skipped) Error() string { return string(s) }

// buildPlugreel builds the command of this working tree, unless there is a program to use.
func buildPlugreel(ctx context.Context, l *lab) error {
	if l.plugreel != "" {
		return nil
	}
	l.plugreel = filepath.Join(l.dir, "plugreel")
	cmd := exec.CommandContext(ctx, "go", "build", "-o", l.plugreel, "./batch/cmd/plugreel")
	cmd.Dir = l.root
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go build ./batch/cmd/plugreel: %w\n%s", err, out)
	}
	return nil
}

func plugreelCommand(l *lab, j job) []string {
	if j.plugin == nil {
		return replayCommand(l, j)
	}
	return replayCommand(l, j, "-p", j.plugin.ref)
}

// compiledCommand has the plugin in the Go that plugreel was built of.
func compiledCommand(l *lab, j job) []string { return replayCommand(l, j, "-p", j.plugin.goName) }

// interpretedCommand has the same source interpreted.
func interpretedCommand(l *lab, j job) []string {
	return replayCommand(l, j, "-p", "interp:"+j.plugin.goName)
}

func replayCommand(l *lab, j job, args ...string) []string {
	args = append([]string{l.plugreel, "replay"}, args...)
	return append(args, j.input, "-o", j.output, "--quiet", "--workers", strconv.Itoa(l.workers))
}

func findNode(ctx context.Context, l *lab) error {
	out, err := exec.CommandContext(ctx, "node", "--version").Output()
	if errors.Is(err, exec.ErrNotFound) {
		return skipped("node is not on PATH")
	}
	l.node = strings.TrimSpace(string(out))
	return err
}

func readlineCommand(l *lab, j job) []string {
	args := []string{"node", filepath.Join(l.parts(), "peer_readline.mjs"), j.input, j.output}
	if j.plugin != nil {
		args = append(args, j.plugin.dir)
	}
	return args
}

func findTools(names ...string) func(context.Context, *lab) error {
	return func(context.Context, *lab) error {
		for _, name := range names {
			if _, err := exec.LookPath(name); err != nil {
				return skipped(name + " is not on PATH")
			}
		}
		return nil
	}
}

// catCommand moves the bytes and nothing else: no program that writes every event can be faster.
func catCommand(_ *lab, j job) []string {
	return []string{"sh", "-c", `cat "$1" > "$2" && sync "$2"`, "sh", j.input, j.output}
}
