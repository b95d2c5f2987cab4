package testkit_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/testkit"
)

func hook(f func(*sdk.PluginEvent) (*sdk.PluginEvent, error)) batch.Chain {
	return batch.Chain{{Program: sdk.Native(sdk.Info{Name: "p", Hooks: []string{sdk.HookProcessEvent}}, func() sdk.Hooks {
		return sdk.Hooks{ProcessEvent: func(e *sdk.PluginEvent, m *sdk.PluginMeta) (*sdk.PluginEvent, error) {
			m.Logger.Info("saw", e.Event())
			return f(e)
		}}
	})}}
}

// mixed does something else with every kind of event.
func mixed() batch.Chain {
	return hook(func(e *sdk.PluginEvent) (*sdk.PluginEvent, error) {
		switch e.Event() {
		case "drop":
			return nil, nil
		case "fail":
			return e, errors.New("cannot")
		}
		e.Properties().Set("seen", "yes")
		return e, nil
	})
}

func TestReplaySaysWhatBecameOfEachRecord(t *testing.T) {
	src := batch.Records(`{"event":"a"}`, ``, `{"event":"drop"}`, `{"event":"fail"}`, `nonsense`, `{"event":"b"}`)
	r := testkit.Replay(t, mixed(), src)
	require.Len(t, r.Results, 5, "a blank line is none")
	assert.Equal(t, int64(1), r.Report.Counts.Skipped)

	assert.Equal(t, `{"event":"a","properties":{"seen":"yes"}}`, r.Results[0].Out.String())
	assert.Equal(t, []string{"INFO saw a"}, r.Results[0].Logs)
	assert.True(t, r.Results[1].Dropped)
	assert.Equal(t, []string{"processEvent: cannot"}, r.Results[2].Failures)
	assert.Equal(t, `{"event":"fail"}`, r.Results[2].Out.String())
	assert.Contains(t, r.Results[3].Dead, "got")
	assert.False(t, r.Results[3].Dropped)
	assert.Equal(t, int64(6), r.Results[4].Line)
}

// The outcome of each record is that of a replay in large chunks.
func TestReplayIsWhatARunIs(t *testing.T) {
	chain := testkit.Chain(t, "hello-world", nil)
	r := testkit.Replay(t, chain, testkit.Generator{Seed: 5}.Source(900))
	var out strings.Builder
	_, err := batch.Run(t.Context(), chain, testkit.Generator{Seed: 5}.Source(900), batch.Writer(&out), batch.Options{Workers: 2})
	require.NoError(t, err)
	var all strings.Builder
	for _, result := range r.Results {
		all.WriteString(result.Out.String() + "\n")
	}
	require.True(t, out.String() == all.String())
	r.Deterministic()
	r.HasDigest(r.Digest())
	r.NothingDropped()
	r.NoFailures()
	r.OnlyChanged("properties.hello", "properties.bar")
	r.EveryMatches("properties.hello", "^world$")
}

func TestReplayAssertionsReport(t *testing.T) {
	src := func() batch.Source {
		return batch.Records(`{"event":"a"}`, `{"event":"drop"}`, `{"event":"fail"}`, `x`, `{"event":"b","properties":{"seen":5}}`)
	}
	tests := []struct {
		name, reason string
		check        func(*testkit.Replayed)
		want         string
	}{
		{"dropped", "by the plugin, and dead letters", (*testkit.Replayed).NothingDropped, `nothing is dropped: 2 of 5 records are not so
    records:2: dropped: {"event":"drop"}
    records:4: dead letter: `},
		{"failures", "", (*testkit.Replayed).NoFailures, "no hook fails: 1 of 5 records are not so\n    records:3: processEvent: cannot"},
		{"changed", "an added object counts by its members, a name that only begins alike does not cover one",
			func(r *testkit.Replayed) { r.OnlyChanged("properties.see") }, "only properties.see changes: 2 of 5 records are not so\n    records:1: +properties.seen: \"yes\"\n    records:5: -properties.seen: 5; +properties.seen: \"yes\""},
		{"inside", "what a path names covers what is in it", func(r *testkit.Replayed) { r.OnlyChanged("properties") }, ""},
		{"every", "events without the member do not count", func(r *testkit.Replayed) {
			r.Every("properties.seen", "is no", func(v sdk.Value) bool { return v.StrOr("") == "no" })
		}, "every properties.seen is no: 2 of 5 records are not so\n    records:1: got \"yes\""},
		{"pattern", "", func(r *testkit.Replayed) { r.EveryMatches("event", "^[ab]$") }, "every event matches ^[ab]$: 1 of 5 records are not so\n    records:3: got \"fail\""},
		{"digest", "", func(r *testkit.Replayed) { r.HasDigest("00") }, "digest: got "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var rec recorder
			tt.check(testkit.Replay(&rec, mixed(), src()))
			assert.Empty(t, rec.fatals)
			if tt.want == "" {
				assert.Empty(t, rec.errors, tt.reason)
				return
			}
			require.Len(t, rec.errors, 1)
			assert.Contains(t, rec.errors[0], tt.want, tt.reason)
		})
	}
}

