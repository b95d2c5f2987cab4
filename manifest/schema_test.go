package manifest_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/manifest"
)

var compiledSchema = sync.OnceValue(func() *jsonschema.Schema {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(manifest.Schema()))
	if err != nil {
		panic(err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	if err := c.AddResource("plugin.schema.json", doc); err != nil {
		panic(err)
	}
	return c.MustCompile("plugin.schema.json")
})

// validate checks a text, which must be JSON, against the schema.
func validate(text string) error {
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		return err
	}
	return compiledSchema().Validate(doc)
}

func TestSchemaAccepts(t *testing.T) {
	tests := []struct{ Name, Reason, In string }{
		{"everything", "every key of the format", full},
		{"nothing", "every key is optional", `{}`},
		{"object form", "config may be an object", `{"config":{"a":{"type":"string","order":1},"b":{}}}`},
		{"unknown keys", "newer manifests still load", `{"new":1,"config":[{"key":"k","new":1}]}`},
		{"markdown", "a block has no key", `{"config":[{"markdown":"m"}]}`},
		{"default of any type", "plugins have booleans there", `{"config":[{"key":"k","default":true}]}`},
		{"main below", "dots in names lead nowhere", `{"main":"./dist/..a/index.js"}`},
	}
	for _, tt := range tests {
		t.Run(tt.Name, func(t *testing.T) {
			assert.NoError(t, validate(tt.In), tt.Reason)
			_, problems := parse(t, tt.In)
			assert.NoError(t, problems.Err())
		})
	}
}

func TestSchemaRejects(t *testing.T) {
	tests := []struct {
		Name, In string
		Severity manifest.Severity // the reason: what Parse says
	}{
		{"array", `[]`, manifest.SeverityError},
		{"null", `null`, manifest.SeverityError},
		{"name", `{"name":1}`, manifest.SeverityError},
		{"main", `{"main":1}`, manifest.SeverityError},
		{"main above", `{"main":"../a.js"}`, manifest.SeverityError},
		{"main above, with a dot", `{"main":"./../a.js"}`, manifest.SeverityError},
		{"main above, Windows", `{"main":"..\\a.js"}`, manifest.SeverityError},
		{"main alone", `{"main":".."}`, manifest.SeverityError},
		{"absolute main", `{"main":"/a.js"}`, manifest.SeverityError},
		{"main on a drive", `{"main":"C:\\a.js"}`, manifest.SeverityError},
		{"config", `{"config":"x"}`, manifest.SeverityError},
		{"field", `{"config":[1]}`, manifest.SeverityError},
		{"object-form field", `{"config":{"a":1}}`, manifest.SeverityError},
		{"key", `{"config":[{"key":1}]}`, manifest.SeverityError},
		{"type", `{"config":[{"key":"k","type":1}]}`, manifest.SeverityError},
		{"required", `{"config":[{"key":"k","required":"yes"}]}`, manifest.SeverityError},
		{"secret", `{"config":[{"key":"k","secret":1}]}`, manifest.SeverityError},
		{"choices", `{"config":[{"key":"k","type":"choice","choices":"a"}]}`, manifest.SeverityError},
		{"unknown type", `{"config":[{"key":"k","type":"strng"}]}`, manifest.SeverityWarning},
		{"no choices", `{"config":[{"key":"k","type":"choice"}]}`, manifest.SeverityWarning},
		{"condition", `{"config":[{"key":"k","visible_if":[[]]}]}`, manifest.SeverityWarning},
		{"url", `{"url":1}`, manifest.SeverityWarning},
		{"job", `{"publicJobs":{"j":1}}`, manifest.SeverityWarning},
	}
	for _, tt := range tests {
		t.Run(tt.Name, func(t *testing.T) {
			assert.Error(t, validate(tt.In))
			_, problems := parse(t, tt.In)
			if tt.Severity == manifest.SeverityError {
				assert.Error(t, problems.Err())
				return
			}
			assert.NoError(t, problems.Err())
			assert.NotEmpty(t, problems)
		})
	}
}

// The schema and the Go values know the same keys: what MarshalJSON writes of a manifest that
// has everything are the schema's properties.
func TestSchemaKeys(t *testing.T) {
	var schema struct {
		Properties map[string]json.RawMessage
		Defs       map[string]struct {
			Properties map[string]json.RawMessage
		} `json:"$defs"`
	}
	require.NoError(t, json.Unmarshal(manifest.Schema(), &schema))

	m := parseClean(t, full)
	m.Stateless = true
	m.Config[1].Choices = []string{"a"}
	m.Config[1].Markdown = "m"
	m.Config[1].Order = 1
	m.Config[1].RequiredIf = []manifest.Condition{{Key: "mode"}}
	m.Config[1].VisibleIf = m.Config[1].RequiredIf
	text, err := json.Marshal(m)
	require.NoError(t, err)
	var got struct {
		Top        map[string]json.RawMessage
		Config     []map[string]json.RawMessage
		PublicJobs map[string]struct {
			Payload map[string]map[string]json.RawMessage
		}
	}
	require.NoError(t, json.Unmarshal(text, &got))
	require.NoError(t, json.Unmarshal(text, &got.Top))

	delete(schema.Properties, "$schema")
	assert.ElementsMatch(t, keysOf(schema.Properties), keysOf(got.Top))
	assert.ElementsMatch(t, keysOf(schema.Defs["field"].Properties), keysOf(got.Config[1]))
	assert.ElementsMatch(t, keysOf(schema.Defs["jobField"].Properties), keysOf(got.PublicJobs["import"].Payload["from"]))
}

func keysOf[V any](m map[string]V) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	return keys
}

func TestSchemaIsACopy(t *testing.T) {
	manifest.Schema()[0] = 'x'
	assert.True(t, json.Valid(manifest.Schema()))
}
