package sdk

import "fmt"

// Level is the severity of a log message, lowest first.
type Level uint8

// The levels of the original runtime's console.
const (
	LevelDebug Level = iota
	LevelLog
	LevelInfo
	LevelWarn
	LevelError
)

// String is the upper-case name that log lines carry: "WARN".
func (l Level) String() string {
	switch l {
	case LevelDebug:
		return "DEBUG"
	case LevelLog:
		return "LOG"
	case LevelInfo:
		return "INFO"
	case LevelWarn:
		return "WARN"
	}
	return "ERROR"
}

// LogSink receives what a plugin logs. A host gives each plugin instance one; calls do not
// overlap.
type LogSink interface {
	// Enabled says whether anybody reads messages of this level: formatting is skipped otherwise.
	Enabled(Level) bool
	// Log takes one message. It must not keep the plugin waiting.
	Log(Level, string)
}

// Logger is how a plugin writes to the log: console in JavaScript, meta.Logger in Go.
// The zero value, and nil, discard everything.
type Logger struct{ sink LogSink }

// NewLogger returns a Logger that writes to sink; nil discards.
func NewLogger(sink LogSink) *Logger { return &Logger{sink: sink} }

// Enabled says whether anybody reads messages of this level.
func (l *Logger) Enabled(level Level) bool {
	return l != nil && l.sink != nil && l.sink.Enabled(level)
}

// Write logs a message that is already text.
func (l *Logger) Write(level Level, message string) {
	if l.Enabled(level) {
		l.sink.Log(level, message)
	}
}

// Debug logs its arguments, a space between each two. Debug messages are dropped unless the host
// asks for them.
func (l *Logger) Debug(args ...any) { l.print(LevelDebug, args) }

// Log logs its arguments, a space between each two.
func (l *Logger) Log(args ...any) { l.print(LevelLog, args) }

// Info logs its arguments, a space between each two.
func (l *Logger) Info(args ...any) { l.print(LevelInfo, args) }

// Warn logs its arguments, a space between each two.
func (l *Logger) Warn(args ...any) { l.print(LevelWarn, args) }

// Error logs its arguments, a space between each two.
func (l *Logger) Error(args ...any) { l.print(LevelError, args) }

func (l *Logger) print(level Level, args []any) {
	if !l.Enabled(level) {
		return
	}
	text := fmt.Sprintln(args...)
	l.sink.Log(level, text[:len(text)-1])
}
