package manifest_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/manifest"
)

// configErrors takes a joined error apart.
func configErrors(t *testing.T, err error) []string {
	t.Helper()
	if err == nil {
		return nil
	}
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		joined = errors.Join(err).(interface{ Unwrap() []error })
	}
	var out []string
	for _, err := range joined.Unwrap() {
		var e *manifest.ConfigError
		require.ErrorAs(t, err, &e)
		out = append(out, e.Error())
	}
	return out
}

func warnings(r *manifest.Resolved) []string {
	var out []string
	for _, e := range r.Warnings {
		out = append(out, e.Error())
	}
	return out
}

func TestResolve(t *testing.T) {
	file := map[string]manifest.Attachment{"db": manifest.NewAttachment("a.mmdb", []byte("x"))}
	tests := []struct {
		Name, Reason string
		Fields       string // the config of the manifest of plugin geo
		Given        string
		Attachments  map[string]manifest.Attachment
		Want         string // config
		Defaulted    []string
		Warnings     []string
		Errors       []string
	}{
		{
			Name: "nothing declared, nothing given", Reason: "config is never null",
			Fields: `[]`, Want: `{}`,
		},
		{
			Name: "null given", Reason: "an empty YAML value is null",
			Fields: `[]`, Given: `null`, Want: `{}`,
		},
		{
			Name: "defaults fill missing keys", Reason: "as the settings page did, of any JSON type",
			Fields: `[{"key":"a","default":"x"},{"key":"b"},{"key":"c","type":"json","default":{"y": 1.0}},{"markdown":"m"}]`,
			Want:   `{"a":"x","c":{"y":1.0}}`, Defaulted: []string{"a", "c"},
		},
		{
			Name: "given wins over the default", Reason: "also when it is empty or null",
			Fields: `[{"key":"a","default":"x"},{"key":"b","default":"x"},{"key":"c","default":"x"}]`,
			Given:  `{"a":"y","b":"","c":null}`,
			Want:   `{"a":"y","b":"","c":null}`,
		},
		{
			Name: "order", Reason: "declared in declared order, then the others as given",
			Fields: `{"b":{"order":2},"a":{"order":1}}`,
			Given:  `{"z":1,"b":"1","y":2,"a":"2"}`,
			Want:   `{"a":"2","b":"1","z":1,"y":2}`,
			Warnings: []string{
				`geo: config.z: not declared in plugin.json; passed on as it is`,
				`geo: config.y: not declared in plugin.json; passed on as it is`,
			},
		},
		{
			Name: "types and spelling", Reason: "values keep the type they came with",
			Fields: `[{"key":"a"},{"key":"b"}]`,
			Given:  ` {"a": 12345678901234567890, "b": [1.0, true, null, {"é": "\u00e9\ud800"}]} `,
			Want:   `{"a":12345678901234567890,"b":[1.0,true,null,{"é":"\u00e9\ud800"}]}`,
		},
		{
			Name: "given twice", Reason: "the last counts, in the first place",
			Fields: `[]`,
			Given:  `{"a":1,"b":2,"a":3}`,
			Want:   `{"a":3,"b":2}`,
		},
		{
			Name: "declared twice", Reason: "the last counts, in the first place",
			Fields: `[{"key":"a","default":"1"},{"key":"b","default":"2"},{"key":"a","default":"3"}]`,
			Want:   `{"a":"3","b":"2"}`, Defaulted: []string{"a", "b"},
		},
		{
			Name: "undeclared without a manifest", Reason: "nothing is declared, so nothing is suspect",
			Fields: `[{"markdown":"m"}]`,
			Given:  `{"a":1}`,
			Want:   `{"a":1}`,
		},
		{
			Name: "undeclared near a declared one", Reason: "it is probably a slip",
			Fields:   `[{"key":"greeting","default":"hi"}]`,
			Given:    `{"greting":"hey"}`,
			Want:     `{"greeting":"hi","greting":"hey"}`,
			Warnings: []string{`geo: config.greting: not declared in plugin.json; passed on as it is; did you mean "greeting"?`}, Defaulted: []string{"greeting"},
		},
		{
			Name: "required with an empty default", Reason: "published plugins rely on it",
			Fields: `[{"key":"a","required":true,"default":""}]`,
			Want:   `{"a":""}`, Defaulted: []string{"a"},
		},
		{
			Name: "required and given empty", Reason: "an empty text is a value",
			Fields: `[{"key":"a","required":true}]`,
			Given:  `{"a":""}`,
			Want:   `{"a":""}`,
		},
		{
			Name: "required and missing", Reason: "all problems come at once",
			Fields: `[{"key":"a b","required":true},{"key":"db","type":"attachment","required":true},{"key":"c","required":true}]`,
			Given:  `{"c":null}`,
			Errors: []string{
				`geo: config["a b"]: got nothing, want a value, since it is required and has no default; set it with --set a b=VALUE`,
				`geo: attachments.db: got nothing, want a file, since it is required and has no default; use --attach db=FILE`,
				`geo: config.c: got null, want a value, since it is required and has no default; set it with --set c=VALUE`,
			},
		},
		{
			Name: "required with a null default", Reason: "null is no default",
			Fields: `[{"key":"a","required":true,"default":null}]`,
			Errors: []string{`geo: config.a: got nothing, want a value, since it is required and has no default; set it with --set a=VALUE`},
		},
		{
			Name: "required and misspelt", Reason: "the slip is named without its value",
			Fields: `[{"key":"apiKey","required":true,"secret":true}]`,
			Given:  `{"apikey":"hunter2"}`,
			Errors: []string{`geo: config.apiKey: got nothing, want a value, since it is required and has no default; "apikey" was given, did you mean "apiKey"?`},
		},
		{
			Name: "required and given as a file", Reason: "only its own kind of value counts",
			Fields: `[{"key":"db","required":true}]`, Attachments: file,
			Errors: []string{`geo: config.db: got nothing, want a value, since it is required and has no default; it was given as a file`},
		},
		{
			Name: "required file and a near name", Reason: "files have names too",
			Fields: `[{"key":"db2","type":"attachment","required":true}]`, Attachments: file,
			Errors: []string{`geo: attachments.db2: got nothing, want a file, since it is required and has no default; "db" was given, did you mean "db2"?`},
		},
		{
			Name: "file given", Reason: "files are not in the config",
			Fields: `[{"key":"db","type":"attachment","required":true}]`, Attachments: file,
			Want: `{}`,
		},
		{
			Name: "file with a default", Reason: "a default makes it optional and is never used",
			Fields: `[{"key":"db","type":"attachment","required":true,"default":"x"}]`,
			Want:   `{}`,
		},
		{
			Name: "file for an undeclared key", Reason: "it passes through",
			Fields: `[{"key":"a","default":"1"}]`, Attachments: file,
			Want: `{"a":"1"}`, Defaulted: []string{"a"},
		},
		{
			Name: "text for a file", Reason: "only --attach takes files",
			Fields: `[{"key":"db","type":"attachment"}]`, Given: `{"db":"a.mmdb"}`,
			Errors: []string{`geo: attachments.db: got string in the config, want a file; use --attach db=FILE`},
		},
		{
			Name: "choice", Reason: "a value among the choices, or null",
			Fields: `[{"key":"a","type":"choice","choices":["Yes","No"]},{"key":"b","type":"choice","choices":["Yes","No"]}]`,
			Given:  `{"a":"No","b":null}`,
			Want:   `{"a":"No","b":null}`,
		},
		{
			Name: "no choice", Reason: "near ones are suggested, types are explained",
			Fields: `[{"key":"a","type":"choice","choices":["Yes","No"]},{"key":"b","type":"choice","choices":["1","2"]},{"key":"c","type":"choice","choices":["true"]}]`,
			Given:  `{"a":"yes","b":2,"c":[true]}`,
			Errors: []string{
				`geo: config.a: got "yes", want "Yes" or "No"; did you mean "Yes"?`,
				`geo: config.b: got the number 2, want "1" or "2"; put it in quotes`,
				`geo: config.c: got array, want "true"`,
			},
		},
		{
			Name: "no choice, secret", Reason: "the value is not shown",
			Fields: `[{"key":"a","type":"choice","choices":["1"],"secret":true}]`,
			Given:  `{"a":"hunter2"}`,
			Errors: []string{`geo: config.a: got another value, want "1"`},
		},
		{
			Name: "no choice, with a secret of another field", Reason: "it is redacted wherever it is",
			Fields: `[{"key":"a","type":"choice","choices":["1"]},{"key":"b","secret":true}]`,
			Given:  `{"a":"is hunter2?","b":"hunter2"}`,
			Errors: []string{`geo: config.a: got "is [secret]?", want "1"`},
		},
		{
			Name: "choice with a default that is none", Reason: "the plugin's author chose it",
			Fields: `[{"key":"a","type":"choice","choices":["1"],"default":"2"}]`,
			Want:   `{"a":"2"}`, Defaulted: []string{"a"},
		},
		{
			Name: "choice without choices", Reason: "any value is accepted",
			Fields: `[{"key":"a","type":"choice"}]`, Given: `{"a":[1]}`, Want: `{"a":[1]}`,
		},
		{
			Name: "many choices", Reason: "a message stays readable",
			Fields: `[{"key":"a","type":"choice","choices":["a","b","c","d","e","f","g","h","i","j","k","l","m","n"]}]`, Given: `{"a":"zz"}`,
			Errors: []string{`geo: config.a: got "zz", want "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l" or one of 2 more`},
		},
		{
			Name: "object for a json field", Reason: "plugins call JSON.parse on it",
			Fields: `[{"key":"a","type":"json"},{"key":"b","type":"json"}]`, Given: `{"a":{"x":1},"b":"{}"}`,
			Want:     `{"a":{"x":1},"b":"{}"}`,
			Warnings: []string{`geo: config.a: got object, want string: plugins parse the text of a json field themselves`},
		},
		{
			Name: "not an object", Reason: "there are no keys in it",
			Fields: `[]`, Given: `["hunter2"]`,
			Errors: []string{`geo: config: got array, want object`},
		},
		{
			Name: "not JSON", Reason: "the text is not shown",
			Fields: `[]`, Given: `{"a":"hunter2}`,
			Errors: []string{`geo: config: not JSON at byte 6: got a string without a closing quote`},
		},
		{
			Name: "almost JSON", Reason: "only a plugin.json is mended",
			Fields: `[]`, Given: `{"a":1,}`,
			Errors: []string{`geo: config: not JSON at byte 7: got a comma before '}', want none: JSON has no trailing commas`},
		},
	}
	for _, tt := range tests {
		t.Run(tt.Name, func(t *testing.T) {
			m, problems := parse(t, `{"name":"geo","config":`+tt.Fields+`}`)
			require.NoError(t, problems.Err())
			r, err := m.Resolve(manifest.Given{Config: json.RawMessage(tt.Given), Attachments: tt.Attachments})
			assert.Equal(t, tt.Errors, configErrors(t, err), tt.Reason)
			if err != nil {
				assert.Nil(t, r)
				assert.NotContains(t, err.Error(), "hunter2")
				return
			}
			assert.Equal(t, tt.Want, string(r.Config), tt.Reason)
			assert.Equal(t, tt.Defaulted, r.Defaulted)
			assert.Equal(t, tt.Warnings, warnings(r))
			assert.NotNil(t, r.Attachments)
			assert.Len(t, r.Attachments, len(tt.Attachments))
		})
	}
}

