package manifest

import (
	"fmt"
	"io"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// Bounds on what counts as the text of a secret, in bytes.
const (
	minSecret      = 3        // shorter texts occur by chance in any log
	minInnerSecret = 8        // the same for texts inside a JSON value, which are mostly words
	maxFileSecret  = 64 << 10 // of an attachment: what is larger is data, not a credential
)

// secretSet collects texts to be redacted.
type secretSet map[string]bool

func (s secretSet) add(text string, least int) {
	if len(text) >= least {
		s[text] = true
	}
}

// text adds a text as it is and without the line end that shells and editors leave, and what
// is in it if it is JSON: a field of type json holds text.
func (s secretSet) text(text string) {
	s.add(text, minSecret)
	s.add(strings.TrimSpace(text), minSecret)
	if inner, problems, _ := readJSON(text); len(problems) == 0 {
		s.inner(inner)
	}
}

// value adds a value of a secret field. true, false and null hide nothing.
func (s secretSet) value(v *node) {
	switch v.kind {
	case kindString:
		s.text(v.text)
	case kindNumber:
		s.add(v.raw, minSecret)
	case kindArray, kindObject:
		s.add(string(v.json()), minSecret)
		s.inner(v)
	}
}

// inner adds the texts and numbers inside an array or object.
func (s secretSet) inner(v *node) {
	for _, item := range v.items {
		s.leaf(item)
	}
	for _, m := range v.members {
		s.leaf(m.value)
	}
}

func (s secretSet) leaf(v *node) {
	switch v.kind {
	case kindString:
		s.add(v.text, minInnerSecret)
	case kindNumber:
		s.add(v.raw, minInnerSecret)
	default:
		s.inner(v)
	}
}

func (s secretSet) file(contents []byte) {
	if len(contents) <= maxFileSecret && utf8.Valid(contents) {
		s.text(string(contents))
	}
}

// sorted returns the texts longest first, so that no secret hides a part of a longer one.
func (s secretSet) sorted() []string {
	return slices.SortedFunc(maps.Keys(s), longestFirst)
}

func longestFirst(a, b string) int {
	if len(a) != len(b) {
		return len(b) - len(a)
	}
	return strings.Compare(a, b)
}

// findSecrets settles which texts nothing may print, before any message is made.
func (r *resolver) findSecrets(more []string) {
	set := secretSet{}
	for _, text := range more {
		set.text(text)
	}
	var keys []string
	for _, f := range r.fields {
		if !f.Secret {
			continue
		}
		keys = append(keys, f.Key)
		set.file(r.attachments[f.Key].Contents)
		if v := r.effective(f.Key); v != nil {
			set.value(v)
		}
	}
	for _, m := range r.given {
		if !r.declares(m.name) && nearest(m.name, keys) != "" {
			set.value(r.values[m.name])
		}
	}
	r.out.Secrets = set.sorted()
	r.redactor = NewRedactor(r.out.Secrets...)
}

// String names what is given without showing a value.
func (g Given) String() string {
	return fmt.Sprintf("Given{Config: %d bytes, Attachments: %q, Secrets: %d}", len(g.Config), attachmentKeys(g.Attachments), len(g.Secrets))
}

// Format prints String for every verb, so that no value is printed by accident.
func (g Given) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, g.String()) }

// LogValue makes package slog print String.
func (g Given) LogValue() slog.Value { return slog.StringValue(g.String()) }

// String names what was resolved without showing a value.
func (r Resolved) String() string {
	return fmt.Sprintf("Resolved{Config: %q, Attachments: %q, Secrets: %d, Defaulted: %q}", r.configKeys(), attachmentKeys(r.Attachments), len(r.Secrets), r.Defaulted)
}

// Format prints String for every verb, so that no value is printed by accident.
func (r Resolved) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, r.String()) }

// LogValue makes package slog print String.
func (r Resolved) LogValue() slog.Value { return slog.StringValue(r.String()) }

// configKeys returns the keys of Config in order.
func (r Resolved) configKeys() []string {
	root, problems, _ := readJSON(string(r.Config))
	if len(problems) > 0 {
		return nil
	}
	var keys []string
	for _, m := range root.members {
		keys = append(keys, m.name)
	}
	return keys
}

func attachmentKeys(attachments map[string]Attachment) []string {
	return slices.Sorted(maps.Keys(attachments))
}
