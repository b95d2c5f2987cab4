package webhook

import (
	"net/url"
	"strings"
	"unicode"

	"github.com/plugreel/plugreel/sdk"
)

// context is the language that a template is written in.
type context int

const (
	textContext context = iota
	jsonContext
	urlContext
	headerContext
)

// template is a text with placeholders, taken apart.
type template []part

// part is a text and the placeholder behind it.
type part struct {
	literal string
	write   func(dst []byte, v sdk.Value) []byte // nil if there is no placeholder
	path    []string                             // of the placeholder, empty for the whole event
}

// parseTemplate takes a text apart. There is no wrong one: a brace that begins no placeholder is
// a brace.
func parseTemplate(text string, c context) template {
	var t template
	quoted, done := false, 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			if quoted {
				i++
			}
		case '"':
			quoted = !quoted && c == jsonContext
		case '{':
			path, length := placeholder(text[i:])
			if length == 0 {
				continue
			}
			t = append(t, part{text[done:i], writer(c, quoted, strings.ContainsRune(text[:i], '?')), path})
			i += length - 1
			done = i + 1
		}
	}
	return append(t, part{literal: text[done:]})
}

// placeholder reads the placeholder at the beginning of a text; its length is 0 if there is none.
func placeholder(text string) (path []string, length int) {
	end := strings.IndexByte(text, '}')
	if end < 0 {
		return nil, 0
	}
	names, ok := strings.CutPrefix(text[:end], "{event")
	switch {
	case !ok:
		return nil, 0
	case names == "":
		return nil, end + 1
	case len(names) < 2 || names[0] != '.' || strings.ContainsAny(names, "{\"\n"):
		return nil, 0
	}
	return strings.Split(names[1:], "."), end + 1
}

// writer is how a placeholder's value is written.
func writer(c context, quoted, query bool) func([]byte, sdk.Value) []byte {
	switch {
	case c == jsonContext && quoted:
		return appendEscaped
	case c == jsonContext:
		return appendJSON
	case c == urlContext && query:
		return appendQuery
	case c == urlContext:
		return func(dst []byte, v sdk.Value) []byte { return append(dst, url.PathEscape(textOf(v))...) }
	case c == headerContext:
		return appendHeader
	}
	return func(dst []byte, v sdk.Value) []byte { return append(dst, textOf(v)...) }
}

func appendJSON(dst []byte, v sdk.Value) []byte {
	if !v.Exists() {
		return append(dst, "null"...)
	}
	return v.AppendJSON(dst)
}

// appendEscaped writes what stands between the quotes of a JSON string.
func appendEscaped(dst []byte, v sdk.Value) []byte {
	start := len(dst)
	dst = sdk.AppendString(dst, textOf(v))
	copy(dst[start:], dst[start+1:len(dst)-1])
	return dst[:len(dst)-2]
}

func appendQuery(dst []byte, v sdk.Value) []byte {
	return append(dst, strings.ReplaceAll(url.QueryEscape(textOf(v)), "+", "%20")...)
}

func appendHeader(dst []byte, v sdk.Value) []byte {
	text := textOf(v)
	if strings.ContainsFunc(text, isControl) {
		text = strings.Map(func(r rune) rune {
			if isControl(r) {
				return -1
			}
			return r
		}, text)
	}
	return append(dst, text...)
}

func isControl(r rune) bool { return unicode.IsControl(r) }

// textOf is the text of a value: a string's own, nothing for null and for what is missing, else its
// JSON.
func textOf(v sdk.Value) string {
	switch v.Kind() {
	case sdk.KindMissing, sdk.KindNull:
		return ""
	case sdk.KindString:
		return v.StrOr("")
	}
	return v.String()
}

// isConstant says whether a template has no placeholders.
func (t template) isConstant() bool { return len(t) == 1 }

// render writes the template with the values of an event.
func (t template) render(e *sdk.PluginEvent) string {
	if t.isConstant() {
		return t[0].literal
	}
	var dst []byte
	for _, p := range t {
		dst = append(dst, p.literal...)
		if p.write != nil {
			dst = p.write(dst, find(e, p.path))
		}
	}
	return string(dst)
}

// check says what keeps a template from giving JSON: placeholders between quotes give text without
// quotes, the others a value, so an event without members shows it.
func (t template) check() error {
	if t == nil {
		return nil
	}
	empty, err := sdk.NewEvent([]byte("{}"))
	if err != nil {
		return err
	}
	return sdk.Validate([]byte(t.render(empty)))
}

// find is the value at a path, or of the one name that the end of the path may be.
func find(e *sdk.PluginEvent, path []string) sdk.Value {
	v := e.Get(path...)
	for n := 1; !v.Exists() && n < len(path)-1; n++ {
		v = e.Get(append(path[:n:n], strings.Join(path[n:], "."))...)
	}
	return v
}
