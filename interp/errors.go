package interp

import (
	"strings"

	"github.com/plugreel/plugreel/interp/internal/engine"
)

// ErrImport is matched by the errors of imports that a plugin cannot have, because the package is
// not open to plugins or not there. A plugin that is compiled in may have them.
var ErrImport = engine.ErrImport

// PanicError is a panic of a plugin, at its place in the author's source.
type PanicError struct {
	Value  any    // what the plugin panicked with; one of its own types comes as an opaque value
	File   string // relative to the plugin's root; empty if unknown
	Line   int    // 1-based, 0 unknown
	Frames []string

	text string
}

func newPanicError(p *engine.PanicError) *PanicError {
	return &PanicError{Value: p.Value, File: p.At.Filename, Line: p.At.Line, Frames: p.Frames, text: p.Error()}
}

// Error is one line: "panic: message (plugin.go:12)".
func (e *PanicError) Error() string { return e.text }

// Stack returns the functions of the plugin that the panic left, innermost first, one a line.
func (e *PanicError) Stack() string { return strings.Join(e.Frames, "\n") }

// Unwrap returns what the plugin panicked with, if that is an error.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}
