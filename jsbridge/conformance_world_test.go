package jsbridge_test

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"time"

	"github.com/plugreel/plugreel/sdk"
)

// world is what a fixture has around it: a server with canned answers, and a host that runs jobs and
// tasks after every event. runner.mjs has the same.
type world struct {
	queue    []putOff
	captured []string
	requests []string
}

// putOff is a job that waits.
type putOff struct {
	name    string
	payload sdk.Value
	at      time.Time
}

func (s *subject) Enqueue(name string, payload sdk.Value, delay time.Duration) error {
	return s.EnqueueAt(name, payload, s.now.Add(delay))
}

func (s *subject) EnqueueAt(name string, payload sdk.Value, at time.Time) error {
	s.queue = append(s.queue, putOff{name, payload, at})
	slices.SortStableFunc(s.queue, func(a, b putOff) int { return a.at.Compare(b.at) })
	return nil
}

// maxGapJobs is how many jobs run after one event.
const maxGapJobs = 20

// gap runs the jobs that are due, then the tasks: after every 10th, 60th and 200th event.
func (s *subject) gap(i int, hooks *sdk.Hooks, meta *sdk.PluginMeta) []*failure {
	var calls []*failure
	for range maxGapJobs {
		if len(s.queue) == 0 || s.queue[0].at.After(s.now) {
			break
		}
		j := s.queue[0]
		s.queue = s.queue[1:]
		if f := hooks.Jobs[j.name]; f != nil {
			calls = append(calls, failureOf(f(j.payload, meta)))
		} else {
			calls = append(calls, &failure{"unknown job", j.name})
		}
	}
	for _, task := range []struct {
		schedule sdk.Schedule
		period   int
	}{{sdk.EveryMinute, 10}, {sdk.EveryHour, 60}, {sdk.EveryDay, 200}} {
		if f := hooks.RunEvery[task.schedule]; f != nil && (i+1)%task.period == 0 {
			calls = append(calls, failureOf(f(meta)))
		}
	}
	return calls
}

// Capture keeps an event without its uuid, which is random.
func (w *world) Capture(e *sdk.PluginEvent) error {
	e.Delete("uuid")
	w.captured = append(w.captured, e.String())
	return nil
}

// answer is what the server says.
type answer struct {
	Status     int         `json:"status"`
	StatusText string      `json:"statusText"`
	Headers    [][2]string `json:"headers"`
	Body       string      `json:"body"`
}

// conformanceAnswers are the answers by path; where there is none the connection is refused. The
// path /echo answers with the request.
var conformanceAnswers = map[string]answer{
	"/users":   {200, "OK", [][2]string{{"content-type", "application/json; charset=utf-8"}, {"x-total", "2"}}, `{"users":[{"id":1,"name":"Zoë"},{"id":2,"name":null}],"next":null}`},
	"/text":    {200, "OK", [][2]string{{"content-type", "text/plain"}, {"set-cookie", "a=1"}}, "plain \u00e9 \U0001f600\n"},
	"/created": {201, "Created", [][2]string{{"location", "/users/3"}}, ""},
	"/html":    {200, "OK", [][2]string{{"content-type", "text/html"}}, "<html>"},
	"/missing": {404, "Not Found", [][2]string{{"content-type", "application/json"}}, `{"error":"none"}`},
	"/busy":    {429, "Too Many Requests", [][2]string{{"retry-after", "30"}}, "slow down"},
	"/broken":  {503, "Service Unavailable", nil, ""},
}

func (w *world) Fetch(_ context.Context, r *sdk.Request) (*sdk.Response, error) {
	headers := map[string]string{}
	for _, h := range r.Headers {
		headers[h[0]] = h[1]
	}
	said := fmt.Sprintf("%s %s %s %s", cmp.Or(r.Method, "GET"), r.URL, toJSON(headers), r.Body)
	w.requests = append(w.requests, said)
	u, err := url.Parse(r.URL)
	if err != nil {
		return nil, err
	}
	a, ok := conformanceAnswers[u.Path]
	switch {
	case u.Path == "/echo":
		text, err := json.Marshal(said)
		return &sdk.Response{URL: r.URL, Status: 200, StatusText: "OK", Body: text}, err
	case !ok:
		return nil, errors.New("connect ECONNREFUSED")
	}
	return &sdk.Response{URL: r.URL, Status: a.Status, StatusText: a.StatusText, Headers: a.Headers, Body: []byte(a.Body)}, nil
}