func TestResolveRequiredIf(t *testing.T) {
	const want = `geo: config.k: got nothing, want a value, since required_if holds`
	tests := []struct {
		Name, Reason, If, Given string
		Warns                   bool
	}{
		{"equal", "the text is compared", `[["mode","s3"]]`, `{"mode":"s3"}`, true},
		{"not equal", "another value does not match", `[["mode","s3"]]`, `{"mode":"gcs"}`, false},
		{"default", "the value after defaults counts", `[["mode","s3"]]`, `{}`, true},
		{"all", "conditions are joined by and", `[["mode","s3"],["other"]]`, `{}`, false},
		{"truthy", "without a value any truthy one will do", `[["other"]]`, `{"other":"x"}`, true},
		{"falsy false", "false is falsy", `[["other"]]`, `{"other":false}`, false},
		{"true", "true is truthy", `[["other"]]`, `{"other":true}`, true},
		{"falsy zero", "zero is falsy however it is spelled", `[["other"]]`, `{"other":0.0}`, false},
		{"number", "a number is compared as text", `[["other","7"]]`, `{"other":7}`, true},
		{"null", "null is falsy", `[["other"]]`, `{"other":null}`, false},
		{"empty", "a missing value is compared as empty", `[["other",""]]`, `{}`, true},
		{"object", "an object is truthy", `[["other"]]`, `{"other":{}}`, true},
		{"present", "nothing is missing", `[["mode","s3"]]`, `{"k":"v"}`, false},
		{"present as a file", "nothing is missing", `[["mode","s3"]]`, `{"file":true}`, false},
		{"none", "no condition requires nothing", `[]`, `{}`, false},
	}
	for _, tt := range tests {
		t.Run(tt.Name, func(t *testing.T) {
			m := parseClean(t, `{"name":"geo","config":[{"key":"mode","default":"s3"},{"key":"other"},{"key":"file"},{"key":"k","required_if":`+tt.If+`}]}`)
			given := manifest.Given{Config: json.RawMessage(tt.Given)}
			if strings.Contains(tt.Given, "file") {
				given.Attachments = map[string]manifest.Attachment{"k": {}}
			}
			r, err := m.Resolve(given)
			require.NoError(t, err)
			if tt.Warns {
				assert.Equal(t, []string{want}, warnings(r), tt.Reason)
				return
			}
			assert.Empty(t, r.Warnings, tt.Reason)
		})
	}
}

