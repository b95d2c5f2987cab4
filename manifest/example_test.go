package manifest_test

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/plugreel/plugreel/manifest"
)

func Example() {
	const text = `{
  "name": "greeter",
  "config": [
    {"key": "greeting", "type": "string", "default": "hello"},
    {"key": "apiKey", "type": "string", "required": true, "secret": true}
  ]
}`
	m, problems := manifest.Parse(strings.NewReader(text), "greeter/plugin.json")
	if err := problems.Err(); err != nil {
		fmt.Println(err)
		return
	}

	var config manifest.ConfigBuilder
	config.Set("apiKey", "s3cr3t")
	config.Set("volume", "11")
	r, err := m.Resolve(manifest.Given{Config: config.JSON()})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(string(r.Config))

	redactor := manifest.NewRedactor(r.Secrets...)
	fmt.Println(redactor.Redact("GET /?key=s3cr3t"))
	// Output:
	// {"greeting":"hello","apiKey":"s3cr3t","volume":"11"}
	// GET /?key=[secret]
}

func ExampleParse() {
	const text = `{
  "name": "greeter", "main": "../index.js",
  "config": [{"key": "greeting", "type": "strng"}]
}`
	_, problems := manifest.Parse(strings.NewReader(text), "plugin.json")
	for _, p := range problems {
		fmt.Printf("%s: %v\n", p.Severity, p)
	}
	// Output:
	// error: plugin.json:2:30: main: got "../index.js", want a path inside the plugin's directory
	// warning: plugin.json:3:42: config[0].type: got "strng", want string, json, attachment or choice; did you mean "string"?
}

func ExampleManifest_Resolve() {
	m, _ := manifest.Parse(strings.NewReader(`{"name": "greeter", "config": {
  "mode": {"type": "choice", "choices": ["loud", "quiet"], "default": "quiet"},
  "apiKey": {"required": true, "secret": true}
}}`), "plugin.json")
	_, err := m.Resolve(manifest.Given{Config: json.RawMessage(`{"mode":"lound","apikey":"s3cr3t"}`)})
	fmt.Println(err)
	// Output:
	// greeter: config.mode: got "lound", want "loud" or "quiet"; did you mean "loud"?
	// greeter: config.apiKey: got nothing, want a value, since it is required and has no default; "apikey" was given, did you mean "apiKey"?
}

func ExampleConfigBuilder() {
	var config manifest.ConfigBuilder
	config.Set("level", "7") // --set level=7
	if err := config.SetJSON("id", "12345678901234567890"); err != nil {
		fmt.Println(err)
	}
	fmt.Println(string(config.JSON()))
	fmt.Println(config.SetJSON("id", "s3cr3t"))
	// Output:
	// {"level":"7","id":12345678901234567890}
	// config.id: not JSON at byte 1: got 's', want a value; text needs double quotes
}

func ExampleRedactor_Redact() {
	r := manifest.NewRedactor("p&ss word")
	fmt.Println(r.Redact("p&ss word"))
	fmt.Println(r.Redact("https://example.com/?key=p%26ss+word"))

	var none *manifest.Redactor
	fmt.Println(none.Redact("p&ss word"))
	// Output:
	// [secret]
	// https://example.com/?key=[secret]
	// p&ss word
}
