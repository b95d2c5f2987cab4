package batch

import (
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/plugreel/plugreel/batch/internal/eventtime"
	"github.com/plugreel/plugreel/sdk"
)

// chunkList is a reader of chunks that are there.
type chunkList []*Chunk

func (l *chunkList) Next(context.Context) (*Chunk, error) {
	if len(*l) == 0 {
		return nil, io.EOF
	}
	c := (*l)[0]
	*l = (*l)[1:]
	return c, nil
}

func (l *chunkList) Close() error { return nil }

// drawChunks makes chunks of records that have times in some order, or none.
func drawChunks(t *rapid.T) (chunkList, string) {
	start := time.Date(2024, 2, 28, 22, 0, 0, 0, time.UTC)
	record := rapid.OneOf(
		rapid.SampledFrom([]string{"", "{}", "oops", `{"now":"soon"}`, `{"now":"2099-01-01T00:00:00Z"}`}),
		rapid.Custom(func(t *rapid.T) string {
			at := start.Add(time.Duration(rapid.IntRange(0, 8*60*60).Draw(t, "second")) * time.Second)
			return fmt.Sprintf(`{"now":%q}`, at.Format(eventtime.Layout))
		}),
	)
	var list chunkList
	var all strings.Builder
	line := int64(1)
	for range rapid.IntRange(0, 5).Draw(t, "chunks") {
		lines := rapid.SliceOfN(record, 0, 8).Draw(t, "records")
		text := strings.Join(lines, "\n")
		if len(lines) > 0 {
			text += "\n"
		}
		list = append(list, &Chunk{Line: line, Offset: int64(all.Len()), Data: []byte(text)})
		line += int64(len(lines))
		all.WriteString(text)
	}
	return list, all.String()
}

// expectedTicks walks all records one by one.
func expectedTicks(text string, schedules []sdk.Schedule) []string {
	var ticks []string
	var clock time.Time
	offset := 0
	for line := range strings.Lines(text) {
		at, ok := eventtime.Of([]byte(line))
		for _, s := range schedules {
			if boundary := at.Truncate(s.Period()); ok && !clock.IsZero() && boundary.After(clock) {
				ticks = append(ticks, fmt.Sprint(offset, s, boundary))
			}
		}
		if ok && at.After(clock) {
			clock = at
		}
		offset += len(line)
	}
	return ticks
}

// TestTimelineProperty has the timeline agree with somebody who looks at one record after the other,
// wherever the chunks end.
func TestTimelineProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list, text := drawChunks(t)
		var schedules []sdk.Schedule
		for _, s := range []sdk.Schedule{sdk.EveryDay, sdk.EveryHour, sdk.EveryMinute} {
			if rapid.Bool().Draw(t, s.String()) {
				schedules = append(schedules, s)
			}
		}
		line := &timeline{ChunkReader: &list, schedules: schedules}
		if n := len(schedules); n > 0 {
			line.period = schedules[n-1].Period()
		}
		var ticks []string
		var read strings.Builder
		var clock, highest time.Time
		next := int64(1)
		for {
			c, err := line.Next(t.Context())
			if err == io.EOF {
				break
			}
			require.EqualValues(t, read.Len(), c.Offset)
			require.Equal(t, next, c.Line)
			require.False(t, c.clock.Before(clock), "the clock does not go back")
			require.False(t, c.clock.Before(highest), "nor is it behind what came before")
			clock = c.clock
			for _, tick := range c.ticks {
				ticks = append(ticks, fmt.Sprint(c.Offset, tick.schedule, tick.at))
				require.False(t, tick.at.After(clock), "no tick is ahead of the clock")
			}
			for l := range strings.Lines(string(c.Data)) {
				if at, ok := eventtime.Of([]byte(l)); ok {
					highest = later(highest, at)
				}
				next++
			}
			read.Write(c.Data)
		}
		require.Equal(t, text, read.String(), "no byte is lost")
		require.Equal(t, expectedTicks(text, schedules), ticks)
	})
}

// TestAgendaIsBounded has as many jobs waiting as there may be.
func TestAgendaIsBounded(t *testing.T) {
	r := newTestRun()
	r.agenda.queue = make(jobQueue, MaxJobs-1)
	p := newProgress(&Chunk{}, 1)
	p.result.jobs = []plannedJob{{name: "a"}, {name: "b"}}
	r.agenda.take(r, p.chunk, &p.result)
	require.Len(t, r.agenda.queue, MaxJobs)
	require.EqualValues(t, 1, p.result.plugins[0].jobs.failed)
	require.Equal(t, "b: got more than 1048576 jobs waiting, and this one will not run", p.result.samples[0].Error)
	require.EqualValues(t, 1, p.result.log.counts[0][sdk.LevelError])
	require.Equal(t, []int64{1}, r.agenda.left())
}
