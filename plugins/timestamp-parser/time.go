package timestampparser

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/plugreel/plugreel/sdk"
)

// layouts are the forms of a time, the commonest first. A fraction of seconds is read without
// being in the layout.
var layouts = []string{
	time.RFC3339,
	"2006-01-02T15:04:05",
	"2006-01-02T15:04:05Z0700",
	"2006-01-02T15:04:05Z07",
	"2006-01-02T15:04Z07:00",
	"2006-01-02T15:04",
	"2006-01-02",
}

// parseTime reads a time; false if the value is none.
func parseTime(v sdk.Value) (time.Time, bool) {
	if text, ok := v.Str(); ok {
		return parseText(text)
	}
	if n, ok := v.Float(); ok {
		return parseNumber(n)
	}
	return time.Time{}, false
}

func parseText(text string) (time.Time, bool) {
	if len(text) < len("2006-01-02") || len(text) > 64 || text[0] < '0' || text[0] > '9' {
		return time.Time{}, false
	}
	if len(text) > 10 && text[10] == ' ' {
		text = text[:10] + "T" + strings.TrimSuffix(strings.TrimSuffix(text[11:], " UTC"), " ")
	}
	for _, layout := range layouts {
		if t, err := time.Parse(layout, text); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// parseNumber reads seconds since 1970, or milliseconds.
func parseNumber(n float64) (time.Time, bool) {
	const milliseconds = 1e11
	if math.Abs(n) >= milliseconds {
		n /= 1000
	}
	if math.Abs(n) >= milliseconds {
		return time.Time{}, false
	}
	seconds := math.Floor(n)
	return time.Unix(int64(seconds), int64((n-seconds)*1e9)).UTC(), true
}

// parseOffset reads an offset from UTC; nil is the time's own.
func parseOffset(text string) (*time.Location, error) {
	switch strings.ToLower(text) {
	case "utc", "z", "":
		return time.UTC, nil
	case "own":
		return nil, nil
	}
	t, err := time.Parse("-07:00", text)
	if err != nil {
		return nil, fmt.Errorf("got %q, want UTC, own, or hours and minutes such as +02:00; names of zones are not known", text)
	}
	_, seconds := t.Zone()
	return time.FixedZone(text, seconds), nil
}
