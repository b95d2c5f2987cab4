package manifest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

func (d *decoder) config(n *node, at *place) {
	switch n.kind {
	case kindNull:
	case kindArray:
		for i, item := range n.items {
			d.field(item, at.element(i), "")
		}
	case kindObject:
		for _, m := range n.last() {
			d.field(m.value, at.member(m.name), m.name)
		}
		slices.SortStableFunc(d.m.Config, func(a, b Field) int { return cmp.Compare(a.rank(), b.rank()) })
	default:
		d.wrongType(n, at, "array or object", SeverityError)
	}
	d.duplicateKeys(n, at)
}

// rank is where a field of an object-form config sorts; ties keep their order.
func (f Field) rank() float64 {
	if f.Order == 0 {
		return 999999
	}
	return f.Order
}

// field reads one entry of config; key is its member name in the object form, else "".
func (d *decoder) field(n *node, at *place, key string) {
	if n.kind != kindObject {
		d.wrongType(n, at, "object", SeverityError)
		return
	}
	f := Field{Type: TypeString}
	f.Line, f.Column = d.position(n.offset)
	for _, m := range n.last() {
		d.fieldMember(&f, m, at.member(m.name))
	}
	if key != "" {
		d.checkMemberName(n, at, key)
		f.Key = key
	}
	d.checkKey(&f, n, at)
	d.checkChoices(&f, n, at)
	d.checkDefault(&f, n, at)
	d.m.Config = append(d.m.Config, f)
}

func (d *decoder) fieldMember(f *Field, m member, at *place) {
	switch v := m.value; m.name {
	case "key":
		f.Key = d.text(v, at, SeverityError)
	case "type":
		f.Type = d.fieldType(v, at)
	case "required":
		f.Required = d.flag(v, at, SeverityError)
	case "secret":
		f.Secret = d.flag(v, at, SeverityError)
	case "choices":
		f.Choices = d.choices(v, at)
	case "default":
		f.Default = value(v)
	case "name":
		f.Name = d.text(v, at, SeverityWarning)
	case "hint":
		f.Hint = d.text(v, at, SeverityWarning)
	case "markdown":
		f.Markdown = d.text(v, at, SeverityWarning)
	case "order":
		f.Order = d.order(v, at)
	case "required_if":
		f.RequiredIf = d.conditionList(v, at)
	case "visible_if":
		f.VisibleIf = d.conditionList(v, at)
	case "site":
		f.Site = d.flag(v, at, SeverityWarning)
	default:
		d.unknown(&f.Unknown, m, at, fieldKeys)
	}
}

// value returns n as JSON, nil for null.
func value(n *node) json.RawMessage {
	if n.kind == kindNull {
		return nil
	}
	return n.json()
}

func (d *decoder) fieldType(n *node, at *place) FieldType {
	if !d.typed(n, at, kindString, SeverityError) {
		return TypeString
	}
	if slices.Contains(fieldTypes, n.text) {
		return FieldType(n.text)
	}
	d.warn(n.offset, at, CodeUnknownType, fmt.Sprintf("got %s, want %s", quote(n.text), either(fieldTypes))).suggest(n.text, fieldTypes)
	return TypeString
}

func (d *decoder) order(n *node, at *place) float64 {
	if !d.typed(n, at, kindNumber, SeverityWarning) {
		return 0
	}
	order, err := strconv.ParseFloat(n.raw, 64)
	if err != nil || math.IsInf(order, 0) {
		d.warn(n.offset, at, CodeBadOrder, "got a number out of range; it has no effect")
		return 0
	}
	return order
}

// choices returns the choices, nil if they are not all strings.
func (d *decoder) choices(n *node, at *place) []string {
	if !d.typed(n, at, kindArray, SeverityError) {
		return nil
	}
	var choices []string
	for i, item := range n.items {
		if item.kind != kindString {
			d.warn(item.offset, at.element(i), CodeBadChoices, fmt.Sprintf("got %s, want string; any value is accepted", item.kind))
			return nil
		}
		choices = append(choices, item.text)
	}
	return choices
}

func (d *decoder) checkMemberName(n *node, at *place, key string) {
	v := n.member("key")
	if v != nil && v.kind == kindString && v.text != key {
		d.warn(v.offset, at.member("key"), CodeKeyMismatch, fmt.Sprintf("got %s, want %s; the member's name counts", quote(v.text), quote(key)))
	}
}

