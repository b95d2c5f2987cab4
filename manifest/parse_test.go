package manifest_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/manifest"
)

// full has every key of the format.
const full = `{
  "$schema": "./plugin.schema.json",
  "name": "Geo",
  "url": "https://example.com/geo",
  "description": "Adds a place.",
  "main": "./dist//index.js",
  "lib": "lib.js",
  "posthogVersion": ">= 1.25.0, < 2",
  "stateless": false,
  "icon": "geo.png",
  "config": [
    {"markdown": "Read *this*."},
    {
      "key": "apiKey", "name": "API key", "type": "string", "default": "", "hint": "Ask us.",
      "required": true, "secret": true, "site": true
    },
    {"key": "mode", "type": "choice", "choices": ["fast", "slow"], "default": "fast", "order": 2.5},
    {"key": "map", "type": "json", "default": "{}", "required_if": [["mode", "slow"], ["apiKey"]]},
    {"key": "mmdb", "type": "attachment", "visible_if": [["mode", "fast"]]}
  ],
  "publicJobs": {
    "import": {
      "payload": {
        "from": {"type": "date", "title": "From", "required": true, "default": "2020-01-01", "staff_only": true}
      }
    },
    "stop": {}
  }
}`

func parse(t *testing.T, text string) (*manifest.Manifest, manifest.Problems) {
	t.Helper()
	m, problems := manifest.Parse(strings.NewReader(text), "plugin.json")
	require.NotNil(t, m)
	return m, problems
}

// parseClean parses a text that must have no problem at all.
func parseClean(t *testing.T, text string) *manifest.Manifest {
	t.Helper()
	m, problems := parse(t, text)
	require.Empty(t, lines(problems))
	return m
}

// lines spells problems as "severity code: message".
func lines(problems manifest.Problems) []string {
	var out []string
	for _, e := range problems {
		out = append(out, fmt.Sprintf("%s %s: %s", e.Severity, e.Code, e.Error()))
	}
	return out
}

func TestParseFull(t *testing.T) {
	m := parseClean(t, full)
	slow, fast := "slow", "fast"
	want := &manifest.Manifest{
		File:           "plugin.json",
		Name:           "Geo",
		URL:            "https://example.com/geo",
		Description:    "Adds a place.",
		Main:           "dist/index.js",
		Lib:            "lib.js",
		PosthogVersion: ">= 1.25.0, < 2",
		Icon:           "geo.png",
		Config: []manifest.Field{
			{Type: manifest.TypeString, Markdown: "Read *this*.", Line: 12, Column: 5},
			{
				Key: "apiKey", Name: "API key", Type: manifest.TypeString, Default: json.RawMessage(`""`),
				Hint: "Ask us.", Required: true, Secret: true, Site: true, Line: 13, Column: 5,
			},
			{
				Key: "mode", Type: manifest.TypeChoice, Choices: []string{"fast", "slow"},
				Default: json.RawMessage(`"fast"`), Order: 2.5, Line: 17, Column: 5,
			},
			{
				Key: "map", Type: manifest.TypeJSON, Default: json.RawMessage(`"{}"`), Line: 18, Column: 5,
				RequiredIf: []manifest.Condition{{Key: "mode", Value: &slow}, {Key: "apiKey"}},
			},
			{
				Key: "mmdb", Type: manifest.TypeAttachment, Line: 19, Column: 5,
				VisibleIf: []manifest.Condition{{Key: "mode", Value: &fast}},
			},
		},
		PublicJobs: []manifest.PublicJob{
			{Name: "import", Payload: []manifest.JobField{{
				Name: "from", Type: "date", Title: "From", Required: true,
				Default: json.RawMessage(`"2020-01-01"`), StaffOnly: true,
			}}},
			{Name: "stop"},
		},
	}
	assert.Equal(t, want, m)
}

