package cmd

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch"
)

func TestGrouped(t *testing.T) {
	for n, want := range map[int64]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567"} {
		assert.Equal(t, want, grouped(n))
	}
	assert.Equal(t, "1 record", count(1, "record"))
	assert.Equal(t, "2,000 records", count(2000, "record"))
}

func TestRound(t *testing.T) {
	for in, want := range map[time.Duration]string{
		1234567 * time.Nanosecond: "1.23ms", 12 * time.Microsecond: "12µs", 83456 * time.Millisecond: "1m23.5s",
	} {
		assert.Equal(t, want, round(in).String())
	}
}

func TestByteSize(t *testing.T) {
	for in, want := range map[string]int64{"1": 1, "1000": 1000, "64KiB": 64 << 10, "64 MiB": 64 << 20, "2GiB": 2 << 30} {
		var b byteSize
		require.NoError(t, b.Set(in), in)
		assert.EqualValues(t, want, b, in)
		var again byteSize
		require.NoError(t, again.Set(b.String()))
		assert.Equal(t, b, again)
	}
	for _, in := range []string{"", "0", "-1", "x", "1MB", "MiB", "99999999999GiB", "1.5MiB"} {
		var b byteSize
		assert.Error(t, b.Set(in), in)
	}
}

func TestSummaryLine(t *testing.T) {
	r := &batch.Report{WallSeconds: 2, Counts: batch.Counts{Read: 4000, Written: 3990, Dropped: 5, Dead: 1, Skipped: 4, Webhooks: 2}, SkippedFor: map[string]int64{batch.SkippedBlank: 3, batch.SkippedEmpty: 1}}
	assert.Equal(t, "4,000 records in 2s (2,000/s): 3,990 written, 5 dropped, 3 blank, 1 without events, 1 dead letter in d, 2 webhooks",
		summaryLine(r, &sinks{deadLetters: "d"}))
	r.Plugins = []batch.PluginReport{{Deliveries: &batch.DeliveryReport{Delivered: 1, Failed: 1}}}
	assert.Contains(t, summaryLine(r, &sinks{webhooks: "w"}), ", 1 of 2 webhooks delivered, 1 not in w")
}

func TestBarText(t *testing.T) {
	assert.Equal(t, "1,500 events/s", barText(batch.Progress{Records: 10}, 1500))
	assert.Equal(t, "1 events/s, 1 of 2,000 webhooks settled", barText(batch.Progress{Webhooks: 2000, Settled: 1}, 1))
}

func TestBarMakesRoomForLines(t *testing.T) {
	var out bytes.Buffer
	s := &screen{w: &out, bar: newBar(&out)}
	s.progress()(batch.Progress{Records: 10, Bytes: 50, BytesFull: 100})
	assert.Contains(t, out.String(), "events/s")
	s.line("a line")
	assert.Contains(t, out.String(), "\ra line\n")
	s.done()
	s.done()
	assert.Nil(t, s.progress())
}
