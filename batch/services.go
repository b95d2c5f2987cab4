package batch

import (
	"time"

	"github.com/plugreel/plugreel/sdk"
)

// metaConfig is what an instance is lent. Storage belongs to a plugin of the chain, cache to
// everything of its program's name.
func (h *hand) metaConfig(in *instance) sdk.MetaConfig {
	p, o := &h.run.chain[in.plugin], &h.run.opts
	lent := &lent{hand: h, in: in}
	config := sdk.MetaConfig{
		Config:      p.Config,
		Attachments: p.Attachments,
		Log:         in.log,
		Clock:       h.clock.Now,
		Random:      in.random.Uint64,
		Storage:     o.State.Storage(p.Name),
		Cache:       o.State.Cache(p.Program.Info().Name),
		Jobs:        lent,
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

// rawRecord is the record at hand, nil without one.
func (h *hand) rawRecord() []byte {
	if h.p == nil {
		return nil
	}
	return h.p.record
}

// lent takes what a plugin hands out during its calls.
type lent struct {
	hand *hand
	in   *instance
}

// Capture keeps an event that the plugin made.
func (l *lent) Capture(e *sdk.PluginEvent) error {
	p := l.hand.p
	if p == nil || l.in.muted {
		return nil
	}
	p.result.captured = append(e.AppendJSON(p.result.captured), '\n')
	p.count(&p.result.counts.Captured)
	return nil
}

// metric is a value that a plugin counted.
type metric struct {
	plugin int
	name   string
	op     sdk.MetricOp
	value  float64
}

// Record keeps a value for the report.
func (l *lent) Record(name string, op sdk.MetricOp, value float64) {
	if p := l.hand.p; p != nil && !l.in.muted {
		p.result.metrics = append(p.result.metrics, metric{l.in.plugin, name, op, value})
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
