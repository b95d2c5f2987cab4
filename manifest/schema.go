package manifest

import (
	"bytes"
	_ "embed"
)

//go:embed plugin.schema.json
var schema []byte

// Schema returns the JSON Schema (draft 2020-12) of plugin.json, for editors and other tools;
// the caller owns the copy. It knows every key that Parse knows. What Parse takes for an error
// it rejects, as far as a schema can tell: a main like "a/../../b" passes it. It is stricter
// where Parse only warns, about types of fields and choices for example, and about null; keys
// that Parse does not know pass.
func Schema() []byte { return bytes.Clone(schema) }