func TestParseProblems(t *testing.T) {
	tests := []struct {
		Name, Reason string
		In           string
		Want         []string // as lines spells them
	}{
		{
			Name: "nothing but a name", Reason: "every key is optional",
			In: `{"name":"a"}`,
		},
		{
			Name: "empty object", Reason: "the original used the directory's name",
			In:   `{}`,
			Want: []string{`warning missing-name: plugin.json:1:1: got no name, want one; the directory's name is used`},
		},
		{
			Name: "empty name", Reason: "an empty name is none",
			In:   `{"name":""}`,
			Want: []string{`warning missing-name: plugin.json:1:1: got no name, want one; the directory's name is used`},
		},
		{
			Name: "null members", Reason: "null is absent, as null was in the original",
			In: `{"name":"a","main":null,"config":null,"stateless":null,"publicJobs":null,"url":null,
				"x-unused":null}`,
			Want: []string{`warning unknown-key: plugin.json:2:5: x-unused: not a known key; it has no effect`},
		},
		{
			Name: "null in a field", Reason: "null is absent there too",
			In: `{"name":"a","config":[{"key":"k","type":null,"default":null,"choices":null,"order":null,
				"required":null,"required_if":null,"visible_if":null}]}`,
		},
		{
			Name: "unknown type", Reason: "it was treated as string; near names are suggested",
			In:   "{\"name\":\"a\",\"config\":[{\"markdown\":\"x\"},\n {\"key\":\"k\",\n  \"type\": \"strng\"}]}",
			Want: []string{`warning unknown-type: plugin.json:3:11: config[1].type: got "strng", want string, json, attachment or choice; did you mean "string"?`},
		},
		{
			Name: "unknown type far from all", Reason: "a bad suggestion is worse than none",
			In:   `{"name":"a","config":[{"key":"k","type":"password"}]}`,
			Want: []string{`warning unknown-type: plugin.json:1:41: config[0].type: got "password", want string, json, attachment or choice`},
		},
		{
			Name: "unknown keys", Reason: "newer manifests still load",
			In: `{"name":"a","descripton":"","config":[{"key":"k","requred":true}]}`,
			Want: []string{
				`warning unknown-key: plugin.json:1:13: descripton: not a known key; it has no effect; did you mean "description"?`,
				`warning unknown-key: plugin.json:1:50: config[0].requred: not a known key; it has no effect; did you mean "required"?`,
			},
		},
		{
			Name: "field without key", Reason: "no plugin can read it",
			In:   `{"name":"a","config":[{"name":"k","type":"string"}]}`,
			Want: []string{`warning missing-key: plugin.json:1:23: config[0]: got no key, want one: no plugin can read this field`},
		},
		{
			Name: "markdown with a type and no key", Reason: "the type asks for a value",
			In:   `{"name":"a","config":[{"markdown":"k","type":"string"}]}`,
			Want: []string{`warning missing-key: plugin.json:1:23: config[0]: got no key, want one: no plugin can read this field`},
		},
		{
			Name: "markdown block", Reason: "it is harmless, named or not",
			In: `{"name":"a","config":[{"markdown":"k"},{"markdown":"k","name":"n","hint":"h","required":false}]}`,
		},
		{
			Name: "default not among the choices", Reason: "the plugin runs with it all the same",
			In:   `{"name":"a","config":[{"key":"k","type":"choice","choices":["Yes","No"],"default":"yes"}]}`,
			Want: []string{`warning default-choice: plugin.json:1:83: config[0].default: got "yes", want "Yes" or "No"; did you mean "Yes"?`},
		},
		{
			Name: "default of another JSON type", Reason: "the quotes are what is missing",
			In:   `{"name":"a","config":[{"key":"k","type":"choice","choices":["1","2"],"default":1}]}`,
			Want: []string{`warning default-choice: plugin.json:1:80: config[0].default: got the number 1, want "1" or "2"; put it in quotes`},
		},
		{
			Name: "default array for a choice", Reason: "only its kind is shown",
			In:   `{"name":"a","config":[{"key":"k","type":"choice","choices":["1"],"default":[1]}]}`,
			Want: []string{`warning default-choice: plugin.json:1:76: config[0].default: got array, want "1"`},
		},
		{
			Name: "secret choice", Reason: "the settings page hid such a field; its default is not quoted",
			In: `{"name":"a","config":[{"key":"k","type":"choice","secret":true,"choices":["1"],"default":"hunter2"}]}`,
			Want: []string{
				`warning secret-choice: plugin.json:1:59: config[0].secret: got true for a choice, want no secret: its values are public`,
				`warning default-choice: plugin.json:1:90: config[0].default: got another value, want "1"`,
			},
		},
		{
			Name: "choice without choices", Reason: "any value is accepted then",
			In: `{"name":"a","config":[{"key":"k","type":"choice"},{"key":"l","type":"choice","choices":[]}]}`,
			Want: []string{
				`warning bad-choices: plugin.json:1:41: config[0].type: got no choices, want an array of strings; any value is accepted`,
				`warning bad-choices: plugin.json:1:69: config[1].type: got no choices, want an array of strings; any value is accepted`,
			},
		},
		{
			Name: "choices that are not strings", Reason: "the settings page hid the field; the plugin ran",
			In:   `{"name":"a","config":[{"key":"k","type":"choice","choices":["1",2],"default":3}]}`,
			Want: []string{`warning bad-choices: plugin.json:1:65: config[0].choices[1]: got number, want string; any value is accepted`},
		},
		{
			Name: "choices for other types", Reason: "they have no effect, except that an unknown type is warned of once",
			In: `{"name":"a","config":[{"key":"k","choices":["1"]},{"key":"l","type":"json","choices":["1"]},
				{"key":"m","type":"choce","choices":["1"]}]}`,
			Want: []string{
				`warning unused-choices: plugin.json:1:44: config[0].choices: got choices for type "string", want them for type "choice" only; any value is accepted`,
				`warning unused-choices: plugin.json:1:86: config[1].choices: got choices for type "json", want them for type "choice" only; any value is accepted`,
				`warning unknown-type: plugin.json:2:23: config[2].type: got "choce", want string, json, attachment or choice; did you mean "choice"?`,
			},
		},
		{
			Name: "default of an attachment", Reason: "there is no file to use; an empty one is a habit",
			In:   `{"name":"a","config":[{"key":"k","type":"attachment","default":"a.csv"},{"key":"l","type":"attachment","default":""}]}`,
			Want: []string{`warning unused-default: plugin.json:1:64: config[0].default: got a default for an attachment, want none; it has no effect`},
		},
		{
			Name: "duplicate key", Reason: "the last field of a key counted",
			In:   `{"name":"a","config":[{"key":"k"},{"key":"l"},{"key":"k"}]}`,
			Want: []string{`warning duplicate-key: plugin.json:1:54: config[2].key: got "k", which config[0] has already; the last one counts`},
		},
		{
			Name: "duplicate members", Reason: "JSON.parse takes the last, at any depth",
			In: "{\"name\":\"a\",\n\"name\":\"b\",\"x\":{\"y\":1,\"y\":{\"z\":[{\"q\":1,\"q\":2}]}}}",
			Want: []string{
				`warning duplicate-member: plugin.json:2:1: name: got this name twice (first in line 1), want it once; the last one counts`,
				`warning unknown-key: plugin.json:2:12: x: not a known key; it has no effect`,
				`warning duplicate-member: plugin.json:2:23: x.y: got this name twice (first in line 2), want it once; the last one counts`,
				`warning duplicate-member: plugin.json:2:40: x.y.z[0].q: got this name twice (first in line 2), want it once; the last one counts`,
			},
		},
		{
			Name: "key of an object-form field", Reason: "the member's name is the key",
			In:   `{"name":"a","config":{"one":{"key":"two"},"two":{"key":"two"}}}`,
			Want: []string{`warning key-mismatch: plugin.json:1:36: config.one.key: got "two", want "one"; the member's name counts`},
		},
		{
			Name: "structural keys of the wrong type", Reason: "their value decides how the plugin runs",
			In: `{"name":1,"main":[],"config":"x"}`,
			Want: []string{
				`error wrong-type: plugin.json:1:9: name: got number, want string`,
				`error wrong-type: plugin.json:1:18: main: got array, want string`,
				`error wrong-type: plugin.json:1:30: config: got string, want array or object`,
			},
		},
		{
			Name: "structural keys of a field", Reason: "all problems come at once",
			In: `{"name":"a","config":[7,null,{"key":1,"type":true,"choices":{},"required":"yes","secret":0}]}`,
			Want: []string{
				`error wrong-type: plugin.json:1:23: config[0]: got number, want object`,
				`error wrong-type: plugin.json:1:25: config[1]: got null, want object`,
				`error wrong-type: plugin.json:1:37: config[2].key: got number, want string`,
				`error wrong-type: plugin.json:1:46: config[2].type: got boolean, want string`,
				`error wrong-type: plugin.json:1:61: config[2].choices: got object, want array`,
				`error wrong-type: plugin.json:1:75: config[2].required: got string, want boolean`,
				`error wrong-type: plugin.json:1:90: config[2].secret: got number, want boolean`,
			},
		},
		{
			Name: "object-form field of the wrong type", Reason: "the path uses the name, quoted where it must be",
			In: `{"name":"a","config":{"ok":1,"not ok":[]}}`,
			Want: []string{
				`error wrong-type: plugin.json:1:28: config.ok: got number, want object`,
				`error wrong-type: plugin.json:1:39: config["not ok"]: got array, want object`,
			},
		},
		{
			Name: "shown keys of the wrong type", Reason: "nobody loses a replay to a description",
			In: `{"name":"a","url":1,"description":1,"lib":1,"icon":1,"posthogVersion":1,"stateless":1,
"config":[{"key":"k","name":1,"hint":1,"markdown":1,"order":"1","site":1}]}`,
			Want: []string{
				`warning wrong-type: plugin.json:1:19: url: got number, want string; it has no effect`,
				`warning wrong-type: plugin.json:1:35: description: got number, want string; it has no effect`,
				`warning wrong-type: plugin.json:1:43: lib: got number, want string; it has no effect`,
				`warning wrong-type: plugin.json:1:52: icon: got number, want string; it has no effect`,
				`warning wrong-type: plugin.json:1:71: posthogVersion: got number, want string; it has no effect`,
				`warning wrong-type: plugin.json:1:85: stateless: got number, want boolean; it has no effect`,
				`warning wrong-type: plugin.json:2:29: config[0].name: got number, want string; it has no effect`,
				`warning wrong-type: plugin.json:2:38: config[0].hint: got number, want string; it has no effect`,
				`warning wrong-type: plugin.json:2:51: config[0].markdown: got number, want string; it has no effect`,
				`warning wrong-type: plugin.json:2:61: config[0].order: got string, want number; it has no effect`,
				`warning wrong-type: plugin.json:2:72: config[0].site: got number, want boolean; it has no effect`,
			},
		},
		{
			Name: "order out of range", Reason: "no float holds it",
			In:   `{"name":"a","config":[{"key":"k","order":1e999}]}`,
			Want: []string{`warning bad-order: plugin.json:1:42: config[0].order: got a number out of range; it has no effect`},
		},
		{
			Name: "stateless with config", Reason: "the original installer refused it",
			In:   `{"name":"a","stateless":true,"config":[{"key":"k"}]}`,
			Want: []string{`warning stateless-config: plugin.json:1:25: stateless: got true beside a config, want no config: such a plugin could not be installed`},
		},
		{
			Name: "stateless with markdown", Reason: "markdown is no config",
			In: `{"name":"a","stateless":true,"config":[{"markdown":"k"}]}`,
		},
		{
			Name: "version range", Reason: "the original installer refused others",
			In:   `{"name":"a","posthogVersion":">= 1.25.x"}`,
			Want: []string{`warning bad-version: plugin.json:1:30: posthogVersion: got ">= 1.25.x", want a version range like ">= 1.25.0"`},
		},
		{
			Name: "conditions", Reason: "they steer only what is shown",
			In: `{"name":"a","config":[{"key":"mode","visible_if":{}},{"key":"b","visible_if":[["mode"],[]]},
{"key":"c","required_if":[["mode",1]]},{"key":"d","required_if":[["mdoe","x"],["mode",null]]}]}`,
			Want: []string{
				`warning bad-condition: plugin.json:1:50: config[0].visible_if: got object, want a list of ["key", "value"] or ["key"]; it has no effect`,
				`warning bad-condition: plugin.json:1:88: config[1].visible_if[1]: want a list of ["key", "value"] or ["key"]; it has no effect`,
				`warning bad-condition: plugin.json:2:27: config[2].required_if[0]: want a list of ["key", "value"] or ["key"]; it has no effect`,
				`warning bad-condition: plugin.json:2:66: config[3].required_if[0]: got "mdoe", want the key of a field; did you mean "mode"?`,
			},
		},
		{
			Name: "public jobs", Reason: "nothing runs them from here",
			In: `{"name":"a","publicJobs":{"a":1,"b":{"payload":[]},"c":{"payload":{"x":1,"y":{"type":"strin"},"z":{"type":1}}}}}`,
			Want: []string{
				`warning wrong-type: plugin.json:1:31: publicJobs.a: got number, want object; it has no effect`,
				`warning wrong-type: plugin.json:1:48: publicJobs.b.payload: got array, want object; it has no effect`,
				`warning wrong-type: plugin.json:1:72: publicJobs.c.payload.x: got number, want object; it has no effect`,
				`warning unknown-type: plugin.json:1:86: publicJobs.c.payload.y.type: got "strin", want string, boolean, json, number, date or daterange; did you mean "string"?`,
				`warning wrong-type: plugin.json:1:107: publicJobs.c.payload.z.type: got number, want string; it has no effect`,
			},
		},
		{
			Name: "public jobs of the wrong type", Reason: "as above",
			In:   `{"name":"a","publicJobs":[]}`,
			Want: []string{`warning wrong-type: plugin.json:1:26: publicJobs: got array, want object; it has no effect`},
		},
		{
			Name: "not an object", Reason: "there is no plugin in it",
			In:   ` ["name"]`,
			Want: []string{`error wrong-type: plugin.json:1:2: got array, want object`},
		},
		{
			Name: "null", Reason: "nor in null",
			In:   `null`,
			Want: []string{`error wrong-type: plugin.json:1:1: got null, want object`},
		},
		{
			Name: "bytes that are not UTF-8", Reason: "the original replaced them",
			In:   "{\"name\":\"a\xff\"}",
			Want: []string{"warning not-utf8: plugin.json:1:11: got a byte that is not UTF-8; it is read as U+FFFD"},
		},
		{
			Name: "UTF-16", Reason: "some editors write it",
			In:   "\xff\xfe{\x00",
			Want: []string{"error not-utf8: plugin.json: got UTF-16, want UTF-8"},
		},
		{
			Name: "columns are bytes", Reason: "é has two, a byte order mark none",
			In:   "\uFEFF{\"name\":\"é\",\"x\":1}",
			Want: []string{"warning unknown-key: plugin.json:1:14: x: not a known key; it has no effect"},
		},
		{
			Name: "CRLF", Reason: "a line ends with LF",
			In:   "{\"name\":\"a\",\r\n\"x\":1}",
			Want: []string{"warning unknown-key: plugin.json:2:1: x: not a known key; it has no effect"},
		},
		{
			Name: "long foreign text", Reason: "a message stays readable",
			In:   `{"name":"a","` + strings.Repeat("x", 100) + `":1}`,
			Want: []string{"warning unknown-key: plugin.json:1:13: " + strings.Repeat("x", 60) + "…: not a known key; it has no effect"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.Name, func(t *testing.T) {
			_, problems := parse(t, tt.In)
			assert.Equal(t, tt.Want, lines(problems), tt.Reason)
		})
	}
}

func TestParseSyntax(t *testing.T) {
	tests := []struct {
		Name, Reason string
		In           string
		Want         []string
	}{
		{"empty", "an empty file is the first thing people make", ``,
			[]string{`error syntax: plugin.json:1:1: got an empty text, want JSON`}},
		{"blank", "the position is the end", " \n\n ",
			[]string{`error syntax: plugin.json:3:2: got an empty text, want JSON`}},
		{"cut off", "nothing that may have come later is called missing", `{"main":"a.js","config":[{"type":"string"`,
			[]string{`error syntax: plugin.json:1:42: config[0]: got the end of the text, want ',' or '}'`}},
		{"trailing commas", "the old reference had one in its example", "{\"name\":\"a\",\"config\":[{\"key\":\"k\",},\n],}",
			[]string{
				`error trailing-comma: plugin.json:1:33: config[0]: got a comma before '}', want none: JSON has no trailing commas`,
				`error trailing-comma: plugin.json:1:35: config: got a comma before ']', want none: JSON has no trailing commas`,
				`error trailing-comma: plugin.json:2:2: got a comma before '}', want none: JSON has no trailing commas`,
			}},
		{"comments", "other problems are found all the same", "// a, b\n{\"name\":\"a\", /* x */ \"config\":[ // none,\n]}",
			[]string{
				`error comment: plugin.json:1:1: got a comment, want JSON, which has none`,
				`error comment: plugin.json:2:14: got a comment, want JSON, which has none`,
				`error comment: plugin.json:2:33: config: got a comment, want JSON, which has none`,
			}},
		{"comma in a comment", "it is no trailing comma", "{\"name\":\"a\" // b,\n}",
			[]string{`error comment: plugin.json:1:13: got a comment, want JSON, which has none`}},
		{"comment without an end", "it hides the rest", `{"name":"a" /* b }`,
			[]string{
				`error comment: plugin.json:1:13: got a comment, want JSON, which has none`,
				`error syntax: plugin.json:1:19: got the end of the text, want ',' or '}'`,
			}},
		{"line comment without an end", "the value is whole", `{"name":"a"}//`,
			[]string{`error comment: plugin.json:1:13: got a comment, want JSON, which has none`}},
		{"missing commas", "the values are plain to see", "{\"name\":\"a\"\n\"config\":[{\"key\":\"k\"}\n{\"key\":\"l\"}]}",
			[]string{
				`error missing-comma: plugin.json:1:12: got no comma before '"', want one`,
				`error missing-comma: plugin.json:2:22: config: got no comma before '{', want one`,
			}},
		{"two commas", "no value is between them", `[1,,2]`,
			[]string{
				`error wrong-type: plugin.json:1:1: got array, want object`,
				`error syntax: plugin.json:1:4: [1]: got ',', want a value`,
			}},
		{"text after the end", "a second object is no manifest", `{"name":"a"} {}`,
			[]string{`error syntax: plugin.json:1:14: got '{' after the end, want nothing more`}},
		{"single quotes", "JavaScript has them", `{"name":'a'}`,
			[]string{`error syntax: plugin.json:1:9: name: got '\'', want a value; text needs double quotes`}},
		{"name without quotes", "JavaScript has them", `{name:"a"}`,
			[]string{`error syntax: plugin.json:1:2: got 'n', want a member name in double quotes`}},
		{"no colon", "a name alone says nothing", `{"name" "a"}`,
			[]string{`error syntax: plugin.json:1:9: name: got '"', want ':' and a value`}},
		{"Python's words", "the right one is named", `{"stateless":True}`,
			[]string{`error syntax: plugin.json:1:14: stateless: got 'T', want a value; JSON writes true`}},
		{"undefined", "the right one is named", `{"main":undefined}`,
			[]string{`error syntax: plugin.json:1:9: main: got 'u', want a value; JSON writes null`}},
		{"bare word", "it was meant as text", `{"main":index}`,
			[]string{`error syntax: plugin.json:1:9: main: got 'i', want a value; text needs double quotes`}},
		{"bad number", "YAML has them", `{"x":[+1]}`,
			[]string{
				`warning unknown-key: plugin.json:1:2: x: not a known key; it has no effect`,
				`error syntax: plugin.json:1:7: x[0]: got '+', want a value`,
			}},
		{"leading zero", "JSON has no octal numbers", `{"order":01}`,
			[]string{`error syntax: plugin.json:1:10: order: got a number that JSON does not know; it allows no leading zero, no + and digits on both sides of a point`}},
		{"line break in a string", "markdown is often pasted", "{\"description\":\"a\nb\"}",
			[]string{`error syntax: plugin.json:1:18: description: got '\n' inside a string, want it written as \n, \t or \u000a`}},
		{"bad escape", "paths of Windows have them", `{"main":"a\b\q"}`,
			[]string{`error syntax: plugin.json:1:13: main: got a backslash that begins no escape; write \\ for a backslash`}},
		{"short unicode escape", "it takes four digits", `{"main":"\u12"}`,
			[]string{`error syntax: plugin.json:1:10: main: got a backslash that begins no escape; write \\ for a backslash`}},
		{"string without end", "the position is its beginning", `{"name":"a`,
			[]string{`error syntax: plugin.json:1:9: name: got a string without a closing quote`}},
		{"stray slash", "it begins no comment", `{"name":"a"} /`,
			[]string{`error syntax: plugin.json:1:14: got '/' after the end, want nothing more`}},
		{"junk", "there is nothing to read", `?`,
			[]string{`error syntax: plugin.json:1:1: got '?', want a value`}},
	}
	for _, tt := range tests {
		t.Run(tt.Name, func(t *testing.T) {
			_, problems := parse(t, tt.In)
			assert.Equal(t, tt.Want, lines(problems), tt.Reason)
			assert.False(t, json.Valid([]byte(tt.In)))
			assert.Error(t, problems.Err())
		})
	}
}

func TestParseMain(t *testing.T) {
	tests := []struct {
		Name, Reason string
		In, Want     string
		Outside      bool
	}{
		{"plain", "as written", "index.ts", "index.ts", false},
		{"cleaned", "fs.FS takes clean paths only", "./dist/../src//a.js", "src/a.js", false},
		{"dots in a name", "they lead nowhere", "..a/b..js", "..a/b..js", false},
		{"parent", "other plugins live there", "../a.js", "", true},
		{"parent by a detour", "cleaning shows it", "a/../../b.js", "", true},
		{"parent alone", "it is no file either", "..", "", true},
		{"absolute", "the root of the machine is not the plugin's", "/etc/passwd", "", true},
		{"backslashes", "Windows takes them", `a\..\..\b.js`, "", true},
		{"absolute with a backslash", "the same on Windows", `\a.js`, "", true},
		{"drive", "Windows names other disks so", `C:\a.js`, "", true},
		{"relative to a drive", "Windows names other directories so", `c:a.js`, "", true},
		{"NUL", "C would cut it off", "a.js\x00b", "", true},
	}
	for _, tt := range tests {
		t.Run(tt.Name, func(t *testing.T) {
			text, err := json.Marshal(map[string]string{"name": "a", "main": tt.In})
			require.NoError(t, err)
			m, problems := parse(t, string(text))
			assert.Equal(t, tt.Want, m.Main, tt.Reason)
			if !tt.Outside {
				assert.Empty(t, problems)
				return
			}
			require.Len(t, problems, 1)
			assert.Equal(t, manifest.CodeMainOutside, problems[0].Code)
			assert.Equal(t, manifest.SeverityError, problems[0].Severity)
		})
	}
}

func TestParseVersions(t *testing.T) {
	for _, ok := range []string{"1", "1.25", "1.25.0", ">= 1.25.0", ">=1.24.0,<2.0.0", "^1.2", "~1", "==1.2.3-rc1+b", "*", "1.*", "!= 1.2"} {
		m := parseClean(t, fmt.Sprintf(`{"name":"a","posthogVersion":%q}`, ok))
		assert.Equal(t, ok, m.PosthogVersion)
	}
	for _, bad := range []string{"latest", ">= 1.2.3.4", "v1", "01", "1,,2", "=> 1", ">=1 || <3"} {
		m, problems := parse(t, fmt.Sprintf(`{"name":"a","posthogVersion":%q}`, bad))
		require.Len(t, problems, 1, bad)
		assert.Equal(t, manifest.CodeBadVersion, problems[0].Code)
		assert.Equal(t, bad, m.PosthogVersion, "kept as written")
	}
}

func TestParseObjectForm(t *testing.T) {
	m := parseClean(t, `{"name":"a","config":{
		"last": {"order": 1000000}, "none": {}, "zero": {"order": 0}, "two": {"order": 2}, "one": {"order": 1}, "minus": {"order": -1.5}}}`)
	var keys []string
	for _, f := range m.Config {
		keys = append(keys, f.Key)
	}
	assert.Equal(t, []string{"minus", "one", "two", "none", "zero", "last"}, keys, "order || 999999, ties as in the text")

	m = parseClean(t, `{"name":"a","config":[{"key":"b","order":2},{"key":"a","order":1}]}`)
	assert.Equal(t, "b", m.Config[0].Key, "an array is in order already")
}

func TestParseKeepsUnknown(t *testing.T) {
	m, _ := parse(t, `{"b": {"y": 1.0, "x": [ "\u00e9\ud800" ]}, "name": "a", "a": 12345678901234567890,
		"config": [{"key": "k", "templating": true}]}`)
	assert.Equal(t, []manifest.Member{
		{Name: "b", Value: json.RawMessage(`{"y":1.0,"x":["\u00e9\ud800"]}`)},
		{Name: "a", Value: json.RawMessage(`12345678901234567890`)},
	}, m.Unknown, "in order, spelled as written")
	assert.Equal(t, []manifest.Member{{Name: "templating", Value: json.RawMessage(`true`)}}, m.Config[0].Unknown)
}

func TestParseLimits(t *testing.T) {
	atLimit := `{"name":"` + strings.Repeat("a", manifest.MaxBytes-len(`{"name":""}`)) + `"}`
	parseClean(t, atLimit)

	m, problems := parse(t, atLimit+" ")
	assert.Equal(t, []string{"error too-large: plugin.json: got more than 1048576 bytes"}, lines(problems))
	assert.Empty(t, m.Name)

	depth := func(n int) string {
		return `{"name":"a","x":` + strings.Repeat("[", n-1) + strings.Repeat("]", n-1) + `}`
	}
	_, problems = parse(t, depth(manifest.MaxDepth))
	assert.NoError(t, problems.Err())
	_, problems = parse(t, depth(manifest.MaxDepth+1))
	assert.ErrorContains(t, problems.Err(), "got more than 200 levels of nesting")
	parse(t, strings.Repeat("[", manifest.MaxBytes))
	parse(t, strings.Repeat(`{"":`, manifest.MaxBytes/4))
}

func TestParseManyProblems(t *testing.T) {
	unknown := strings.Repeat(`"a":1,`, 2*manifest.MaxProblems)
	_, problems := parse(t, `{`+unknown+`"name":"a"}`)
	assert.Len(t, problems, manifest.MaxProblems+1)
	last := problems[len(problems)-1]
	assert.Equal(t, manifest.CodeTooMany, last.Code)
	assert.Equal(t, "got 1000 more problems, not listed", last.Message)
	assert.NoError(t, problems.Err())

	_, problems = parse(t, `{`+unknown+`"name":1,"main":1}`)
	assert.EqualError(t, problems.Err(), "plugin.json:1:12009: name: got number, want string", "the first error is listed")

	_, problems = parse(t, "["+strings.Repeat("1 ", 1000)+"]")
	assert.Less(t, len(problems), 100, "mending ends somewhere")
	_, problems = parse(t, `{"a":`+strings.Repeat("/**/", 1000)+"1}")
	assert.Less(t, len(problems), 100)
}

func TestParseReader(t *testing.T) {
	broken := errors.New("disk on fire")
	m, problems := manifest.Parse(iotest.ErrReader(broken), "")
	assert.NotNil(t, m)
	assert.EqualError(t, problems.Err(), "plugin.json: cannot be read: disk on fire")
	assert.ErrorIs(t, problems.Err(), broken)

	m, problems = manifest.Parse(strings.NewReader(`{"name":"a"}`), "")
	assert.Empty(t, problems)
	assert.Equal(t, "plugin.json", m.File)

	_, problems = manifest.Parse(iotest.OneByteReader(strings.NewReader(`{"name":1}`)), "geo/plugin.json")
	assert.EqualError(t, problems.Err(), "geo/plugin.json:1:9: name: got number, want string")
}

func TestProblems(t *testing.T) {
	_, problems := parse(t, `{"name":1,"main":"..","x":1}`)
	assert.EqualError(t, problems.Err(), `plugin.json:1:9: name: got number, want string
plugin.json:1:18: main: got "..", want a path inside the plugin's directory`)
	var first *manifest.Error
	require.ErrorAs(t, problems.Err(), &first)
	assert.Equal(t, "name", first.Path)
	require.Len(t, problems.Warnings(), 1)
	assert.Equal(t, "x", problems.Warnings()[0].Path)

	assert.NoError(t, manifest.Problems(nil).Err())
	assert.NoError(t, problems.Warnings().Err())

	text, err := json.Marshal(manifest.Error{Severity: manifest.SeverityError, Code: manifest.CodeSyntax})
	require.NoError(t, err)
	assert.Contains(t, string(text), `"Severity":"error"`)
	assert.Equal(t, "warning", manifest.SeverityWarning.String())
}

func TestManifestField(t *testing.T) {
	m, _ := parse(t, `{"name":"a","config":[{"key":"k","secret":true,"hint":"1"},{"markdown":"m"},{"key":"k","hint":"2"}]}`)
	f, ok := m.Field("k")
	assert.True(t, ok)
	assert.Equal(t, "2", f.Hint, "the last counts")
	assert.True(t, f.Secret, "secret once is secret")
	_, ok = m.Field("")
	assert.False(t, ok, "a markdown block has no key")
	_, ok = (&manifest.Manifest{}).Field("k")
	assert.False(t, ok)
}

func TestMarshalJSON(t *testing.T) {
	m := parseClean(t, full)
	text, err := json.Marshal(m)
	require.NoError(t, err)
	again, problems := manifest.Parse(bytes.NewReader(text), "plugin.json")
	assert.Empty(t, lines(problems))
	assert.Equal(t, withoutPositions(m), withoutPositions(again))

	text, err = json.Marshal(&manifest.Manifest{})
	require.NoError(t, err)
	assert.JSONEq(t, `{}`, string(text))

	m, _ = parse(t, `{"name":"<b>","new":[1],"config":{"b":{"type":"x","v":2},"a":{"order":1}},"publicJobs":{"j":{"payload":{"p":{}}}}}`)
	text, err = m.MarshalJSON()
	require.NoError(t, err)
	assert.Equal(t, `{"name":"<b>","config":[{"key":"a","type":"string","order":1},{"key":"b","type":"string","v":2}],`+
		`"publicJobs":{"j":{"payload":{"p":{}}}},"new":[1]}`, string(text))
}

// withoutPositions returns a copy of m with all fields at 0:0.
func withoutPositions(m *manifest.Manifest) *manifest.Manifest {
	out := *m
	out.Config = append([]manifest.Field(nil), m.Config...)
	for i := range out.Config {
		out.Config[i].Line, out.Config[i].Column = 0, 0
	}
	return &out
}
