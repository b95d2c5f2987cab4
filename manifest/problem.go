package manifest

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Severity says what a problem does to the plugin. The zero value is [SeverityWarning].
type Severity int

const (
	// SeverityWarning marks a problem that is reported and leaves the plugin usable.
	SeverityWarning Severity = iota
	// SeverityError marks a problem that keeps the plugin from being used.
	SeverityError
)

// String returns "warning" or "error".
func (s Severity) String() string {
	if s == SeverityError {
		return "error"
	}
	return "warning"
}

// MarshalText makes a severity read "warning" or "error" in JSON reports. It never fails.
func (s Severity) MarshalText() ([]byte, error) {
	return []byte(s.String()), nil
}

// Error is one problem of a plugin.json, of either severity. It never quotes the value of a
// secret field.
type Error struct {
	File         string // as given to Parse; "plugin.json" if that was empty
	Line, Column int    // 1-based, Column in bytes, see Parse; both 0 if the text could not be read
	Path         string // "config[1].type", `config["my key"].hint`; "" for the whole text
	Severity     Severity
	Code         string // stable kebab-case name of the kind of problem, one of the Code constants
	Message      string // without position, path and suggestion
	Suggestion   string // a name that was probably meant; "" if there is none

	cause error
}

// The values of Error.Code. New ones may be added; these keep their meaning.
const (
	CodeUnreadable      = "unreadable"       // error: the reader failed
	CodeTooLarge        = "too-large"        // error: more than MaxBytes
	CodeTooDeep         = "too-deep"         // error: nested deeper than MaxDepth
	CodeTooMany         = "too-many"         // warning: stands for problems past MaxProblems
	CodeSyntax          = "syntax"           // error: not JSON
	CodeComment         = "comment"          // error: JSON has no comments
	CodeTrailingComma   = "trailing-comma"   // error: a comma before a closing bracket
	CodeMissingComma    = "missing-comma"    // error: two values without a comma
	CodeNotUTF8         = "not-utf8"         // error for UTF-16; warning for single bytes, read as U+FFFD
	CodeWrongType       = "wrong-type"       // error for a structural key, warning for the others
	CodeMainOutside     = "main-outside"     // error: main names a file outside the root
	CodeDuplicateMember = "duplicate-member" // warning: the last member of a name counts
	CodeUnknownKey      = "unknown-key"      // warning: kept in Unknown
	CodeMissingName     = "missing-name"     // warning: the directory's name is used
	CodeMissingKey      = "missing-key"      // warning: a field that no plugin can read
	CodeDuplicateKey    = "duplicate-key"    // warning: the last field of a key counts
	CodeKeyMismatch     = "key-mismatch"     // warning: the key of an object-form field differs from its member name
	CodeUnknownType     = "unknown-type"     // warning: treated as string
	CodeBadChoices      = "bad-choices"      // warning: no usable choices, any value is accepted
	CodeUnusedChoices   = "unused-choices"   // warning: choices of a field that is no choice
	CodeSecretChoice    = "secret-choice"    // warning: a choice cannot be secret in the settings page
	CodeDefaultChoice   = "default-choice"   // warning: the default is not among the choices
	CodeUnusedDefault   = "unused-default"   // warning: an attachment has no default
	CodeBadCondition    = "bad-condition"    // warning: required_if or visible_if is malformed and ignored
	CodeBadOrder        = "bad-order"        // warning: order is out of range and ignored
	CodeBadVersion      = "bad-version"      // warning: posthogVersion is no version range
	CodeStatelessConfig = "stateless-config" // warning: installing such a plugin was refused
)

// Error returns one line: file:line:column, path, message and suggestion, as far as known.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.File)
	if e.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", e.Line, e.Column)
	}
	if e.Path != "" {
		b.WriteString(": " + e.Path)
	}
	b.WriteString(": " + e.Message + didYouMean(e.Suggestion))
	return b.String()
}

// Unwrap returns the error of the reader for a problem with CodeUnreadable, nil otherwise.
func (e *Error) Unwrap() error { return e.cause }

// suggest sets the suggestion, unless e is not listed anyway.
func (e *Error) suggest(got string, known []string) {
	if e.File != "" {
		e.Suggestion = nearest(got, known)
	}
}

// Problems is what Parse found, sorted by position; it holds both severities and may be nil.
type Problems []*Error

// Err joins the problems of severity error into one error, a line each; nil if there is none.
func (p Problems) Err() error {
	var errs []error
	for _, e := range p.of(SeverityError) {
		errs = append(errs, e)
	}
	return errors.Join(errs...)
}

// Warnings returns the problems of severity warning, in order.
func (p Problems) Warnings() Problems { return p.of(SeverityWarning) }

func (p Problems) of(s Severity) Problems {
	var out Problems
	for _, e := range p {
		if e.Severity == s {
			out = append(out, e)
		}
	}
	return out
}

func (p Problems) sort() {
	slices.SortStableFunc(p, func(a, b *Error) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
}

func didYouMean(suggestion string) string {
	if suggestion == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %s?", quote(suggestion))
}

// quote is %q for foreign text in a message, cut to a length that keeps a line readable.
func quote(s string) string { return fmt.Sprintf("%q", cut(s)) }

// maxQuotedRunes bounds foreign text in messages and paths.
const maxQuotedRunes = 60

func cut(s string) string {
	count := 0
	for i := range s {
		if count == maxQuotedRunes {
			return s[:i] + "…"
		}
		count++
	}
	return s
}
