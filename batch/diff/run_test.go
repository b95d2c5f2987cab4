package diff_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
	"pgregory.net/rapid"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/batch/diff"
	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/testkit"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

type (
	event = *sdk.PluginEvent
	meta  = *sdk.PluginMeta
)

func chain(hooks sdk.Hooks) batch.Side {
	return batch.Side{Chain: batch.Chain{{
		Program: sdk.Native(sdk.Info{Name: "p"}, func() sdk.Hooks { return hooks }), Secrets: []string{"s3cret"},
	}}}
}

// busy does what an event's distinct_id makes it do, and otherwise what seed does.
func busy(seed int) batch.Side {
	return chain(sdk.Hooks{
		ProcessEvent: func(e event, _ meta) (event, error) {
			id := seed
			for _, c := range e.DistinctID() {
				id = id*31 + int(c)
			}
			switch uint(id) % 9 {
			case 0:
				return nil, nil
			case 1:
				e.Set("half", id)
				return nil, fmt.Errorf("on purpose with s3cret: %d", id)
			case 2:
				e.Properties().Set("seed", seed)
			case 3:
				e.Properties().Set("list", []any{1, seed, map[string]any{"x": id % 3}})
			case 4:
				e.Properties().Delete("$lib")
			}
			return e, nil
		},
		ComposeWebhook: func(e event, _ meta) (*sdk.Webhook, error) {
			if len(e.DistinctID())%3 == 0 {
				return &sdk.Webhook{URL: fmt.Sprintf("https://example.com/%d", seed%2), Body: e.Properties().String()}, nil
			}
			return nil, nil
		},
	})
}

func compare(t require.TestingT, old, new batch.Side, src batch.Source, o diff.Options) *diff.Report {
	r, err := diff.Run(context.Background(), old, new, src, o)
	require.NoError(t, err)
	c := r.Counts
	assert.Equal(t, c.Read, c.Unread+c.Duplicate+c.Skipped+c.Records, "%+v", c)
	assert.Equal(t, c.Records, c.Identical+c.Changed+c.NewlyDropped+c.NoLongerDropped+c.Dropped, "%+v", c)
	for name, groups := range map[string][]diff.Group{"events": r.Events, "days": r.Days} {
		var sum diff.Tally
		for _, g := range groups {
			sum.Add(&g.Tally)
		}
		assert.Equal(t, c.Tally, sum, name)
	}
	return r
}

// A chain does not differ from itself, whatever it does; what is counted adds up; the number of
// workers is not seen.
func TestReportIsAFunctionOfTheArchive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var archive bytes.Buffer
		require.NoError(t, testkit.Generator{Seed: rapid.Uint64().Draw(t, "seed")}.Write(&archive, rapid.IntRange(0, 40).Draw(t, "records")))
		junk := rapid.SampledFrom([]string{"", "\n", "oops\n", "[]\n{}\n"}).Draw(t, "junk")
		src := batch.Records(archive.String() + junk)
		a, b := rapid.IntRange(0, 50).Draw(t, "a"), rapid.IntRange(0, 50).Draw(t, "b")
		itself := compare(t, busy(a), busy(a), src, diff.Options{})
		assert.Zero(t, itself.Counts.Differing()+itself.Counts.NewlyFailing+itself.Counts.NoLongerFailing+itself.Counts.Webhooks)
		assert.Empty(t, itself.Paths)
		assert.Empty(t, itself.Examples)
		one := compare(t, busy(a), busy(b), src, diff.Options{Replay: batch.Options{Workers: 1}})
		back := compare(t, busy(b), busy(a), src, diff.Options{})
		assert.Equal(t, one.Counts.Changed, back.Counts.Changed)
		assert.Equal(t, one.Counts.NewlyDropped, back.Counts.NoLongerDropped)
		assert.Equal(t, one.Counts.NewlyFailing, back.Counts.NoLongerFailing)
	})
}

