package deliver_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/batch/deliver"
)

func TestDeliver(t *testing.T) {
	const second = time.Second
	write := func(text string) func(int, http.ResponseWriter, *http.Request) {
		return raw(func(conn *net.TCPConn) { _, _ = io.WriteString(conn, text) })
	}
	timeouts := map[string]time.Duration{ // any other row does not depend on how fast the machine is
		"hangs": 50 * time.Millisecond, "drips its head": 50 * time.Millisecond, "drips its body": time.Second,
	}
	for _, c := range []struct {
		name, reason string
		answer       func(n int, w http.ResponseWriter, q *http.Request)
		want         batch.Receipt // without Err
		err          string        // part of it; "" is none
		slept        []time.Duration
	}{
		{"200", "delivered", status(200), batch.Receipt{Status: 200, Attempts: 1}, "", nil},
		{"304", "below 400 is no error", status(304), batch.Receipt{Status: 304, Attempts: 1}, "", nil},
		{"500, then 200", "a server's error may pass", first(status(500)), batch.Receipt{Status: 200, Attempts: 2}, "", []time.Duration{second}},
		{"503", "three attempts, each after twice the wait", status(503), batch.Receipt{Status: 503, Attempts: 3}, "got status 503 Service Unavailable", []time.Duration{second, 2 * second}},
		{"599", "a status without a name", status(599), batch.Receipt{Status: 599, Attempts: 3}, "got status 599", []time.Duration{second, 2 * second}},
		{"429 with seconds", "the receiver knows better", first(status(429, "Retry-After: 30")), batch.Receipt{Status: 200, Attempts: 2}, "", []time.Duration{30 * second}},
		{"429 with a date", "likewise", first(status(429, "Retry-After: Mon, 01 Jan 2024 12:00:07 GMT")), batch.Receipt{Status: 200, Attempts: 2}, "", []time.Duration{7 * second}},
		{"503 for a day", "there is a limit", first(status(503, "Retry-After: 86400")), batch.Receipt{Status: 200, Attempts: 2}, "", []time.Duration{deliver.MaxRetryAfter}},
		{"429 at once", "the wait is never shorter than ours", first(status(429, "Retry-After: 0")), batch.Receipt{Status: 200, Attempts: 2}, "", []time.Duration{second}},
		{"400", "it would be the same again", status(400, "Retry-After: 1"), batch.Receipt{Status: 400, Attempts: 1}, "got status 400 Bad Request", nil},
		{"410", "likewise", status(410), batch.Receipt{Status: 410, Attempts: 1}, "got status 410 Gone", nil},
		{"reset", "a network error may pass", raw(func(conn *net.TCPConn) { _ = conn.SetLinger(0) }), batch.Receipt{Attempts: 3}, "connection reset", []time.Duration{second, 2 * second}},
		{"reset, then 200", "as here", first(raw(func(conn *net.TCPConn) { _ = conn.SetLinger(0) })), batch.Receipt{Status: 200, Attempts: 2}, "", []time.Duration{second}},
		{"closed", "no answer at all", raw(func(*net.TCPConn) {}), batch.Receipt{Attempts: 3}, "EOF", []time.Duration{second, 2 * second}},
		{"no HTTP", "likewise", write("220 mail.example.org ESMTP\r\n"), batch.Receipt{Attempts: 3}, "malformed HTTP", []time.Duration{second, 2 * second}},
		{"hangs", "an attempt has its time", raw(func(conn *net.TCPConn) { _, _ = io.Copy(io.Discard, conn) }), batch.Receipt{Attempts: 3}, "got no whole answer in 50ms", []time.Duration{second, 2 * second}},
		{"drips its head", "bytes are no answer", raw(func(conn *net.TCPConn) {
			_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nX-A: ")
			drip(conn)
		}), batch.Receipt{Attempts: 3}, "got no whole answer in 50ms", []time.Duration{second, 2 * second}},
		{"drips its body", "the head is the answer", raw(func(conn *net.TCPConn) {
			_, _ = io.WriteString(conn, "HTTP/1.1 202 Accepted\r\n\r\n")
			drip(conn)
		}), batch.Receipt{Status: 202, Attempts: 1}, "", nil},
		{"endless body", "nobody reads it", func(_ int, w http.ResponseWriter, q *http.Request) {
			for page := make([]byte, 1<<16); q.Context().Err() == nil; {
				if _, err := w.Write(page); err != nil {
					return
				}
			}
		}, batch.Receipt{Status: 200, Attempts: 1}, "", nil},
		{"301 to a private address", "a redirect gains nothing", status(301, "Location: http://10.0.0.7/"), batch.Receipt{Attempts: 1, Refused: true}, "redirect to http://10.0.0.7/: address 10.0.0.7 of \"10.0.0.7\" is internal (private)", nil},
		{"307 to metadata", "likewise", status(307, "Location: http://169.254.169.254/latest/"), batch.Receipt{Attempts: 1, Refused: true}, "is internal (cloud metadata)", nil},
		{"301 to another port of loopback", "one port was named", status(301, "Location: http://127.0.0.1:1/"), batch.Receipt{Attempts: 1, Refused: true}, "is internal (loopback)", nil},
		{"302 to a file", "no URL of the web", status(302, "Location: file:///etc/passwd"), batch.Receipt{Attempts: 1, Refused: true}, "want http or https", nil},
		{"redirects in a circle", "they end", status(302, "Location: /"), batch.Receipt{Attempts: 1}, "more than 20 redirects", nil},
		{"302, then 200", "followed", first(status(302, "Location: /thanks")), batch.Receipt{Status: 200, Attempts: 1}, "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, clock := serve(t, c.answer), newClock()
			d := client(t, clock, deliver.Options{Allow: []string{s.host()}, Timeout: timeouts[c.name], Rate: -1})
			got := d.Deliver(t.Context(), hook(s.URL))
			if c.err == "" {
				require.NoError(t, got.Err, c.reason)
			} else {
				require.ErrorContains(t, got.Err, c.err, c.reason)
			}
			got.Err = nil
			assert.Equal(t, c.want, got, c.reason)
			assert.Equal(t, c.slept, clock.slept, c.reason)
		})
	}
}

