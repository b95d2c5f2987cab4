package eventtime_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch/internal/eventtime"
)

func TestParse(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"batch export", "2024-01-01T00:00:00.123456+00:00", "2024-01-01T00:00:00.123456Z"},
		{"no fraction when it is zero", "2024-01-01T00:00:00+00:00", "2024-01-01T00:00:00Z"},
		{"JavaScript", "2024-02-29T23:59:59.999Z", "2024-02-29T23:59:59.999Z"},
		{"space, no zone: ClickHouse", "2024-01-01 10:20:30", "2024-01-01T10:20:30Z"},
		{"nine digits", "2024-01-01T00:00:00.123456789Z", "2024-01-01T00:00:00.123456789Z"},
		{"one digit", "2024-01-01T00:00:00.5Z", "2024-01-01T00:00:00.5Z"},
		{"east", "2024-01-01T02:00:00+02:30", "2023-12-31T23:30:00Z"},
		{"west", "2024-01-01T22:00:00-05:00", "2024-01-02T03:00:00Z"},
	} {
		got, ok := eventtime.Parse(c.in)
		require.True(t, ok, "%s: Parse(%q)", c.name, c.in)
		assert.Equal(t, c.want, got.Format(time.RFC3339Nano), c.name)
		assert.Equal(t, time.UTC, got.Location(), c.name)
	}
}

func TestParseRefuses(t *testing.T) {
	for _, in := range []string{
		"", "garbage", "2024-01-01", "2024-01-01T00:00", "2024-01-01X00:00:00", "2024-13-01T00:00:00Z",
		"2024-00-01T00:00:00Z", "2024-02-30T00:00:00Z", "2024-01-00T00:00:00Z", "2024-01-01T24:00:00Z",
		"2024-01-01T00:60:00Z", "2024-01-01T00:00:60Z", "2024-01-01T00:00:00.Z", "2024-01-01T00:00:00.1234567890Z",
		"2024-01-01T00:00:00+0200", "2024-01-01T00:00:00+24:00", "2024-01-01T00:00:00Zjunk", "2024-01-01T00:00:00 Z",
		"2024-01-01T00:00:00+02:60", "20x4-01-01T00:00:00Z",
	} {
		_, ok := eventtime.Parse(in)
		assert.False(t, ok, "Parse(%q)", in)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("2024-01-01T00:00:00.123456+00:00")
	f.Add("2024-01-01 10:20:30")
	f.Fuzz(func(t *testing.T, in string) {
		got, ok := eventtime.Parse(in)
		if !ok {
			return
		}
		again, ok := eventtime.Parse(got.Format("2006-01-02T15:04:05.999999999Z"))
		if y := got.Year(); y >= 0 && y <= 9999 && (!ok || !again.Equal(got)) {
			t.Fatalf("Parse(%q) = %v, again %v", in, got, again)
		}
	})
}

func TestOfTakesTheFirstMemberThatIsATime(t *testing.T) {
	for _, c := range []struct{ record, want string }{
		{`{"timestamp":"2024-01-04T00:00:00Z","now":"2024-01-01T00:00:00Z","created_at":"2024-01-02T00:00:00Z"}`, "2024-01-01T00:00:00Z"},
		{`{"timestamp":"2024-01-04T00:00:00Z","now":"yesterday","created_at":"2024-01-02T00:00:00Z"}`, "2024-01-02T00:00:00Z"},
		{`{"timestamp":"2024-01-04T00:00:00Z","_inserted_at":"2024-01-03T00:00:00Z"}`, "2024-01-03T00:00:00Z"},
		{`{"timestamp":"2024-01-04T00:00:00Z","now":5}`, "2024-01-04T00:00:00Z"},
		{`{}`, ""},
		{`not JSON`, ""},
	} {
		at, ok := eventtime.Of([]byte(c.record))
		assert.Equal(t, c.want != "", ok, c.record)
		if ok {
			assert.Equal(t, c.want, at.Format(time.RFC3339Nano), c.record)
		}
	}
}

func TestClockMovesWithinACallOnly(t *testing.T) {
	c := eventtime.Clock{Start: eventtime.Epoch}
	assert.Equal(t, eventtime.Epoch, c.Now(), "before the first record")

	c.Record([]byte(`{"now":"2024-01-01T00:00:00Z"}`))
	first := c.Now()
	assert.Equal(t, first.Add(time.Microsecond), c.Now())
	assert.Equal(t, first, c.Base(), "Base does not count as a read and does not move")
	assert.Equal(t, first.Add(2*time.Microsecond), c.Now())
	c.Call()
	assert.Equal(t, first, c.Now(), "the next call begins at the base")

	c.Call()
	c.Wait(time.Hour)
	assert.Equal(t, []time.Time{first.Add(time.Hour), first}, []time.Time{c.Now(), c.Base()}, "what is waited is read and moves no base")
	c.Record([]byte(`{"now":"2024-01-02T00:00:00Z"}`))
	assert.Equal(t, "2024-01-02T00:00:00Z", c.Now().Format(time.RFC3339Nano), "nobody waits for the next record")
}
