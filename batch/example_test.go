package batch_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/sdk"
)

// Replay two events through a plugin that is compiled in.
func ExampleRun() {
	greeter := sdk.Native(sdk.Info{Name: "greeter"}, func() sdk.Hooks {
		return sdk.Hooks{ProcessEvent: func(e *sdk.PluginEvent, meta *sdk.PluginMeta) (*sdk.PluginEvent, error) {
			e.Properties().Set("greeting", meta.Config.Get("greeting").StrOr("hello"))
			return e, nil
		}}
	})
	chain := batch.Chain{{Program: greeter, Config: []byte(`{"greeting":"salut"}`)}}
	src := batch.Records(`{"event":"signup","properties":{"plan":"free"}}`, `{"event":"login"}`)
	report, err := batch.Run(context.Background(), chain, src, batch.Writer(os.Stdout), batch.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(report.Counts.Written, "written")
	// Output:
	// {"event":"signup","properties":{"plan":"free","greeting":"salut"}}
	// {"event":"login","properties":{"greeting":"salut"}}
	// 2 written
}

// flaky fails on every event, after it has changed it.
func flaky() batch.Chain {
	return batch.Chain{{Program: sdk.Native(sdk.Info{Name: "flaky"}, func() sdk.Hooks {
		return sdk.Hooks{ProcessEvent: func(e *sdk.PluginEvent, _ *sdk.PluginMeta) (*sdk.PluginEvent, error) {
			e.Set("half", "done")
			return nil, fmt.Errorf("no luck with %s", e.Event())
		}}
	})}}
}

// By default an event on which a hook fails is written as it is then; with Drop it becomes a
// dead letter that holds the record as it came.
func ExampleOptions_onError() {
	for _, policy := range []batch.ErrorPolicy{batch.Keep, batch.Drop} {
		fmt.Println(policy)
		_, err := batch.Run(context.Background(), flaky(), batch.Records(`{"event":"login"}`), batch.Writer(os.Stdout),
			batch.Options{OnError: policy, DeadLetters: batch.Writer(os.Stdout)})
		if err != nil {
			fmt.Println(err)
		}
	}
	// Output:
	// keep
	// {"event":"login","half":"done"}
	// drop
	// {"source":"records","line":1,"offset":0,"plugin":"flaky","hook":"processEvent","error":"no luck with login","record":{"event":"login"}}
}

// What a plugin that is compiled in does to an archive, as lines.
func ExampleCompare() {
	upper := sdk.Native(sdk.Info{Name: "upper"}, func() sdk.Hooks {
		return sdk.Hooks{ProcessEvent: func(e *sdk.PluginEvent, _ *sdk.PluginMeta) (*sdk.PluginEvent, error) {
			if e.Event() == "noise" {
				return nil, nil
			}
			e.Set("event", strings.ToUpper(e.Event()))
			return e, nil
		}}
	})
	lost := batch.Fold[*[]string]{
		Begin: func() *[]string { return new([]string) },
		Add: func(lines *[]string, p *batch.Pair) {
			if p.New.Fate == batch.Dropped {
				*lines = append(*lines, fmt.Sprintf("line %d: %s", p.Line, p.Record))
			}
		},
		Merge: func(lines *[]string) error {
			fmt.Println(strings.Join(*lines, "\n"))
			return nil
		},
	}
	did, err := batch.Compare(context.Background(), batch.Side{}, batch.Side{Chain: batch.Chain{{Program: upper}}},
		batch.Records(`{"event":"login"}`, `{"event":"noise"}`), lost, batch.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(did.New.Counts.Written, "written,", did.New.Counts.Dropped, "dropped")
	// Output:
	// line 2: {"event":"noise"}
	// 1 written, 1 dropped
}

// hourly counts events and sends the count off every hour.
func hourly() batch.Chain {
	return batch.Chain{{Program: sdk.Native(sdk.Info{Name: "hourly"}, func() sdk.Hooks {
		events := 0
		return sdk.Hooks{
			ProcessEvent: func(e *sdk.PluginEvent, _ *sdk.PluginMeta) (*sdk.PluginEvent, error) {
				events++
				return e, nil
			},
			RunEvery: map[sdk.Schedule]func(*sdk.PluginMeta) error{sdk.EveryHour: func(meta *sdk.PluginMeta) error {
				fmt.Println(events, "events by", meta.Now().Format("15:04"))
				return nil
			}},
		}
	})}}
}

// Scheduled tasks run by the time that the events tell; with ScheduleOff they do not.
func ExampleOptions_scheduleOff() {
	src := batch.Records(
		`{"event":"a","timestamp":"2024-01-01T09:30:00Z"}`,
		`{"event":"b","timestamp":"2024-01-01T09:45:00Z"}`,
		`{"event":"c","timestamp":"2024-01-01T10:05:00Z"}`,
		`{"event":"d","timestamp":"2024-01-01T17:55:00Z"}`,
	)
	for _, off := range []bool{false, true} {
		report, err := batch.Run(context.Background(), hourly(), src, batch.Writer(io.Discard), batch.Options{ScheduleOff: off})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(report.Plugins[0].Hooks["runEveryHour"].OK, "calls")
	}
	// Output:
	// 2 events by 10:00
	// 3 events by 17:00
	// 2 calls
	// 0 calls
}
