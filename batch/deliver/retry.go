package deliver

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/plugreel/plugreel/batch/fetch"
	"github.com/plugreel/plugreel/sdk"
)

// How long a webhook waits for its next attempt: the first wait, each further one is twice as
// long, and the longest that a receiver may ask for. Source: fact sheet section 5.4.
const (
	firstWait     = time.Second
	MaxRetryAfter = 100 * time.Second
)

// verdict is what an attempt has come to.
type verdict struct {
	status  int
	err     error         // why the webhook is not delivered; nil if it is
	again   bool          // another attempt may help
	refused bool          // it will never be sent
	pause   time.Duration // that the receiver asked for
}

// judge reads the outcome of an attempt.
func judge(answer *sdk.Response, err error, now time.Time) verdict {
	if err != nil {
		return judgeError(err)
	}
	v := verdict{status: answer.Status}
	if v.status < http.StatusBadRequest {
		return v
	}
	v.err = fmt.Errorf("got status %s", strings.TrimSpace(strconv.Itoa(v.status)+" "+http.StatusText(v.status)))
	v.again = v.status == http.StatusTooManyRequests || v.status >= http.StatusInternalServerError
	if v.again {
		v.pause = min(retryAfter(headerOf(answer, "retry-after"), now), MaxRetryAfter)
	}
	return v
}

func judgeError(err error) verdict {
	v := verdict{err: bare(err)}
	switch {
	case errors.Is(err, fetch.ErrInvalid), errors.Is(err, fetch.ErrInternal):
		v.refused = true
	case errors.Is(err, fetch.ErrRedirects), errors.Is(err, fetch.ErrClosed):
	default:
		v.again = true
	}
	return v
}

// bare takes the URL, which stands beside it, off an error. What is left is free of secrets, as
// the error was.
func bare(err error) error {
	var e *fetch.Error
	if !errors.As(err, &e) {
		return err
	}
	return &bareError{strings.TrimPrefix(e.Error(), "fetch "+e.URL+": "), e}
}

type bareError struct {
	text string
	err  error
}

func (e *bareError) Error() string { return e.text }
func (e *bareError) Unwrap() error { return e.err }

func headerOf(answer *sdk.Response, name string) string {
	for _, h := range answer.Headers {
		if h[0] == name {
			return h[1]
		}
	}
	return ""
}

// retryAfter reads a Retry-After header: seconds, or a date. What makes no sense or has passed is
// 0. Source: RFC 9110, section 10.2.3.
func retryAfter(value string, now time.Time) time.Duration {
	value = strings.TrimSpace(value)
	if isDigits(value) {
		seconds, err := strconv.ParseInt(value, 10, 32)
		if err != nil {
			return MaxRetryAfter // more than 68 years
		}
		return time.Duration(seconds) * time.Second
	}
	at, err := http.ParseTime(value)
	if err != nil {
		return 0
	}
	return max(at.Sub(now), 0)
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// backoff is the wait after an attempt, from 1 on; jitter is from 0 to 1.
func backoff(attempt int, jitter float64) time.Duration {
	full := firstWait << min(attempt-1, 10)
	return full/2 + time.Duration(jitter*float64(full/2))
}
