package cmd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/batch/internal/output"
	"github.com/plugreel/plugreel/plugins"
)

// app is the command line with the streams it talks to.
type app struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	compiled       []plugins.Compiled // the plugins of a program that plugreel build made
	open           func(ctx context.Context, ref string, opts ...plugins.Option) (*plugins.Plugin, error)
	stops          *stops
}

func newApp(stdin io.Reader, stdout, stderr io.Writer, compiled ...plugins.Compiled) *app {
	a := &app{stdin: stdin, stdout: stdout, stderr: stderr, compiled: compiled, stops: newStops()}
	a.open = a.openPlugin
	return a
}

func (a *app) openPlugin(ctx context.Context, ref string, opts ...plugins.Option) (*plugins.Plugin, error) {
	return plugins.Open(ref, append(opts, plugins.WithContext(ctx), plugins.WithCompiled(a.compiled...))...)
}

// main runs the command line and returns the exit code.
func (a *app) main(ctx context.Context, args []string) int {
	root := a.root()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitOK
	}
	code := exitCode(ctx, err)
	if code == exitInterrupted {
		err = interrupted(err)
	}
	if text := err.Error(); text != "" && !output.BrokenPipe(err) {
		fmt.Fprintf(a.stderr, "plugreel: %s\n", strings.TrimRight(text, "\n"))
	}
	return code
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "plugreel",
		Short: "Replay event archives through plugins, offline",
		Long: `plugreel runs PostHog-style event plugins over event archives, offline and
reproducibly: the same input gives the same bytes, on any machine.`,
		Example: `  plugreel replay -p ./my-plugin events.ndjson.gz -o out.ndjson
  plugreel new my-plugin && plugreel test ./my-plugin
  plugreel diff --old ./v1 --new ./v2 events.ndjson.gz
  plugreel inspect exports/
  plugreel validate ./my-plugin
  plugreel build --with ./my-go-plugin -o reel`,
		Args:          cobra.NoArgs,
		SilenceUsage:  true,
		SilenceErrors: true,
		Version:       batch.Version(),
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetIn(a.stdin)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	root.SetVersionTemplate("plugreel {{.Version}}\n")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usageError{fmt.Errorf("%w; see plugreel %s --help", err, strings.TrimPrefix(cmd.CommandPath(), "plugreel "))}
	})
	root.AddCommand(a.replayCommand(), a.diffCommand(), a.inspectCommand(), a.validateCommand(), a.testCommand(), a.newCommand(), a.buildCommand(), a.versionCommand(), a.workerCommand())
	return root
}

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version, and the plugins that were compiled in",
		Args:  cobra.NoArgs,
		Run: func(cmd *cobra.Command, _ []string) {
			fmt.Fprintf(a.stdout, "plugreel %s\n", batch.Version())
			for _, c := range a.compiled {
				fmt.Fprintf(a.stdout, "with %s\n", c.Program.Info().Name)
			}
		},
	}
}

// Exit codes; of several the highest counts.
const (
	exitOK          = 0
	exitFailures    = 1   // a hook failed, a dead letter, an undelivered webhook
	exitUsage       = 2   // usage, manifest, config, plugin load or setup
	exitSystem      = 3   // open, read, write, space
	exitInterrupted = 130 // by a signal
)

// usageError is a mistake in the command, a manifest or a configuration.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// failuresError says that a run went through and was not perfect. Its summary has been printed.
type failuresError struct{ n int64 }

func (e failuresError) Error() string { return "" }

// exitCode maps what a command returned. What blames neither the data nor the system blames
// the command line, a manifest, a configuration or a plugin that cannot be loaded or set up.
func exitCode(ctx context.Context, err error) int {
	var failures failuresError
	var system *batch.IOError
	switch {
	case ctx.Err() != nil, errors.Is(err, batch.ErrInterrupted):
		return exitInterrupted
	case errors.As(err, &failures), errors.Is(err, batch.ErrStopped), errors.Is(err, batch.ErrTooManyAbandoned):
		return exitFailures
	case errors.As(err, &system):
		return exitSystem
	}
	return exitUsage
}
