package watchdog_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch/internal/watchdog"
	"github.com/plugreel/plugreel/sdk"
)

// call runs f as a hook call under g.
func call(g *watchdog.Guard, meta *sdk.PluginMeta, f func(context.Context)) (cause error, left bool) {
	meta.Begin(context.Background())
	g.Enter(meta)
	f(meta.Context())
	left = g.Leave()
	return meta.End(), left
}

func newMeta(t *testing.T) *sdk.PluginMeta {
	meta, err := sdk.NewMeta(sdk.MetaConfig{})
	require.NoError(t, err)
	return meta
}

// watched runs f with a watcher in a bubble of fake time.
func watched(t *testing.T, limit time.Duration, f func(*watchdog.Guard, context.CancelCauseFunc)) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(t.Context())
		defer cancel(nil)
		g, done := watchdog.New(limit, watchdog.Heap{}), make(chan struct{})
		go g.Watch(ctx, done)
		f(g, cancel)
		close(done)
	})
}

func wait(ctx context.Context) { <-ctx.Done() }

func TestLimit(t *testing.T) {
	for _, limit := range []time.Duration{10 * time.Millisecond, time.Second, 30 * time.Second} {
		watched(t, limit, func(g *watchdog.Guard, _ context.CancelCauseFunc) {
			start := time.Now()
			cause, left := call(g, newMeta(t), wait)
			took := time.Since(start)

			assert.ErrorIs(t, cause, sdk.ErrTimeout)
			assert.True(t, left)
			assert.GreaterOrEqual(t, took, limit)
			assert.LessOrEqual(t, took, limit+500*time.Millisecond)
		})
	}
}

func TestCallsAreToldApart(t *testing.T) {
	watched(t, time.Second, func(g *watchdog.Guard, _ context.CancelCauseFunc) {
		a, b := newMeta(t), newMeta(t)
		for range 20 { // together far more than the limit, each well below it
			for _, meta := range []*sdk.PluginMeta{a, b} {
				cause, left := call(g, meta, func(context.Context) { time.Sleep(900 * time.Millisecond) })
				assert.NoError(t, cause)
				assert.True(t, left)
			}
		}
	})
}

func TestAbandonsACallThatDoesNotListen(t *testing.T) {
	watched(t, time.Second, func(g *watchdog.Guard, _ context.CancelCauseFunc) {
		release := make(chan struct{})
		left := make(chan bool)
		go func() {
			_, ok := call(g, newMeta(t), func(context.Context) { <-release })
			left <- ok
		}()
		start := time.Now()
		<-g.Abandoned()
		assert.GreaterOrEqual(t, time.Since(start), time.Second+watchdog.Grace)
		close(release)
		assert.False(t, <-left, "Leave after the call was abandoned")
	})
}

func TestNoLimit(t *testing.T) {
	watched(t, -1, func(g *watchdog.Guard, _ context.CancelCauseFunc) {
		cause, left := call(g, newMeta(t), func(context.Context) { time.Sleep(24 * time.Hour) })
		assert.NoError(t, cause)
		assert.True(t, left)
	})
}

func TestEndOfTheRunStopsCalls(t *testing.T) {
	for _, limit := range []time.Duration{-1, time.Hour} {
		watched(t, limit, func(g *watchdog.Guard, cancel context.CancelCauseFunc) {
			interrupted := errors.New("interrupted")
			time.AfterFunc(time.Minute, func() { cancel(interrupted) })
			start := time.Now()
			cause, left := call(g, newMeta(t), wait)
			assert.ErrorIs(t, cause, interrupted)
			assert.True(t, left)
			assert.Equal(t, time.Minute, time.Since(start), "at once, whatever the limit")

			cause, _ = call(g, newMeta(t), wait)
			assert.ErrorIs(t, cause, interrupted, "calls that begin later")
		})
	}
}

func TestHeap(t *testing.T) {
	errFull := errors.New("full")
	synctest.Test(t, func(t *testing.T) {
		var used atomic.Uint64
		heap := watchdog.Heap{Max: 100, Read: used.Load, Cause: errFull}
		g, done := watchdog.New(time.Minute, heap), make(chan struct{})
		defer close(done)
		go g.Watch(t.Context(), done)

		cause, left := call(g, newMeta(t), func(context.Context) { time.Sleep(10 * time.Second); used.Store(100) })
		require.NoError(t, cause, "at the limit, not beyond")
		assert.True(t, left)
		used.Store(101)
		start := time.Now()
		cause, left = call(g, newMeta(t), wait)
		require.ErrorIs(t, cause, errFull)
		assert.True(t, left)
		assert.LessOrEqual(t, time.Since(start), 200*time.Millisecond, "found at the second tick of the call")
	})
}