func TestNobodyListens(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, l.Close())
	d := client(t, newClock(), deliver.Options{Allow: []string{"127.0.0.1"}})
	got := d.Deliver(t.Context(), hook("http://"+l.Addr().String()+"/?token=t0k3n"))
	require.ErrorContains(t, got.Err, "connection refused")
	assert.NotContains(t, got.Err.Error(), "t0k3n")
	assert.Equal(t, 3, got.Attempts)
}

func TestRefused(t *testing.T) {
	s := serve(t, status(200))
	resolver := names{"metadata.google.internal": "169.254.169.254", "db.internal": "10.0.0.7", "rebound.example.org": "127.0.0.1"}
	d := client(t, newClock(), deliver.Options{Resolver: resolver})
	for _, c := range []struct{ name, url, want string }{
		{"loopback", s.URL, "loopback"},
		{"loopback, in decimal", "http://2130706433/", "loopback"},
		{"IPv6 loopback", "http://[::1]/", "loopback"},
		{"IPv4 in IPv6", "http://[::ffff:10.0.0.7]/", "private"},
		{"link-local", "http://169.254.1.1/", "link-local"},
		{"metadata", "http://169.254.169.254/latest/meta-data/", "cloud metadata"},
		{"a name of metadata", "http://metadata.google.internal/", "cloud metadata"},
		{"a private name", "http://db.internal/", "private"},
		{"a public name with an internal address", "http://rebound.example.org/", "loopback"},
		{"another scheme", "ftp://example.org/", "want http or https"},
		{"no URL", "http://%zz/", "not a URL"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := d.Deliver(t.Context(), hook(c.url))
			require.ErrorContains(t, got.Err, c.want)
			assert.True(t, got.Refused)
			assert.Equal(t, 1, got.Attempts, "once is enough")
		})
	}
	w := hook("http://example.org/")
	w.Method = "GET"
	assert.True(t, d.Deliver(t.Context(), w).Refused, "a body that GET cannot have")
	w = hook("http://example.org/")
	w.Headers["a"] = "b\r\nc: d"
	assert.True(t, d.Deliver(t.Context(), w).Refused, "a header that would be two")
	assert.Empty(t, s.requests())
}

