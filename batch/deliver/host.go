package deliver

import (
	"context"
	"net/url"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// hosts knows how each host is to be spared.
type hosts struct {
	perHost int
	rate    rate.Limit

	mu     sync.Mutex
	byName map[string]*host
}

// Hosts that nobody has asked for for a while are forgotten when there are many.
const (
	manyHosts = 1024
	forgotten = 2 * MaxRetryAfter
)

// host is one receiver: a name with a port.
type host struct {
	slots   chan struct{} // one for each request under way
	limiter *rate.Limiter

	mu     sync.Mutex
	opens  time.Time // no request before it
	waits  int       // users
	latest time.Time // end of the latest use
}

// use returns the host of a URL. The caller calls leave.
func (hs *hosts) use(address string, now time.Time) *host {
	name := address
	if u, err := url.Parse(address); err == nil {
		name = u.Scheme + "://" + strings.ToLower(u.Host)
	}
	hs.mu.Lock()
	defer hs.mu.Unlock()
	h := hs.byName[name]
	if h == nil {
		hs.forget(now)
		h = &host{slots: make(chan struct{}, hs.perHost), limiter: rate.NewLimiter(hs.rate, hs.perHost)}
		hs.byName[name] = h
	}
	h.enter()
	return h
}

// forget drops hosts that nobody uses, if there are too many.
func (hs *hosts) forget(now time.Time) {
	if len(hs.byName) < manyHosts {
		return
	}
	for name, h := range hs.byName {
		if h.idle(now) {
			delete(hs.byName, name)
		}
	}
}

func (h *host) enter() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.waits++
}

func (h *host) leave(now time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.waits--
	h.latest = now
}

// idle says that a host that is forgotten and comes back is treated no other way.
func (h *host) idle(now time.Time) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.waits == 0 && now.Sub(h.latest) > forgotten
}

// turn waits until a request may be sent. The caller calls done after it.
func (h *host) turn(ctx context.Context, clock Clock) (done func(), err error) {
	select {
	case h.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	done = func() { <-h.slots }
	if err := h.wait(ctx, clock); err != nil {
		done()
		return nil, err
	}
	return done, nil
}

func (h *host) wait(ctx context.Context, clock Clock) error {
	now := clock.Now()
	if err := clock.Sleep(ctx, h.limiter.ReserveN(now, 1).DelayFrom(now)); err != nil {
		return err
	}
	for {
		left := h.closed(clock.Now())
		if left <= 0 {
			return nil
		}
		if err := clock.Sleep(ctx, left); err != nil {
			return err
		}
	}
}

func (h *host) closed(now time.Time) time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.opens.Sub(now)
}

// pause keeps requests back until the given time.
func (h *host) pause(until time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if until.After(h.opens) {
		h.opens = until
	}
}
