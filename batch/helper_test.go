package batch_test

import (
	"bytes"
	"context"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"go.uber.org/goleak"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/sdk"
)

type (
	event = *sdk.PluginEvent
	meta  = *sdk.PluginMeta
)

// plugin makes a plugin of one processEvent.
func plugin(name string, process func(event, meta) (event, error)) batch.Plugin {
	return hooks(name, sdk.Hooks{ProcessEvent: process})
}

// hooks makes a plugin whose instances share the hooks.
func hooks(name string, h sdk.Hooks) batch.Plugin {
	return batch.Plugin{Program: sdk.Native(sdk.Info{Name: name}, func() sdk.Hooks { return h })}
}

// outcome is what a run has left.
type outcome struct {
	report                    batch.Report
	err                       error
	out, dead, webhooks, logs string
	deliveries                string
	shown                     []batch.LogEntry
}

// replay runs a chain over records.
func replay(t *testing.T, chain batch.Chain, src batch.Source, o batch.Options) outcome {
	t.Helper()
	return replayIn(t, context.Background(), chain, src, o)
}

func replayIn(t *testing.T, ctx context.Context, chain batch.Chain, src batch.Source, o batch.Options) outcome {
	t.Helper()
	var got outcome
	var out, dead, webhooks, logs, deliveries bytes.Buffer
	o.DeadLetters, o.Webhooks, o.Logs = batch.Writer(&dead), batch.Writer(&webhooks), batch.Writer(&logs)
	o.Deliveries = batch.Writer(&deliveries)
	o.OnLog = func(e batch.LogEntry) { got.shown = append(got.shown, e) }
	got.report, got.err = batch.Run(ctx, chain, src, batch.Writer(&out), o)
	got.out, got.dead, got.webhooks, got.logs = out.String(), dead.String(), webhooks.String(), logs.String()
	got.deliveries = deliveries.String()
	assert.True(t, got.report.Counts.Balanced(), "%+v", got.report.Counts)
	return got
}

func hello() batch.Plugin {
	return plugin("hello-world", func(e event, _ meta) (event, error) {
		e.Properties().Set("greeting", "hello")
		return e, nil
	})
}

func TestMain(m *testing.M) {
	batch.WorkerMain(openForTests)
	if errand := os.Getenv(errandEnv); errand != "" {
		os.Exit(runErrand(errand))
	}
	goleak.VerifyTestMain(m)
}