// names is a name system.
type names map[string]string

func (n names) LookupNetIP(_ context.Context, _, host string) ([]netip.Addr, error) {
	if addr, ok := n[host]; ok {
		return []netip.Addr{netip.MustParseAddr(addr)}, nil
	}
	return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
}

// TestPublicHosts dials what a public name stands for, and waits out a name system that fails.
func TestPublicHosts(t *testing.T) {
	s := serve(t, status(200))
	var dialled []string
	o := deliver.Options{
		Resolver: names{"hooks.example.org": "93.184.216.34"},
		Dial: func(ctx context.Context, network, address string) (net.Conn, error) {
			dialled = append(dialled, address)
			return (&net.Dialer{}).DialContext(ctx, network, s.host())
		},
	}
	d := client(t, newClock(), o)
	require.NoError(t, d.Deliver(t.Context(), hook("http://hooks.example.org/x")).Err, "nobody has to name it")
	assert.Equal(t, []string{"93.184.216.34:80"}, dialled)
	got := d.Deliver(t.Context(), hook("http://none.example.org/"))
	require.ErrorContains(t, got.Err, "no such host")
	assert.Equal(t, 3, got.Attempts)
}

func TestRequest(t *testing.T) {
	var bodies []string
	s := serve(t, func(n int, w http.ResponseWriter, q *http.Request) {
		body, _ := io.ReadAll(q.Body)
		bodies = append(bodies, string(body))
		if n == 0 {
			w.WriteHeader(503)
		}
	})
	d := client(t, newClock(), deliver.Options{Allow: []string{s.host()}})
	w := hook(s.URL)
	w.Method = "PUT"
	require.NoError(t, d.Deliver(t.Context(), w).Err)
	for _, q := range s.requests() {
		assert.Equal(t, "PUT", q.Method)
		assert.Equal(t, "application/json", q.Header.Get("Content-Type"))
		assert.Equal(t, "k1", q.Header.Get(deliver.KeyHeader), "every attempt has the same")
	}
	assert.Equal(t, []string{"{}", "{}"}, bodies)

	w.Headers["idempotency-key"] = "mine"
	require.NoError(t, d.Deliver(t.Context(), w).Err)
	assert.Equal(t, []string{"mine"}, s.requests()[2].Header.Values(deliver.KeyHeader), "the plugin's own wins")
	w = hook(s.URL)
	w.Key = ""
	require.NoError(t, d.Deliver(t.Context(), w).Err)
	assert.Empty(t, s.requests()[3].Header.Values(deliver.KeyHeader))
}

// TestPerHost has ten webhooks wait for two hosts, each of which takes two at a time.
func TestPerHost(t *testing.T) {
	var now, most atomic.Int64
	arrived, leave := make(chan struct{}, 20), make(chan struct{})
	answer := func(int, http.ResponseWriter, *http.Request) {
		most.Store(max(most.Load(), now.Add(1)))
		arrived <- struct{}{}
		<-leave
		now.Add(-1)
	}
	a, b := serve(t, answer), serve(t, answer)
	d := client(t, newClock(), deliver.Options{Allow: []string{"127.0.0.1"}, PerHost: 2, Rate: -1})
	var all sync.WaitGroup
	for i := range 10 {
		all.Go(func() { assert.NoError(t, d.Deliver(t.Context(), hook([]string{a.URL, b.URL}[i%2])).Err) })
	}
	for range 4 {
		<-arrived
	}
	assert.EqualValues(t, 4, now.Load(), "two for each")
	close(leave)
	all.Wait()
	assert.LessOrEqual(t, most.Load(), int64(4))
	assert.Len(t, a.requests(), 5)
	assert.Len(t, b.requests(), 5)
}

func TestRate(t *testing.T) {
	s, clock := serve(t, status(200)), newClock()
	d := client(t, clock, deliver.Options{Allow: []string{s.host()}, Rate: 2, PerHost: 1})
	for range 5 {
		require.NoError(t, d.Deliver(t.Context(), hook(s.URL)).Err)
	}
	assert.Equal(t, 2*time.Second, clock.since(), "the first at once, then two a second")
}

