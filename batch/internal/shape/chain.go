package shape

import (
	"maps"
	"slices"
	"strings"

	"github.com/plugreel/plugreel/sdk"
)

// elementsChain writes the elements of a processed event as an elements_chain: the reverse of
// [elements]. Source: fact sheet section 5.2.
func elementsChain(list *sdk.Array) string {
	var chain strings.Builder
	for _, v := range list.All() {
		e, ok := v.Object()
		if !ok {
			continue
		}
		if chain.Len() > 0 {
			chain.WriteByte(';')
		}
		writeElement(&chain, e)
	}
	return chain.String()
}

func writeElement(w *strings.Builder, e *sdk.Object) {
	w.WriteString(e.Get("tag_name").StrOr(""))
	if classes, ok := e.Get("attr_class").Array(); ok {
		for _, class := range classes.All() {
			w.WriteString("." + plainText(class))
		}
	}
	known := knownAttributes(e)
	if len(known) > 0 {
		w.WriteByte(':')
	}
	for _, key := range slices.Sorted(maps.Keys(known)) {
		w.WriteString(key + `="` + strings.ReplaceAll(known[key], `"`, `\"`) + `"`)
	}
}

// knownAttributes are all attributes of an element by their names in a chain.
func knownAttributes(e *sdk.Object) map[string]string {
	all := map[string]string{}
	for name, key := range map[string]string{
		"text": "text", "href": "href", "attr_id": "attr_id", "nth_child": "nth-child", "nth_of_type": "nth-of-type",
	} {
		if v := e.Get(name); v.Exists() && !v.IsNull() {
			all[key] = plainText(v)
		}
	}
	if others, ok := e.Get("attributes").Object(); ok {
		others.Each(func(key string, v sdk.Value) bool {
			all[key] = plainText(v)
			return true
		})
	}
	return all
}

// plainText is a text without quotes, or the JSON text of what is none.
func plainText(v sdk.Value) string {
	if text, ok := v.Str(); ok {
		return text
	}
	return v.String()
}
