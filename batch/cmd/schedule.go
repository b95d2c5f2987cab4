package cmd

import (
	"slices"

	"github.com/spf13/cobra"

	"github.com/plugreel/plugreel/plugins"
)

// scheduleFlag says whether scheduled tasks and jobs run.
type scheduleFlag string

const (
	scheduleOn       scheduleFlag = "on"
	scheduleOff      scheduleFlag = "off"
	scheduleOriginal scheduleFlag = "original"
)

func (f *scheduleFlag) define(cmd *cobra.Command) {
	cmd.Flags().StringVar((*string)(f), "schedule", string(scheduleOn), "on: scheduled tasks and jobs run between events; off: they do not; original: as on, with a month of runIn 30 weeks long, a mistake of the original runtime")
	_ = cmd.RegisterFlagCompletionFunc("schedule", cobra.FixedCompletions([]string{"on", "off", "original"}, cobra.ShellCompDirectiveNoFileComp))
}

func (f scheduleFlag) check() error {
	if !slices.Contains([]scheduleFlag{scheduleOn, scheduleOff, scheduleOriginal}, f) {
		return usagef("--schedule: got %q, want on, off or original", string(f))
	}
	return nil
}

// plugin is what the flag asks of plugins when they are opened.
func (f scheduleFlag) plugin() []plugins.Option {
	if f != scheduleOriginal {
		return nil
	}
	return []plugins.Option{plugins.WithOriginalUnits()}
}