// TestPause has one receiver ask for peace.
func TestPause(t *testing.T) {
	clock := newClock()
	busy, idle := serve(t, status(429, "Retry-After: 60")), serve(t, status(200))
	d := client(t, clock, deliver.Options{Allow: []string{"127.0.0.1"}, Attempts: 1, Rate: -1})
	require.Error(t, d.Deliver(t.Context(), hook(busy.URL)).Err)
	require.NoError(t, d.Deliver(t.Context(), hook(idle.URL)).Err)
	assert.Zero(t, clock.since(), "it was not the other's wish")
	require.Error(t, d.Deliver(t.Context(), hook(busy.URL)).Err)
	assert.Equal(t, time.Minute, clock.since())
}

// alarm is a clock that ends the run of whoever falls asleep.
type alarm struct {
	*clock
	ring context.CancelFunc
}

func (a alarm) Sleep(ctx context.Context, d time.Duration) error {
	if d > 0 {
		a.ring()
		<-ctx.Done()
	}
	return ctx.Err()
}

func TestStopped(t *testing.T) {
	for _, c := range []struct {
		name   string
		rate   float64
		before int // webhooks that go through
		answer func(stop func()) func(int, http.ResponseWriter, *http.Request)
	}{
		{"between two attempts", -1, 0, func(func()) func(int, http.ResponseWriter, *http.Request) { return status(500) }},
		{"before its turn", 1e-9, 1, func(func()) func(int, http.ResponseWriter, *http.Request) { return status(200) }},
		{"in an attempt", -1, 0, func(stop func()) func(int, http.ResponseWriter, *http.Request) {
			return func(_ int, _ http.ResponseWriter, q *http.Request) {
				_, _ = io.Copy(io.Discard, q.Body) // only then does the server see that the client has gone
				stop()
				<-q.Context().Done()
			}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			s := serve(t, c.answer(stop))
			d, err := deliver.New(deliver.Options{Allow: []string{s.host()}, Rate: c.rate, PerHost: 1, Clock: alarm{newClock(), stop}})
			require.NoError(t, err)
			defer d.Close()
			for range c.before {
				require.NoError(t, d.Deliver(ctx, hook(s.URL)).Err)
			}
			require.ErrorIs(t, d.Deliver(ctx, hook(s.URL)).Err, context.Canceled)
		})
	}
}

func TestClosed(t *testing.T) {
	d, err := deliver.New(deliver.Options{})
	require.NoError(t, err)
	require.NoError(t, d.Close())
	got := d.Deliver(t.Context(), hook("http://example.org/"))
	require.ErrorContains(t, got.Err, "closed")
	assert.Equal(t, 1, got.Attempts)
}

func TestAllowIsChecked(t *testing.T) {
	_, err := deliver.New(deliver.Options{Allow: []string{"http://x/"}})
	require.ErrorContains(t, err, `--allow-net "http://x/"`)
}

// TestHostsAreForgotten sends to more hosts than anybody remembers.
func TestHostsAreForgotten(t *testing.T) {
	clock := newClock()
	d := client(t, clock, deliver.Options{Attempts: 1, Rate: -1})
	for i := range deliver.ManyHosts + 10 {
		d.Deliver(t.Context(), hook(fmt.Sprintf("http://127.0.0.1:%d/", i+1)))
	}
	assert.Equal(t, deliver.ManyHosts+10, d.Known(), "what was used just now is known")
	require.NoError(t, clock.Sleep(t.Context(), time.Hour))
	d.Deliver(t.Context(), hook("http://127.0.0.2/"))
	assert.Equal(t, 1, d.Known())
}

func TestMachineClock(t *testing.T) {
	var m deliver.Machine
	require.NoError(t, m.Sleep(t.Context(), 0))
	require.NoError(t, m.Sleep(t.Context(), time.Nanosecond))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, m.Sleep(ctx, time.Hour), context.Canceled)
	require.ErrorIs(t, m.Sleep(ctx, -1), context.Canceled)
	assert.WithinDuration(t, time.Now(), m.Now(), time.Minute)
}
