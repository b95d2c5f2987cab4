package manifest

import (
	"fmt"
	"io"
	"sort"
	"strings"
	"unicode/utf8"
)

// defaultFile stands in messages for a file without a name.
const defaultFile = "plugin.json"

// Parse reads a plugin.json from r and returns what it says, with every problem found. The
// manifest is never nil: after an error it holds what could be read, for tools that show it,
// and must not be run; [Problems.Err] tells.
//
// file is used in messages only; "" means "plugin.json". Lines and columns count from 1: a
// line ends with LF, a column is a number of bytes, so a tab is one and "é" is two. A byte
// order mark is allowed and not counted. What is missing at the end stands past the last byte.
//
// Of members with the same name the last counts. A null is an absent member. Parse reads at
// most MaxBytes+1 bytes from r, touches no file system and no network, and may run
// concurrently.
// Source: the original runtime, fact sheet section 1.
func Parse(r io.Reader, file string) (*Manifest, Problems) {
	if file == "" {
		file = defaultFile
	}
	d := &decoder{m: &Manifest{File: file}}
	src, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	switch {
	case err != nil:
		d.reject(CodeUnreadable, "cannot be read: "+err.Error()).cause = err
	case len(src) > MaxBytes:
		d.reject(CodeTooLarge, fmt.Sprintf("got more than %d bytes", MaxBytes))
	case hasUTF16Mark(src):
		d.reject(CodeNotUTF8, "got UTF-16, want UTF-8")
	default:
		d.decode(strings.TrimPrefix(string(src), "\uFEFF"))
	}
	return d.m, d.finish()
}

func hasUTF16Mark(src []byte) bool {
	return len(src) >= 2 && (src[0] == 0xFF && src[1] == 0xFE || src[0] == 0xFE && src[1] == 0xFF)
}

// decoder makes a manifest of a JSON tree and collects problems.
type decoder struct {
	m          *Manifest
	src        string
	lines      []int // offset of each line's first byte
	partial    bool  // the tree is not whole: nothing may be called missing
	problems   Problems
	unlisted   int // problems past MaxProblems
	failed     bool
	conditions []conditionRef
}

func (d *decoder) decode(src string) {
	d.index(src)
	if i := invalidUTF8(src); i >= 0 {
		d.warn(i, nil, CodeNotUTF8, "got a byte that is not UTF-8; it is read as U+FFFD")
	}
	root, problems, partial := readJSON(src)
	for _, p := range problems {
		d.fail(p.offset, p.at, p.code, p.message)
	}
	d.partial = partial
	if root == nil {
		return
	}
	d.duplicates(root, nil)
	d.manifest(root)
}

// invalidUTF8 returns the position of the first byte that is not UTF-8, -1 if there is none.
func invalidUTF8(s string) int {
	for i, c := range s {
		if c != utf8.RuneError {
			continue
		}
		if _, size := utf8.DecodeRuneInString(s[i:]); size == 1 {
			return i
		}
	}
	return -1
}

// duplicates warns of members with the same name, in the whole tree.
func (d *decoder) duplicates(n *node, at *place) {
	for i, item := range n.items {
		d.duplicates(item, at.element(i))
	}
	first := make(map[string]int, len(n.members))
	for _, m := range n.members {
		if before, again := first[m.name]; again {
			line, _ := d.position(before)
			d.warn(m.offset, at.member(m.name), CodeDuplicateMember, fmt.Sprintf("got this name twice (first in line %d), want it once; the last one counts", line))
			d.duplicates(m.value, at.member(m.name))
			continue
		}
		first[m.name] = m.offset
		d.duplicates(m.value, at.member(m.name))
	}
}

func (d *decoder) reject(code, message string) *Error {
	e := &Error{File: d.m.File, Severity: SeverityError, Code: code, Message: message}
	d.problems = append(d.problems, e)
	return e
}

// warn adds a warning and returns it, so that the caller can set a suggestion.
func (d *decoder) warn(offset int, at *place, code, message string) *Error {
	return d.add(offset, at, &Error{Severity: SeverityWarning, Code: code, Message: message})
}

// fail adds an error and returns it, so that the caller can set a suggestion.
func (d *decoder) fail(offset int, at *place, code, message string) *Error {
	return d.add(offset, at, &Error{Severity: SeverityError, Code: code, Message: message})
}

// add lists e unless the list is full; the first error is listed all the same, since Err
// depends on it.
func (d *decoder) add(offset int, at *place, e *Error) *Error {
	first := e.Severity == SeverityError && !d.failed
	if len(d.problems) >= MaxProblems && !first {
		d.unlisted++
		return e
	}
	d.failed = d.failed || first
	e.File, e.Path = d.m.File, at.String()
	e.Line, e.Column = d.position(offset)
	d.problems = append(d.problems, e)
	return e
}

func (d *decoder) finish() Problems {
	d.problems.sort()
	if d.unlisted > 0 {
		e := &Error{File: d.m.File, Code: CodeTooMany, Message: fmt.Sprintf("got %d more problems, not listed", d.unlisted)}
		e.Line, e.Column = d.position(len(d.src))
		d.problems = append(d.problems, e)
	}
	return d.problems
}

func (d *decoder) index(src string) {
	d.src, d.lines = src, []int{0}
	for i := range len(src) {
		if src[i] == '\n' {
			d.lines = append(d.lines, i+1)
		}
	}
}

// position returns the line and column of an offset, both from 1.
func (d *decoder) position(offset int) (line, column int) {
	line = sort.SearchInts(d.lines, offset+1)
	return line, offset - d.lines[line-1] + 1
}
