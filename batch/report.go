package batch

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"runtime"
	"runtime/debug"

	"github.com/plugreel/plugreel/sdk"
)

// ReportVersion is Report.Version. It changes when a member changes its meaning or goes.
const ReportVersion = 1

// Report says what a run did. [ReportSchema] describes its JSON; members may be added.
type Report struct {
	Version int    `json:"version"` // ReportVersion
	Outcome string `json:"outcome"` // "finished", "stopped" (by a failed hook), "failed", "interrupted" or "done"
	Error   string `json:"error,omitempty"`

	Resumable bool `json:"resumable,omitempty"` // the run is unfinished, and Options.Resume goes on with it

	Counts Counts `json:"counts"`

	// OrderDependent says that plugins that remember events ran on several workers, so that
	// the output depends on which worker saw which event.
	OrderDependent bool             `json:"order_dependent"`
	SkippedFor     map[string]int64 `json:"skipped_for,omitempty"` // Counts.Skipped by reason: SkippedBlank, SkippedEmpty
	Workers        int              `json:"workers"`
	Bytes          ByteCounts       `json:"bytes"`
	WallSeconds    float64          `json:"wall_seconds"`

	// SyncSeconds is the part of WallSeconds after the last record: until what is written is on the
	// disk, which has begun with it long before, and has its final name.
	SyncSeconds float64 `json:"sync_seconds"`

	Sources  []SourceReport `json:"sources"`
	Plugins  []PluginReport `json:"plugins"`
	Versions Versions       `json:"versions"`
}

// Counts says where the records ended: Read = Written + Dropped + Dead + Duplicate + Skipped.
type Counts struct {
	Read      int64 `json:"read"`      // records, each event of a batch one of them, blank lines and damaged ranges
	Written   int64 `json:"written"`   // to the output
	Dropped   int64 `json:"dropped"`   // by a plugin
	Dead      int64 `json:"dead"`      // dead letters
	Duplicate int64 `json:"duplicate"` // had the uuid of an earlier one: Options.Dedupe
	Skipped   int64 `json:"skipped"`   // see Report.SkippedFor
	Webhooks  int64 `json:"webhooks"`  // composed; not part of the sum
	Captured  int64 `json:"captured"`  // events that plugins made; not part of the sum
}

// Balanced says whether the sum is right; it always is.
func (c Counts) Balanced() bool { return c.Read == c.ended() }

func (c Counts) ended() int64 { return c.Written + c.Dropped + c.Dead + c.Duplicate + c.Skipped }

func (c *Counts) add(d Counts) {
	c.Read += d.Read
	c.Written += d.Written
	c.Dropped += d.Dropped
	c.Dead += d.Dead
	c.Duplicate += d.Duplicate
	c.Skipped += d.Skipped
	c.Webhooks += d.Webhooks
	c.Captured += d.Captured
}

// ByteCounts counts bytes.
type ByteCounts struct {
	Stored  int64 `json:"stored"`  // of the sources, as they are stored
	Read    int64 `json:"read"`    // of the sources, decompressed
	Written int64 `json:"written"` // of the output, before compression
}

// SourceReport describes one file that was read.
type SourceReport struct {
	Name    string `json:"name"`
	Format  string `json:"format"` // "plain", "gzip", "zstd", "brotli" or "parquet"
	Shape   string `json:"shape"`  // "capture", "batch-export", "batch" or "processed", as its first records show it; else "unknown"
	Records int64  `json:"records"`
	Bytes   int64  `json:"bytes"`            // decompressed
	Damage  string `json:"damage,omitempty"` // what kept the rest from being read
}

// PluginReport says what one plugin of the chain did.
type PluginReport struct {
	Name       string                 `json:"name"`
	State      string                 `json:"state"`                // "none", "store" or "memory"
	Hooks      map[string]*HookReport `json:"hooks"`                // by name; only the hooks that the plugin has
	Logs       LogReport              `json:"logs"`                 // messages by level
	Metrics    map[string]float64     `json:"metrics,omitempty"`    // what the plugin counted, by name
	Deliveries *DeliveryReport        `json:"deliveries,omitempty"` // what became of webhooks; nil if the plugin composes none or nobody sends them
	Restarts   int64                  `json:"restarts,omitempty"`   // instances replaced after a timeout or death
	Notices    []string               `json:"notices,omitempty"`    // remarks of the loader
	Files      map[string]string      `json:"files,omitempty"`      // SHA-256 of the source files, in hex
}

// HookReport counts the calls of one hook.
type HookReport struct {
	OK      int64 `json:"ok"`
	Dropped int64 `json:"dropped"` // events that processEvent dropped
	Failed  int64 `json:"failed"`
	Pending int64 `json:"pending,omitempty"` // jobs that were not due when the input ended, or that nobody ran

	// Seconds is the time spent in the hook, of all workers together. Short calls are measured
	// by sampling.
	Seconds float64  `json:"seconds"`
	Samples []Sample `json:"samples,omitempty"` // the first MaxSamples failures
}

