package testkit

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/plugreel/plugreel/sdk"
)

// Change is an edit of an event that a factory makes: see [Prop], [With] and [Without].
type Change func(*sdk.Object)

// Prop sets a property: Prop("$ip", "10.0.0.7"). The value is whatever encoding/json encodes; one
// that has no JSON form panics.
func Prop(key string, value any) Change {
	return func(o *sdk.Object) { set(o, []string{"properties", key}, value) }
}

// With sets a member: With("timestamp", "2024-01-31T00:00:00Z"), or one inside others, as in
// With("$set.email", "ada@example.com"). The value is as for [Prop].
func With(path string, value any) Change {
	return func(o *sdk.Object) { set(o, strings.Split(path, "."), value) }
}

// Without removes a member: Without("properties"), Without("properties.$ip").
func Without(path string) Change {
	return func(o *sdk.Object) { o.Delete(strings.Split(path, ".")...) }
}

// Event is a capture event with the members that every one has, and no properties: the JSON text
// that [Case.In] takes. The same call gives the same text.
func Event(name string, changes ...Change) string {
	return build(`{"uuid":"018f0000-0000-7000-8000-000000000001","event":"","distinct_id":"ada","ip":"203.0.113.7",`+
		`"site_url":"https://app.example.com","team_id":2,"now":"2024-01-31T12:00:01.000Z",`+
		`"sent_at":"2024-01-31T12:00:00.500Z","timestamp":"2024-01-31T12:00:00.000Z"}`,
		append([]Change{With("event", name)}, changes...))
}

// Pageview is a $pageview with properties as a browser sends them.
func Pageview(changes ...Change) string {
	return Event("$pageview", append([]Change{browser, Prop("title", "Pricing")}, changes...)...)
}

// Identify is an $identify with $set and $set_once and, as such events may come, no properties.
func Identify(changes ...Change) string {
	return Event("$identify", append([]Change{
		With("$set", json.RawMessage(`{"email":"ada@example.com","name":"Ada"}`)),
		With("$set_once", json.RawMessage(`{"first_seen":"2024-01-31"}`)),
	}, changes...)...)
}

// Autocapture is an $autocapture of a click on a link, with its elements.
func Autocapture(changes ...Change) string {
	return Event("$autocapture", append([]Change{
		browser, Prop("$event_type", "click"), Prop("$ce_version", 1),
		Prop("$elements", json.RawMessage(`[{"tag_name":"a","$el_text":"Sign up","attr__class":["button"],"attr__href":"/signup","nth_child":1,"nth_of_type":1},`+
			`{"tag_name":"body","nth_child":2,"nth_of_type":1}]`)),
	}, changes...)...)
}

// Exported is an event as a row of a batch export: the text of a factory, or any capture event.
// Members that such rows have not are left out; elements of a click become its elements_chain
// only in archives, here they stay a property. Changes are made to the row.
func Exported(event string, changes ...Change) string {
	given, err := sdk.ParseObject([]byte(event))
	if err != nil {
		panic(fmt.Sprintf("testkit.Exported(%q): %v", event, err))
	}
	row := sdk.NewObject()
	for _, m := range []struct{ key, from string }{
		{"uuid", "uuid"}, {"timestamp", "timestamp"}, {"_inserted_at", "now"}, {"created_at", "now"},
		{"event", "event"}, {"properties", "properties"}, {"distinct_id", "distinct_id"},
	} {
		v := given.Get(m.from)
		if m.key == "properties" && !v.Exists() {
			v = sdk.RawValue([]byte("{}"))
		}
		if v.Exists() {
			row.SetValue(m.key, v)
		}
	}
	for _, key := range []string{"$set", "$set_once"} {
		if v := given.Get(key); v.Exists() {
			row.SetPath([]string{"properties", key}, v)
		}
	}
	row.Set("elements_chain", "")
	row.SetValue("person_properties", sdk.RawValue([]byte("{}")))
	row.SetValue("person_id", sdk.RawValue([]byte("null")))
	return build(row.String(), changes)
}

// List is a JSON array of texts, for [Case.Want] with several events; "" stands for null.
func List(texts ...string) string {
	list := make([]string, len(texts))
	for i, text := range texts {
		if list[i] = text; text == "" {
			list[i] = "null"
		}
	}
	return "[" + strings.Join(list, ",") + "]"
}

func browser(o *sdk.Object) {
	for _, p := range []struct {
		key   string
		value any
	}{
		{"$current_url", "https://example.com/pricing?utm_source=news"}, {"$host", "example.com"}, {"$pathname", "/pricing"},
		{"$browser", "Firefox"}, {"$browser_version", 122}, {"$os", "Linux"}, {"$device_type", "Desktop"},
		{"$screen_width", 1920}, {"$screen_height", 1080}, {"$lib", "web"}, {"$ip", "203.0.113.7"},
		{"$session_id", "018f0000-0000-7000-8000-0000000000aa"}, {"distinct_id", "ada"}, {"token", "phc_example"},
	} {
		set(o, []string{"properties", p.key}, p.value)
	}
}

// build makes the changes to an event.
func build(text string, changes []Change) string {
	o, err := sdk.ParseObject([]byte(text))
	if err != nil {
		panic(fmt.Sprintf("testkit: %v", err))
	}
	for _, change := range changes {
		change(o)
	}
	return o.String()
}

func set(o *sdk.Object, path []string, value any) {
	v, err := jsonValue(value)
	if err != nil {
		panic(fmt.Sprintf("testkit: %s: %v", strings.Join(path, "."), err))
	}
	o.SetPath(path, v)
}
