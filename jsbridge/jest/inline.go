package jest

import (
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/dop251/goja"
)

// inlineSnapshot is a snapshot to be written into a call in the test's text.
type inlineSnapshot struct {
	file         string
	line, column int // of the call, 1-based
	method, text string
}

// writeInline writes inline snapshots into the files that ask for them.
func (r *run) writeInline(list []*goja.Object) error {
	byFile := map[string][]inlineSnapshot{}
	for _, o := range list {
		site := o.Get("site").ToObject(r.vm)
		s := inlineSnapshot{
			file: site.Get("file").String(), line: int(site.Get("line").ToInteger()), column: int(site.Get("column").ToInteger()),
			method: o.Get("method").String(), text: o.Get("snapshot").String(),
		}
		byFile[s.file] = append(byFile[s.file], s)
	}
	for file, snapshots := range byFile {
		name := filepath.Join(filepath.FromSlash(r.p.dir), filepath.FromSlash(file))
		source, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if err := os.WriteFile(name, []byte(withInline(string(source), snapshots)), 0o666); err != nil {
			return err
		}
	}
	return nil
}

// withInline puts snapshots into a source, the last first so that places stay what they are.
func withInline(source string, snapshots []inlineSnapshot) string {
	sort.SliceStable(snapshots, func(i, j int) bool {
		a, b := snapshots[i], snapshots[j]
		return a.line > b.line || a.line == b.line && a.column > b.column
	})
	done := map[[2]int]bool{}
	for _, s := range snapshots {
		if at := [2]int{s.line, s.column}; !done[at] { // a call in a loop has one snapshot
			done[at] = true
			source = insertInline(source, s)
		}
	}
	return source
}

func insertInline(source string, s inlineSnapshot) string {
	from := offsetOf(source, s.line, 1)
	call := strings.Index(source[from:], s.method+"(")
	if near := offsetOf(source, s.line, s.column); near < len(source) {
		if i := strings.Index(source[max(from, near-len(s.method)):], s.method+"("); i >= 0 {
			call = max(from, near-len(s.method)) + i - from
		}
	}
	if call < 0 {
		return source
	}
	open := from + call + len(s.method) + 1
	closing, lastComma, text := argumentsEnd(source, open)
	if closing < 0 {
		return source
	}
	literal := inlineLiteral(s.text, indentAt(source, open))
	switch {
	case text >= 0:
		return source[:text] + literal + source[closing:]
	case strings.TrimSpace(source[open:closing]) == "":
		return source[:open] + literal + source[closing:]
	case blank(source[open:closing]):
		return source[:closing] + literal + source[closing:]
	case lastComma >= 0 && blank(source[lastComma+1:closing]):
		return source[:lastComma+1] + " " + literal + source[lastComma+1:]
	}
	return source[:closing] + ", " + literal + source[closing:]
}

// offsetOf is the offset of a line and column that count from 1.
func offsetOf(source string, line, column int) int {
	at := 0
	for ; line > 1; line-- {
		next := strings.IndexByte(source[at:], '\n')
		if next < 0 {
			return len(source)
		}
		at += next + 1
	}
	return min(len(source), at+max(0, column-1))
}

// argumentsEnd finds the parenthesis that closes arguments, the last comma between them, and where a
// template literal begins that is an argument of its own; -1 for what is not there.
func argumentsEnd(source string, open int) (closing, lastComma, text int) {
	depth, lastComma, text := 0, -1, -1
	for i := open; i < len(source); i++ {
		switch c := source[i]; c {
		case '\'', '"', '`':
			if c == '`' && depth == 0 {
				text = i
			}
			i = stringEnd(source, i)
		case '/':
			i = max(i, commentEnd(source, i)-1)
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			if depth == 0 {
				return i, lastComma, text
			}
			depth--
		case ',':
			if depth == 0 {
				lastComma = i
			}
		}
	}
	return -1, -1, -1
}

// stringEnd is the offset of the quote that closes the string that begins at an offset.
func stringEnd(source string, from int) int {
	for i := from + 1; i < len(source); i++ {
		switch source[i] {
		case '\\':
			i++
		case source[from]:
			return i
		}
	}
	return len(source)
}

// commentEnd is the offset behind the comment that begins at an offset, which is returned if none does.
func commentEnd(source string, from int) int {
	end := ""
	switch {
	case strings.HasPrefix(source[from:], "//"):
		end = "\n"
	case strings.HasPrefix(source[from:], "/*"):
		end = "*/"
	default:
		return from
	}
	n := strings.Index(source[from+2:], end)
	if n < 0 {
		return len(source)
	}
	return from + 2 + n + len(end)
}

// blank says whether there is nothing but white space and comments.
func blank(source string) bool {
	for source = strings.TrimSpace(source); source != ""; source = strings.TrimSpace(source) {
		end := commentEnd(source, 0)
		if end == 0 {
			return false
		}
		source = source[end:]
	}
	return true
}

// indentAt is the white space at the start of the line of an offset.
func indentAt(source string, at int) string {
	line := source[strings.LastIndexByte(source[:at], '\n')+1:]
	return line[:len(line)-len(strings.TrimLeft(line, " \t"))]
}

// inlineLiteral is a snapshot as a template literal, indented below its line if it has several.
func inlineLiteral(text, indent string) string {
	escaped := strings.NewReplacer("\\", "\\\\", "`", "\\`", "${", "\\${").Replace(text)
	if !strings.Contains(escaped, "\n") {
		return "`" + escaped + "`"
	}
	lines := strings.Split(strings.Trim(escaped, "\n"), "\n")
	for i, line := range lines {
		if line != "" {
			lines[i] = indent + "  " + line
		}
	}
	return "`\n" + strings.Join(lines, "\n") + "\n" + indent + "`"
}
