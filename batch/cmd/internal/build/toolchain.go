package build

import (
	"bytes"
	"context"
	"fmt"
	"go/version"
	"io"
	"os"
	"os/exec"
	"strings"
)

// minGo is the oldest toolchain that builds plugreel: what the go.mod of this module asks for.
const minGo = "go1.26"

// download is where a toolchain comes from.
const download = "https://go.dev/dl/"

// toolchain is the user's go command.
type toolchain struct {
	program string
	log     io.Writer // told every command; nil for none
}

// findToolchain finds a go command that is new enough.
func findToolchain(ctx context.Context, log io.Writer) (*toolchain, error) {
	program, err := exec.LookPath("go")
	if err != nil {
		return nil, fmt.Errorf("go: got no such program in PATH, want a Go toolchain, %s or newer: install it from %s", minGo, download)
	}
	t := &toolchain{program, log}
	out, err := t.run(ctx, os.TempDir(), "env", "GOVERSION")
	if err != nil {
		return nil, err
	}
	got := strings.TrimSpace(out)
	if version.IsValid(got) && version.Compare(got, minGo) < 0 {
		return nil, fmt.Errorf("go: got %s (%s), want %s or newer: install it from %s", got, program, minGo, download)
	}
	return t, nil // a development version is no valid one; it knows best
}

// commandError is a go command that failed, with what it printed.
type commandError struct {
	command string
	output  string
	err     error
}

func (e *commandError) Error() string {
	if e.output == "" {
		return fmt.Sprintf("go %s: %v", e.command, e.err)
	}
	return fmt.Sprintf("go %s: %s", e.command, e.output)
}

func (e *commandError) Unwrap() error { return e.err }

// run runs a go command in a directory and returns what it wrote to standard output.
func (t *toolchain) run(ctx context.Context, dir string, args ...string) (string, error) {
	if t.log != nil {
		fmt.Fprintf(t.log, "cd %s && GOWORK=off go %s\n", dir, strings.Join(args, " "))
	}
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, t.program, args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &stdout, &stderr
	cmd.Env = append(os.Environ(), "GOWORK=off", "GO111MODULE=on", "PWD="+dir)
	err := cmd.Run()
	if ctx.Err() != nil {
		return "", context.Cause(ctx)
	}
	if err != nil {
		return "", &commandError{args[0], strings.TrimSpace(stderr.String()), err}
	}
	return stdout.String(), nil
}
