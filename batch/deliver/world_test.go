package deliver_test

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/batch/deliver"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// clock stands still but for those who sleep: they are awake at once, and it is later.
type clock struct {
	mu    sync.Mutex
	now   time.Time
	slept []time.Duration
}

var noon = time.Date(2024, 1, 1, 12, 0, 0, 0, time.UTC)

func newClock() *clock { return &clock{now: noon} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if d > 0 && ctx.Err() == nil {
		c.now = c.now.Add(d)
		c.slept = append(c.slept, d)
	}
	return ctx.Err()
}

func (c *clock) since() time.Duration { return c.Now().Sub(noon) }

// receiver is a server on loopback.
type receiver struct {
	*httptest.Server
	mu  sync.Mutex
	got []*http.Request
}

// serve starts a server whose answer may depend on how many requests there were before.
func serve(t *testing.T, answer func(n int, w http.ResponseWriter, q *http.Request)) *receiver {
	t.Helper()
	r := &receiver{}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		r.mu.Lock()
		n := len(r.got)
		r.got = append(r.got, q)
		r.mu.Unlock()
		answer(n, w, q)
	}))
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) host() string { return r.Listener.Addr().String() }

// requests returns what has arrived.
func (r *receiver) requests() []*http.Request {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.got
}

// client is one that sleeps by c, with the longest waits.
func client(t *testing.T, c *clock, o deliver.Options) *deliver.Client {
	t.Helper()
	o.Clock = c
	o.Jitter = func() float64 { return 1 }
	client, err := deliver.New(o)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, client.Close()) })
	return client
}

func hook(url string) *batch.ComposedWebhook {
	return &batch.ComposedWebhook{Method: "POST", URL: url, Key: "k1", Body: "{}", Headers: map[string]string{"Content-Type": "application/json"}}
}

// status answers every request with the same status.
func status(code int, headers ...string) func(int, http.ResponseWriter, *http.Request) {
	return func(_ int, w http.ResponseWriter, _ *http.Request) {
		for _, h := range headers {
			name, value, _ := strings.Cut(h, ": ")
			w.Header().Set(name, value)
		}
		w.WriteHeader(code)
	}
}

// first answers one way the first time and with 200 later.
func first(answer func(int, http.ResponseWriter, *http.Request)) func(int, http.ResponseWriter, *http.Request) {
	return func(n int, w http.ResponseWriter, q *http.Request) {
		if n == 0 {
			answer(n, w, q)
		}
	}
}

// raw takes the connection over.
func raw(use func(*net.TCPConn)) func(int, http.ResponseWriter, *http.Request) {
	return func(_ int, w http.ResponseWriter, _ *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		defer conn.Close()
		use(conn.(*net.TCPConn))
	}
}

// drip writes a byte now and then until nobody listens.
func drip(conn net.Conn) {
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for range tick.C {
		if _, err := conn.Write([]byte("x")); err != nil {
			return
		}
	}
}