// DeliveryReport counts webhooks that were handed to Options.Deliverer and are settled. In a run
// that finished, Delivered + Failed + Refused is the number of webhooks that were composed.
type DeliveryReport struct {
	Sent      int64 `json:"sent"`      // attempts
	Retried   int64 `json:"retried"`   // of these: not the first of their webhooks
	Delivered int64 `json:"delivered"` // webhooks that have arrived
	Failed    int64 `json:"failed"`    // no attempt went well, or the receiver did not want it
	Refused   int64 `json:"refused"`   // an address that may not be reached, a URL that is none
}

// add takes in a webhook.
func (r *DeliveryReport) add(d Delivery) {
	r.Sent += int64(d.Attempts)
	r.Retried += int64(max(d.Attempts-1, 0))
	switch {
	case d.Delivered:
		r.Delivered++
	case d.Refused:
		r.Refused++
	default:
		r.Failed++
	}
}

// LogReport counts messages by level.
type LogReport struct {
	Debug int64 `json:"debug"`
	Log   int64 `json:"log"`
	Info  int64 `json:"info"`
	Warn  int64 `json:"warn"`
	Error int64 `json:"error"` // failed hooks included
}

// Sample is one failure.
type Sample struct {
	Source string `json:"source,omitempty"`
	Line   int64  `json:"line,omitempty"`
	Row    int64  `json:"row,omitempty"`  // instead of Line in Parquet
	Item   int64  `json:"item,omitempty"` // of the events that stand on the line
	UUID   string `json:"uuid,omitempty"`
	Error  string `json:"error"`
	Stack  string `json:"stack,omitempty"` // in the plugin's source
}

// Versions says what made a report.
type Versions struct {
	Plugreel string `json:"plugreel"`
	Go       string `json:"go"`
}

// The keys of Report.SkippedFor.
const (
	SkippedBlank = "blank line"
	SkippedEmpty = "batch without events"
)

// The values of Report.Outcome.
const (
	OutcomeFinished    = "finished"
	OutcomeStopped     = "stopped"
	OutcomeFailed      = "failed"
	OutcomeInterrupted = "interrupted"
	OutcomeDone        = "done" // an earlier run had finished, and nothing was read
)

// Failures counts what makes a finished run less than perfect: failed hook calls, dead letters
// and webhooks that were not delivered. A record that is a dead letter because a hook failed
// counts twice.
func (r *Report) Failures() int64 {
	n := r.Counts.Dead + r.Undelivered()
	for _, p := range r.Plugins {
		for _, h := range p.Hooks {
			n += h.Failed
		}
	}
	return n
}

// Undelivered counts the webhooks that failed or were refused.
func (r *Report) Undelivered() int64 {
	return r.deliveries(func(d *DeliveryReport) int64 { return d.Failed + d.Refused })
}

// Settled counts the webhooks that were delivered, failed or were refused.
func (r *Report) Settled() int64 {
	return r.deliveries(func(d *DeliveryReport) int64 { return d.Delivered + d.Failed + d.Refused })
}

func (r *Report) deliveries(of func(*DeliveryReport) int64) int64 {
	var n int64
	for _, p := range r.Plugins {
		if p.Deliveries != nil {
			n += of(p.Deliveries)
		}
	}
	return n
}

// Shown counts the messages of a plugin that are warnings or errors; of those Options.OnLog
// was given the first MaxShownLogs.
func (p *PluginReport) Shown() int64 { return p.Logs.Warn + p.Logs.Error }

// reporter adds results up, in the order of the input.
type reporter struct {
	report Report
	logs   []logCounts
	empty  int64 // bodies without events
}

func newReporter(chain Chain, o Options) *reporter {
	r := &reporter{logs: make([]logCounts, len(chain))}
	r.report = Report{
		Version: ReportVersion, Workers: o.Workers,
		OrderDependent: o.Workers > 1 && chain.state() != sdk.StateNone,
		Sources:        []SourceReport{}, Plugins: []PluginReport{},
		Versions: Versions{Plugreel: Version(), Go: runtime.Version()},
	}
	for _, p := range chain {
		r.report.Plugins = append(r.report.Plugins, newPluginReport(p, o))
	}
	return r
}

func newPluginReport(p Plugin, o Options) PluginReport {
	info := p.Program.Info()
	r := PluginReport{Name: p.Name, State: info.State.String(), Hooks: map[string]*HookReport{}}
	for _, name := range info.Hooks {
		if name != sdk.HookSetupPlugin {
			r.Hooks[name] = &HookReport{}
		}
		if name == sdk.HookComposeWebhook && o.Deliverer != nil {
			r.Deliveries = &DeliveryReport{}
		}
	}
	for _, n := range info.Notices {
		r.Notices = append(r.Notices, noticeText(n))
	}
	if len(info.Files) > 0 {
		r.Files = fileSums(info.Files)
	}
	return r
}

