package engine

import (
	"errors"
	"fmt"
	"go/token"
	"regexp"
	"strings"
	"sync"

	"github.com/plugreel/plugreel/interp/internal/rt"
)

// PanicError is a panic of interpreted code.
type PanicError struct {
	Value  any // what the program panicked with
	At     token.Position
	Frames []string // of the program's functions, innermost first
}

// Error is one line: "panic: message (main.go:12)".
func (e *PanicError) Error() string {
	text := fmt.Sprint(e.Value)
	if err, ok := e.Value.(error); ok {
		text = err.Error()
	}
	if e.At.Line == 0 {
		return "panic: " + text
	}
	return fmt.Sprintf("panic: %s (%s:%d)", text, e.At.Filename, e.At.Line)
}

// Unwrap returns what the program panicked with, if that is an error.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}

// Panicked describes a panic that came out of the program.
func (m *Machine) Panicked(v any) *PanicError {
	e := &PanicError{At: m.unit.where(m.rt.Line())}
	var thrown *PanicError
	if err, ok := v.(error); ok && errors.As(err, &thrown) {
		return thrown
	}
	e.Value = rt.Panic(v)
	for i, name := range m.frames.functions(m.unit.lowered.Funcs) {
		if i == 0 {
			e.Frames = append(e.Frames, fmt.Sprintf("at %s (%s:%d)", name, e.At.Filename, e.At.Line))
		} else {
			e.Frames = append(e.Frames, "at "+name)
		}
	}
	return e
}

// where is the place that a number in the lowered text stands for.
func (u *Unit) where(n int) token.Position {
	if n == 0 || n>>20 >= len(u.lowered.Files) {
		return token.Position{}
	}
	return token.Position{Filename: u.lowered.Files[n>>20], Line: n & (1<<20 - 1)}
}

// frameLog keeps what the interpreter writes when a panic leaves a function: a line for each.
type frameLog struct {
	mu   sync.Mutex
	text []byte
}

// maxFrameLog bounds what is kept of a deep stack.
const maxFrameLog = 16 << 10

func (l *frameLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text = append(l.text, p[:min(len(p), maxFrameLog-len(l.text))]...)
	return len(p), nil
}

func (l *frameLog) reset() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text = l.text[:0]
}

// frameLine matches the interpreter's line for a frame: "12:3: panic: main.Ffoo_12(...)".
var frameLine = regexp.MustCompile(`panic: main\.([^(\s]*)\(`)

// functions are the author's names of the functions that the panic left, innermost first.
func (l *frameLog) functions(names map[string]string) []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var list []string
	for line := range strings.Lines(string(l.text)) {
		match := frameLine.FindStringSubmatch(line)
		if match == nil {
			continue
		}
		name, rest, _ := strings.Cut(match[1], ".")
		author := names[name]
		if author == "" {
			continue
		}
		if strings.Contains(rest, "func") {
			author += ".func"
		}
		if len(list) == 0 || list[len(list)-1] != author {
			list = append(list, author)
		}
	}
	return list
}