// Exports and libraries of clients escape differently.
func TestEventNamesAreOneHoweverTheyAreSpelled(t *testing.T) {
	new := chain(sdk.Hooks{ProcessEvent: func(event, meta) (event, error) { return nil, nil }})
	src := batch.Records(
		`{"event":"検索 \"x\""}`, `{"event":"\u691c\u7d22 \u0022x\u0022"}`, `{"event":"5"}`, `{"event":5}`, `{"event":"a"}`, `{"event":"\u0061"}`, `{}`,
	)
	r := compare(t, batch.Side{}, new, src, diff.Options{Examples: 1})
	got := map[string][]int64{}
	for _, g := range r.Events {
		got[g.Name] = append(got[g.Name], g.Records)
	}
	assert.Equal(t, map[string][]int64{`検索 "x"`: {2}, "5": {1, 1}, "a": {2}, "": {1}}, got)
	assert.Len(t, r.Examples, 4, "one for each name as it is shown")
}

// The archive is of several chunks, so that workers have something to do.
func TestWorkersAreNotSeen(t *testing.T) {
	var archive bytes.Buffer
	require.NoError(t, testkit.Generator{Seed: 7}.Write(&archive, 6000))
	src := batch.Records(archive.String())
	var want string
	for _, workers := range []int{1, 8} {
		r := compare(t, busy(1), busy(2), src, diff.Options{Replay: batch.Options{Workers: workers}})
		if want == "" {
			want = string(r.JSON())
		}
		assert.Equal(t, want, string(r.JSON()), workers)
	}
	assert.NotContains(t, want, "s3cret")
	assert.Contains(t, want, "on purpose with [secret]")
}

func TestReport(t *testing.T) {
	old := chain(sdk.Hooks{
		ProcessEvent: func(e event, _ meta) (event, error) {
			if e.Event() == "back" {
				return nil, nil
			}
			return e, nil
		},
		ComposeWebhook: func(e event, _ meta) (*sdk.Webhook, error) {
			return &sdk.Webhook{URL: "https://example.com/?key=s3cret", Body: `{"n":1,"e":"x"}`}, nil
		},
	})
	new := chain(sdk.Hooks{
		ProcessEvent: func(e event, _ meta) (event, error) {
			switch e.Event() {
			case "gone":
				return nil, nil
			case "bad":
				return nil, errors.New("no")
			case "deep":
				e.Properties().SetPath([]string{"a", "b"}, "a s3cret thing")
				e.Properties().Set("list", []any{1, 2})
			case "spelled":
				e.Set("n", sdk.RawValue([]byte("1.0")))
			}
			return e, nil
		},
		ComposeWebhook: func(e event, _ meta) (*sdk.Webhook, error) {
			if e.Event() == "bad" {
				return &sdk.Webhook{URL: "https://example.com/?key=s3cret", Body: `{"n":2,"e":"x"}`}, nil
			}
			return &sdk.Webhook{URL: "https://example.com/?key=s3cret", Body: `{"n":1,"e":"x"}`}, nil
		},
	})
	src := batch.Records(
		`{"uuid":"1","event":"same","timestamp":"2024-01-31T23:59:59Z"}`,
		`{"uuid":"2","event":"gone","timestamp":"2024-01-31T23:59:59-02:00"}`,
		`{"uuid":"3","event":"bad","timestamp":"yesterday","now":"2024-01-30 10:00:00"}`,
		`{"uuid":"4","event":"back"}`,
		`{"uuid":"5","event":"deep","properties":{"a":{},"list":[0,0]}}`,
		`{"uuid":"6","event":"spelled","n":1}`, ``, `oops`,
	)
	r := compare(t, old, new, src, diff.Options{})
	assert.Equal(t, diff.Counts{
		Read: 8, Unread: 1, Skipped: 1, Respelled: 1,
		Tally: diff.Tally{Records: 6, Identical: 3, Changed: 1, NewlyDropped: 1, NoLongerDropped: 1, NewlyFailing: 1, Webhooks: 3},
	}, r.Counts)
	assert.Equal(t, []diff.Path{
		{Path: "properties.list[]", Changed: 1, Examples: []diff.PathSample{{UUID: "5", Place: diff.Place{Source: "records", Line: 5}, Change: diff.Change{Path: "properties.list[0]", Kind: "changed", Before: "0", After: "1"}}}},
		{Path: "properties.a.b", Added: 1, Examples: []diff.PathSample{{UUID: "5", Place: diff.Place{Source: "records", Line: 5}, Change: diff.Change{Path: "properties.a.b", Kind: "added", After: `"a [secret] thing"`}}}},
	}, sortedByLength(r.Paths), "a record counts once for a path, and secrets are covered")
	assert.Equal(t, []diff.Webhook{{Plugin: "p", Added: 1, Removed: 1, Changed: 1, Body: 1}}, r.Webhooks)
	var days []string
	for _, g := range r.Days {
		days = append(days, fmt.Sprintf("%s %d", g.Name, g.Records))
	}
	assert.Equal(t, []string{" 3", "2024-01-30 1", "2024-01-31 1", "2024-02-01 1"}, days, "days are those of UTC, of the first time that there is")
	kinds := map[string]string{}
	for _, e := range r.Examples {
		kinds[e.UUID] = strings.Join(e.Kinds, " ")
	}
	assert.Equal(t, map[string]string{"2": "newly_dropped webhooks", "3": "newly_failing webhooks", "4": "no_longer_dropped webhooks", "5": "changed"}, kinds)
	assert.Equal(t, `{"uuid":"2","event":"gone","timestamp":"2024-01-31T23:59:59-02:00"}`, r.Examples[0].Text)
	assert.Equal(t, []diff.Change{{Path: "p: body.n", Kind: "changed", Before: "1", After: "2"}}, r.Examples[1].Webhooks)
	assert.Equal(t, "p: processEvent: no", r.Examples[1].NewFailure)
	assert.NotContains(t, string(r.JSON()), "s3cret")
}

