package batch

import (
	"context"
	"time"

	"github.com/plugreel/plugreel/batch/internal/eventtime"
	"github.com/plugreel/plugreel/batch/internal/input"
	"github.com/plugreel/plugreel/sdk"
)

// metaConfig is what an instance is lent. Storage belongs to a plugin of the chain, cache to
// everything of its program's name.
func (h *hand) metaConfig(in *instance) sdk.MetaConfig {
	p, o := &h.run.chain[in.plugin], &h.run.opts
	lent := &lent{hand: h, plugin: in.plugin}
	config := sdk.MetaConfig{
		Config:      p.Config,
		Attachments: p.Attachments,
		Log:         in.log,
		Clock:       h.clock.Now,
		Random:      in.random.Uint64,
		Storage:     o.State.Storage(p.Name),
		Cache:       o.State.Cache(p.Program.Info().Name),
		Metrics:     lent,
		Capturer:    lent,
		GeoIP:       o.GeoIP,
		Fetcher:     o.Fetcher,
	}
	if o.RealClock {
		config.Clock = time.Now
	}
	h.port.lend(&config, in.plugin)
	return config
}

// rawRecord is the record at hand, nil outside event hooks.
func (h *hand) rawRecord() []byte {
	if h.p == nil {
		return nil
	}
	return h.p.record
}

// lent takes what a plugin hands out during its calls.
type lent struct {
	hand   *hand
	plugin int
}

// Capture keeps an event that the plugin made. Outside event hooks there is no chunk that it could
// belong to: it is kept with the next one.
func (l *lent) Capture(e *sdk.PluginEvent) error {
	p := l.hand.p
	if p == nil {
		return errNoEvent
	}
	p.result.captured = append(e.AppendJSON(p.result.captured), '\n')
	p.count(&p.result.counts.Captured)
	return nil
}

var errNoEvent = usagef("posthog.capture: got a call outside an event hook, want it where an event is handled")

// metric is a value that a plugin counted.
type metric struct {
	plugin int
	name   string
	op     sdk.MetricOp
	value  float64
}

// Record keeps a value for the report; outside event hooks nobody counts.
func (l *lent) Record(name string, op sdk.MetricOp, value float64) {
	if p := l.hand.p; p != nil {
		p.result.metrics = append(p.result.metrics, metric{l.plugin, name, op, value})
	}
}

// record takes a metric in. The first value, and any value after 0, replaces what was there.
// Source: the original runtime, fact sheet section 3.4.
func (r *PluginReport) record(m metric) {
	if r.Metrics == nil {
		r.Metrics = map[string]float64{}
	}
	old := r.Metrics[m.name]
	switch {
	case old == 0:
		old = m.value
	case m.op == sdk.MetricSum:
		old += m.value
	case m.op == sdk.MetricMax:
		old = max(old, m.value)
	case m.op == sdk.MetricMin:
		old = min(old, m.value)
	}
	r.Metrics[m.name] = old
}

// clockReader gives every chunk the run's clock: the highest time of all records in chunks before
// it. Only chains that keep state read it.
type clockReader struct {
	ChunkReader
	clock time.Time
}

func (r *clockReader) Next(ctx context.Context) (*Chunk, error) {
	c, err := r.ChunkReader.Next(ctx)
	if err != nil {
		return nil, err
	}
	c.clock = r.clock
	lines := input.NewLineReader(c.Data)
	for {
		line, _, ok := lines.Next()
		if !ok {
			break
		}
		if t, ok := eventtime.Of(line); ok && t.After(r.clock) {
			r.clock = t
		}
	}
	if c.end != nil {
		c.end.Clock = r.clock
	}
	return c, nil
}
