// Package watchdog stops hook calls that take too long or too much memory, and gives up those
// that do not listen.
//
// The front door is [Guard]. A worker says Enter before every hook call and Leave after it; a
// goroutine in [Guard.Watch] looks from time to time.
//
// # Design notes
//
// A call costs the worker two atomic operations: no timer is set and no clock is read. The
// watcher sees at each tick whether the call is still the one that it saw at the last, so a
// call ends between one limit and one limit plus two ticks.
//
// Compiled-in code can be asked to stop, not made to. When a call goes on for a second after it was
// asked, the guard abandons it: whoever runs it learns from Leave, if it ever returns, that
// nothing is its own any more. Leave and the watcher settle by one compare-and-swap who of
// them was first.
package watchdog

import (
	"context"
	"math"
	"sync/atomic"
	"time"

	"github.com/plugreel/plugreel/sdk"
)

const (
	// Grace is how long a call may go on after it was asked to stop.
	Grace = time.Second

	ticksPerLimit = 20
	minTick       = time.Millisecond
	maxTick       = 50 * time.Millisecond
)

// Heap watches the memory of the process. It cannot tell who took it: a call that is running while
// there is too much, and was already at the last tick, is stopped. The zero value watches nothing.
type Heap struct {
	Max   uint64        // bytes; 0 allows any
	Read  func() uint64 // bytes in use
	Cause error         // with which calls are stopped
}

// Guard watches the hook calls of one goroutine, which alone calls Enter and Leave.
type Guard struct {
	limit     time.Duration
	heap      Heap
	abandoned chan struct{}

	last uint64 // number of the last call entered
	call atomic.Uint64
	meta atomic.Pointer[sdk.PluginMeta]
}

// gone is what Guard.call holds after the call was abandoned.
const gone = ^uint64(0)

// New returns a guard that allows each call limit; one that is not positive allows any time.
func New(limit time.Duration, heap Heap) *Guard {
	return &Guard{limit: limit, heap: heap, abandoned: make(chan struct{})}
}

// Enter says that a call has begun: meta.Begin was called and meta.End was not.
func (g *Guard) Enter(meta *sdk.PluginMeta) {
	if g.meta.Load() != meta {
		g.meta.Store(meta)
	}
	g.last++
	g.call.Store(g.last)
}

// Leave says that the call has returned. If it returns false the call was abandoned, and the
// goroutine must end without touching anything.
func (g *Guard) Leave() bool { return g.call.CompareAndSwap(g.last, 0) }

// Abandoned is closed when a call was abandoned.
func (g *Guard) Abandoned() <-chan struct{} { return g.abandoned }

// Watch looks after the calls until done is closed or a call was abandoned. When ctx ends, it
// stops the call that is running and those that begin later.
func (g *Guard) Watch(ctx context.Context, done <-chan struct{}) {
	w := watcher{guard: g, limit: g.limit, cause: sdk.ErrTimeout}
	if g.limit <= 0 {
		w.limit = math.MaxInt64
	}
	ticks := time.NewTicker(tick(w.limit))
	defer ticks.Stop()
	ended := ctx.Done()
	for {
		select {
		case <-done:
			return
		case <-ended:
			ended = nil
			w.limit, w.cause = 0, context.Cause(ctx)
			ticks.Reset(tick(Grace))
			w.look(time.Now())
		case now := <-ticks.C:
			if w.look(now); w.over {
				return
			}
		}
	}
}

func tick(limit time.Duration) time.Duration {
	return max(minTick, min(maxTick, limit/ticksPerLimit))
}

// watcher is what Watch remembers between ticks.
type watcher struct {
	guard   *Guard
	limit   time.Duration
	cause   error     // why calls are stopped
	seen    uint64    // the call that was running at the last tick
	since   time.Time // when it was first seen
	stopped time.Time // when it was asked to stop, zero if it was not
	over    bool      // it was abandoned
}

func (w *watcher) look(now time.Time) {
	call := w.guard.call.Load()
	first := call != w.seen
	if first {
		w.seen, w.since, w.stopped = call, now, time.Time{}
	}
	switch {
	case call == 0:
	case w.stopped.IsZero():
		cause := w.cause
		if now.Sub(w.since) < w.limit {
			if first || !w.guard.heap.full() {
				return
			}
			cause = w.guard.heap.Cause
		}
		if w.guard.stop(call, cause) {
			w.stopped = now
		}
	case now.Sub(w.stopped) >= Grace:
		w.over = w.guard.abandon(call)
	}
}

func (h *Heap) full() bool { return h.Max > 0 && h.Read() > h.Max }

// stop asks a call to end, unless it has. A call is one of the meta's only as long as it is
// running: its number there is read while it certainly is.
func (g *Guard) stop(call uint64, cause error) bool {
	meta := g.meta.Load()
	number := meta.Running()
	if g.call.Load() != call {
		return false
	}
	return meta.Stop(number, cause)
}

func (g *Guard) abandon(call uint64) bool {
	if !g.call.CompareAndSwap(call, gone) {
		return false
	}
	close(g.abandoned)
	return true
}
