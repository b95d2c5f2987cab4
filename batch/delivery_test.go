package batch_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/batch/internal/output"
	"github.com/plugreel/plugreel/batch/internal/output/faultfs"
	"github.com/plugreel/plugreel/sdk"
)

// deliverer is a Deliverer of one function.
type deliverer func(context.Context, *batch.ComposedWebhook) batch.Receipt

func (d deliverer) Deliver(ctx context.Context, w *batch.ComposedWebhook) batch.Receipt {
	return d(ctx, w)
}

// byPath does with the webhooks of webhook() what the last element of their URL says.
func byPath(_ context.Context, w *batch.ComposedWebhook) batch.Receipt {
	switch {
	case strings.HasSuffix(w.URL, "/gone"):
		return batch.Receipt{Status: 410, Attempts: 1, Err: errors.New("got status\n410")}
	case strings.HasSuffix(w.URL, "/down"):
		return batch.Receipt{Attempts: 3, Err: errors.New("no answer")}
	case strings.HasSuffix(w.URL, "/inside"):
		return batch.Receipt{Attempts: 1, Refused: true, Err: errors.New("internal")}
	}
	return batch.Receipt{Status: 200, Attempts: 2}
}

func events(names ...string) batch.Source {
	var records []string
	for _, n := range names {
		records = append(records, fmt.Sprintf(`{"event":%q,"uuid":"u-%s"}`, n, n))
	}
	return batch.Records(records...)
}

func decode[T any](t *testing.T, lines string) (all []T) {
	t.Helper()
	for line := range strings.Lines(lines) {
		var v T
		require.NoError(t, json.Unmarshal([]byte(line), &v), line)
		all = append(all, v)
	}
	return all
}

func TestDeliveries(t *testing.T) {
	var told []batch.Delivery
	o := batch.Options{Deliverer: deliverer(byPath), OnUndelivered: func(d batch.Delivery) { told = append(told, d) }}
	got := replay(t, batch.Chain{webhook(), hello()}, events("a", "gone", "down", "inside", "b"), o)
	require.NoError(t, got.err)
	ds := decode[batch.Delivery](t, got.deliveries)
	require.Len(t, ds, 5)
	keys := map[string]bool{}
	for i := range ds {
		assert.Len(t, ds[i].Key, 32)
		keys[ds[i].Key] = true
		ds[i].Key = ""
	}
	assert.Len(t, keys, 5)
	assert.Equal(t, []batch.Delivery{
		{Plugin: "webhook", UUID: "u-a", URL: "https://example.com/a", Delivered: true, Status: 200, Attempts: 2},
		{Plugin: "webhook", UUID: "u-gone", URL: "https://example.com/gone", Status: 410, Attempts: 1, Error: "got status ⏎ 410"},
		{Plugin: "webhook", UUID: "u-down", URL: "https://example.com/down", Attempts: 3, Error: "no answer"},
		{Plugin: "webhook", UUID: "u-inside", URL: "https://example.com/inside", Refused: true, Attempts: 1, Error: "internal"},
		{Plugin: "webhook", UUID: "u-b", URL: "https://example.com/b", Delivered: true, Status: 200, Attempts: 2},
	}, ds)

	kept := decode[batch.ComposedWebhook](t, got.webhooks)
	require.Len(t, kept, 3, "those that did not arrive, and can be sent once more")
	for i, url := range []string{"https://example.com/gone", "https://example.com/down", "https://example.com/inside"} {
		assert.Equal(t, url, kept[i].URL)
		assert.True(t, keys[kept[i].Key], "with the same key")
	}
	assert.Equal(t, &batch.DeliveryReport{Sent: 9, Retried: 4, Delivered: 2, Failed: 2, Refused: 1}, got.report.Plugins[0].Deliveries)
	assert.Nil(t, got.report.Plugins[1].Deliveries, "it composes none")
	assert.EqualValues(t, 3, got.report.Undelivered())
	assert.EqualValues(t, 5, got.report.Settled())
	assert.EqualValues(t, 3, got.report.Failures())
	assert.Len(t, told, 3)
}

