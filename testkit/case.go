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

// Case is one row of a table: an event, and what a plugin makes of it. It wants at least one of
// Want, Dropped, Error and Webhook; all that are set must hold.
type Case struct {
	Name   string // what stands in the output of go test; "" means "case 3", counted from 1
	Reason string // why it must be so; shown when it is not

	// Config holds the values a user set, as chain.yaml would: what the manifest declares and
	// Config leaves out gets its default. A value is whatever encoding/json encodes. nil sets none.
	Config map[string]any

	// In is the event as it stands in an archive: the text of one JSON object, on any number of
	// lines. It is a capture event or a row of a batch export, and treated as a replay would.
	In string

	// Want is the event as the replay writes it, the text of one JSON object. Members may stand
	// in any order; numbers are equal as float64.
	Want string
	// Dropped wants the event to be dropped by the plugin.
	Dropped bool
	// Error is a part of the message with which a hook fails, its name included ("processEvent:
	// no address"); "" wants that none does. The hook may be setupPlugin, and a Config that the
	// manifest refuses is a failure too: nothing is written then. After a failed processEvent the
	// event goes on, so that Want may be set too. If several hooks fail one must match.
	Error string
	// Webhook is the request that composeWebhook asks for: a JSON object with url, method (POST if
	// absent), headers ({"Content-Type": "application/json"} if absent) and body, a string; a body
	// that is no string is compared with what the text of the body means as JSON. "null" wants no
	// request, "" does not look.
	Webhook string
}

// wanted is what a case wants, read.
type wanted struct {
	in      []byte    // on one line
	event   sdk.Value // missing if the case does not say
	webhook sdk.Value // with its defaults; null for none, missing if the case does not say
}

// read checks what the author of a case wrote.
func (c Case) read() (wanted, error) {
	if err := c.check(); err != nil {
		return wanted{}, err
	}
	var w wanted
	event, err := readJSON("In", c.In, sdk.KindObject)
	if err != nil {
		return wanted{}, err
	}
	w.in = event.Raw()
	if w.event, err = readJSON("Want", c.Want, sdk.KindObject); err != nil {
		return wanted{}, err
	}
	w.webhook, err = readWebhook(c.Webhook)
	return w, err
}

func (c Case) check() error {
	switch {
	case strings.TrimSpace(c.In) == "":
		return errors.New("got no In, want the JSON text of an event")
	case c.Want == "" && !c.Dropped && c.Error == "" && c.Webhook == "":
		return errors.New("got nothing to look for, want at least one of Want, Dropped, Error and Webhook")
	case c.Want != "" && c.Dropped:
		return errors.New("got both Want and Dropped, want one of them")
	}
	return nil
}

// readJSON reads the text of a field, if there is one, as a value of one of the kinds.
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
		return sdk.Value{}, fmt.Errorf("%s: got %s, want object", field, v.Kind())
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

// webhookMembers are the members of Case.Webhook, in the order of a diff.
var webhookMembers = []string{"url", "method", "headers", "body"}

// readWebhook reads the field Webhook and fills in what it leaves out.
func readWebhook(text string) (sdk.Value, error) {
	v, err := readJSON("Webhook", text, sdk.KindObject, sdk.KindNull)
	given, ok := v.Object()
	if err != nil || !ok {
		return v, err
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
