package manifest

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/plugreel/plugreel/sdk"
)

// Given is what a user set for one use of a plugin. The zero value sets nothing. Printing one
// shows names, never values.
type Given struct {
	// Plugin is the name that errors use, such as the one a chain gives; "" means the
	// manifest's.
	Plugin string
	// Config is the text of a JSON object, see ConfigBuilder; nil, empty and null mean none.
	// The order of its members is kept; of members with the same name the last counts.
	Config json.RawMessage
	// Attachments holds files by key; nil means none.
	Attachments map[string]Attachment
	// Secrets lists texts that are secret wherever they came from, such as the values of
	// environment variables; nil means none.
	Secrets []string
}

// Attachment is a file handed to a plugin; Resolve passes it on as it is.
type Attachment = sdk.Attachment

// contentTypes maps extensions to what a browser says of such a file when it is uploaded. A
// table of our own, since package mime asks the machine, and plugins can see the answer.
var contentTypes = map[string]string{
	".csv": "text/csv", ".gz": "application/gzip", ".htm": "text/html", ".html": "text/html",
	".js": "text/javascript", ".json": "application/json", ".md": "text/markdown",
	".pdf": "application/pdf", ".png": "image/png", ".svg": "image/svg+xml",
	".tsv": "text/tab-separated-values", ".txt": "text/plain", ".xml": "text/xml",
	".yaml": "application/yaml", ".yml": "application/yaml", ".zip": "application/zip",
}

