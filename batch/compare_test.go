package batch_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/testkit"
)

// texts is a fold that keeps a line for every record.
func texts(all *[]string) batch.Fold[*[]string] {
	return batch.Fold[*[]string]{
		Begin: func() *[]string { return new([]string) },
		Add: func(lines *[]string, p *batch.Pair) {
			*lines = append(*lines, fmt.Sprintf("%d %s old %s new %s", p.Line, p.Record, outcomeText(p.Old), outcomeText(p.New)))
		},
		Merge: func(lines *[]string) error {
			*all = append(*all, *lines...)
			return nil
		},
	}
}

func outcomeText(o batch.Outcome) string {
	text := [...]string{batch.Written: "written", batch.Dropped: "dropped", batch.Unread: "unread"}[o.Fate]
	text += string(o.Text)
	for _, f := range o.Failures {
		text += fmt.Sprintf(" (%s %s: %s)", f.Plugin, f.Hook, f.Error)
	}
	if len(o.Webhooks) > 0 {
		text += " webhook " + strings.TrimSpace(string(o.Webhooks))
	}
	return text
}

// eventful does what the name of an event says.
func eventful(name string) batch.Plugin {
	return hooks(name, sdk.Hooks{
		ProcessEvent: func(e event, _ meta) (event, error) {
			switch e.Event() {
			case "drop " + name:
				return nil, nil
			case "fail " + name:
				e.Set("half", true)
				return nil, errors.New("no luck")
			}
			return e, nil
		},
		ComposeWebhook: func(e event, _ meta) (*sdk.Webhook, error) {
			if e.Event() == "hook "+name {
				return &sdk.Webhook{URL: "https://example.com"}, nil
			}
			return nil, nil
		},
	})
}

func TestCompareSaysWhatBecameOfEachRecord(t *testing.T) {
	src := batch.Records(
		`{"event":"plain"}`, ``, `{"event":"drop new"}`, `{"event":"fail old"}`, `[]`, `{"event":"hook new"}`, `{"event":"drop old"}  `,
	)
	var got []string
	did, err := batch.Compare(context.Background(), batch.Side{Chain: batch.Chain{eventful("old")}}, batch.Side{Chain: batch.Chain{eventful("new")}}, src, texts(&got), batch.Options{})
	require.NoError(t, err)
	assert.Equal(t, []string{
		`1 {"event":"plain"} old written{"event":"plain"} new written{"event":"plain"}`,
		`3 {"event":"drop new"} old written{"event":"drop new"} new dropped`,
		`4 {"event":"fail old"} old written{"event":"fail old","half":true} (old processEvent: no luck) new written{"event":"fail old"}`,
		`5 [] old unread new unread`,
		`6 {"event":"hook new"} old written{"event":"hook new"} new written{"event":"hook new"} webhook {"plugin":"new","url":"https://example.com","method":"POST","headers":{"Content-Type":"application/json"},"body":""}`,
		`7 {"event":"drop old"}   old dropped new written{"event":"drop old"}`,
	}, got)
	assert.EqualValues(t, 7, did.Old.Counts.Read)
	assert.Equal(t, batch.Counts{Read: 7, Written: 4, Dropped: 1, Dead: 1, Skipped: 1, Webhooks: 1}, did.New.Counts)
	assert.Equal(t, batch.OutcomeFinished, did.New.Outcome)
}

// What is written by each side is what a replay writes, at any number of workers.
func TestCompareAgreesWithReplays(t *testing.T) {
	old, new := batch.Chain{eventful("old")}, batch.Chain{hello()}
	src := batch.Files("testdata/capture.ndjson", "testdata/export.ndjson")
	for _, workers := range []int{1, 8} {
		var a, b strings.Builder
		fold := batch.Fold[[2]*strings.Builder]{
			Begin: func() [2]*strings.Builder { return [2]*strings.Builder{{}, {}} },
			Add: func(sum [2]*strings.Builder, p *batch.Pair) {
				fmt.Fprintf(sum[0], "%s\n", p.Old.Text)
				fmt.Fprintf(sum[1], "%s\n", p.New.Text)
			},
			Merge: func(sum [2]*strings.Builder) error {
				a.WriteString(sum[0].String())
				b.WriteString(sum[1].String())
				return nil
			},
		}
		_, err := batch.Compare(context.Background(), batch.Side{Chain: old}, batch.Side{Chain: new}, src, fold, batch.Options{Workers: workers})
		require.NoError(t, err)
		assert.Equal(t, replay(t, old, src, batch.Options{}).out, a.String(), workers)
		assert.Equal(t, replay(t, new, src, batch.Options{}).out, b.String(), workers)
	}
}

