package cmd

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/batch/cmd/internal/lint"
	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/plugins"
)

// validateFlags are the flags of validate.
type validateFlags struct {
	schema, cloud, json bool
	run                 string
	settings            []setting
}

func (a *app) validateCommand() *cobra.Command {
	f := &validateFlags{}
	cmd := &cobra.Command{
		Use:   "validate PLUGIN...",
		Short: "Check plugins without running them",
		Long: `Validate checks plugin.json and the source of each PLUGIN: a directory, an archive, or the name
of a built-in plugin. It prints every problem with file, line and column, then what the plugin
is made of: its hooks, what it remembers between events, and remarks of the loader.

Top-level code of the plugin is run, its hooks are not, unless --run names sample events: the plugin
then sees the first 1,000 of them, with a second for each call and 256 MiB, and writes nothing.

--cloud adds the rules that the hosted product of the original runtime had.

Codes, besides those of plugin.json (unknown-key, wrong-type and so on) and of the loader's notices:

` + codeTable() + `
Exit codes: 0 nothing or only warnings; 2 an error.`,
		Example: `  plugreel validate ./my-plugin
  plugreel validate plugins/* --json
  plugreel validate ./my-plugin --cloud
  plugreel validate ./my-plugin --run sample.ndjson --set apiKey=test
  plugreel validate --schema > plugin.schema.json   # for your editor`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if f.schema {
				return a.printSchema(args)
			}
			return a.validate(cmd.Context(), f, args)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.schema, "schema", false, "print the JSON Schema of plugin.json instead")
	flags.BoolVar(&f.cloud, "cloud", false, "check the rules of the hosted product too")
	flags.BoolVar(&f.json, "json", false, "print an object with problems and plugins instead")
	flags.StringVar(&f.run, "run", "", "`FILE` of sample events that the plugin is tried on, an archive as replay takes it")
	flags.Var(&settingVar{&f.settings, setText}, "set", "`[PLUGIN.]KEY=VALUE` sets a config key to a text, for --run")
	flags.Var(&settingVar{&f.settings, setJSON}, "set-json", "`[PLUGIN.]KEY=JSON` sets a config key to a JSON value, for --run")
	flags.Var(&settingVar{&f.settings, attach}, "attach", "`[PLUGIN.]KEY=FILE` gives the plugin a file as an attachment, for --run")
	return cmd
}

// codeTable lists the codes for the help.
func codeTable() string {
	var b strings.Builder
	for _, c := range lint.Codes() {
		fmt.Fprintf(&b, "  %-18s %-8s %s\n", c.Name, c.Severity, strings.TrimPrefix(c.Meaning, "--cloud: "))
	}
	return b.String()
}

func (a *app) printSchema(args []string) error {
	if len(args) > 0 {
		return usagef("--schema: got %q as well, want no plugin", args[0])
	}
	_, err := a.stdout.Write(manifest.Schema())
	return err
}

// validated is what validate finds.
type validated struct {
	Errors   int             `json:"errors"`
	Warnings int             `json:"warnings"`
	Notices  int             `json:"notices"`
	Problems []lint.Problem  `json:"problems"` // never nil
	Plugins  []validatedPart `json:"plugins"`
}

// validatedPart describes a plugin.
type validatedPart struct {
	Plugin string   `json:"plugin"` // as the user wrote it
	OK     bool     `json:"ok"`     // it has no errors
	Name   string   `json:"name,omitempty"`
	Hooks  []string `json:"hooks,omitempty"`
	State  string   `json:"state,omitempty"`
	Ran    string   `json:"ran,omitempty"` // what became of sample events

	problems []lint.Problem
}

func (a *app) validate(ctx context.Context, f *validateFlags, refs []string) error {
	if len(refs) == 0 {
		return usagef("validate: got no plugin, want a directory, an archive or the name of a built-in one")
	}
	all := validated{Problems: []lint.Problem{}}
	bad := 0
	for _, ref := range refs {
		part, err := a.validateOne(ctx, f, ref)
		if err != nil {
			return err
		}
		all.add(part)
		if !part.OK {
			bad++
		}
		if !f.json {
			part.print(a.stdout)
		}
	}
	if f.json {
		if err := all.write(a.stdout); err != nil {
			return err
		}
	}
	if bad > 0 {
		return usageError{fmt.Errorf("validate: %s with errors", count(int64(bad), "plugin"))}
	}
	return nil
}

// validateOne checks a plugin. The error is not the plugin's.
func (a *app) validateOne(ctx context.Context, f *validateFlags, ref string) (validatedPart, error) {
	part := validatedPart{Plugin: ref}
	p, err := a.open(ctx, ref)
	if err != nil {
		part.problems = lint.FromError(ref, err)
		return part, nil
	}
	defer p.Close() // it was only read
	info := p.Program.Info()
	part.Name, part.Hooks, part.State = p.Name, info.Hooks, info.State.String()
	part.problems = lint.Check(p, lint.Options{Cloud: f.cloud})
	if f.run != "" {
		if err := a.tryOut(ctx, f, p, &part); err != nil {
			return part, err
		}
	}
	part.OK = true
	for _, problem := range part.problems {
		part.OK = part.OK && problem.Severity != lint.Error
	}
	return part, nil
}

// tryOut runs a plugin on sample events.
func (a *app) tryOut(ctx context.Context, f *validateFlags, p *plugins.Plugin, part *validatedPart) error {
	l := &loaded{links: []link{{&entry{ref: p.Ref, name: p.Name}, p}}}
	if err := errors.Join(l.configure(f.settings), l.resolve()); err != nil {
		part.problems = append(part.problems, lint.Problem{Plugin: p.Ref, Code: "run", Severity: lint.Error, Message: err.Error(), Suggestion: "give it with --set"})
		return nil
	}
	problems, report, err := lint.Run(ctx, p, l.chain, batch.Files(f.run))
	if err != nil {
		return err
	}
	part.problems = append(part.problems, problems...)
	c := report.Counts
	part.Ran = fmt.Sprintf("%s: %d written, %d dropped, %d dead", count(c.Read, "event"), c.Written, c.Dropped, c.Dead)
	return nil
}

func (v *validated) add(part validatedPart) {
	v.Plugins = append(v.Plugins, part)
	v.Problems = append(v.Problems, part.problems...)
	for _, p := range part.problems {
		switch p.Severity {
		case lint.Error:
			v.Errors++
		case lint.Warning:
			v.Warnings++
		default:
			v.Notices++
		}
	}
}

func (v *validated) write(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// print prints a plugin for people.
func (part *validatedPart) print(w io.Writer) {
	for _, p := range part.problems {
		fmt.Fprintln(w, p)
	}
	if part.Name == "" {
		return
	}
	hooks := "none"
	if len(part.Hooks) > 0 {
		hooks = strings.Join(part.Hooks, ", ")
	}
	verdict := "ok"
	if !part.OK {
		verdict = "not ok"
	}
	fmt.Fprintf(w, "%s: %s: %s: hooks: %s; state: %s\n", part.Plugin, verdict, part.Name, hooks, part.State)
	if part.Ran != "" {
		fmt.Fprintf(w, "%s: tried on %s\n", part.Plugin, part.Ran)
	}
}
