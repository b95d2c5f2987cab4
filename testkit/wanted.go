package testkit

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/plugreel/plugreel/sdk"
)

// wanted is what a case has and wants, read.
type wanted struct {
	in       []string    // each on one line
	events   []sdk.Value // one for each event, null if it is not to be written; nil if the case does not say
	subset   bool        // events name some members only
	webhooks []sdk.Value // with their defaults; nil if the case does not say
	captured []sdk.Value // nil if the case does not say
}

// read checks what the author of a case wrote.
func (c Case) read() (wanted, error) {
	w := wanted{subset: c.WantSubset != ""}
	if err := c.check(); err != nil {
		return w, err
	}
	err := errors.Join(w.readIn(c), w.readEvents(c))
	if err != nil {
		return w, err
	}
	if w.webhooks, err = readWebhooks(c.Webhook); err != nil {
		return w, err
	}
	captured, err := readJSON("Captured", c.Captured, sdk.KindArray)
	w.captured = elements(captured)
	return w, err
}

func (w *wanted) readIn(c Case) error {
	texts, name := c.Events, func(i int) string { return fmt.Sprintf("Events[%d]", i) }
	if len(texts) == 0 {
		texts, name = []string{c.In}, func(int) string { return "In" }
	}
	for i, text := range texts {
		event, err := readJSON(name(i), text, sdk.KindObject)
		if err != nil {
			return err
		}
		w.in = append(w.in, string(event.Raw()))
	}
	return nil
}

// readEvents reads Want or WantSubset as a list with an element for each event.
func (w *wanted) readEvents(c Case) error {
	field, text := "Want", c.Want
	if w.subset {
		field, text = "WantSubset", c.WantSubset
	}
	if len(c.Events) == 0 {
		event, err := readJSON(field, text, sdk.KindObject)
		if event.Exists() {
			w.events = []sdk.Value{event}
		}
		return err
	}
	list, err := readJSON(field, text, sdk.KindArray)
	w.events = elements(list)
	if err == nil && w.events != nil && len(w.events) != len(c.Events) {
		return fmt.Errorf("%s: got %d elements for %d events", field, len(w.events), len(c.Events))
	}
	return err
}

// elements lists the elements of an array; nil if there is none.
func elements(v sdk.Value) []sdk.Value {
	array, ok := v.Array()
	if !ok {
		return nil
	}
	list := make([]sdk.Value, 0, array.Len())
	array.Each(func(_ int, v sdk.Value) bool { list = append(list, v); return true })
	return list
}

// readJSON reads the text of a field, if there is one, as a value of one of the kinds, the first
// of which stands in the error.
func readJSON(field, text string, kinds ...sdk.Kind) (sdk.Value, error) {
	if text == "" {
		return sdk.Value{}, nil
	}
	v, err := sdk.ParseValue([]byte(text))
	if e, ok := errors.AsType[*sdk.SyntaxError](err); ok {
		line, column := lineColumn(text, e.Offset)
		return sdk.Value{}, fmt.Errorf("%s:%d:%d: %s", field, line, column, e.Reason)
	}
	if !slices.Contains(kinds, v.Kind()) {
		return sdk.Value{}, fmt.Errorf("%s: got %s, want %s", field, v.Kind(), kinds[0])
	}
	var flat bytes.Buffer
	if err := json.Compact(&flat, v.Raw()); err != nil {
		return sdk.Value{}, fmt.Errorf("%s: %w", field, err)
	}
	return sdk.RawValue(flat.Bytes()), nil
}

// lineColumn turns an offset into a place, both counted from 1, the column in bytes.
func lineColumn(text string, offset int) (line, column int) {
	before := text[:min(offset, len(text))]
	return 1 + strings.Count(before, "\n"), len(before) - strings.LastIndexByte(before, '\n')
}

// jsonValue is a Go value as JSON.
func jsonValue(v any) (sdk.Value, error) {
	text, err := json.Marshal(v)
	return sdk.RawValue(text), err
}

// webhookMembers are the members of Case.Webhook, in the order of a diff.
var webhookMembers = []string{"url", "method", "headers", "body"}

// readWebhooks reads the field Webhook: one, none or a list.
func readWebhooks(text string) ([]sdk.Value, error) {
	v, err := readJSON("Webhook", text, sdk.KindObject, sdk.KindArray, sdk.KindNull)
	switch {
	case err != nil || !v.Exists():
		return nil, err
	case v.IsNull():
		return []sdk.Value{}, nil
	case v.Kind() == sdk.KindObject:
		w, err := fullWebhook(v)
		return []sdk.Value{w}, err
	}
	list := elements(v)
	for i, w := range list {
		if list[i], err = fullWebhook(w); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// fullWebhook fills in what a webhook of a case leaves out.
func fullWebhook(v sdk.Value) (sdk.Value, error) {
	given, ok := v.Object()
	if !ok {
		return v, fmt.Errorf("%s: got %s in the list, want object", "Webhook", v.Kind())
	}
	for _, key := range given.Keys() {
		if !slices.Contains(webhookMembers, key) {
			return v, fmt.Errorf("got a member %q in Webhook, want only %s", key, strings.Join(webhookMembers, ", "))
		}
	}
	defaults := sdk.Webhook{}.Normal()
	full := sdk.NewObject()
	full.Set("url", "")
	full.Set("method", defaults.Method)
	full.Set("headers", defaults.Headers)
	full.Set("body", "")
	given.Each(func(key string, v sdk.Value) bool { full.SetValue(key, v); return true })
	return full.Get(), nil
}
