package cmd

import (
	"slices"

	"github.com/spf13/cobra"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/batch/deliver"
	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/sdk"
)

// deliverFlags say whether webhooks are sent.
type deliverFlags struct {
	on      bool
	results string
	rate    float64
	rated   func() bool // --deliver-rate was given
}

func (f *deliverFlags) define(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.BoolVar(&f.on, "deliver", false, "send the requests that composeWebhook hooks ask for; those that do not arrive are kept in the file of --webhooks. An internal host has to be named with --allow-net, too")
	flags.StringVar(&f.results, "delivery-results", "", "`FILE` for what became of each request, as JSON lines; with --deliver (default OUTPUT.deliveries.ndjson)")
	flags.Float64Var(&f.rate, "deliver-rate", deliver.DefaultRate, "at most `N` requests a second to one host; 0 for no limit; with --deliver")
	f.rated = func() bool { return flags.Changed("deliver-rate") }
}

func (f *deliverFlags) check() error {
	switch {
	case f.results != "" && !f.on:
		return usagef("--delivery-results: got it without --deliver, which alone has results")
	case f.rated() && !f.on:
		return usagef("--deliver-rate: got it without --deliver, which alone sends anything")
	case !(f.rate >= 0):
		return usagef("--deliver-rate: got %v, want 0 or more", f.rate)
	}
	return nil
}

// post is what sends webhooks; nil sends none.
type post struct{ *deliver.Client }

// open makes what sends webhooks.
func (f *deliverFlags) open(allowNet []string, secrets *manifest.Redactor) (*post, error) {
	if !f.on {
		return nil, nil
	}
	rate := f.rate
	if rate == 0 {
		rate = -1 // no limit in the way of package deliver
	}
	client, err := deliver.New(deliver.Options{Allow: allowNet, Redact: secrets.Redact, Rate: rate})
	if err != nil {
		return nil, usageError{err}
	}
	return &post{client}, nil
}

// lend puts the client and what belongs to it into the options of a replay.
func (p *post) lend(o *batch.Options, files *sinks, s *screen) {
	if p == nil {
		return
	}
	o.Deliverer = p.Client
	o.Deliveries = files.sink(files.deliveries)
	o.OnUndelivered = s.undelivered
}

func (p *post) close() {
	if p != nil {
		_ = p.Close() // without a cassette there is nothing to be lost
	}
}

// idle warns of a --deliver that has nothing to send.
func (p *post) idle(chain batch.Chain) []string {
	composes := func(p batch.Plugin) bool {
		return slices.Contains(p.Program.Info().Hooks, sdk.HookComposeWebhook)
	}
	if p == nil || slices.ContainsFunc(chain, composes) {
		return nil
	}
	return []string{"--deliver: no plugin has composeWebhook, so there is nothing to send"}
}

// undelivered prints why a webhook did not arrive.
func (s *screen) undelivered(d batch.Delivery) {
	where := d.Plugin
	if d.UUID != "" {
		where += ": " + d.UUID
	}
	tried := "refused"
	if !d.Refused {
		tried = "not delivered in " + count(int64(d.Attempts), "attempt")
	}
	s.line("%s: webhook to %s: %s: %s", where, oneLine(d.URL), tried, oneLine(d.Error))
}

// deliveries is the part of the summary about webhooks that were sent.
func deliveries(r *batch.Report, files *sinks) string {
	lost := r.Undelivered()
	text := grouped(r.Settled()-lost) + " of " + count(r.Counts.Webhooks, "webhook") + " delivered"
	if lost > 0 {
		text += ", " + grouped(lost) + " not" + in(files.webhooks)
	}
	return text
}
