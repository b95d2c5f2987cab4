package manifest

import (
	"encoding/json"
	"fmt"
)

// ConfigBuilder collects config values into the JSON object that Given.Config wants. The zero
// value is empty and ready to use. A key set again takes the new value in its old place. Calls
// must not overlap. Its errors are of type *[ConfigError], without a plugin's name, and quote
// no value: values may be secret.
type ConfigBuilder struct {
	members []Member
	at      map[string]int
}

// Set sets key to a text: --set key=value.
func (b *ConfigBuilder) Set(key, value string) {
	b.put(key, appendString(nil, value))
}

// SetJSON sets key to the value that a JSON text stands for: --set-json key=JSON. Numbers keep
// their spelling. After an error the key is as it was.
func (b *ConfigBuilder) SetJSON(key, text string) error {
	value, problems, _ := readJSON(text)
	if len(problems) > 0 {
		return &ConfigError{Key: key, Message: notJSON(problems[0])}
	}
	b.put(key, value.json())
	return nil
}

// SetValue sets key to a Go value. It takes what encoding/json encodes, and what
// github.com/goccy/go-yaml decodes to: yaml.MapSlice keeps its order, an ast.Node the spelling
// of its numbers too. Decode with yaml.UseOrderedMap or into an ast.Node: go-yaml makes plain
// maps, which are unordered and therefore sorted here, and turns an integer of more than 64
// bits into a string, which an ast.Node does not.
//
// Errors: an infinity or NaN, a YAML alias to outside the node, a merge key, a value without a
// JSON form. After an error the key is as it was.
func (b *ConfigBuilder) SetValue(key string, value any) error {
	e := valueEncoder{}
	text, err := e.append(nil, value)
	if err != nil {
		return &ConfigError{Key: key, Message: err.Error()}
	}
	b.put(key, text)
	return nil
}

// Merge sets every member of a map as SetValue does: a yaml.MapSlice or an ast.Node in order,
// a map[string]any sorted. nil and an empty YAML value set nothing. Errors: those of SetValue,
// and a value that is no map. After an error nothing has changed.
func (b *ConfigBuilder) Merge(values any) error {
	e := valueEncoder{}
	text, err := e.append(nil, values)
	if err != nil {
		return &ConfigError{Message: err.Error()}
	}
	root, problems, _ := readJSON(string(text))
	switch {
	case len(problems) > 0:
		return &ConfigError{Message: notJSON(problems[0])}
	case root.kind == kindNull:
		return nil
	case root.kind != kindObject:
		return &ConfigError{Message: fmt.Sprintf("got %s, want object", root.kind)}
	}
	for _, m := range root.members {
		b.put(m.name, m.value.json())
	}
	return nil
}

// JSON returns the object, compact and in the order of the first Set of each key; nil if
// nothing was set. Later calls do not change it.
func (b *ConfigBuilder) JSON() json.RawMessage {
	if len(b.members) == 0 {
		return nil
	}
	var w objectWriter
	w.members(b.members)
	return w.done()
}

// Format prints the keys for every verb, so that no value is printed by accident.
func (b ConfigBuilder) Format(f fmt.State, _ rune) {
	keys := make([]string, len(b.members))
	for i, m := range b.members {
		keys[i] = m.Name
	}
	fmt.Fprintf(f, "ConfigBuilder%q", keys)
}

func (b *ConfigBuilder) put(key string, value json.RawMessage) {
	if i, again := b.at[key]; again {
		b.members[i].Value = value
		return
	}
	if b.at == nil {
		b.at = map[string]int{}
	}
	b.at[key] = len(b.members)
	b.members = append(b.members, Member{Name: key, Value: value})
}
