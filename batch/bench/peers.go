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

// peer is a program that does the cases. All of them read one file and write another, which is fsynced.
type peer struct {
	name    string
	prepare func(ctx context.Context, l *lab) error // a [skipped] error: it cannot run here
	does    func(c benchCase) bool                  // takes part in a case
	command func(l *lab, j job) []string
	similar bool // what it writes may differ, and that is no failure
	lazy    bool // it does not fsync what it writes: the bench does, in the program's time
}

// job is a case for a peer.
type job struct {
	plugins       []plugin
	chain         string // the same as JSON
	inGo, inTS    string // one in Go, one in TypeScript that does the same
	input, output string
	report        string // where plugreel says how it went; "" if nobody wants to know
}

var peers = []peer{
	{name: "plugreel", prepare: buildPlugreel, does: always, command: plugreelCommand},
	{name: "plugreel, TypeScript", prepare: buildPlugreel, does: func(c benchCase) bool { return c.inTS != "" }, command: typeScriptCommand},
	{name: "plugreel, Go compiled in", prepare: buildPlugreel, does: isInGo, command: goCommand("")},
	{name: "plugreel, Go interpreted", prepare: buildPlugreel, does: isInGo, command: goCommand("interp:")},
	{name: baseline, prepare: findNode, does: func(c benchCase) bool { return isPlain(c) || c.input == gzipMembers }, command: script("readline.mjs")},
	{name: "node chunks", prepare: findNode, does: isPlain, command: script("chunks.mjs")},
	{name: "node workers", prepare: findNode, does: isPlain, command: script("workers.mjs")},
	{name: "duckdb", prepare: findDuckDB, does: func(c benchCase) bool { return c.sql && isPlain(c) }, command: duckDBCommand, similar: true},
	{name: "cat", prepare: findTools("sh", "cat"), does: func(c benchCase) bool { return isPlain(c) && len(c.chain) == 0 }, command: shell(`cat "$1" > "$2"`), lazy: true},
	{name: "zcat", prepare: findTools("sh", "zcat"), does: func(c benchCase) bool { return c.input == gzipMembers && len(c.chain) == 0 }, command: shell(`zcat "$1" > "$2"`), lazy: true},
}

// baseline is the peer that the others are compared with, in speed and in output.
const baseline = "node readline"

func always(benchCase) bool { return true }

func isPlain(c benchCase) bool { return c.input == plain }

func isInGo(c benchCase) bool { return c.inGo != "" }

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
	args := []string{l.plugreel, "replay"}
	for _, p := range j.plugins {
		args = append(args, "-p", p.ref)
		for _, setting := range p.config {
			args = append(args, "--set", setting[0]+"="+setting[1])
		}
	}
	args = append(args, j.input, "-o", j.output, "--quiet", "--workers", strconv.Itoa(l.workers))
	if j.report != "" {
		args = append(args, "--report", j.report)
	}
	return args
}

// typeScriptCommand runs the plugin in TypeScript that does the same.
func typeScriptCommand(l *lab, j job) []string {
	j.plugins = []plugin{{ref: j.inTS}}
	return plugreelCommand(l, j)
}

// goCommand runs the plugin in Go that does the same, as it was compiled in or otherwise.
func goCommand(prefix string) func(*lab, job) []string {
	return func(l *lab, j job) []string {
		j.plugins = []plugin{{ref: prefix + j.inGo}}
		return plugreelCommand(l, j)
	}
}

func findNode(ctx context.Context, l *lab) error {
	out, err := exec.CommandContext(ctx, "node", "--version").Output()
	if errors.Is(err, exec.ErrNotFound) {
		return skipped("node is not on PATH")
	}
	l.node = strings.TrimSpace(string(out))
	return err
}

// script is a peer that Node runs.
func script(name string) func(*lab, job) []string {
	return func(l *lab, j job) []string {
		return []string{"node", filepath.Join(l.parts(), "peers", name), j.input, j.output, j.chain}
	}
}

// findDuckDB looks for the npm package in the repository's root, where it is ignored.
func findDuckDB(ctx context.Context, l *lab) error {
	if err := findNode(ctx, l); err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, "node", "-p", "require.resolve('@duckdb/node-api')")
	cmd.Dir = l.root
	out, err := cmd.Output()
	if err != nil {
		return skipped("npm install --no-save @duckdb/node-api was not run")
	}
	l.duckDB = strings.TrimSpace(string(out))
	return nil
}

func duckDBCommand(l *lab, j job) []string {
	return []string{"node", filepath.Join(l.parts(), "peers", "duckdb.mjs"), j.input, j.output, l.duckDB}
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

// shell is a peer that moves the bytes and nothing else: no program that writes every event can be
// faster.
func shell(line string) func(*lab, job) []string {
	return func(_ *lab, j job) []string { return []string{"sh", "-c", line, "sh", j.input, j.output} }
}
