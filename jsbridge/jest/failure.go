package jest

import (
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/plugreel/plugreel/jsbridge"
)

// described makes a failure of an Error for the scripts; text replaces its message.
func (r *run) described(v, text goja.Value) *goja.Object {
	f := r.failure(v)
	if !goja.IsUndefined(text) {
		f.Message = text.String()
	}
	return r.failureObject(f)
}

// failureObject is a failure for the scripts, which hand it back with the test's result.
func (r *run) failureObject(f Failure) *goja.Object {
	return r.object(map[string]any{"message": f.Message, "where": f.Where, "file": f.File, "line": f.Line, "column": f.Column})
}

func failureOf(o *goja.Object) Failure {
	return Failure{
		Message: o.Get("message").String(), Where: o.Get("where").String(), File: o.Get("file").String(),
		Line: int(o.Get("line").ToInteger()), Column: int(o.Get("column").ToInteger()),
	}
}

// failure describes what was thrown.
func (r *run) failure(v goja.Value) Failure { return r.explained(r.realm.Explain(v)) }

// explained adds the lines around the place to what is known of an error.
func (r *run) explained(e *jsbridge.ScriptError) Failure {
	f := Failure{Message: headline(e)}
	frames := visibleFrames(e.Frames)
	if len(frames) == 0 {
		return f
	}
	f.File, f.Line, f.Column = frames[0].file, frames[0].line, frames[0].column
	var where []string
	if source, err := fs.ReadFile(r.p.fsys, f.File); err == nil {
		where = append(where, codeFrame(string(source), f.Line, f.Column), "")
	}
	for _, frame := range frames {
		where = append(where, "  "+frame.text)
	}
	f.Where = strings.Join(where, "\n")
	return f
}

// headline is what Jest prints of an Error: the class only if it is not Error itself.
func headline(e *jsbridge.ScriptError) string {
	if e.Name == "" || e.Name == "Error" && e.Message != "" {
		return e.Message
	}
	if e.Message == "" {
		return e.Name
	}
	return e.Name + ": " + e.Message
}

// frame is a line of a stack.
type frame struct {
	text         string
	file         string
	line, column int
}

// visibleFrames leaves out what is not the author's: installed packages.
func visibleFrames(lines []string) []frame {
	var frames []frame
	for _, text := range lines {
		open := strings.LastIndexByte(text, '(')
		parts := strings.Split(strings.TrimSuffix(text[open+1:], ")"), ":")
		if len(parts) < 3 {
			continue
		}
		f := frame{text: text, file: strings.Join(parts[:len(parts)-2], ":")}
		f.line, _ = strconv.Atoi(parts[len(parts)-2])
		f.column, _ = strconv.Atoi(parts[len(parts)-1])
		if strings.Contains(f.file, "node_modules/") {
			continue
		}
		if name, ok := strings.CutPrefix(text, "at <anonymous> ("); ok {
			f.text = "at " + strings.TrimSuffix(name, ")")
		}
		frames = append(frames, f)
	}
	return frames
}

// Lines of the source that are shown around the place of a failure.
const (
	linesAbove = 2
	linesBelow = 3
)

// codeFrame shows the lines around a place, with a mark below the column.
func codeFrame(source string, line, column int) string {
	lines := strings.Split(strings.ReplaceAll(source, "\r\n", "\n"), "\n")
	if line < 1 || line > len(lines) {
		return ""
	}
	first, last := max(1, line-linesAbove), min(len(lines), line+linesBelow)
	width := len(strconv.Itoa(last))
	var b strings.Builder
	for n := first; n <= last; n++ {
		mark := " "
		if n == line {
			mark = ">"
		}
		fmt.Fprintf(&b, "%s\n", strings.TrimRight(fmt.Sprintf("%s %*d | %s", mark, width, n, lines[n-1]), " "))
		if n == line && column > 0 {
			fmt.Fprintf(&b, "  %*s | %s^\n", width, "", indentOf(lines[n-1], column-1))
		}
	}
	return strings.TrimRight(b.String(), "\n")
}

// indentOf is white space as wide as the first n bytes of a line, with its tabs.
func indentOf(line string, n int) string {
	var b strings.Builder
	for i, c := range line {
		if i >= n {
			break
		}
		if c == '\t' {
			b.WriteByte('\t')
		} else {
			b.WriteByte(' ')
		}
	}
	return b.String()
}
