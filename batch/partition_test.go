package batch_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/sdk"
)

// nth remembers how many events of each distinct_id an instance has seen, and does with them
// whatever can be done.
func nth() batch.Plugin {
	return batch.Plugin{Program: sdk.Native(sdk.Info{Name: "nth", State: sdk.StateMemory}, func() sdk.Hooks {
		seen := map[string]int{}
		return sdk.Hooks{
			ProcessEvent: func(e event, m meta) (event, error) {
				id := e.DistinctID()
				seen[id]++
				e.Properties().Set("nth", seen[id])
				switch {
				case e.Event() == "drop":
					return nil, nil
				case e.Event() == "fail":
					m.Logger.Warn("the", seen[id], "th of", id)
					return e, fmt.Errorf("%d of %s", seen[id], id)
				case e.Event() == "panic":
					panic(id)
				}
				m.Metrics.Record("last", sdk.MetricMax, float64(seen[id]))
				return e, nil
			},
			ComposeWebhook: func(e event, m meta) (*sdk.Webhook, error) {
				made, err := sdk.NewEvent([]byte(`{"event":"made","distinct_id":"` + e.DistinctID() + `"}`))
				if err == nil {
					err = m.Capturer.Capture(made)
				}
				return &sdk.Webhook{URL: "https://example.com/" + e.DistinctID(), Body: e.String()}, err
			},
		}
	})}
}

// drawEvents makes records of a few people, some of which cannot be read.
func drawEvents(t *rapid.T) string {
	line := rapid.Custom(func(t *rapid.T) string {
		if rapid.IntRange(0, 9).Draw(t, "odd") == 0 {
			return rapid.SampledFrom([]string{"", "oops", "5", "{}", `{"distinct_id":"p\u0037"}`, `{"batch":[{"event":"a","distinct_id":"p1"},{"event":"b"}]}`}).Draw(t, "odd line")
		}
		name := rapid.SampledFrom([]string{"a", "b", "drop", "fail", "panic"}).Draw(t, "event")
		return fmt.Sprintf(`{"event":%q,"distinct_id":"p%d","properties":{}}`, name, rapid.IntRange(0, 12).Draw(t, "person"))
	})
	return strings.Join(rapid.SliceOfN(line, 0, 200).Draw(t, "lines"), "\n")
}

func TestPartsGiveTheSameBytes(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		archive := drawEvents(rt)
		o := batch.Options{OnError: rapid.SampledFrom([]batch.ErrorPolicy{batch.Keep, batch.Drop, batch.Stop}).Draw(rt, "policy")}
		one := replay(t, batch.Chain{nth()}, batch.Records(archive), o)
		o.PartitionBy, o.Workers = "distinct_id", rapid.IntRange(1, 5).Draw(rt, "workers")
		many := replay(t, batch.Chain{nth()}, batch.Records(archive), o)
		same(t, one, many)
		assert.Equal(t, o.Workers > 1, many.report.OrderDependent)
	})
}

// same compares what two runs have left.
func same(t *testing.T, one, many outcome) {
	t.Helper()
	assert.Equal(t, one.err == nil, many.err == nil)
	if one.err != nil {
		require.ErrorIs(t, many.err, batch.ErrStopped)
		assert.EqualError(t, many.err, one.err.Error())
		return
	}
	require.Equal(t, one.out, many.out)
	assert.Equal(t, one.dead, many.dead)
	assert.Equal(t, one.webhooks, many.webhooks)
	assert.Equal(t, one.logs, many.logs)
	assert.Equal(t, one.shown, many.shown)
	assert.Equal(t, one.report.Counts, many.report.Counts)
	assert.Equal(t, one.report.SkippedFor, many.report.SkippedFor)
	assert.Equal(t, one.report.Bytes, many.report.Bytes)
	assert.Equal(t, samples(one), samples(many))
	assert.Equal(t, one.report.Plugins[0].Metrics, many.report.Plugins[0].Metrics)
}

func samples(o outcome) []batch.Sample {
	var all []batch.Sample
	for _, s := range o.report.Plugins[0].Hooks["processEvent"].Samples {
		s.Stack = "" // of a goroutine
		all = append(all, s)
	}
	return all
}

func TestPartsOfManyChunks(t *testing.T) {
	archive, _ := withDuplicates(t, 3000)
	one := replay(t, batch.Chain{nth()}, batch.Records(archive), batch.Options{Dedupe: true})
	many := replay(t, batch.Chain{nth()}, batch.Records(archive), batch.Options{Dedupe: true, PartitionBy: "distinct_id", Workers: 3})
	require.NoError(t, one.err)
	same(t, one, many)
	assert.NotEqual(t, 1, strings.Count(one.out, `"nth":1`), "people come again")
}

func TestPartitionByAnotherMember(t *testing.T) {
	chain := batch.Chain{plugin("nothing", func(e event, _ meta) (event, error) { return e, nil })}
	got := replay(t, chain, batch.Records(`{"a":1}`), batch.Options{PartitionBy: "properties..x"})
	assert.EqualError(t, got.err, `partition-by: got "properties..x", want a member such as distinct_id or properties.$session_id`)
	got = replay(t, chain, batch.Records(`{"properties":{"s":1}}`, `{"properties":null}`), batch.Options{PartitionBy: "properties.s", Workers: 4})
	require.NoError(t, got.err)
	assert.Equal(t, `{"properties":{"s":1}}`+"\n"+`{"properties":null}`+"\n", got.out)
	assert.False(t, got.report.OrderDependent, "nothing remembers anything")
}

// TestPartsBetweenTasks has chunks with duplicates cut at every minute, and their pieces into parts.
func TestPartsBetweenTasks(t *testing.T) {
	archive, duplicates := withDuplicates(t, 1000)
	chain := func() batch.Chain { return batch.Chain{nth(), diary("diary", sdk.EveryMinute)} }
	plain := replay(t, nil, batch.Records(archive), batch.Options{})
	one := replay(t, chain(), batch.Records(archive), batch.Options{Dedupe: true, Workers: 1})
	many := replay(t, chain(), batch.Records(archive), batch.Options{Dedupe: true, Workers: 3, PartitionBy: "distinct_id"})
	require.NoError(t, one.err)
	same(t, one, many)
	assert.Equal(t, plain.dead, one.dead, "places are those of the file")
	assert.Equal(t, plain.report.Bytes.Read, one.report.Bytes.Read)
	assert.Equal(t, duplicates, one.report.Counts.Duplicate)
	minutes := one.report.Plugins[1].Hooks["runEveryMinute"].OK
	assert.Greater(t, minutes, int64(10))
	assert.Equal(t, minutes, many.report.Plugins[1].Hooks["runEveryMinute"].OK)
}
