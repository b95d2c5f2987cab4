package deliver

import (
	"context"
	"crypto/x509"
	"math/rand/v2"
	"strings"
	"time"

	"golang.org/x/time/rate"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/batch/fetch"
	"github.com/plugreel/plugreel/sdk"
)

// The limits of the zero Options.
const (
	DefaultTimeout  = 5 * time.Second
	DefaultAttempts = 3
	DefaultPerHost  = 8
	DefaultRate     = 50
)

// KeyHeader is the header that tells a receiver whether it has seen a webhook before.
const KeyHeader = "Idempotency-Key"

// Options says how webhooks are sent. The zero value sends them to every host of the internet.
type Options struct {
	// Allow names internal hosts that may be reached, in the form of fetch.Options.Allow.
	Allow []string
	// Redact takes secrets out of errors; nil leaves them as they are. Calls may overlap.
	Redact func(string) string

	Timeout  time.Duration // for one attempt, redirects included; 0 means DefaultTimeout, negative none
	Attempts int           // for each webhook; 0 means DefaultAttempts
	PerHost  int           // attempts under way at one host; 0 means DefaultPerHost
	Rate     float64       // attempts a second at one host, after PerHost at once; 0 means DefaultRate, negative no limit

	Clock  Clock          // of the waits between attempts; nil is the machine's
	Jitter func() float64 // from 0 to 1, for those waits; nil is a random one. Calls may overlap

	RootCAs  *x509.CertPool // whom to trust for https; nil means whom the system trusts
	Resolver fetch.Resolver // nil is net.DefaultResolver
	Dial     fetch.DialFunc // nil is that of a net.Dialer
}

func (o Options) withDefaults() Options {
	if o.Timeout == 0 {
		o.Timeout = DefaultTimeout
	}
	if o.Attempts <= 0 {
		o.Attempts = DefaultAttempts
	}
	if o.PerHost <= 0 {
		o.PerHost = DefaultPerHost
	}
	if o.Rate == 0 {
		o.Rate = DefaultRate
	}
	if o.Clock == nil {
		o.Clock = machine{}
	}
	if o.Jitter == nil {
		o.Jitter = rand.Float64
	}
	return o
}

// limit is Rate in the terms of package rate.
func (o Options) limit() rate.Limit {
	if o.Rate < 0 {
		return rate.Inf
	}
	return rate.Limit(o.Rate)
}

// Client sends webhooks. Its methods may be called from several goroutines.
type Client struct {
	fetch    *fetch.Client
	hosts    hosts
	attempts int
	clock    Clock
	jitter   func() float64
}

var _ batch.Deliverer = (*Client)(nil)

// New checks the options. It opens no connection. The error says what is wrong with Allow.
func New(o Options) (*Client, error) {
	o = o.withDefaults()
	client, err := fetch.New(fetch.Options{
		Public: true, Allow: o.Allow, Redact: o.Redact, Timeout: o.Timeout,
		RootCAs: o.RootCAs, Resolver: o.Resolver, Dial: o.Dial,
	})
	if err != nil {
		return nil, err
	}
	return &Client{
		fetch: client, attempts: o.Attempts, clock: o.Clock, jitter: o.Jitter,
		hosts: hosts{perHost: o.PerHost, rate: o.limit(), byName: map[string]*host{}},
	}, nil
}

// Close ends the attempts that are under way and closes all connections.
func (c *Client) Close() error { return c.fetch.Close() }

// Deliver sends a webhook, up to Options.Attempts times, and returns when it has arrived or will
// not. When ctx ends first, the receipt's error is ctx's.
func (c *Client) Deliver(ctx context.Context, w *batch.ComposedWebhook) batch.Receipt {
	h := c.hosts.use(w.URL, c.clock.Now())
	defer func() { h.leave(c.clock.Now()) }()
	request := requestOf(w)
	var r batch.Receipt
	for {
		v := c.attempt(ctx, h, request)
		if ctx.Err() != nil && v.err != nil {
			r.Err = ctx.Err()
			return r
		}
		r.Attempts++
		r.Status, r.Refused, r.Err = v.status, v.refused, v.err
		if !v.again || r.Attempts == c.attempts {
			return r
		}
		if err := c.clock.Sleep(ctx, max(v.pause, backoff(r.Attempts, c.jitter()))); err != nil {
			r.Err = err
			return r
		}
	}
}

// attempt sends a request when it is its turn.
func (c *Client) attempt(ctx context.Context, h *host, r *sdk.Request) verdict {
	done, err := h.turn(ctx, c.clock)
	if err != nil {
		return verdict{err: err}
	}
	defer done()
	answer, err := c.fetch.Send(ctx, r)
	v := judge(answer, err, c.clock.Now())
	if v.pause > 0 {
		h.pause(c.clock.Now().Add(v.pause))
	}
	return v
}

func requestOf(w *batch.ComposedWebhook) *sdk.Request {
	r := &sdk.Request{Method: w.Method, URL: w.URL, Body: []byte(w.Body)}
	keyed := w.Key == ""
	for name, value := range w.Headers {
		keyed = keyed || strings.EqualFold(name, KeyHeader)
		r.Headers = append(r.Headers, [2]string{name, value})
	}
	if !keyed {
		r.Headers = append(r.Headers, [2]string{KeyHeader, w.Key})
	}
	return r
}