// NewAttachment returns the attachment that a file would be: its base name (of a path with
// slashes or backslashes) and the content type that its extension stands for, the same on
// every machine. It keeps contents.
func NewAttachment(fileName string, contents []byte) Attachment {
	base := path.Base(strings.ReplaceAll(fileName, `\`, "/"))
	contentType, ok := contentTypes[strings.ToLower(path.Ext(base))]
	if !ok {
		contentType = "application/octet-stream"
	}
	return Attachment{ContentType: contentType, FileName: base, Contents: contents}
}

// Resolved is what a plugin gets to see. Printing one shows names, never values.
type Resolved struct {
	// Config is a compact JSON object, "{}" if it is empty: declared keys in declared order,
	// then the others in the order given. Values keep their JSON type and numbers their
	// spelling. Keys of attachments are not in it.
	Config json.RawMessage
	// Attachments holds the given files by key, undeclared ones too; never nil.
	Attachments map[string]Attachment
	// Secrets lists the texts that nothing may print, for NewRedactor: see Resolve.
	Secrets []string
	// Defaulted lists the keys whose value is the default, in declared order.
	Defaulted []string
	// Warnings lists what is probably a mistake and stops nothing, in the order of Config.
	Warnings []*ConfigError
}

// ConfigError is one problem of the values given for a plugin. It never quotes a secret.
type ConfigError struct {
	Plugin     string // its name; "" if it has none
	Key        string // "" for the whole config
	Attachment bool   // Key is one of the attachments, not of the config
	Message    string // without plugin, key and suggestion
	Suggestion string // a name that was probably meant; "" if there is none
	// File, Line and Column tell where plugin.json declares the key; "" and 0 if it does not.
	File         string
	Line, Column int
}

// Error returns one line: plugin, key, message and suggestion, as far as there are any.
func (e *ConfigError) Error() string {
	at := (*place)(nil).member("config")
	if e.Attachment {
		at = (*place)(nil).member("attachments")
	}
	if e.Key != "" {
		at = at.member(e.Key)
	}
	text := at.String() + ": " + e.Message + didYouMean(e.Suggestion)
	if e.Plugin == "" {
		return text
	}
	return e.Plugin + ": " + text
}

// Resolve checks the given values against the manifest and fills in the defaults of missing
// keys. The error lists every problem at once: it joins values of type *[ConfigError], and the
// result is nil. These are errors:
//
//   - a required field without a default is missing, or null;
//   - a value other than null is not among the choices of its field;
//   - a value is given for an attachment;
//   - Config is not a JSON object.
//
// A null for any other key is a value like others: no default replaces it. An attachment has
// no default, but one in the file makes it optional. Undeclared keys pass through, with a
// warning if anything is declared at all. Further warnings: a required_if that holds for a
// missing value, and a value for a field of type json that is not text, since plugins parse
// that text.
//
// Secrets are the texts of all values of secret fields, given or default, of the texts in them
// if they are JSON, and Given.Secrets: longest first, without duplicates and without texts
// too short to be told from ordinary words, see NewRedactor. Text of at most 64 KiB in a
// secret attachment is among them, and the value of an undeclared key that looks like the
// misspelt key of a secret field.
//
// Source: the original runtime, fact sheet section 1.3, and its settings page, which did this
// at installation.
func (m *Manifest) Resolve(given Given) (*Resolved, error) {
	r := &resolver{
		plugin:      cmp.Or(given.Plugin, m.Name),
		file:        m.File,
		fields:      m.declared(),
		index:       map[string]int{},
		attachments: given.Attachments,
	}
	for i, f := range r.fields {
		r.index[f.Key] = i
	}
	if err := r.read(given.Config); err != nil {
		return nil, err
	}
	r.strays = r.undeclaredKeys()
	r.findSecrets(given.Secrets)
	for i := range r.fields {
		r.field(&r.fields[i])
	}
	r.undeclared()
	r.checkRequiredIf()
	if len(r.errs) > 0 {
		return nil, errors.Join(r.errs...)
	}
	r.out.Config = r.config.done()
	r.out.Attachments = map[string]Attachment{}
	maps.Copy(r.out.Attachments, given.Attachments)
	return &r.out, nil
}

// resolver holds one call of Resolve.
type resolver struct {
	plugin      string
	file        string // of the manifest
	fields      []Field
	index       map[string]int // of fields, by key
	given       []member       // each name once
	values      map[string]*node
	attachments map[string]Attachment
	strays      []string // the given keys that no field has
	redactor    *Redactor
	config      objectWriter
	errs        []error
	out         Resolved
}

// read takes the given config apart.
func (r *resolver) read(config json.RawMessage) error {
	r.values = map[string]*node{}
	if strings.TrimSpace(string(config)) == "" {
		return nil
	}
	root, problems, _ := readJSON(string(config))
	if len(problems) > 0 {
		return r.problem("", notJSON(problems[0]))
	}
	if root.kind == kindNull {
		return nil
	}
	if root.kind != kindObject {
		return r.problem("", fmt.Sprintf("got %s, want object", root.kind))
	}
	for _, m := range root.members {
		if _, again := r.values[m.name]; !again {
			r.given = append(r.given, m)
		}
		r.values[m.name] = m.value
	}
	return nil
}

func notJSON(p syntaxProblem) string {
	return fmt.Sprintf("not JSON at byte %d: %s", p.offset+1, p.message)
}

func (r *resolver) problem(key, message string) *ConfigError {
	return &ConfigError{Plugin: r.plugin, Key: key, Message: message}
}

// fail adds an error about a declared key and returns it for a suggestion.
func (r *resolver) fail(f *Field, message string) *ConfigError {
	e := r.about(f, message)
	r.errs = append(r.errs, e)
	return e
}

func (r *resolver) warn(e *ConfigError) { r.out.Warnings = append(r.out.Warnings, e) }

func (r *resolver) about(f *Field, message string) *ConfigError {
	e := r.problem(f.Key, message)
	e.Attachment = f.Type == TypeAttachment
	e.File, e.Line, e.Column = r.file, f.Line, f.Column
	return e
}

// field settles one declared key.
func (r *resolver) field(f *Field) {
	v, given := r.values[f.Key]
	switch {
	case f.Type == TypeAttachment:
		r.attachment(f, v)
	case given:
		r.check(f, v)
		r.config.raw(f.Key, v.json())
	case f.Default != nil:
		r.config.raw(f.Key, f.Default)
		r.out.Defaulted = append(r.out.Defaulted, f.Key)
	case f.Required:
		r.missing(f, "nothing")
	}
}

func (r *resolver) attachment(f *Field, v *node) {
	_, given := r.attachments[f.Key]
	switch {
	case v != nil:
		r.fail(f, fmt.Sprintf("got %s in the config, want a file; use --attach %s=FILE", v.kind, cut(f.Key)))
	case !given && f.Required && f.Default == nil:
		r.missing(f, "nothing")
	}
}

func (r *resolver) check(f *Field, v *node) {
	switch {
	case v.kind == kindNull:
		if f.Required && f.Default == nil {
			r.missing(f, "null")
		}
	case f.Type == TypeChoice && !f.accepts(v):
		message, suggestion := f.choiceMessage(v, r.redactor)
		r.fail(f, message).Suggestion = suggestion
	case f.Type == TypeJSON && v.kind != kindString:
		r.warn(r.about(f, fmt.Sprintf("got %s, want string: plugins parse the text of a json field themselves", v.kind)))
	}
}

// missing reports a required field, and what the user may have written instead.
func (r *resolver) missing(f *Field, got string) {
	want, advice := "a value", "set it with --set %s=VALUE"
	if f.Type == TypeAttachment {
		want, advice = "a file", "use --attach %s=FILE"
	}
	message := fmt.Sprintf("got %s, want %s, since it is required and has no default", got, want)
	_, isFile := r.attachments[f.Key]
	switch near := nearest(f.Key, r.strays); {
	case f.Type != TypeAttachment && isFile:
		message += "; it was given as a file"
	case near != "":
		message += fmt.Sprintf("; %s was given, did you mean %s?", quote(near), quote(f.Key))
	default:
		message += "; " + fmt.Sprintf(advice, cut(f.Key))
	}
	r.fail(f, message)
}

func (r *resolver) declares(key string) bool {
	_, ok := r.index[key]
	return ok
}

// undeclaredKeys returns the given keys that no field has, config before attachments.
func (r *resolver) undeclaredKeys() []string {
	var keys []string
	for _, m := range r.given {
		if !r.declares(m.name) {
			keys = append(keys, m.name)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(r.attachments)) {
		if !r.declares(key) {
			keys = append(keys, key)
		}
	}
	return keys
}

// undeclared passes on the given keys that no field has.
func (r *resolver) undeclared() {
	keys := r.keys()
	for _, m := range r.given {
		if r.declares(m.name) {
			continue
		}
		r.config.raw(m.name, r.values[m.name].json())
		if len(keys) > 0 {
			e := r.problem(m.name, "not declared in plugin.json; passed on as it is")
			e.Suggestion = nearest(m.name, keys)
			r.warn(e)
		}
	}
}

func (r *resolver) keys() []string {
	keys := make([]string, len(r.fields))
	for i, f := range r.fields {
		keys[i] = f.Key
	}
	return keys
}

// checkRequiredIf warns of missing values that the settings page would have asked for.
func (r *resolver) checkRequiredIf() {
	for i := range r.fields {
		f := &r.fields[i]
		if !f.Required && !r.present(f.Key) && holds(f.RequiredIf, r.text) {
			r.warn(r.about(f, "got nothing, want a value, since required_if holds"))
		}
	}
}

func (r *resolver) present(key string) bool {
	_, isFile := r.attachments[key]
	return isFile || r.effective(key) != nil
}

// effective returns the value of key after defaults; nil if there is none or it is null.
func (r *resolver) effective(key string) *node {
	if v, given := r.values[key]; given {
		if v.kind == kindNull {
			return nil
		}
		return v
	}
	i, ok := r.index[key]
	if !ok || r.fields[i].Default == nil {
		return nil
	}
	v, _, _ := readJSON(string(r.fields[i].Default))
	return v
}

// text returns the value of key as conditions compare it: "" for a missing or falsy one.
func (r *resolver) text(key string) string {
	v := r.effective(key)
	if v == nil {
		return ""
	}
	switch v.kind {
	case kindString:
		return v.text
	case kindBool:
		return strings.TrimSuffix(v.raw, "false")
	case kindNumber:
		if number, _ := strconv.ParseFloat(v.raw, 64); number == 0 {
			return ""
		}
	}
	return string(v.json())
}
