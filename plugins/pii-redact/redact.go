package piiredact

import (
	"slices"
	"strings"

	"github.com/plugreel/plugreel/sdk"
)

// Program is the plugin for hosts that compile it in.
func Program() sdk.Program { return sdk.Native(sdk.Info{Name: "pii-redact"}, Hooks) }

// Hooks makes one instance of the plugin.
func Hooks() sdk.Hooks {
	r := &redactor{}
	return sdk.Hooks{SetupPlugin: r.setup, ProcessEvent: r.processEvent}
}

// redactor is one instance.
type redactor struct {
	action  string // "mask", "hash" or "drop"
	kinds   []kind // what to look for
	in      [][]string
	always  [][]string
	targets []string
	salt    []byte
	events  []string
}

func (r *redactor) setup(meta *sdk.PluginMeta) error {
	s := meta.Settings()
	r.action = s.Choice("action", "mask", "hash", "drop")
	r.kinds = kindsOf(s)
	r.in = paths(s.List("properties"))
	r.always = paths(s.List("always"))
	r.targets = s.ListOf("targets", "properties", "$set", "$set_once", "ip", "distinct_id")
	if r.targets == nil {
		r.targets = []string{"properties", "$set", "$set_once", "ip"}
	}
	r.salt = []byte(s.Text("salt", ""))
	r.events = s.List("events")
	if r.action == "hash" && len(r.salt) == 0 {
		s.Fail("salt", "got nothing, want a secret text: without one, values can be found by trying")
	}
	if r.action != "hash" && slices.Contains(r.targets, "distinct_id") {
		s.Fail("targets", "distinct_id with action %s would make one person of many, want action hash", r.action)
	}
	return s.Err()
}

// paths splits paths at their dots.
func paths(list []string) [][]string {
	var all [][]string
	for _, text := range list {
		all = append(all, strings.Split(text, "."))
	}
	return all
}

func (r *redactor) processEvent(e *sdk.PluginEvent, _ *sdk.PluginMeta) (*sdk.PluginEvent, error) {
	if r.events != nil && !slices.Contains(r.events, e.Event()) {
		return e, nil
	}
	for _, target := range r.targets {
		v := e.Get(target)
		if o, ok := v.Object(); ok {
			r.target(o)
		} else if text, ok := v.Str(); ok {
			r.identity(e, target, text)
		}
	}
	return e, nil
}

// identity treats ip or distinct_id, which no event is without.
func (r *redactor) identity(e *sdk.PluginEvent, name, text string) {
	text, found := r.text(text)
	switch {
	case !found:
	case r.action == "drop":
		e.Set(name, nil)
	default:
		e.Set(name, text)
	}
}

// target treats properties, $set or $set_once.
func (r *redactor) target(o *sdk.Object) {
	for _, path := range r.always {
		r.whole(o, path)
	}
	switch {
	case len(r.kinds) == 0:
	case r.in == nil:
		r.object(o)
	default:
		for _, path := range r.in {
			r.below(o, path)
		}
	}
}

// below looks at what is at the end of a path.
func (r *redactor) below(o *sdk.Object, path []string) {
	last := len(path) - 1
	parent, ok := o.Get(path[:last]...).Object()
	if !ok {
		return
	}
	r.member(parent, path[last], parent.Get(path[last]))
}

// object looks at all members.
func (r *redactor) object(o *sdk.Object) {
	o.Each(func(name string, v sdk.Value) bool {
		r.member(o, name, v)
		return true
	})
}

// member looks at one member.
func (r *redactor) member(o *sdk.Object, name string, v sdk.Value) {
	text, found := r.value(v)
	switch {
	case !found:
	case r.action == "drop":
		o.Delete(name)
	default:
		o.Set(name, text)
	}
}

// array looks at all elements.
func (r *redactor) array(a *sdk.Array) {
	a.Each(func(i int, v sdk.Value) bool {
		text, found := r.value(v)
		switch {
		case !found:
		case r.action == "drop":
			a.Set(i, nil)
		default:
			a.Set(i, text)
		}
		return true
	})
}

// value looks at a value: what is in an object or array is treated there, for a text or a number
// it returns the new text, if something was found.
func (r *redactor) value(v sdk.Value) (text string, found bool) {
	switch v.Kind() {
	case sdk.KindString:
		return r.text(v.StrOr(""))
	case sdk.KindNumber:
		return r.number(v)
	case sdk.KindObject:
		o, _ := v.Object()
		r.object(o)
	case sdk.KindArray:
		a, _ := v.Array()
		r.array(a)
	}
	return "", false
}

// text replaces what is found in a text.
func (r *redactor) text(s string) (string, bool) {
	found := false
	for _, k := range r.kinds {
		if !k.maybe(s) {
			continue
		}
		if replaced, ok := r.replace(k, s); ok {
			s, found = replaced, true
		}
	}
	return s, found
}

// replace replaces what one kind finds in a text.
func (r *redactor) replace(k kind, s string) (string, bool) {
	if r.action == "drop" {
		_, _, ok := k.find(s, 0)
		return "", ok
	}
	var b strings.Builder
	done := 0
	for {
		start, end, ok := k.find(s, done)
		if !ok {
			break
		}
		b.WriteString(s[done:start])
		b.WriteString(r.treat(k, s[start:end]))
		done = end
	}
	if done == 0 {
		return s, false
	}
	b.WriteString(s[done:])
	return b.String(), true
}

// treat masks or hashes what was found.
func (r *redactor) treat(k kind, found string) string {
	if r.action == "hash" {
		return r.hash(k.normal(found))
	}
	return k.mask(found)
}

// number looks for a card number that is written as a JSON number.
func (r *redactor) number(v sdk.Value) (string, bool) {
	text, _ := v.Number()
	if len(text) < minCard || len(text) > maxCard {
		return "", false
	}
	for _, k := range r.kinds {
		if k.name == "card" {
			return r.replace(k, text)
		}
	}
	return "", false
}

// whole treats the value at a path, whatever it is.
func (r *redactor) whole(o *sdk.Object, path []string) {
	v := o.Get(path...)
	switch {
	case !v.Exists() || v.IsNull():
	case r.action == "drop":
		o.Delete(path...)
	case r.action == "hash":
		o.SetPath(path, r.hash(v.StrOr(v.String())))
	default:
		o.SetPath(path, "***")
	}
}
