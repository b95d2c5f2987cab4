package batch

import (
	"sync"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/plugreel/plugreel/batch/internal/eventtime"
	"github.com/plugreel/plugreel/sdk"
)

// LogEntry is one message that a plugin logged, or the failure of one of its hooks, as a line
// of Options.Logs: {"time","plugin","level","source","uuid","message"}.
type LogEntry struct {
	Time    time.Time // event time, that of the record
	Plugin  string
	Level   sdk.Level
	Source  string // "file:line" of the record; "" outside event hooks
	UUID    string // of the record; "" outside event hooks
	Message string // without secrets
}

func (e LogEntry) append(dst []byte) []byte {
	w := lineWriter{buf: dst}
	w.text("time", e.Time.Format(eventtime.Layout))
	w.text("plugin", e.Plugin)
	w.text("level", e.Level.String())
	w.some("source", e.Source)
	w.some("uuid", e.UUID)
	w.text("message", e.Message)
	return w.end()
}

// logbook takes what the plugins of one worker log during one chunk, in order. Calls may come
// from any goroutine: a plugin that was abandoned may still log, and is not heard.
type logbook struct {
	mu     sync.Mutex
	sealed bool

	lines  []byte      // every message, encoded
	shown  []LogEntry  // warnings and errors, at most MaxShownLogs of each plugin
	counts []logCounts // by plugin
	since  []logged    // what came since the last mark, to take it back
	marked int         // length of lines at the mark
	kept   int         // length of shown at the mark
}

// logCounts counts messages by level.
type logCounts [sdk.LevelError + 1]int64

type logged struct {
	plugin int
	level  sdk.Level
}

func newLogbook(plugins int) *logbook { return &logbook{counts: make([]logCounts, plugins)} }

// warned counts the messages of a plugin that are shown.
func (c *logCounts) warned() int64 { return c[sdk.LevelWarn] + c[sdk.LevelError] }

func (c *logCounts) add(d logCounts) {
	for i, n := range d {
		c[i] += n
	}
}

// write adds an entry; encode says whether anybody reads all of them.
func (b *logbook) write(plugin int, e LogEntry, encode bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.sealed {
		return
	}
	if e.Level >= sdk.LevelWarn && b.counts[plugin].warned() < MaxShownLogs {
		b.shown = append(b.shown, e)
	}
	b.count(plugin, e.Level)
	if encode {
		b.lines = e.append(b.lines)
	}
}

// shows says whether a message of that level would be among those that are shown.
func (b *logbook) shows(plugin int, level sdk.Level) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return level >= sdk.LevelWarn && b.counts[plugin].warned() < MaxShownLogs
}

// countOnly counts a message that nobody reads.
func (b *logbook) countOnly(plugin int, level sdk.Level) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.sealed {
		b.count(plugin, level)
	}
}

func (b *logbook) count(plugin int, level sdk.Level) {
	b.counts[plugin][level]++
	b.since = append(b.since, logged{plugin, level})
}

// mark makes the present state the one that takeOver keeps.
func (b *logbook) mark() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.since, b.marked, b.kept = b.since[:0], len(b.lines), len(b.shown)
}

// takeOver shuts the book for those who write to it and returns a new one that holds what was
// written up to the last mark.
func (b *logbook) takeOver() *logbook {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.sealed = true
	for _, l := range b.since {
		b.counts[l.plugin][l.level]--
	}
	return &logbook{
		lines: b.lines[:b.marked], shown: b.shown[:b.kept], counts: b.counts,
		marked: b.marked, kept: b.kept,
	}
}

// pluginLog is the sdk.LogSink of one instance.
type pluginLog struct {
	hand   *hand
	plugin int
	muted  bool
}

// Enabled reports whether anybody reads messages of the level: below warnings that is only
// the file of all messages.
func (l *pluginLog) Enabled(level sdk.Level) bool {
	return !l.muted && (level >= sdk.LevelWarn || l.hand.run.opts.Logs != nil)
}

// Log drops messages that are too long, as the original runtime did.
func (l *pluginLog) Log(level sdk.Level, message string) {
	if l.muted || tooLong(message) {
		return
	}
	l.hand.log(l.plugin, level, message)
}

// tooLong counts as JavaScript does, in UTF-16 code units.
func tooLong(message string) bool {
	if len(message) <= MaxLogChars {
		return false
	}
	if utf8.RuneCountInString(message) > MaxLogChars {
		return true
	}
	n := 0
	for _, r := range message {
		n += utf16.RuneLen(r)
	}
	return n > MaxLogChars
}