// A plugin that says it keeps no state, and does, is found out.
func TestReplayDeterministicFindsHiddenState(t *testing.T) {
	chain := batch.Chain{{Program: sdk.Native(sdk.Info{Name: "counter", Hooks: []string{sdk.HookProcessEvent}}, func() sdk.Hooks {
		n := 0
		return sdk.Hooks{ProcessEvent: func(e *sdk.PluginEvent, _ *sdk.PluginMeta) (*sdk.PluginEvent, error) {
			n++
			e.Set("n", n)
			return e, nil
		}}
	})}}
	var rec recorder
	r := testkit.Replay(&rec, chain, testkit.Generator{}.Source(6000)) // several chunks
	r.Deterministic()
	require.NotEmpty(t, rec.errors)
	assert.Contains(t, rec.errors[0], "events with one worker and with 8 (-one +more):")
}

func TestReplayThatDoesNotFinish(t *testing.T) {
	chain := batch.Chain{{Program: sdk.Native(sdk.Info{Name: "p"}, func() sdk.Hooks {
		return sdk.Hooks{SetupPlugin: func(*sdk.PluginMeta) error { return errors.New("no key s3cret") }}
	}), Secrets: []string{"s3cret"}}}
	var rec recorder
	assert.Nil(t, testkit.Replay(&rec, chain, batch.Records(`{}`)))
	require.Len(t, rec.fatals, 1)
	assert.Contains(t, rec.fatals[0], "no key [secret]")
}

func TestProperties(t *testing.T) {
	broken := hook(func(e *sdk.PluginEvent) (*sdk.PluginEvent, error) {
		if e.Get("properties", "$host").Kind() != sdk.KindString {
			return e, errors.New("no $host")
		}
		e.Properties().Set("n", e.Get("properties", "n").IntOr(0)+1)
		if e.Event() == "$pageleave" {
			e.Set("distinct_id", "nobody")
		}
		return e, nil
	})
	tests := []struct {
		name  string
		check func(testkit.T, batch.Chain, testkit.Random)
		want  []string
	}{
		{"never throws", testkit.NeverThrows, []string{"never throws: not so for event ", "\n    {}\n", "processEvent: no $host"}},
		{"idempotent", testkit.Idempotent, []string{"idempotent: not so", `-properties.n: 1`, `+properties.n: 2`}},
		{"keeps distinct_id", testkit.KeepsDistinctID, []string{`+distinct_id: "nobody"`, `"event":"$pageleave"`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.check(t, testkit.Chain(t, "hello-world", nil), testkit.Random{Count: 50})
			var rec recorder
			tt.check(&rec, broken, testkit.Random{})
			require.Len(t, rec.errors, 1)
			for _, want := range tt.want {
				assert.Contains(t, rec.errors[0], want)
			}
			assert.Less(t, len(rec.errors[0]), 600, "made small: %s", rec.errors[0])
		})
	}
}

func TestRandomEventsAreReproducible(t *testing.T) {
	for _, shape := range shapes {
		r := testkit.Random{Seed: 3, Shape: shape, Count: 200}
		kinds := map[sdk.Kind]bool{}
		for i := range r.Count {
			text := r.Event(i)
			assert.Equal(t, text, r.Event(i))
			o, err := sdk.ParseObject([]byte(text))
			require.NoError(t, err, text)
			kinds[o.Get("properties").Kind()] = true
		}
		assert.Greater(t, len(kinds), 4, "properties of many kinds: %v", kinds)
		assert.Len(t, testkit.Replay(t, nil, r).Results, 200)
	}
}

func BenchmarkBench(b *testing.B) { testkit.Bench(b, testkit.Chain(b, "hello-world", nil)) }

func FuzzFuzz(f *testing.F) {
	testkit.Fuzz(f, testkit.Chain(f, "hello-world", nil), testkit.Keeps("distinct_id"))
}
