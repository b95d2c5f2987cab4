package testkit_test

import (
	"errors"
	"testing"
	"time"

	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/testkit"
)

// What runs between events shows in the log, in what is stored, and as a failure.
func TestCasesSeeWhatRunsBetweenEvents(t *testing.T) {
	info := sdk.Info{
		Name: "clockwork", Hooks: []string{sdk.HookProcessEvent, sdk.HookRunEveryMinute, sdk.HookJobs},
		Schedules: []sdk.Schedule{sdk.EveryMinute}, State: sdk.StateMemory,
	}
	clockwork := sdk.Native(info, func() sdk.Hooks {
		return sdk.Hooks{
			ProcessEvent: func(e *sdk.PluginEvent, meta *sdk.PluginMeta) (*sdk.PluginEvent, error) {
				if e.Event() == "later" {
					return e, meta.Jobs.Enqueue("remind", e.Get("who"), time.Hour)
				}
				return e, nil
			},
			RunEvery: map[sdk.Schedule]func(*sdk.PluginMeta) error{sdk.EveryMinute: func(meta *sdk.PluginMeta) error {
				meta.Logger.Info("tick", meta.Now().Format("15:04"))
				if meta.Config.Has("broken") {
					return &time.ParseError{Message: "no time"}
				}
				return nil
			}},
			Jobs: map[string]func(sdk.Value, *sdk.PluginMeta) error{"remind": func(who sdk.Value, meta *sdk.PluginMeta) error {
				if !who.Exists() {
					return errors.New("of whom?")
				}
				return meta.Storage.Set("reminded", who)
			}},
		}
	})
	at := func(name, clock string, changes ...testkit.Change) string {
		return testkit.Event(name, append(changes, testkit.With("now", "2024-01-31T"+clock+"Z"))...)
	}
	testkit.RunProgram(t, clockwork, []testkit.Case{
		{Name: "within a minute", Reason: "no boundary lies between", Events: []string{at("a", "12:00:10"), at("b", "12:00:50")}, Logs: []string{}},
		{Name: "a boundary", Events: []string{at("a", "12:00:10"), at("b", "12:01:00")}, Logs: []string{"INFO tick 12:01"}},
		{Name: "a gap", Reason: "is one call", Events: []string{at("a", "12:00:10"), at("b", "12:07:30"), at("c", "12:08:30")}, Logs: []string{"INFO tick 12:07", "INFO tick 12:08"}},
		{Name: "a job", Events: []string{at("later", "12:00:10", testkit.With("who", "ada")), at("b", "13:00:11")}, StorageAfter: map[string]any{"reminded": "ada"}},
		{Name: "a job that is not due", Events: []string{at("later", "12:00:10", testkit.With("who", "ada")), at("b", "12:59:59")}, StorageAfter: map[string]any{"reminded": nil}},
		{Name: "a task that fails", Config: map[string]any{"broken": true}, Events: []string{at("a", "12:00:10"), at("b", "12:01:00")}, Error: "no time", ErrorType: "*time.ParseError"},
		{Name: "a job that fails", Events: []string{at("later", "12:00:10"), at("b", "13:00:11")}, Error: "of whom?"},
	})
}
