package diff

import (
	"bytes"
	"iter"

	"github.com/plugreel/plugreel/sdk"
)

// webhooks finds out in which webhooks the record differs.
func (s *sums) webhooks(r *record) {
	if bytes.Equal(r.Old.Webhooks, r.New.Webhooks) {
		return
	}
	for plugin, pair := range r.hookPairs() {
		if s.countWebhook(plugin, pair) {
			r.tally.Webhooks = 1
		}
	}
	if r.tally.Webhooks > 0 {
		r.kinds = append(r.kinds, KindWebhooks)
	}
}

// hookPair is a webhook with the one that it was; one of them may be nil.
type hookPair struct{ old, new *sdk.Object }

// hookPairs pairs the webhooks of each plugin, the first with the first and so on.
func (r *record) hookPairs() iter.Seq2[string, hookPair] {
	return func(yield func(string, hookPair) bool) {
		old, new := hooksIn(r.Old.Webhooks), hooksIn(r.New.Webhooks)
		for _, a := range old {
			pair := hookPair{old: a.hook}
			for i := range new {
				if new[i].plugin == a.plugin && new[i].hook != nil {
					pair.new, new[i].hook = new[i].hook, nil
					break
				}
			}
			if !yield(a.plugin, pair) {
				return
			}
		}
		for _, b := range new {
			if b.hook != nil && !yield(b.plugin, hookPair{new: b.hook}) {
				return
			}
		}
	}
}

// composed is one line of webhooks.
type composed struct {
	plugin string
	hook   *sdk.Object // url, method, headers and body
}

func hooksIn(lines []byte) []composed {
	var list []composed
	for line := range bytes.Lines(lines) {
		hook, err := sdk.ParseObject(line)
		if err != nil {
			continue // package batch writes objects
		}
		plugin := hook.Get("plugin").StrOr("")
		for _, other := range []string{"plugin", "uuid", "key"} {
			hook.Delete(other)
		}
		list = append(list, composed{plugin, hook})
	}
	return list
}

// countWebhook counts a pair, and says whether it differs.
func (s *sums) countWebhook(plugin string, pair hookPair) bool {
	switch {
	case pair.old == nil:
		s.hook(plugin).Added++
		return true
	case pair.new == nil:
		s.hook(plugin).Removed++
		return true
	}
	parts := map[string]bool{}
	w := walker{texts: "body", found: func(path []step, _ kind, _, _ sdk.Value) { parts[path[0].name] = true }}
	w.objects(pair.old, pair.new)
	if len(parts) == 0 {
		return false
	}
	h := s.hook(plugin)
	h.Changed++
	for name, n := range map[string]*int64{"url": &h.URL, "method": &h.Method, "headers": &h.Headers, "body": &h.Body} {
		if parts[name] {
			*n++
		}
	}
	return true
}

// hook returns the counts of a plugin.
func (s *sums) hook(plugin string) *Webhook {
	for _, h := range s.hooks {
		if h.Plugin == plugin {
			return h
		}
	}
	h := &Webhook{Plugin: plugin}
	s.hooks = append(s.hooks, h)
	return h
}

func (s *sums) mergeWebhooks(hooks []*Webhook) {
	for _, from := range hooks {
		to := s.hook(from.Plugin)
		to.Added += from.Added
		to.Removed += from.Removed
		to.Changed += from.Changed
		to.URL += from.URL
		to.Method += from.Method
		to.Headers += from.Headers
		to.Body += from.Body
	}
}

// webhooks lists what differs in the webhooks of a record, with the plugin before the path.
func (l limits) webhooks(r *record) []Change {
	var list []Change
	for plugin, pair := range r.hookPairs() {
		switch {
		case pair.old == nil:
			list = append(list, Change{Path: plugin, Kind: KindAdded, After: l.text(pair.new.String())})
		case pair.new == nil:
			list = append(list, Change{Path: plugin, Kind: KindRemoved, Before: l.text(pair.old.String())})
		default:
			changes, _ := l.changes("body", pair.old.AppendJSON(nil), pair.new.AppendJSON(nil))
			for _, c := range changes {
				c.Path = plugin + ": " + c.Path
				list = append(list, c)
			}
		}
		if len(list) > MaxChanges {
			return list[:MaxChanges]
		}
	}
	return list
}
