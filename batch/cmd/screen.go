package cmd

import (
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/sdk"
)

// screen is what a replay shows on standard error.
type screen struct {
	w     io.Writer
	quiet bool
	bar   *progressbar.ProgressBar // nil if none is shown
}

func (a *app) newScreen(f *replayFlags) *screen {
	s := &screen{w: a.stderr, quiet: f.quiet}
	if f.progress == "auto" && !f.quiet && isTerminal(a.stderr) && !a.outputOnTerminal(f) {
		s.bar = newBar(a.stderr)
	}
	return s
}

// outputOnTerminal says whether records run over the screen: a bar would be among them.
func (a *app) outputOnTerminal(f *replayFlags) bool {
	return f.output == stdout && isTerminal(a.stdout)
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// newBar makes a progress bar that is not shown yet.
func newBar(w io.Writer) *progressbar.ProgressBar {
	return progressbar.NewOptions64(-1,
		progressbar.OptionSetWriter(w),
		progressbar.OptionSetVisibility(true),
		progressbar.OptionShowBytes(true),
		progressbar.OptionShowTotalBytes(true),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionClearOnFinish(),
		progressbar.OptionFullWidth(),
		progressbar.OptionSetPredictTime(true),
	)
}

// progress returns what a run calls to move the bar; nil without one.
func (s *screen) progress() func(batch.Progress) {
	if s.bar == nil {
		return nil
	}
	start := time.Now()
	return func(p batch.Progress) {
		if p.BytesFull > 0 && s.bar.GetMax64() != p.BytesFull {
			s.bar.ChangeMax64(p.BytesFull)
		}
		rate := float64(p.Records) / max(time.Since(start).Seconds(), 1e-3)
		s.bar.Describe(barText(p, rate))
		_ = s.bar.Set64(p.Bytes)
	}
}

// barText is what stands before the bar.
func barText(p batch.Progress, rate float64) string {
	text := grouped(int64(math.Round(rate))) + " events/s"
	if p.Webhooks > 0 {
		text += fmt.Sprintf(", %s of %s settled", grouped(p.Settled), count(p.Webhooks, "webhook"))
	}
	return text
}

// done takes the bar away.
func (s *screen) done() {
	if s.bar != nil {
		_ = s.bar.Clear()
		s.bar = nil
	}
}

// line prints a line, above the bar if there is one.
func (s *screen) line(format string, args ...any) {
	if s.quiet {
		return
	}
	if s.bar != nil {
		_ = s.bar.Clear()
	}
	fmt.Fprintf(s.w, format+"\n", args...)
}

// notice prints what concerns the replay as a whole.
func (s *screen) notice(text string) { s.line("%s", text) }

func (s *screen) warn(warnings []string) {
	for _, w := range warnings {
		s.line("warning: %s", w)
	}
}

// log prints a warning or an error of a plugin.
func (s *screen) log(e batch.LogEntry) {
	where := e.Plugin
	if e.Source != "" {
		where += ": " + e.Source
	}
	if e.UUID != "" {
		where += ": " + e.UUID
	}
	s.line("%s: %s: %s", e.Level, where, oneLine(e.Message))
}

// badRecord prints why a record could not be read.
func (s *screen) badRecord(err *batch.RecordError) { s.line("%s", oneLine(err.Error())) }

func oneLine(s string) string {
	if !strings.ContainsAny(s, "\r\n") {
		return s
	}
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\r' || r == '\n' }), " ⏎ ")
}

// summary prints what a finished replay did.
func (s *screen) summary(r *batch.Report, files *sinks) {
	for i := range r.Plugins {
		s.plugin(&r.Plugins[i], files)
	}
	s.line("%s", summaryLine(r, files))
	if r.Counts.Dead > 0 && files.deadLetters == "" {
		s.line("dead letters were counted and not kept; --dead-letter FILE keeps them")
	}
	switch {
	case files.webhooks != "" || r.Counts.Webhooks == 0:
	case r.Settled() == 0:
		s.line("webhooks were counted and not kept; --webhooks FILE keeps them")
	case r.Undelivered() > 0:
		s.line("webhooks that were not delivered were counted and not kept; --webhooks FILE keeps them")
	}
	if r.Counts.Captured > 0 && files.captured == "" {
		s.line("captured events were counted and not kept; --captured FILE keeps them")
	}
}

// plugin prints what was not shown of a plugin's messages, and its failures.
func (s *screen) plugin(p *batch.PluginReport, files *sinks) {
	if more := p.Shown() - batch.MaxShownLogs; more > 0 {
		keep := "; --logs FILE keeps them all"
		if files.logs != "" {
			keep = "; all are in " + files.logs
		}
		s.line("%s: %s suppressed%s", p.Name, count(more, "more message"), keep)
	}
	for _, hook := range hookOrder {
		if h := p.Hooks[hook]; h != nil && h.Failed > 0 {
			s.line("%s: %s failed %s", p.Name, hook, count(h.Failed, "time"))
		}
	}
	if h := p.Hooks[sdk.HookJobs]; h != nil && h.Pending > 0 {
		s.line("%s: %s had not run when the input ended", p.Name, count(h.Pending, "job"))
	}
}

var hookOrder = sdk.HookNames()

// summaryLine is one line for people.
func summaryLine(r *batch.Report, files *sinks) string {
	c := r.Counts
	took := time.Duration(r.WallSeconds * float64(time.Second))
	parts := []string{grouped(c.Written) + " written"}
	for _, p := range []struct {
		n    int64
		what string
	}{{c.Dropped, "dropped"}, {c.Duplicate, "duplicate"}, {r.SkippedFor[batch.SkippedBlank], "blank"}, {r.SkippedFor[batch.SkippedEmpty], "without events"}} {
		if p.n > 0 {
			parts = append(parts, grouped(p.n)+" "+p.what)
		}
	}
	if c.Dead > 0 {
		parts = append(parts, count(c.Dead, "dead letter")+in(files.deadLetters))
	}
	switch {
	case r.Settled() > 0:
		parts = append(parts, deliveries(r, files))
	case c.Webhooks > 0:
		parts = append(parts, count(c.Webhooks, "webhook")+in(files.webhooks))
	}
	if c.Captured > 0 {
		parts = append(parts, count(c.Captured, "captured event")+in(files.captured))
	}
	rate := float64(c.Read) / max(r.WallSeconds, 1e-6)
	return fmt.Sprintf("%s in %s (%s/s): %s", count(c.Read, "record"), round(took),
		grouped(int64(math.Round(rate))), strings.Join(parts, ", "))
}

func in(file string) string {
	if file == "" {
		return ""
	}
	return " in " + file
}

// round keeps three digits or so.
func round(d time.Duration) time.Duration {
	unit := time.Duration(1)
	for d/unit >= 1000 {
		unit *= 10
	}
	return d.Round(unit)
}

// count is "1 record", "2 records".
func count(n int64, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return grouped(n) + " " + what + "s"
}

// grouped prints a number with commas between thousands.
func grouped(n int64) string {
	text := strconv.FormatInt(n, 10)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