func sortedByLength(paths []diff.Path) []diff.Path {
	if len(paths) == 2 && len(paths[0].Path) < len(paths[1].Path) {
		paths[0], paths[1] = paths[1], paths[0]
	}
	return paths
}

// Memory and the report stay small, whatever plugins make of names.
func TestLimits(t *testing.T) {
	n := 0
	wild := chain(sdk.Hooks{ProcessEvent: func(e event, _ meta) (event, error) {
		n++
		for i := range 4 {
			e.Properties().Set(fmt.Sprintf("%d.%d", n, i), strings.Repeat("é", diff.MaxText))
		}
		return e, nil
	}})
	var records []string
	for i := range 2000 {
		records = append(records, fmt.Sprintf(`{"event":"e%d","timestamp":"%04d-01-01T00:00:00Z","properties":{}}`, i, i+1))
	}
	r := runDiff(t, batch.Side{}, wild, batch.Records(records...), diff.Options{Replay: batch.Options{Workers: 1}})
	assert.Len(t, r.Events, diff.MaxEvents)
	assert.EqualValues(t, 2000-diff.MaxEvents, r.MoreEvents.Records)
	assert.LessOrEqual(t, len(r.Paths), diff.MaxPaths)
	assert.EqualValues(t, 4*2000, int64(len(r.Paths))+r.MorePaths)
	assert.Len(t, r.Examples, diff.MaxExamples)
	text := r.Paths[0].Examples[0].After
	assert.LessOrEqual(t, len(text), diff.MaxText+len("…"))
	assert.True(t, strings.HasSuffix(text, "é…"), "no character is cut in two")
	none := runDiff(t, batch.Side{}, wild, batch.Records(records...), diff.Options{Examples: -1, Replay: batch.Options{Workers: 1}})
	assert.Empty(t, none.Examples)
	assert.Empty(t, none.Paths[0].Examples)
}

