package sdk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ErrTeamChanged reports that processEvent changed team_id; the change was undone.
var ErrTeamChanged = errors.New("plugin tried to change event.team_id")

// ErrInstanceDead marks an error after which a plugin instance must not be called again: the
// host throws it away and makes a new one.
var ErrInstanceDead = errors.New("plugin instance is dead")

// ErrTimeout reports that a hook gave no answer within its time limit.
// errors.Is(ErrTimeout, context.DeadlineExceeded) is true.
var ErrTimeout error = timeoutError{}

type timeoutError struct{}

func (timeoutError) Error() string        { return "no answer within the time limit" }
func (timeoutError) Is(target error) bool { return target == context.DeadlineExceeded }

// LoadError reports source that cannot be loaded: a syntax error, a forbidden import, top-level
// code that throws.
type LoadError struct {
	Plugin string // name of the plugin, may be empty while unknown
	File   string // relative to the plugin's root
	Line   int    // 1-based, 0 unknown
	Column int    // 1-based, in bytes, 0 unknown
	Err    error  // cause, never nil
}

// Error is one line: "plugin: file:line:column: cause".
func (e *LoadError) Error() string {
	var b strings.Builder
	if e.Plugin != "" {
		b.WriteString(e.Plugin + ": ")
	}
	if pos := position(e.File, e.Line, e.Column); pos != "" {
		b.WriteString(pos + ": ")
	}
	b.WriteString(e.Err.Error())
	return b.String()
}

// Unwrap returns the cause.
func (e *LoadError) Unwrap() error { return e.Err }

// InPlugin puts a plugin's name into load errors that have none yet, each one if err joins several;
// any other error becomes the cause of a *[LoadError]. For engines.
func InPlugin(name string, err error) error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		errs := slices.Clone(joined.Unwrap())
		for i := range errs {
			errs[i] = InPlugin(name, errs[i])
		}
		return errors.Join(errs...)
	}
	load, ok := err.(*LoadError)
	if !ok {
		return &LoadError{Plugin: name, Err: err}
	}
	if load.Plugin == "" {
		load.Plugin = name
	}
	return load
}

// PluginError reports a failure inside one plugin call.
type PluginError struct {
	Plugin string // name from plugin.json
	Hook   string // "setupPlugin", "processEvent", …
	UUID   string // event being processed; empty outside event calls
	Err    error  // cause, never nil
}

// Error is one line: "plugin: hook uuid: cause".
func (e *PluginError) Error() string {
	if e.UUID == "" {
		return fmt.Sprintf("%s: %s: %s", e.Plugin, e.Hook, oneLine(e.Err.Error()))
	}
	return fmt.Sprintf("%s: %s %s: %s", e.Plugin, e.Hook, e.UUID, oneLine(e.Err.Error()))
}

// Unwrap returns the cause.
func (e *PluginError) Unwrap() error { return e.Err }

// Stack returns the cause's stack in the plugin's own source, one frame a line, or "".
func (e *PluginError) Stack() string {
	var s interface{ Stack() string }
	if errors.As(e.Err, &s) {
		return s.Stack()
	}
	return ""
}

// RetryError asks for another attempt of setupPlugin, onEvent or exportEvents: see [Retry].
// Elsewhere it is an error like any other.
// Source: the original runtime, class RetryError.
type RetryError struct {
	Err error // cause, may be nil
}

// Retry wraps err, so that the hook that returns it is tried again later.
func Retry(err error) error { return &RetryError{Err: err} }

// Error is "RetryError: cause", or "RetryError" without one.
func (e *RetryError) Error() string {
	if e.Err == nil {
		return "RetryError"
	}
	return "RetryError: " + e.Err.Error()
}

// Unwrap returns the cause.
func (e *RetryError) Unwrap() error { return e.Err }

// position formats file:line:column, leaving out what is unknown.
func position(file string, line, column int) string {
	switch {
	case file == "":
		return ""
	case line == 0:
		return file
	case column == 0:
		return fmt.Sprintf("%s:%d", file, line)
	}
	return fmt.Sprintf("%s:%d:%d", file, line, column)
}

// oneLine keeps an error message on one line, so that logs stay readable.
func oneLine(s string) string {
	if !strings.ContainsAny(s, "\r\n") {
		return s
	}
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' }), " ⏎ ")
}

// ErrNotAnEvent reports that processEvent returned something true that is no event: a number, a
// string, an array. The event goes on as it entered the plugin.
var ErrNotAnEvent = errors.New("processEvent returned no event")

// ErrNotInteger reports that a counter holds something else than a whole number.
var ErrNotInteger = errors.New("value is not an integer or out of range")

// ErrWrongType reports that a cache key holds a text where a list is needed, or the reverse.
var ErrWrongType = errors.New("operation against a key holding the wrong kind of value")
