package cmd

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/batch/cmd/internal/scaffold"
	"github.com/plugreel/plugreel/sdk"
)

func (a *app) newCommand() *cobra.Command {
	var p scaffold.Plugin
	cmd := &cobra.Command{
		Use:   "new NAME",
		Short: "Write a plugin that passes its own tests",
		Long: `New makes the directory NAME with a plugin in it: plugin.json, the source, a README, a table of tests,
and for JavaScript and TypeScript the types that editors read. It validates and passes its tests as
it is; change it from there.

NAME is small letters, digits and dashes; it may be a path, whose last part is the plugin's name.
A directory with something in it is left alone.`,
		Example: `  plugreel new my-plugin
  plugreel new my-plugin --lang ts --hook composeWebhook
  plugreel test ./my-plugin --watch`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("new: got %d names, want one", len(args))
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return a.newPlugin(p, args[0]) },
	}
	flags := cmd.Flags()
	flags.StringVar(&p.Lang, "lang", "js", "`LANGUAGE`: "+strings.Join(scaffold.Langs(), ", "))
	flags.StringVar(&p.Hook, "hook", sdk.HookProcessEvent, "`HOOK` that the plugin shows: "+strings.Join(scaffold.Hooks(), ", "))
	_ = cmd.RegisterFlagCompletionFunc("lang", cobra.FixedCompletions(scaffold.Langs(), cobra.ShellCompDirectiveNoFileComp))
	_ = cmd.RegisterFlagCompletionFunc("hook", cobra.FixedCompletions(scaffold.Hooks(), cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func (a *app) newPlugin(p scaffold.Plugin, dir string) error {
	p.Name = filepath.Base(filepath.Clean(dir))
	files, err := scaffold.New(p)
	if err != nil {
		return usagef("new: %w", err)
	}
	err = scaffold.Write(dir, files)
	switch {
	case errors.Is(err, scaffold.ErrExists):
		return usagef("new: %w; choose another name, or empty it", err)
	case err != nil:
		return &batch.IOError{Op: "create", Path: dir, Err: plain(err)}
	}
	for _, f := range files {
		fmt.Fprintln(a.stdout, filepath.Join(dir, f.Name))
	}
	fmt.Fprintf(a.stderr, "try it: plugreel test %s\n", shownDir(dir))
	return nil
}

// shownDir is a directory as a user would write it.
func shownDir(dir string) string {
	if filepath.IsAbs(dir) || strings.HasPrefix(dir, ".") {
		return dir
	}
	return "./" + filepath.ToSlash(dir)
}