// checkKey warns of a field that no plugin can read. A block of markdown needs no key.
func (d *decoder) checkKey(f *Field, n *node, at *place) {
	if f.Key != "" || d.partial || isBlock(n) {
		return
	}
	if v := n.member("key"); v != nil && v.kind != kindString {
		return // reported as a wrong type
	}
	d.warn(n.offset, at, CodeMissingKey, "got no key, want one: no plugin can read this field")
}

// isBlock reports whether n has markdown and nothing that asks for a value.
func isBlock(n *node) bool {
	for _, name := range []string{"type", "default", "choices", "required", "secret"} {
		if v := n.member(name); v != nil && v.raw != "false" {
			return false
		}
	}
	return n.member("markdown") != nil
}

func (d *decoder) checkChoices(f *Field, n *node, at *place) {
	list, declared := n.member("choices"), n.member("type")
	if f.Type != TypeChoice {
		if list != nil && (declared == nil || declared.text == string(f.Type)) {
			d.warn(list.offset, at.member("choices"), CodeUnusedChoices, fmt.Sprintf("got choices for type %q, want them for type %q only; any value is accepted", f.Type, TypeChoice))
		}
		f.Choices = nil
		return
	}
	if f.Secret {
		v := n.member("secret")
		d.warn(v.offset, at.member("secret"), CodeSecretChoice, "got true for a choice, want no secret: its values are public")
	}
	if !d.partial && (list == nil || list.kind == kindArray && len(list.items) == 0) {
		d.warn(declared.offset, at.member("type"), CodeBadChoices, "got no choices, want an array of strings; any value is accepted")
	}
}

func (d *decoder) checkDefault(f *Field, n *node, at *place) {
	v := n.member("default")
	if v == nil {
		return
	}
	at = at.member("default")
	switch {
	case f.Type == TypeAttachment && v.raw != `""`:
		d.warn(v.offset, at, CodeUnusedDefault, "got a default for an attachment, want none; it has no effect")
	case f.Type == TypeChoice && f.Choices != nil && !f.accepts(v):
		message, suggestion := f.choiceMessage(v, nil)
		d.warn(v.offset, at, CodeDefaultChoice, message).Suggestion = suggestion
	}
}

// accepts reports whether v is among the choices, if there are any.
func (f Field) accepts(v *node) bool {
	return f.Choices == nil || v.kind == kindString && slices.Contains(f.Choices, v.text)
}

// choiceMessage says what is wrong with a value that is not among the choices. The value is
// shown with secrets redacted, and not at all if the field is secret.
func (f Field) choiceMessage(v *node, r *Redactor) (message, suggestion string) {
	want := "want " + either(quoteAll(f.Choices))
	switch {
	case f.Secret:
		return "got another value, " + want, ""
	case v.kind != kindString && slices.Contains(f.Choices, v.raw):
		return fmt.Sprintf("got the %s %s, %s; put it in quotes", v.kind, v.raw, want), ""
	case v.kind != kindString:
		return fmt.Sprintf("got %s, %s", v.kind, want), ""
	}
	return fmt.Sprintf("got %s, %s", quote(r.Redact(v.text)), want), nearest(v.text, f.Choices)
}

// duplicateKeys warns of fields that share a key, in the array form: in the object form they
// are duplicate members.
func (d *decoder) duplicateKeys(n *node, at *place) {
	first := map[string]int{}
	for i, item := range n.items {
		v := item.member("key")
		if v == nil || v.text == "" {
			continue
		}
		if before, again := first[v.text]; again {
			d.warn(v.offset, at.element(i).member("key"), CodeDuplicateKey, fmt.Sprintf("got %s, which config[%d] has already; the last one counts", quote(v.text), before))
			continue
		}
		first[v.text] = i
	}
}

// maxListed bounds the number of names that a message lists.
const maxListed = 12

// either joins names as "a, b or c".
func either(names []string) string {
	if len(names) > maxListed {
		return strings.Join(names[:maxListed], ", ") + fmt.Sprintf(" or one of %d more", len(names)-maxListed)
	}
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

func quoteAll(names []string) []string {
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = quote(name)
	}
	return out
}