func TestOnUndeliveredEnds(t *testing.T) {
	told := 0
	o := batch.Options{Deliverer: deliverer(byPath), OnUndelivered: func(batch.Delivery) { told++ }}
	got := replay(t, batch.Chain{webhook()}, events(strings.Fields(strings.Repeat("gone ", 30))...), o)
	require.NoError(t, got.err)
	assert.Equal(t, batch.MaxShownLogs, told)
	assert.EqualValues(t, 30, got.report.Undelivered())
}

func TestNobodyDelivers(t *testing.T) {
	got := replay(t, batch.Chain{webhook()}, events("a"), batch.Options{})
	assert.NotContains(t, got.webhooks, `"key"`)
	assert.Empty(t, got.deliveries)
	assert.Nil(t, got.report.Plugins[0].Deliveries)
}

// TestDeliveriesAtAnyNumberOfWorkers has webhooks overtake each other: what is left is in the order
// of the input.
func TestDeliveriesAtAnyNumberOfWorkers(t *testing.T) {
	slow := deliverer(func(ctx context.Context, w *batch.ComposedWebhook) batch.Receipt {
		for range len(w.UUID) * int(w.Key[0]) % 40 {
			runtime.Gosched()
		}
		return byPath(ctx, w)
	})
	src := func() batch.Source {
		var archive bytes.Buffer
		for i := range 3_000 {
			fmt.Fprintf(&archive, `{"event":%q,"uuid":"%d","pad":"%01000d"}`+"\n", []string{"a", "gone", "down"}[i%3], i, i)
		}
		return batch.Reader("archive", &archive)
	}
	want := replay(t, batch.Chain{webhook()}, src(), batch.Options{Workers: 1, Deliverer: slow})
	require.NoError(t, want.err)
	require.Equal(t, 3_000, strings.Count(want.deliveries, "\n"))
	require.Equal(t, 2_000, strings.Count(want.webhooks, "\n"))
	got := replay(t, batch.Chain{webhook()}, src(), batch.Options{Workers: 8, Deliverer: slow})
	assert.Equal(t, want.deliveries, got.deliveries)
	assert.Equal(t, want.webhooks, got.webhooks)
	assert.Equal(t, want.out, got.out)
}

func TestFilesOfDeliveries(t *testing.T) {
	dir := t.TempDir()
	deliver := func(names ...string) {
		_, err := run(batch.Chain{webhook()}, events(names...), batch.Create(filepath.Join(dir, "out.ndjson")), batch.Options{
			Deliverer: deliverer(byPath), Deliveries: batch.Create(filepath.Join(dir, "sent")), Webhooks: batch.Create(filepath.Join(dir, "unsent")),
		})
		require.NoError(t, err)
	}
	deliver("a", "gone")
	assert.ElementsMatch(t, []string{"out.ndjson", "sent", "unsent"}, names(t, dir), "and no journal")
	for _, name := range []string{"sent", "unsent"} {
		info, err := os.Stat(filepath.Join(dir, name))
		require.NoError(t, err)
		assert.Equal(t, os.FileMode(0o600), info.Mode().Perm(), "URLs may hold credentials")
	}
	deliver("a")
	assert.ElementsMatch(t, []string{"out.ndjson", "sent"}, names(t, dir), "nothing is left to be sent")
}

// counting is an output that counts lines.
type counting struct{ lines atomic.Int64 }

func (w *counting) Write(p []byte) (int, error) {
	w.lines.Add(int64(bytes.Count(p, []byte("\n"))))
	return len(p), nil
}

func TestNothingIsSentBeforeItIsWritten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var sent atomic.Int64
		d := deliverer(func(context.Context, *batch.ComposedWebhook) batch.Receipt {
			sent.Add(1)
			return batch.Receipt{}
		})
		out := &stuckWriter{release: make(chan struct{})}
		done := make(chan error)
		go func() {
			_, err := batch.Run(t.Context(), batch.Chain{webhook()}, &manyChunks{n: 3}, batch.Writer(out), batch.Options{Deliverer: d})
			done <- err
		}()
		for n := range int64(3) {
			synctest.Wait()
			assert.Equal(t, n, sent.Load(), "chunks that are written")
			out.release <- struct{}{}
		}
		require.NoError(t, <-done)
		assert.EqualValues(t, 3, sent.Load())
	})
}

