package deliver_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/plugreel/plugreel/batch/deliver"
)

func TestRetryAfter(t *testing.T) {
	for _, c := range []struct {
		name, reason, value string
		want                time.Duration
	}{
		{"none", "no header", "", 0},
		{"seconds", "the usual form", "120", 2 * time.Minute},
		{"space", "around it", " 7 ", 7 * time.Second},
		{"zero", "now", "0", 0},
		{"negative", "no number of seconds", "-1", 0},
		{"fraction", "likewise", "1.5", 0},
		{"far too many", "more than a number holds", "99999999999999999999", deliver.MaxRetryAfter},
		{"date", "RFC 9110", "Mon, 01 Jan 2024 12:00:30 GMT", 30 * time.Second},
		{"date of RFC 850", "the old form", "Monday, 01-Jan-24 12:00:30 GMT", 30 * time.Second},
		{"past", "now", "Mon, 01 Jan 2024 11:00:00 GMT", 0},
		{"words", "nothing", "soon", 0},
	} {
		assert.Equal(t, c.want, deliver.RetryAfter(c.value, noon), "%s: %s", c.name, c.reason)
	}
}

func FuzzRetryAfter(f *testing.F) {
	for _, seed := range []string{"", "120", " 7", "-1", "99999999999999999999", "Mon, 01 Jan 2024 12:00:30 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "٣"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, value string) {
		if d := deliver.RetryAfter(value, noon); d < 0 {
			t.Fatalf("retryAfter(%q) = %v, want no less than 0", value, d)
		}
	})
}

func TestBackoff(t *testing.T) {
	assert.Equal(t, 500*time.Millisecond, deliver.Backoff(1, 0))
	assert.Equal(t, time.Second, deliver.Backoff(1, 1))
	assert.Equal(t, 4*time.Second, deliver.Backoff(3, 1))
	assert.Equal(t, 1024*time.Second, deliver.Backoff(1000, 1), "it does not grow for ever")
}
