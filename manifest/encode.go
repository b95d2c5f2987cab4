package manifest

import (
	"encoding/json"
	"strconv"
)

// MarshalJSON returns the manifest as a plugin.json that Parse reads as the same manifest,
// positions apart. Config is an array, in display order; empty members are left out, unknown
// ones follow the known.
func (m Manifest) MarshalJSON() ([]byte, error) {
	var w objectWriter
	w.text("name", m.Name)
	w.text("url", m.URL)
	w.text("description", m.Description)
	w.text("main", m.Main)
	w.text("lib", m.Lib)
	w.text("posthogVersion", m.PosthogVersion)
	w.flag("stateless", m.Stateless)
	w.text("icon", m.Icon)
	if len(m.Config) > 0 {
		w.raw("config", encodeFields(m.Config))
	}
	if len(m.PublicJobs) > 0 {
		w.raw("publicJobs", encodeJobs(m.PublicJobs))
	}
	w.members(m.Unknown)
	return w.done(), nil
}

func encodeFields(fields []Field) json.RawMessage {
	list := make([]json.RawMessage, len(fields))
	for i, f := range fields {
		list[i] = f.encode()
	}
	return appendList(nil, list)
}

func (f Field) encode() json.RawMessage {
	var w objectWriter
	w.text("key", f.Key)
	w.text("name", f.Name)
	if f.Key != "" || f.Type != TypeString {
		w.text("type", string(f.Type))
	}
	if f.Default != nil {
		w.raw("default", f.Default)
	}
	w.text("hint", f.Hint)
	w.text("markdown", f.Markdown)
	if f.Order != 0 {
		w.raw("order", strconv.AppendFloat(nil, f.Order, 'g', -1, 64))
	}
	w.flag("required", f.Required)
	w.flag("secret", f.Secret)
	if f.Choices != nil {
		w.raw("choices", encodeStrings(f.Choices))
	}
	w.conditions("required_if", f.RequiredIf)
	w.conditions("visible_if", f.VisibleIf)
	w.flag("site", f.Site)
	w.members(f.Unknown)
	return w.done()
}

func encodeStrings(texts []string) json.RawMessage {
	list := make([]json.RawMessage, len(texts))
	for i, text := range texts {
		list[i] = appendString(nil, text)
	}
	return appendList(nil, list)
}

func (w *objectWriter) conditions(name string, conditions []Condition) {
	if len(conditions) == 0 {
		return
	}
	list := make([]json.RawMessage, len(conditions))
	for i, c := range conditions {
		pair := []string{c.Key}
		if c.Value != nil {
			pair = append(pair, *c.Value)
		}
		list[i] = encodeStrings(pair)
	}
	w.raw(name, appendList(nil, list))
}

func (w *objectWriter) members(members []Member) {
	for _, m := range members {
		w.raw(m.Name, m.Value)
	}
}

func encodeJobs(jobs []PublicJob) json.RawMessage {
	var w objectWriter
	for _, job := range jobs {
		var inner objectWriter
		if len(job.Payload) > 0 {
			inner.raw("payload", encodePayload(job.Payload))
		}
		w.raw(job.Name, inner.done())
	}
	return w.done()
}

func encodePayload(fields []JobField) json.RawMessage {
	var w objectWriter
	for _, f := range fields {
		var inner objectWriter
		inner.text("type", f.Type)
		inner.text("title", f.Title)
		inner.flag("required", f.Required)
		if f.Default != nil {
			inner.raw("default", f.Default)
		}
		inner.flag("staff_only", f.StaffOnly)
		w.raw(f.Name, inner.done())
	}
	return w.done()
}
