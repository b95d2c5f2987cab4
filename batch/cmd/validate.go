package cmd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/plugins"
)

func (a *app) validateCommand() *cobra.Command {
	var schema bool
	cmd := &cobra.Command{
		Use:   "validate PLUGIN...",
		Short: "Check plugins without running them",
		Long: `Validate checks plugin.json and the source of each PLUGIN: a directory, an archive, or the name
of a built-in plugin. It prints every problem with file, line and column, then what the plugin
is made of: its hooks, what it remembers between events, and remarks of the loader.

Top-level code of the plugin is run, its hooks are not.

Exit codes: 0 nothing or only warnings; 2 an error.`,
		Example: `  plugreel validate ./my-plugin
  plugreel validate plugins/*
  plugreel validate --schema > plugin.schema.json   # for your editor`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if schema {
				return a.printSchema(args)
			}
			return a.validate(cmd.Context(), args)
		},
	}
	cmd.Flags().BoolVar(&schema, "schema", false, "print the JSON Schema of plugin.json instead")
	return cmd
}

func (a *app) printSchema(args []string) error {
	if len(args) > 0 {
		return usagef("--schema: got %q as well, want no plugin", args[0])
	}
	_, err := a.stdout.Write(manifest.Schema())
	return err
}

func (a *app) validate(ctx context.Context, refs []string) error {
	if len(refs) == 0 {
		return usagef("validate: got no plugin, want a directory, an archive or the name of a built-in one")
	}
	bad := 0
	for _, ref := range refs {
		p, err := a.open(ctx, ref)
		if err != nil {
			bad++
			printProblems(a.stdout, err)
			continue
		}
		describe(a.stdout, p)
		_ = p.Close()
	}
	if bad > 0 {
		return usageError{fmt.Errorf("validate: %s with errors", count(int64(bad), "plugin"))}
	}
	return nil
}

// printProblems prints each error that err joins on a line.
func printProblems(w io.Writer, err error) {
	if m := (*plugins.ManifestError)(nil); errors.As(err, &m) {
		for _, e := range m.Problems {
			fmt.Fprintf(w, "%v (%s, %s)\n", e, e.Severity, e.Code)
		}
		return
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range joined.Unwrap() {
			printProblems(w, e)
		}
		return
	}
	var problem *manifest.Error
	if errors.As(err, &problem) {
		fmt.Fprintf(w, "%v (%s, %s)\n", problem, problem.Severity, problem.Code)
		return
	}
	fmt.Fprintf(w, "%v (error)\n", err)
}

// describe prints a plugin that loads.
func describe(w io.Writer, p *plugins.Plugin) {
	for _, problem := range p.Problems {
		printProblems(w, problem)
	}
	info := p.Program.Info()
	for _, n := range info.Notices {
		fmt.Fprintf(w, "%s%s (notice, %s)\n", position(p.Ref, n.File, n.Line, n.Column), n.Message, n.Code)
	}
	hooks := "none"
	if len(info.Hooks) > 0 {
		hooks = strings.Join(info.Hooks, ", ")
	}
	fmt.Fprintf(w, "%s: ok: %s: hooks: %s; state: %s\n", p.Ref, p.Name, hooks, info.State)
}

// position is "plugin/file:line:column: ", as far as it is known.
func position(ref, file string, line, column int) string {
	switch {
	case file == "":
		return ref + ": "
	case line == 0:
		return ref + "/" + file + ": "
	}
	return fmt.Sprintf("%s/%s:%d:%d: ", strings.TrimSuffix(ref, "/"), file, line, column)
}