func TestResolveNames(t *testing.T) {
	m, _ := parse(t, `{"config":[{"key":"a","required":true}]}`)
	_, err := m.Resolve(manifest.Given{})
	require.ErrorContains(t, err, `config.a: got nothing`)
	assert.True(t, strings.HasPrefix(err.Error(), "config.a"), "a plugin without a name has no prefix")

	_, err = m.Resolve(manifest.Given{Plugin: "second"})
	require.ErrorContains(t, err, `second: config.a: got nothing`)
	var e *manifest.ConfigError
	require.ErrorAs(t, err, &e)
	assert.Equal(t, "second", e.Plugin)
	assert.Equal(t, "a", e.Key)
	assert.Equal(t, "plugin.json:1:12", fmt.Sprintf("%s:%d:%d", e.File, e.Line, e.Column))
}

func TestResolveZeroManifest(t *testing.T) {
	r, err := new(manifest.Manifest).Resolve(manifest.Given{Config: json.RawMessage(`{"a":1}`)})
	require.NoError(t, err)
	assert.Equal(t, `{"a":1}`, string(r.Config), "a directory without plugin.json is allowed")
}

func TestResolveOwnsItsMap(t *testing.T) {
	given := map[string]manifest.Attachment{"a": {FileName: "a"}}
	r, err := new(manifest.Manifest).Resolve(manifest.Given{Attachments: given})
	require.NoError(t, err)
	given["b"] = manifest.Attachment{}
	assert.Len(t, r.Attachments, 1)
}

func TestNewAttachment(t *testing.T) {
	tests := []struct{ Name, Reason, File, Base, Type string }{
		{"path", "a browser sends the base name", "dir/rates.json", "rates.json", "application/json"},
		{"Windows path", "the case of an extension does not matter", `C:\data\Rates.CSV`, "Rates.CSV", "text/csv"},
		{"unknown extension", "a browser says so too", "GeoLite2-City.mmdb", "GeoLite2-City.mmdb", "application/octet-stream"},
		{"no extension", "nothing is known", "noext", "noext", "application/octet-stream"},
	}
	for _, tt := range tests {
		t.Run(tt.Name, func(t *testing.T) {
			a := manifest.NewAttachment(tt.File, []byte("x"))
			assert.Equal(t, manifest.Attachment{ContentType: tt.Type, FileName: tt.Base, Contents: []byte("x")}, a, tt.Reason)
		})
	}
}