// TestInFlight holds every webhook until nothing moves any more.
func TestInFlight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out counting
		var flying atomic.Int64
		leave := make(chan struct{})
		d := deliverer(func(context.Context, *batch.ComposedWebhook) batch.Receipt {
			flying.Add(1)
			<-leave
			return batch.Receipt{}
		})
		done := make(chan error)
		go func() {
			report, err := batch.Run(t.Context(), batch.Chain{webhook()}, &manyChunks{n: 3_000}, batch.Writer(&out), batch.Options{Deliverer: d})
			assert.EqualValues(t, 3_000, report.Settled(), "the run waits for all")
			done <- err
		}()
		synctest.Wait()
		assert.EqualValues(t, batch.MaxInFlight, flying.Load())
		assert.EqualValues(t, 1025, out.lines.Load(), "delivery is behind, but not without bound")
		close(leave)
		require.NoError(t, <-done)
	})
}

// TestLargeWebhooksHoldTheRunBack has webhooks that are larger than chunks, and is then stopped.
func TestLargeWebhooksHoldTheRunBack(t *testing.T) {
	big := hooks("big", sdk.Hooks{ComposeWebhook: func(event, meta) (*sdk.Webhook, error) {
		return &sdk.Webhook{URL: "https://example.com/", Body: strings.Repeat("x", 6<<20)}, nil
	}})
	synctest.Test(t, func(t *testing.T) {
		var out counting
		d := deliverer(func(ctx context.Context, _ *batch.ComposedWebhook) batch.Receipt {
			<-ctx.Done()
			return batch.Receipt{Err: ctx.Err()}
		})
		ctx, cancel := context.WithCancelCause(t.Context())
		done := make(chan error)
		go func() {
			report, err := batch.Run(ctx, batch.Chain{big}, &manyChunks{n: 50}, batch.Writer(&out), batch.Options{Deliverer: d, Workers: 1})
			assert.Zero(t, report.Settled(), "what is stopped has no end")
			done <- err
		}()
		synctest.Wait()
		assert.EqualValues(t, 3, out.lines.Load(), "the third would be more than 16 MiB")
		cancel(errPurpose)
		require.ErrorIs(t, <-done, errPurpose)
	})
}

func TestDeliveriesOfProcesses(t *testing.T) {
	got := both(t, "webhook", func() batch.Source { return events("a", "gone", "down", "inside") }, func() batch.Options {
		return batch.Options{Deliverer: deliverer(byPath)}
	})
	assert.Equal(t, 4, strings.Count(got.deliveries, `"key"`))
}

func TestSecretsAreNotInDeliveries(t *testing.T) {
	p := hooks("p", sdk.Hooks{ComposeWebhook: func(event, meta) (*sdk.Webhook, error) {
		return &sdk.Webhook{URL: "https://example.com/s3cret/gone"}, nil
	}})
	p.Secrets = []string{"s3cret"}
	d := deliverer(func(context.Context, *batch.ComposedWebhook) batch.Receipt {
		return batch.Receipt{Attempts: 1, Err: errors.New("no s3cret")}
	})
	got := replay(t, batch.Chain{p}, events("a"), batch.Options{Deliverer: d})
	assert.NotContains(t, got.deliveries, "s3cret")
	assert.Contains(t, got.deliveries, `"url":"https://example.com/[secret]/gone"`)
	assert.Contains(t, got.webhooks, "s3cret", "it is to be sent once more")
}

// TestJournalFails has no room for what has arrived: the run cannot promise not to send it again.
func TestJournalFails(t *testing.T) {
	for _, op := range []faultfs.Op{faultfs.Open, faultfs.Write, faultfs.Close} {
		dir := t.TempDir()
		fsys := faultfs.New(output.OS{}, faultfs.Fault{Op: op, Path: "delivered", Err: syscall.ENOSPC})
		_, err := run(batch.Chain{webhook()}, events("a"), batch.CreateOn(fsys, filepath.Join(dir, "out.ndjson")), batch.Options{Deliverer: deliverer(byPath)})
		var system *batch.IOError
		require.ErrorAs(t, err, &system, op)
		require.ErrorIs(t, err, syscall.ENOSPC)
		assert.Contains(t, err.Error(), "delivered")
		assert.Empty(t, names(t, dir))
	}
}
