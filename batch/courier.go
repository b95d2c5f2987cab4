package batch

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/plugreel/plugreel/batch/internal/journal"
)

// MaxInFlight is how many webhooks are with Options.Deliverer at the same time: no more than
// these may be sent twice by a run that is killed and taken up again.
const MaxInFlight = 64

// Bounds of what a courier holds: the chunks whose webhooks are not all settled, and the bytes of
// these, of which one chunk alone may have more.
const (
	maxParcels     = 1024
	maxParcelBytes = 16 << 20
)

// courier takes the webhooks of committed chunks to the Deliverer. The goroutine that commits
// sends parcels and takes them back in the same order; what is in between happens in goroutines of
// the courier's own, one for each webhook in flight.
type courier struct {
	run     *run
	journal *journal.Journal // nil if there is no place for one
	parcels chan *parcel     // there is room for maxParcels
	flights chan struct{}    // one element for each webhook in flight
	running sync.WaitGroup

	pending []*parcel // not taken back yet, oldest first
	held    int       // bytes of these
}

// parcel is the webhooks of one chunk.
type parcel struct {
	items []item
	bytes int
	left  atomic.Int64  // items that are not settled
	done  chan struct{} // closed when none is left
}

// item is a webhook on its way.
type item struct {
	line     []byte // as composed
	delivery Delivery
	err      error // ends the run
}

func newParcel(lines []byte) *parcel {
	p := &parcel{bytes: len(lines), done: make(chan struct{})}
	for line := range bytes.Lines(lines) {
		p.items = append(p.items, item{line: line})
	}
	p.left.Store(int64(len(p.items)))
	return p
}

// journalName is the name of the journal among the files of an unfinished run.
const journalName = "delivered"

// hire returns the courier of a run, nil if it has no Deliverer. Its goroutines end with ctx or
// dismiss.
func (r *run) hire(ctx context.Context) (*courier, error) {
	if r.opts.Deliverer == nil {
		return nil, nil
	}
	c := &courier{run: r, parcels: make(chan *parcel, maxParcels), flights: make(chan struct{}, MaxInFlight)}
	if stage := r.outputs.stage; stage != nil {
		f, err := stage.Open(journalName, 0o600)
		if err != nil {
			return nil, outputError(err)
		}
		if c.journal, err = journal.Open(f); err != nil {
			_ = f.Close() // it is the reading that went wrong
			return nil, journalError("read", err)
		}
	}
	c.running.Go(func() { c.dispatch(ctx) })
	return c, nil
}

func journalError(op string, err error) error {
	if err == nil {
		return nil
	}
	return &IOError{Op: op, Path: "journal of delivered webhooks", Err: plainError(err)}
}

// dismiss waits for the courier's goroutines. There is nothing in flight, or ctx has ended. A nil
// courier has none.
func (c *courier) dismiss() error {
	if c == nil {
		return nil
	}
	close(c.parcels)
	c.running.Wait()
	if c.journal == nil {
		return nil
	}
	return journalError("close", c.journal.Close())
}

// dispatch lets webhooks fly in their order, as soon as there is room.
func (c *courier) dispatch(ctx context.Context) {
	for p := range c.parcels {
		for i := range p.items {
			select {
			case c.flights <- struct{}{}:
			case <-ctx.Done():
				return
			}
			c.running.Go(func() {
				defer func() { <-c.flights }()
				c.fly(ctx, p, &p.items[i])
			})
		}
	}
}

// fly settles one webhook, unless ctx ends before.
func (c *courier) fly(ctx context.Context, p *parcel, it *item) {
	it.err = c.settle(ctx, it)
	if it.err != nil && ctx.Err() != nil {
		return
	}
	if p.left.Add(-1) == 0 {
		close(p.done)
	}
}

// settle delivers a webhook that was not delivered before, and notes that.
func (c *courier) settle(ctx context.Context, it *item) error {
	var w ComposedWebhook
	if err := json.Unmarshal(it.line, &w); err != nil {
		return fmt.Errorf("webhook: %w", err)
	}
	receipt, known := c.known(w.Key)
	if !known {
		receipt = c.run.opts.Deliverer.Deliver(ctx, &w)
	}
	if receipt.Err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	it.delivery = c.run.newDelivery(&w, receipt)
	if known || receipt.Err != nil || c.journal == nil {
		return nil
	}
	return journalError("write", c.journal.Record(w.Key, journal.Entry{Status: receipt.Status, Attempts: receipt.Attempts}))
}

// known returns the receipt of a webhook that an earlier process of this run has delivered.
func (c *courier) known(key string) (Receipt, bool) {
	if c.journal == nil {
		return Receipt{}, false
	}
	e, ok := c.journal.Delivered(key)
	return Receipt{Status: e.Status, Attempts: e.Attempts}, ok
}

// first is closed when the oldest parcel can be taken back. It is nil, and blocks, if there is none.
func (c *courier) first() <-chan struct{} {
	if c == nil || len(c.pending) == 0 {
		return nil
	}
	return c.pending[0].done
}

// take takes the oldest parcel back.
func (c *courier) take() *parcel {
	p := c.pending[0]
	c.pending[0] = nil
	c.pending = c.pending[1:]
	c.held -= p.bytes
	return p
}

// fits says whether there is room for more webhooks.
func (c *courier) fits(bytes int) bool {
	return len(c.pending) == 0 || len(c.pending) < maxParcels && c.held+bytes <= maxParcelBytes
}

// send lets the webhooks of a chunk that is committed go, once there is room for them. lines
// belong to the courier.
func (r *run) send(ctx context.Context, lines []byte) error {
	c := r.courier
	if len(lines) == 0 {
		return nil
	}
	if err := r.settleUntil(ctx, func() bool { return c.fits(len(lines)) }); err != nil {
		return err
	}
	p := newParcel(lines)
	c.pending = append(c.pending, p)
	c.held += p.bytes
	c.parcels <- p
	return nil
}

// drain waits until all webhooks are settled.
func (r *run) drain(ctx context.Context) error {
	if r.courier == nil {
		return nil
	}
	return r.settleUntil(ctx, func() bool { return len(r.courier.pending) == 0 })
}

func (r *run) settleUntil(ctx context.Context, enough func() bool) error {
	for !enough() {
		select {
		case <-r.courier.first():
			if err := r.settle(); err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// settle takes the oldest parcel back: what became of its webhooks goes to the outputs and into
// the report.
func (r *run) settle() error {
	var results, undelivered []byte
	for _, it := range r.courier.take().items {
		if it.err != nil {
			return it.err
		}
		results = appendDelivery(results, it.delivery)
		if !it.delivery.Delivered {
			undelivered = append(undelivered, it.line...)
		}
		r.settled(it.delivery)
	}
	if err := r.outputs.side[roleDeliveries].write(nil, results); err != nil {
		return err
	}
	if err := r.outputs.side[roleWebhooks].write(nil, undelivered); err != nil {
		return err
	}
	r.progress()
	return nil
}

// settled takes a webhook into the report and tells of it if it was not delivered.
func (r *run) settled(d Delivery) {
	i := r.chain.index(d.Plugin)
	r.reporter.report.Plugins[i].Deliveries.add(d)
	if !d.Delivered && r.opts.OnUndelivered != nil && r.unsent[i] < MaxShownLogs {
		r.unsent[i]++
		r.opts.OnUndelivered(d)
	}
}
