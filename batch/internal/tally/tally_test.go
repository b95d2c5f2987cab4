package tally_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch/internal/tally"
	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/testkit"
)

func count(t *testing.T, max int64, records ...string) *tally.Tally {
	t.Helper()
	c := tally.New(max)
	for _, r := range records {
		require.NoError(t, c.Record([]byte(r)), r)
	}
	return c
}

func TestNames(t *testing.T) {
	c := count(t, 0, `{"event":"b"}`, `{"event":"a"}`, `{"event":"b"}`, `{"EVENT":"\u0061"}`, `{"event":5}`, `{}`, `{"event":"c","event":"d"}`)
	assert.Equal(t, []tally.Name{{"a", 2}, {"b", 2}, {"d", 1}}, c.Names())
	assert.EqualValues(t, 2, c.Unnamed)
	assert.EqualValues(t, 7, c.Records)
}

func TestTimes(t *testing.T) {
	c := count(t, 0, `{"timestamp":"2024-01-02T00:00:00+02:00"}`, `{"timestamp":"2024-01-01 00:00:00.5"}`, `{"timestamp":"yesterday"}`, `{"timestamp":5}`, `{}`)
	assert.Equal(t, "2024-01-01T00:00:00.5Z", c.First.Format(time.RFC3339Nano))
	assert.Equal(t, "2024-01-01T22:00:00Z", c.Last.Format(time.RFC3339Nano))
	assert.EqualValues(t, 3, c.Untimed)
}

func TestDuplicates(t *testing.T) {
	records := []string{`{"uuid":"a"}`, `{"uuid":"b"}`, `{"uuid":"a"}`, `{"uuid":"c"}`, `{"uuid":"c"}`, `{}`, `{"uuid":""}`}
	c := count(t, 0, records...)
	assert.EqualValues(t, 2, c.Duplicates)
	assert.EqualValues(t, 2, c.Unmarked)
	assert.True(t, c.Exact)
	c = count(t, 2, records...)
	assert.EqualValues(t, 1, c.Duplicates, "c was not remembered")
	assert.False(t, c.Exact)
	c = count(t, 3, records...)
	assert.True(t, c.Exact, "as many as there are")
}

func TestMembers(t *testing.T) {
	c := count(t, 0, `{"a":1,"b":null}`, `{"b":"x","a":2}`, `{"c":{},"a":1,"a":2}`)
	var got []string
	c.Members(func(name string, kinds func(sdk.Kind) int64) {
		got = append(got, fmt.Sprint(name, kinds(sdk.KindNull), kinds(sdk.KindNumber), kinds(sdk.KindString), kinds(sdk.KindObject)))
	})
	assert.Equal(t, []string{"a0 3 0 0", "b1 0 1 0", "c0 0 0 1"}, got)
}

func TestPeople(t *testing.T) {
	c := tally.New(0)
	for i := range 300_000 {
		require.NoError(t, c.Record(fmt.Appendf(nil, `{"distinct_id":"person-%d"}`, i%100_000)))
	}
	assert.InEpsilon(t, 100_000, c.DistinctIDs(), 0.02)
	c = count(t, 0, `{"distinct_id":"a"}`, `{"distinct_id":"\u0061"}`, `{"distinct_id":5}`, `{"distinct_id":null}`, `{}`)
	assert.EqualValues(t, 2, c.DistinctIDs())
}

func TestUnreadable(t *testing.T) {
	c := tally.New(0)
	for _, text := range []string{`oops`, `[]`, `{"event":"a"`, `{} {}`, "\xff"} {
		assert.Error(t, c.Record([]byte(text)), text)
	}
	assert.Zero(t, c.Records)
	assert.Empty(t, c.Names())
}

func TestNamesHaveABound(t *testing.T) {
	c := tally.New(0)
	for i := range 100_500 {
		require.NoError(t, c.Record(fmt.Appendf(nil, `{"event":"e%d","m%d":1}`, i, i)))
	}
	assert.Len(t, c.Names(), 100_000)
	assert.EqualValues(t, 500, c.OtherNames)
	n := 0
	c.Members(func(string, func(sdk.Kind) int64) { n++ })
	assert.Equal(t, 1000, n)
}

func FuzzRecord(f *testing.F) {
	f.Add([]byte(`{"uuid":"018cc778-5458-7a95-965c-472a1753030c","event":"\u0061","timestamp":"2024-01-01T00:00:00Z","distinct_id":"\ud800"}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		c := tally.New(1)
		if c.Record(text) == nil {
			c.Names()
			assert.LessOrEqual(t, c.DistinctIDs(), int64(1))
		}
	})
}

func BenchmarkRecord(b *testing.B) {
	var records [][]byte
	bytes := 0
	for _, line := range (testkit.Generator{Shape: testkit.BatchExport}).All(20_000) {
		records = append(records, append([]byte(nil), line...))
		bytes += len(line)
	}
	b.SetBytes(int64(bytes))
	b.ReportAllocs()
	c := tally.New(0)
	for b.Loop() {
		for _, r := range records {
			if err := c.Record(r); err != nil {
				b.Fatal(err)
			}
		}
	}
}
