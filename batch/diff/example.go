package diff

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/sdk"
)

// gallery keeps examples: the first few of each kind of every event name.
type gallery struct {
	limits limits
	list   []Example
	had    map[category]int
}

// category is what examples are chosen by.
type category struct{ event, kind string }

func newGallery(l limits) gallery {
	return gallery{limits: l, list: []Example{}, had: map[category]int{}}
}

// offer makes an example of a record, if one of its kinds wants more.
func (g *gallery) offer(r *record) {
	if g.wants(eventKey(r.input), r.kinds) {
		g.list = append(g.list, g.limits.example(r))
	}
}

// wants says whether there is room for an example, and takes it.
func (g *gallery) wants(event string, kinds []string) bool {
	wanted := len(g.list) < MaxExamples && slices.ContainsFunc(kinds, func(kind string) bool {
		return g.had[category{event, kind}] < g.limits.examples
	})
	if wanted {
		for _, kind := range kinds {
			g.had[category{event, kind}]++
		}
	}
	return wanted
}

func (g *gallery) merge(h *gallery) {
	for _, e := range h.list {
		if g.wants(e.Event, e.Kinds) {
			g.list = append(g.list, e)
		}
	}
}

// example describes a record.
func (l limits) example(r *record) Example {
	e := Example{
		Kinds: r.kinds, UUID: l.text(r.input.UUID()), Event: l.text(r.input.Event()),
		Timestamp: l.text(r.input.Timestamp()), Place: r.place(),
		OldFailure: l.failure(&r.Old), NewFailure: l.failure(&r.New),
	}
	switch {
	case r.changed:
		e.Changes, e.MoreChanges = l.changes("properties", bytes.TrimSpace(r.Old.Text), bytes.TrimSpace(r.New.Text))
	case r.tally.NewlyDropped > 0:
		e.Text = l.text(string(r.Old.Text))
	case r.tally.NoLongerDropped > 0:
		e.Text = l.text(string(r.New.Text))
	}
	if r.tally.Webhooks > 0 {
		e.Webhooks = l.webhooks(r)
	}
	return e
}

// changes lists the members in which two objects differ, and says how many there are beyond.
func (l limits) changes(texts string, a, b []byte) (list []Change, more int) {
	var steps lockstep
	steps.each(a, b, texts, func(path []step, k kind, before, after sdk.Value) {
		if len(list) == MaxChanges {
			more++
			return
		}
		list = append(list, l.change(path, k, before, after))
	})
	return list, more
}

func (l limits) change(path []step, k kind, before, after sdk.Value) Change {
	return Change{
		Path: l.text(pathText(path, false)), Kind: kindNames[k],
		Before: l.text(before.String()), After: l.text(after.String()),
	}
}

func (l limits) failure(o *batch.Outcome) string {
	if len(o.Failures) == 0 {
		return ""
	}
	f := o.Failures[0]
	return l.text(f.Plugin + ": " + f.Hook + ": " + f.Error)
}

// text returns a text without secrets, cut off where it is too long.
func (l limits) text(s string) string {
	s = strings.ToValidUTF8(l.redact(s), "�")
	if len(s) <= MaxText {
		return s
	}
	end := MaxText
	for !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + "…"
}
