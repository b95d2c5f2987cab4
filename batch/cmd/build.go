package cmd

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/batch/cmd/internal/build"
)

// buildFlags are the flags of build.
type buildFlags struct {
	with           []string
	output, source string
	verbose        bool
}

func (a *app) buildCommand() *cobra.Command {
	var f buildFlags
	cmd := &cobra.Command{
		Use:   "build --with DIR[,DIR]... -o BIN",
		Short: "Make a plugreel with Go plugins compiled in",
		Long: `Build writes BIN, a plugreel that has the Go plugins in each DIR compiled in, besides all that this
one can do. It opens them by their names, as it does the built-in plugins, and runs them as fast as
the machine can: a small plugin takes two microseconds for an event, against eight interpreted.

The Go toolchain on your PATH does the work; get one at https://go.dev/dl/. Its variables hold:
GOOS and GOARCH build for another system, GOFLAGS adds flags, GOPROXY=off keeps it offline.

A DIR needs no go.mod; one that has dependencies has a go.mod that requires them, or a vendor
directory. The plugins are checked as plugreel validate does. What means one thing interpreted and
another compiled in is a warning; so is an import that the interpreter does not have.

Plugins that are compiled in are part of the program: they can do what it can. With --isolate
they run in processes of their own, like all others.

Exit codes: 0 BIN is there; 2 a plugin or the command is wrong, or there is no Go toolchain; 3 a file
could not be read or written; 130 interrupted.`,
		Example: `  plugreel build --with ./my-plugin -o reel
  ./reel replay -p my-plugin events.ndjson.gz -o out.ndjson

  # from a working copy of plugreel's source, two plugins
  go run ./batch/cmd/plugreel build --source . --with ./a,./b -o reel`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.build(cmd.Context(), &f) },
	}
	flags := cmd.Flags()
	flags.StringSliceVar(&f.with, "with", nil, "`DIR` of a Go plugin to compile in; several with commas, or give it again")
	flags.StringVarP(&f.output, "output", "o", "", "`BIN`, the program to write; one that is there is replaced")
	flags.StringVar(&f.source, "source", "", "`DIR` of plugreel's own source; without it the version of this program is downloaded")
	flags.BoolVarP(&f.verbose, "verbose", "v", false, "print the go commands")
	return cmd
}

func (a *app) build(ctx context.Context, f *buildFlags) error {
	switch {
	case len(f.with) == 0:
		return usagef("--with: got none, want the directories of Go plugins, with commas between them")
	case f.output == "":
		return usagef("-o: got none, want the name of the program to write")
	}
	o := build.Options{Plugins: f.with, Output: f.output, Source: f.source, Released: build.Released()}
	if f.verbose {
		o.Log = a.stderr
	}
	result, err := build.Run(ctx, o)
	var system *build.SystemError
	switch {
	case errors.As(err, &system):
		return &batch.IOError{Op: "build", Path: system.Path, Err: system.Err}
	case err != nil:
		return usageError{err}
	}
	for _, w := range result.Warnings {
		fmt.Fprintf(a.stderr, "warning: %s\n", w)
	}
	fmt.Fprintf(a.stderr, "%s: a plugreel with %s\n", result.Output, strings.Join(result.Plugins, ", "))
	return nil
}
