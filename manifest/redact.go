package manifest

import (
	"bytes"
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// redacted stands for a secret in printed text.
const redacted = "[secret]"

// Redactor takes secret values out of texts. A nil Redactor, and one without secrets, returns
// texts as they are. It does not change after NewRedactor, so calls may overlap.
type Redactor struct {
	forms []string // every spelling of every secret, longest first
}

// NewRedactor returns a redactor of the given texts, in any order. It ignores those shorter
// than three bytes: they occur by chance in any text, and replacing them would make logs
// unreadable without hiding much.
func NewRedactor(secrets ...string) *Redactor {
	seen := map[string]bool{}
	r := &Redactor{}
	for _, secret := range secrets {
		if len(secret) < minSecret {
			continue
		}
		for _, form := range spellings(secret) {
			if !seen[form] {
				seen[form] = true
				r.forms = append(r.forms, form)
			}
		}
	}
	slices.SortFunc(r.forms, longestFirst)
	return r
}

// spellings returns a secret as it appears in plain text, in JSON (by Go and by JavaScript), in JSON that is a
// string of other JSON, as the body of a webhook is, in Go's %q, and in URLs (a query by Go, a path, and JavaScript's
// encodeURIComponent).
func spellings(secret string) []string {
	query := url.QueryEscape(secret)
	plain := appendString(nil, secret)
	return []string{
		secret,
		inside(string(plain)),
		inside(escapeHTML(plain)),
		inside(string(appendString(nil, inside(string(plain))))),
		inside(string(appendString(nil, inside(escapeHTML(plain))))),
		inside(strconv.Quote(secret)),
		query,
		componentEscape.Replace(query),
		url.PathEscape(secret),
	}
}

func inside(quoted string) string { return quoted[1 : len(quoted)-1] }

// escapeHTML spells JSON text as json.Marshal does.
func escapeHTML(text []byte) string {
	text = bytes.ReplaceAll(text, []byte("<"), []byte(`\u003c`))
	text = bytes.ReplaceAll(text, []byte(">"), []byte(`\u003e`))
	return string(bytes.ReplaceAll(text, []byte("&"), []byte(`\u0026`)))
}

// componentEscape turns the output of url.QueryEscape into that of encodeURIComponent.
var componentEscape = strings.NewReplacer("+", "%20", "%21", "!", "%27", "'", "%28", "(", "%29", ")", "%2A", "*")

// Redact returns text with every secret replaced by "[secret]", be it in plain, escaped for
// JSON or escaped for a URL. Secrets that overlap become one.
func (r *Redactor) Redact(text string) string {
	if r == nil || len(r.forms) == 0 {
		return text
	}
	spans := r.find(text)
	if len(spans) == 0 {
		return text
	}
	var b strings.Builder
	end := 0
	for _, s := range merge(spans) {
		b.WriteString(text[end:s.from])
		b.WriteString(redacted)
		end = s.to
	}
	b.WriteString(text[end:])
	return b.String()
}

// span is a part of a text, from inclusive to exclusive.
type span struct{ from, to int }

func (r *Redactor) find(text string) []span {
	var spans []span
	for _, form := range r.forms {
		for from := 0; ; from++ {
			i := strings.Index(text[from:], form)
			if i < 0 {
				break
			}
			from += i
			spans = append(spans, span{from, from + len(form)})
		}
	}
	return spans
}

// merge joins overlapping spans and sorts them.
func merge(spans []span) []span {
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	out := spans[:1]
	for _, s := range spans[1:] {
		last := &out[len(out)-1]
		if s.from < last.to {
			last.to = max(last.to, s.to)
			continue
		}
		out = append(out, s)
	}
	return out
}

// Format prints the number of spellings for every verb, so that no secret is printed by
// accident.
func (r Redactor) Format(f fmt.State, _ rune) { fmt.Fprintf(f, "Redactor{%d}", len(r.forms)) }
