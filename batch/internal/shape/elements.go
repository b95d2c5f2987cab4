package shape

import (
	"strconv"
	"strings"

	"github.com/plugreel/plugreel/sdk"
)

// elements reads an elements_chain: the element that was clicked and what stood around it, as
// the array that onEvent sees; missing if the chain is empty.
//
// Elements are joined by semicolons, each "tag.class1.class2:key="value"key="value"", with quotes in
// values escaped by a backslash. What does not read so is left out.
// Source: fact sheet section 5.2.
func elements(chain string) sdk.Value {
	out := []byte{'['}
	order := 0
	for len(chain) > 0 {
		var one string
		one, chain = cutElement(chain)
		if one = strings.TrimSpace(one); one == "" {
			continue
		}
		if order > 0 {
			out = append(out, ',')
		}
		out = appendElement(out, one, order)
		order++
	}
	if order == 0 {
		return sdk.Value{}
	}
	return sdk.RawValue(append(out, ']'))
}

// cutElement cuts the chain behind its first element: at a semicolon outside quotes.
func cutElement(chain string) (one, rest string) {
	quoted := false
	for i := 0; i < len(chain); i++ {
		switch c := chain[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case c == ';' && !quoted:
			return chain[:i], chain[i+1:]
		}
	}
	return chain, ""
}

func appendElement(dst []byte, one string, order int) []byte {
	name, attributes := one, ""
	if i := strings.IndexByte(one, ':'); i >= 0 {
		name, attributes = one[:i], one[i+1:]
	}
	e := elementWriter{dst: append(dst, '{')}
	tag, classes, _ := strings.Cut(name, ".")
	if tag != "" {
		e.text("tag_name", tag)
	}
	if classes != "" {
		e.classes(strings.Split(classes, "."))
	}
	var others []string // names and values
	for len(attributes) > 0 {
		var key, value string
		if key, value, attributes = cutAttribute(attributes); key == "" {
			break
		}
		if !e.known(key, value) {
			others = append(others, key, value)
		}
	}
	e.attributes(others)
	e.name("order")
	return append(strconv.AppendInt(e.dst, int64(order), 10), '}')
}

// cutAttribute cuts a key="value" off; an empty key says that there is none.
func cutAttribute(s string) (key, value, rest string) {
	key, s, ok := strings.Cut(s, `="`)
	if !ok {
		return "", "", ""
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s) && s[i+1] == '"':
			i++
		case s[i] == '"':
			return key, b.String(), s[i+1:]
		}
		b.WriteByte(s[i])
	}
	return "", "", ""
}

// elementWriter writes the members of an element.
type elementWriter struct {
	dst   []byte
	begun bool
}

func (e *elementWriter) name(name string) {
	if e.begun {
		e.dst = append(e.dst, ',')
	}
	e.begun = true
	e.dst = append(sdk.AppendString(e.dst, name), ':')
}

func (e *elementWriter) text(name, value string) {
	e.name(name)
	e.dst = sdk.AppendString(e.dst, value)
}

func (e *elementWriter) classes(names []string) {
	e.name("attr_class")
	e.dst = append(e.dst, '[')
	first := true
	for _, name := range names {
		if name == "" {
			continue
		}
		if !first {
			e.dst = append(e.dst, ',')
		}
		first = false
		e.dst = sdk.AppendString(e.dst, name)
	}
	e.dst = append(e.dst, ']')
}

// known writes the attributes that are members of the element itself.
func (e *elementWriter) known(key, value string) bool {
	switch key {
	case "href", "attr_id":
		e.text(key, value)
	case "text":
		e.text("text", value)
		e.text("$el_text", value)
	case "nth-child", "nth-of-type":
		n, err := strconv.ParseInt(value, 10, 64)
		if err != nil {
			return false
		}
		e.name(strings.ReplaceAll(key, "-", "_"))
		e.dst = strconv.AppendInt(e.dst, n, 10)
	default:
		return false
	}
	return true
}

func (e *elementWriter) attributes(others []string) {
	e.name("attributes")
	inner := elementWriter{dst: append(e.dst, '{')}
	for i := 0; i < len(others); i += 2 {
		inner.text(others[i], others[i+1])
	}
	e.dst = append(inner.dst, '}')
}
