package jsbridge

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/plugreel/plugreel/sdk"
)

// ScriptError is what a plugin's JavaScript threw, at its place in the author's source.
type ScriptError struct {
	Name    string // class of the error: "TypeError"; empty if what was thrown is no Error
	Message string // the error's message, else the thrown value as text
	File    string // relative to the plugin's root; empty if unknown
	Line    int    // 1-based, 0 unknown
	Column  int    // 1-based, 0 unknown
	Frames  []string
}

// Error is one line: "TypeError: message (index.ts:3:5)".
func (e *ScriptError) Error() string {
	if e.File == "" {
		return e.headline()
	}
	return fmt.Sprintf("%s (%s:%d:%d)", e.headline(), e.File, e.Line, e.Column)
}

func (e *ScriptError) headline() string {
	if e.Name == "" {
		return e.Message
	}
	if e.Message == "" {
		return e.Name
	}
	return e.Name + ": " + e.Message
}

// Stack returns the frames in the plugin's source, innermost first, one a line.
func (e *ScriptError) Stack() string { return strings.Join(e.Frames, "\n") }

// describeError turns an error of goja into a *ScriptError.
func (in *instance) describeError(err error) error {
	var exception *goja.Exception
	var reject *rejection
	var overflow *goja.StackOverflowError
	var builtin classError
	var load *sdk.LoadError
	switch {
	case errors.As(err, &load): // of a module that was required
		return load
	case errors.As(err, &builtin):
		return &ScriptError{Name: builtin.class, Message: builtin.message}
	case errors.As(err, &overflow):
		return ExplainOverflow(overflow)
	case errors.As(err, &exception):
		return in.fromValue(exception.Value(), exception.Stack())
	case errors.As(err, &reject):
		return in.fromValue(reject.reason, nil)
	}
	return err
}

// fromValue describes a thrown value; frames is where it was thrown, if known.
func (in *instance) fromValue(v goja.Value, frames []goja.StackFrame) error {
	e := &ScriptError{Message: describeValue(v)}
	e.locate(frames)
	o, ok := v.(*goja.Object)
	if !ok {
		return e
	}
	exception := in.vm.Try(func() {
		if o.ClassName() != "Error" {
			return
		}
		stack := text(o.Get("stack"))
		e.Name, e.Message = text(o.Get("name")), text(o.Get("message"))
		e.locateText(stack)
		in.reword(e, stack)
	})
	if exception == nil && e.Name == "RetryError" {
		return &sdk.RetryError{Err: retried{e}}
	}
	return e
}

// retried is a RetryError of JavaScript without its class, which sdk.RetryError says already.
type retried struct{ *ScriptError }

func (r retried) Error() string { return strings.TrimPrefix(r.ScriptError.Error(), "RetryError: ") }
func (r retried) Unwrap() error { return r.ScriptError }

// isShim recognises the names of this package's own scripts.
func isShim(file string) bool { return strings.HasPrefix(file, "plugreel:") }

// locate takes the position from the innermost frame in the plugin's source.
func (e *ScriptError) locate(frames []goja.StackFrame) {
	for i := range frames {
		at := frames[i].Position()
		if at.Line == 0 || isShim(at.Filename) {
			continue
		}
		if e.File == "" {
			e.File, e.Line, e.Column = at.Filename, at.Line, at.Column
		}
		e.Frames = append(e.Frames, fmt.Sprintf("at %s (%s:%d:%d)", frames[i].FuncName(), at.Filename, at.Line, at.Column))
	}
}

// locateText takes the position, if none is known yet, from the text of an Error's stack: where
// it was made.
func (e *ScriptError) locateText(stack string) {
	var frames []string
	for line := range strings.SplitSeq(stack, "\n") {
		f, ok := parseFrame(line)
		if !ok || isShim(f.file) {
			continue
		}
		if len(frames) == 0 {
			e.File = f.file
			e.Line, _ = strconv.Atoi(f.line)
			e.Column, _ = strconv.Atoi(f.column)
		}
		frames = append(frames, "at "+f.name+" ("+f.file+":"+f.line+":"+f.column+")")
	}
	if len(frames) > 0 {
		e.Frames = frames
	}
}

// frame is a line of an Error's stack.
type frame struct{ name, file, line, column string }

// parseFrame reads "at name (file:line:column(pc))" or "at file:line:column(pc)"; a function without a name is
// called <anonymous>.
func parseFrame(text string) (f frame, ok bool) {
	text, ok = strings.CutPrefix(strings.TrimLeft(text, "\t "), "at ")
	if !ok {
		return f, false
	}
	f.name = "<anonymous>"
	if inner, named := strings.CutSuffix(text, "))"); named {
		open := strings.LastIndex(inner, " (")
		if open < 0 {
			return f, false
		}
		if open > 0 {
			f.name = inner[:open]
		}
		text = inner[open+len(" ("):] + ")"
	}
	place, counter, ok := cutLast(text, "(")
	if !ok || !strings.HasSuffix(counter, ")") || !isDigits(counter[:len(counter)-1]) {
		return f, false
	}
	place, f.column, _ = cutLast(place, ":")
	f.file, f.line, _ = cutLast(place, ":")
	return f, f.file != "" && f.file[0] != ' ' && !strings.ContainsAny(f.file, "()") && isDigits(f.line) && isDigits(f.column)
}

// cutLast cuts a text at the last place where sep stands.
func cutLast(text, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(text, sep); i >= 0 {
		return text[:i], text[i+len(sep):], true
	}
	return text, "", false
}

func isDigits(text string) bool { return text != "" && strings.Trim(text, "0123456789") == "" }

// describeValue shows a thrown or returned value on one line.
func describeValue(v goja.Value) (text string) {
	defer func() {
		if recover() != nil { // a toString of the plugin's own threw
			text = "an object that cannot be shown"
		}
	}()
	if v == nil {
		return "undefined"
	}
	text = v.String()
	if o, ok := v.(*goja.Object); ok && text == "[object Object]" {
		if json, err := o.MarshalJSON(); err == nil {
			text = string(json)
		}
	}
	const most = 500
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "") + "…"
	}
	return text
}
