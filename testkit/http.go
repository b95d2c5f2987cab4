package testkit

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/plugreel/plugreel/sdk"
)

// Answer is what [HTTP] answers a request with.
type Answer struct {
	Method string // of the request; "" fits any
	URL    string // of the request; one that ends with "*" fits all that begin so

	Status  int               // 0 means 200
	Headers map[string]string // names in any case; nil means none
	Body    string            // the body, or
	JSON    any               // what encoding/json makes one of, with its Content-Type
	Error   string            // there is no answer, for this reason; "" is that there is one
}

// HTTP is a network of canned answers that keeps what it was asked: a [sdk.Fetcher]. Calls may
// overlap.
type HTTP struct {
	mu      sync.Mutex
	answers []*canned
	calls   []Call
	next    sdk.Fetcher // asked instead of the answers, if there is one
}

type canned struct {
	Answer
	given bool
}

// Call is a request that was made.
type Call struct {
	Method, URL string
	Headers     [][2]string // in order, names as the plugin wrote them
	Body        string
}

// String is "METHOD URL".
func (c Call) String() string { return c.Method + " " + c.URL }

// NewHTTP makes a network. Of several answers that fit a request the first that was not given yet
// is given, the last of them again and again: so a list of them is a conversation.
func NewHTTP(answers ...Answer) *HTTP {
	h := &HTTP{}
	for _, a := range answers {
		h.answers = append(h.answers, &canned{Answer: a})
	}
	return h
}

// Calls returns the requests so far, in order. The caller owns the slice.
func (h *HTTP) Calls() []Call {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.calls)
}

// Fetch answers a request. A request that no answer fits is an error that says so.
func (h *HTTP) Fetch(ctx context.Context, r *sdk.Request) (*sdk.Response, error) {
	call := Call{Method: r.Method, URL: r.URL, Headers: slices.Clone(r.Headers), Body: string(r.Body)}
	if call.Method == "" {
		call.Method = http.MethodGet
	}
	a := h.take(call)
	if h.next != nil {
		return h.next.Fetch(ctx, r)
	}
	if a == nil {
		return nil, fmt.Errorf("fetch: got %s, and the test has no answer to it", call)
	}
	return a.response(r.URL)
}

// take keeps a call and finds its answer.
func (h *HTTP) take(call Call) *canned {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.calls = append(h.calls, call)
	var last *canned
	for _, a := range h.answers {
		if !a.fits(call) {
			continue
		}
		if last = a; !a.given {
			break
		}
	}
	if last != nil {
		last.given = true
	}
	return last
}

func (a *Answer) fits(call Call) bool {
	if a.Method != "" && !strings.EqualFold(a.Method, call.Method) {
		return false
	}
	if prefix, ok := strings.CutSuffix(a.URL, "*"); ok {
		return strings.HasPrefix(call.URL, prefix)
	}
	return a.URL == call.URL
}

func (a *Answer) response(url string) (*sdk.Response, error) {
	if a.Error != "" {
		return nil, errors.New(a.Error)
	}
	r := &sdk.Response{URL: url, Status: a.Status, Body: []byte(a.Body)}
	if r.Status == 0 {
		r.Status = http.StatusOK
	}
	r.StatusText = http.StatusText(r.Status)
	for name, value := range a.Headers {
		r.Headers = append(r.Headers, [2]string{strings.ToLower(name), value})
	}
	if a.JSON != nil {
		text, err := json.Marshal(a.JSON)
		if err != nil {
			return nil, fmt.Errorf("answer to %s: %w", url, err)
		}
		r.Body = text
		r.Headers = append(r.Headers, [2]string{"content-type", "application/json"})
	}
	slices.SortFunc(r.Headers, func(x, y [2]string) int { return strings.Compare(x[0], y[0]) })
	return r, nil
}