// runDiff is compare where not every record is in a group.
func runDiff(t *testing.T, old, new batch.Side, src batch.Source, o diff.Options) *diff.Report {
	r, err := diff.Run(context.Background(), old, new, src, o)
	require.NoError(t, err)
	return r
}

func TestReportMatchesItsSchema(t *testing.T) {
	text, err := jsonschema.UnmarshalJSON(bytes.NewReader(diff.ReportSchema()))
	require.NoError(t, err)
	compiler := jsonschema.NewCompiler()
	require.NoError(t, compiler.AddResource("report.json", text))
	schema, err := compiler.Compile("report.json")
	require.NoError(t, err)
	src := batch.Files("../testdata/capture.ndjson")
	for name, r := range map[string]*diff.Report{
		"nothing":     compare(t, batch.Side{}, batch.Side{}, batch.Records(), diff.Options{}),
		"same":        compare(t, busy(1), busy(1), src, diff.Options{}),
		"differences": compare(t, busy(1), busy(2), src, diff.Options{}),
		"no examples": compare(t, busy(1), busy(2), src, diff.Options{Examples: -1}),
	} {
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(r.JSON()))
		require.NoError(t, err)
		assert.NoError(t, schema.Validate(value), name)
	}
}

func TestSchemaKnowsEveryMember(t *testing.T) {
	type node struct {
		Properties map[string]node
		Items      *node
		Defs       map[string]node `json:"$defs"`
	}
	var schema node
	require.NoError(t, json.Unmarshal(diff.ReportSchema(), &schema))
	for name, c := range map[string]struct {
		of  any
		say node
	}{
		"report":  {diff.Report{}, schema},
		"side":    {diff.Side{}, schema.Defs["side"]},
		"plugin":  {diff.Plugin{}, *schema.Defs["side"].Properties["plugins"].Items},
		"counts":  {diff.Counts{}, schema.Properties["counts"]},
		"tally":   {diff.Tally{}, schema.Defs["tally"]},
		"group":   {diff.Group{}, schema.Defs["group"]},
		"path":    {diff.Path{}, *schema.Properties["paths"].Items},
		"sample":  {diff.PathSample{}, *schema.Properties["paths"].Items.Properties["examples"].Items},
		"change":  {diff.Change{}, schema.Defs["change"]},
		"webhook": {diff.Webhook{}, *schema.Properties["webhooks"].Items},
		"example": {diff.Example{}, *schema.Properties["examples"].Items},
	} {
		var want, got []string
		for _, f := range reflect.VisibleFields(reflect.TypeOf(c.of)) {
			if tag, _, _ := strings.Cut(f.Tag.Get("json"), ","); tag != "" {
				want = append(want, tag)
			}
		}
		for key := range c.say.Properties {
			got = append(got, key)
		}
		assert.ElementsMatch(t, want, got, name)
	}
}

// What hello-world does to an archive.
func ExampleRun() {
	greeter := sdk.Native(sdk.Info{Name: "greeter"}, func() sdk.Hooks {
		return sdk.Hooks{ProcessEvent: func(e *sdk.PluginEvent, _ *sdk.PluginMeta) (*sdk.PluginEvent, error) {
			if e.Event() == "noise" {
				return nil, nil
			}
			e.Properties().Set("greeting", "hello")
			return e, nil
		}}
	})
	archive := batch.Records(`{"event":"login"}`, `{"event":"noise"}`, `{"event":"logout","properties":{"greeting":"hello"}}`)
	r, err := diff.Run(context.Background(), batch.Side{}, batch.Side{Chain: batch.Chain{{Program: greeter}}}, archive, diff.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(r.Counts.Identical, "identical,", r.Counts.Changed, "changed,", r.Counts.NewlyDropped, "newly dropped")
	for _, p := range r.Paths {
		fmt.Println(p.Path, "added in", p.Added)
	}
	// Output:
	// 1 identical, 1 changed, 1 newly dropped
	// properties added in 1
}