// Places are those of a replay; what needs no worker is known by the reports.
func TestCompareKnowsPlaces(t *testing.T) {
	var got []string
	fold := texts(&got)
	fold.Add = func(lines *[]string, p *batch.Pair) {
		*lines = append(*lines, fmt.Sprintf("%d %d %d %s", p.Line, p.Row, p.Item, p.New.Text))
	}
	src := batch.Records(`{"api_key":"k","batch":[{"uuid":"1","event":"a"},{"uuid":"1","event":"b"},{"uuid":"2","event":"c"}]}`, `{"batch":[]}`)
	did, err := batch.Compare(context.Background(), batch.Side{}, batch.Side{Chain: batch.Chain{hello()}}, src, fold, batch.Options{Dedupe: true})
	require.NoError(t, err)
	require.Len(t, got, 2)
	assert.Regexp(t, `^1 0 1 .*"event":"a"`, got[0])
	assert.Regexp(t, `^1 0 3 .*"event":"c"`, got[1])
	assert.Equal(t, batch.Counts{Read: 4, Written: 2, Duplicate: 1, Skipped: 1}, did.New.Counts)
	_, file := asParquet(t, testkit.BatchExport, 3)
	got = nil
	_, err = batch.Compare(context.Background(), batch.Side{}, batch.Side{}, batch.Files(file), fold, batch.Options{})
	require.NoError(t, err)
	require.Len(t, got, 3)
	assert.Regexp(t, `^0 3 0 \{`, got[2])
}

// Storage of the sides is apart, and a chain that remembers runs on one worker.
func TestCompareKeepsTheSidesApart(t *testing.T) {
	counter := batch.Plugin{Program: sdk.Native(sdk.Info{Name: "counter", State: sdk.StateStore}, func() sdk.Hooks {
		return sdk.Hooks{ProcessEvent: func(e event, m meta) (event, error) {
			return e, m.Storage.Update("n", func(v sdk.Value) (sdk.Value, error) {
				e.Set("n", v.IntOr(0)+1)
				return sdk.ValueOf(v.IntOr(0) + 1)
			})
		}}
	})}
	var got []string
	side := batch.Side{Chain: batch.Chain{counter}}
	did, err := batch.Compare(context.Background(), side, side, batch.Records(`{}`, `{}`), texts(&got), batch.Options{})
	require.NoError(t, err)
	assert.Equal(t, []string{`1 {} old written{"n":1} new written{"n":1}`, `2 {} old written{"n":2} new written{"n":2}`}, got)
	assert.Equal(t, 1, did.Old.Workers)
}

func TestCompareNamesTheSideThatIsWrong(t *testing.T) {
	good := batch.Side{Chain: batch.Chain{hello()}}
	broken := batch.Side{Chain: batch.Chain{hooks("broken", sdk.Hooks{SetupPlugin: func(meta) error { return errors.New("no key") }})}}
	double := batch.Side{Chain: batch.Chain{hello(), hello()}}
	full := errors.New("full")
	for _, c := range []struct {
		name, reason string
		old, new     batch.Side
		options      batch.Options
		merge        error
		want         string
	}{
		{"setup of the old chain", "the two may have plugins of the same name", broken, good, batch.Options{}, nil, "old chain: broken: setupPlugin: no key"},
		{"setup of the new chain", "likewise", good, broken, batch.Options{}, nil, "new chain: broken: setupPlugin: no key"},
		{"two plugins of a name", "a mistake in one chain", double, good, batch.Options{}, nil, `old chain: plugin "hello-world": got two of that name; give one of them another`},
		{"a sink", "nothing is written", good, good, batch.Options{DeadLetters: batch.Create("dead.ndjson")}, nil, "options of a comparison: got DeadLetters, want it unset"},
		{"a policy", "a failure is to be seen, not acted on", good, good, batch.Options{OnError: batch.Drop}, nil, "options of a comparison: got OnError, want it unset"},
		{"the fold", "its error ends the comparison", good, good, batch.Options{}, full, "full"},
	} {
		fold := texts(new([]string))
		fold.Merge = func(*[]string) error { return c.merge }
		_, err := batch.Compare(context.Background(), c.old, c.new, batch.Records(`{}`), fold, c.options)
		require.Error(t, err, c.name)
		assert.Equal(t, c.want, err.Error(), "%s: %s", c.name, c.reason)
	}
}

func TestCompareEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	stuck := batch.Side{Chain: batch.Chain{plugin("stuck", func(_ event, m meta) (event, error) {
		cancel()
		<-m.Context().Done()
		return nil, m.Context().Err()
	})}}
	var got []string
	did, err := batch.Compare(ctx, batch.Side{}, stuck, batch.Records(`{}`), texts(&got), batch.Options{})
	assert.ErrorIs(t, err, context.Canceled)
	assert.Equal(t, batch.OutcomeInterrupted, did.New.Outcome)
	assert.Empty(t, got)
}