// add takes in the result of a chunk.
func (r *reporter) add(c *Chunk, res *result) {
	r.report.Counts.add(res.counts)
	r.report.Bytes.Read += c.bytes()
	r.report.Bytes.Written += int64(len(res.out))
	r.report.Bytes.Stored = max(r.report.Bytes.Stored, c.Read)
	r.source(c, res.counts.Read)
	if res.stop == nil {
		r.empty += c.removed.empty
	}
	r.plugins(res)
}

func (r *reporter) source(c *Chunk, records int64) {
	sources := &r.report.Sources
	if n := len(*sources); n == 0 || c.first || (*sources)[n-1].Name != c.Source {
		*sources = append(*sources, SourceReport{Name: c.Source, Format: c.Format, Shape: c.shape.Kind.String()})
	}
	s := &(*sources)[len(*sources)-1]
	s.Records += records
	s.Bytes += max(c.Oversize, c.bytes())
	if c.Damage != nil {
		s.Damage = c.Damage.Err.Error()
	}
}

// plugins takes in what plugins did: the part of a result that is not about records.
func (r *reporter) plugins(res *result) {
	for i := range res.plugins {
		p := &r.report.Plugins[i]
		if res.plugins[i].jobs.failed > 0 {
			p.hook(sdk.HookJobs)
		}
		for name, h := range p.Hooks {
			h.add(res.plugins[i].of(name))
		}
		p.Restarts += res.plugins[i].restarts
	}
	for _, m := range res.metrics {
		r.report.Plugins[m.plugin].record(m)
	}
	for _, s := range res.samples {
		h := r.report.Plugins[s.plugin].Hooks[s.hook]
		if len(h.Samples) < MaxSamples {
			h.Samples = append(h.Samples, s.Sample)
		}
	}
	r.log(res.log)
}

// hook returns the report of a hook, which it begins if there is none.
func (r *PluginReport) hook(name string) *HookReport {
	if r.Hooks[name] == nil {
		r.Hooks[name] = &HookReport{}
	}
	return r.Hooks[name]
}

// aside takes in what plugins did without a record.
func (r *reporter) aside(res *result) {
	r.report.Counts.Captured += res.counts.Captured
	r.plugins(res)
}

// pending takes in how many jobs of each plugin are left.
func (r *reporter) pending(jobs []int64) {
	for i, n := range jobs {
		if n > 0 {
			r.report.Plugins[i].hook(sdk.HookJobs).Pending = n
		}
	}
}

func (r *reporter) log(b *logbook) {
	for i, c := range b.counts {
		r.logs[i].add(c)
	}
}

func (h *HookReport) add(c *hookCounts) {
	h.OK += c.ok
	h.Dropped += c.dropped
	h.Failed += c.failed
	h.Seconds += c.time.Seconds()
}

// finish returns the report of a run that ended with err.
func (r *reporter) finish(err error, interrupted bool, seconds float64, message string) Report {
	report := r.report
	report.WallSeconds = seconds
	report.Outcome = OutcomeFinished
	switch {
	case err == nil:
	case interrupted:
		report.Outcome = OutcomeInterrupted
	case errors.Is(err, ErrStopped):
		report.Outcome = OutcomeStopped
	default:
		report.Outcome = OutcomeFailed
	}
	report.Error = message
	report.SkippedFor = r.skippedFor()
	for i, c := range r.logs {
		report.Plugins[i].Logs = LogReport{
			Debug: c[sdk.LevelDebug], Log: c[sdk.LevelLog], Info: c[sdk.LevelInfo],
			Warn: c[sdk.LevelWarn], Error: c[sdk.LevelError],
		}
	}
	return report
}

// skippedFor splits Counts.Skipped by reason.
func (r *reporter) skippedFor() map[string]int64 {
	var reasons map[string]int64
	for reason, n := range map[string]int64{SkippedEmpty: r.empty, SkippedBlank: r.report.Counts.Skipped - r.empty} {
		if n > 0 {
			if reasons == nil {
				reasons = map[string]int64{}
			}
			reasons[reason] = n
		}
	}
	return reasons
}

// JSON returns the report as indented JSON with a line feed at its end.
func (r Report) JSON() []byte {
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		panic("batch: a report holds what JSON cannot: " + err.Error())
	}
	return append(text, '\n')
}

//go:embed report.schema.json
var reportSchema []byte

// ReportSchema returns the JSON Schema (draft 2020-12) of a report, which describes each
// member. The caller owns the copy.
func ReportSchema() []byte { return bytes.Clone(reportSchema) }

// modulePath is the path of this module.
const modulePath = "github.com/plugreel/plugreel"

// Version is the version of this module in the running program, "(devel)" if it is not known.
func Version() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		return versionIn(info)
	}
	return unversioned
}

const unversioned = "(devel)"

func versionIn(info *debug.BuildInfo) string {
	if info.Main.Path == modulePath && info.Main.Version != "" {
		return info.Main.Version
	}
	for _, m := range info.Deps {
		if m.Path == modulePath && m.Replace == nil {
			return m.Version
		}
	}
	return unversioned
}
