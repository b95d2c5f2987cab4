package manifest

import "encoding/json"

// Limits of Parse. A text past MaxBytes or MaxDepth is an error; problems past MaxProblems are
// counted and not listed.
const (
	MaxBytes    = 1 << 20 // of the whole text
	MaxDepth    = 200     // of nested arrays and objects; it holds for config values too
	MaxProblems = 1000    // of both severities together
)

// Manifest is the content of a plugin.json. The zero value is the manifest of a plugin
// without one, and ready to use. Nothing in this package changes a manifest after Parse, so
// several goroutines may share one.
// Source: the original runtime, fact sheet section 1.1.
type Manifest struct {
	// File is the name given to Parse, for messages.
	File string
	// Name is the plugin's name; "" if the file has none: whoever opened the plugin then sets
	// the base name of its directory.
	Name string
	// URL is the plugin's home page, as written.
	URL string
	// Description is one sentence for people, as written.
	Description string
	// Main is the slash-separated path of the source file, relative to the root, cleaned and
	// inside it. "" means index.js or else index.ts; a file that is named has no substitute.
	Main string
	// Lib names browser-side code, as written; nothing loads it.
	Lib string
	// PosthogVersion is a version range like ">= 1.25.0", as written; nothing compares it.
	PosthogVersion string
	// Stateless promised that one instance can serve every user of the plugin.
	Stateless bool
	// Icon is a URL or path of a picture, as written.
	Icon string
	// Config lists the fields in display order: that of the array, or for an object that of
	// "order" (0 and none last) and then of the text. Markdown blocks are among them.
	Config []Field
	// PublicJobs lists the jobs a person could start from the settings page, in order.
	PublicJobs []PublicJob
	// Unknown lists the members that this package does not know, in order.
	Unknown []Member
}

// Member is a member of a JSON object.
type Member struct {
	Name  string
	Value json.RawMessage // compact
}

// FieldType says what a field asks for.
type FieldType string

// The types of a field. There is no number and no boolean: plugins read them from text.
const (
	TypeString     FieldType = "string"
	TypeAttachment FieldType = "attachment" // a file, in meta.attachments
	TypeChoice     FieldType = "choice"     // one of Choices
	TypeJSON       FieldType = "json"       // text that the plugin parses itself
)

// fieldTypes lists the types in the order that messages use.
var fieldTypes = []string{"string", "json", "attachment", "choice"}

// Field is one entry of "config".
// Source: the original runtime, fact sheet section 1.2.
type Field struct {
	// Key is the name in meta.config or meta.attachments; "" for a markdown block.
	Key string
	// Name is the label for people, Hint the help text below it; both "" if there is none.
	Name, Hint string
	// Type is TypeString if the file gives none or one that is not known.
	Type FieldType
	// Default is the JSON value used when the key is not given, nil if there is none. It may
	// be of any JSON type, and "" is a default: it satisfies Required.
	Default json.RawMessage
	// Markdown is text shown above the field, or all there is of a field without a key.
	Markdown string
	// Order sorts the fields of an object-form config; 0 if there is none.
	Order float64
	// Required makes Resolve refuse a missing value if there is no Default.
	Required bool
	// Secret marks a value that nothing may print.
	Secret bool
	// Choices lists the values a field of type choice accepts; nil if any is accepted, which
	// is so for every other type and for a list that is not one of strings.
	Choices []string
	// RequiredIf and VisibleIf hold when all their conditions do; nil means there is none.
	// Both only steered the settings page: Resolve warns about RequiredIf, no more.
	RequiredIf, VisibleIf []Condition
	// Site says that browser-side code gets the value too; nothing here reads it.
	Site bool
	// Unknown lists the members that this package does not know, in order.
	Unknown []Member
	// Line and Column tell where the field begins in the file, counted as in Error.
	Line, Column int
}

// Condition compares the value of another field. With a nil Value it holds when the other
// field has a truthy value; otherwise when that value, "" standing for a missing or falsy one,
// equals *Value.
type Condition struct {
	Key   string
	Value *string
}

// PublicJob is a job that a person could start from the settings page.
type PublicJob struct {
	Name    string
	Payload []JobField // in order; nil if the job takes none
}

// JobField is one value of a job's payload.
type JobField struct {
	Name      string
	Type      string // string, boolean, json, number, date or daterange, or as written
	Title     string
	Required  bool
	Default   json.RawMessage // nil if there is none
	StaffOnly bool
}

// jobTypes are the types of a JobField that the settings page knew.
var jobTypes = []string{"string", "boolean", "json", "number", "date", "daterange"}

// Field returns the declaration of key and whether there is one. Of several with the same key
// the last counts, and it is secret if any of them is.
func (m *Manifest) Field(key string) (Field, bool) {
	for _, f := range m.declared() {
		if f.Key == key {
			return f, true
		}
	}
	return Field{}, false
}

// declared returns the fields that have a key, one for each, where its first one stands.
func (m *Manifest) declared() []Field {
	var fields []Field
	at := make(map[string]int, len(m.Config))
	for _, f := range m.Config {
		if f.Key == "" {
			continue
		}
		i, again := at[f.Key]
		if !again {
			at[f.Key] = len(fields)
			fields = append(fields, f)
			continue
		}
		f.Secret = f.Secret || fields[i].Secret
		fields[i] = f
	}
	return fields
}
