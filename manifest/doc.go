// Package manifest turns a plugin.json into checked Go values and a user's settings into
// the config a plugin sees.
//
// # Front door
//
//   - [Parse] reads a plugin.json and returns the [Manifest] with every problem at once.
//   - [Manifest.Resolve] checks the settings a user gave against it and fills in defaults.
//   - [ConfigBuilder] collects such settings from flags and YAML, in order, without rounding.
//   - [NewRedactor] keeps secret values out of whatever is printed.
//
// # Vocabulary
//
//	manifest     the content of plugin.json
//	root         the directory or archive that holds plugin.json; main is relative to it
//	field        one entry of "config": a value the plugin wants, or a block of markdown
//	key          a field's name in meta.config (or meta.attachments) as the plugin reads it
//	declared     said of a key that some field has; all others are undeclared
//	given        what the user set for one use of the plugin: config values and attachments
//	resolved     given values checked, with the defaults of missing keys filled in
//	attachment   a file handed to the plugin as bytes, never part of meta.config
//	secret       a value of a field with "secret": true
//	problem      a finding in plugin.json: an error stops the plugin, a warning does not
//	structural   said of a key whose value decides how the plugin runs: name, main, config,
//	             and in a field key, type, choices, required and secret
//
// # What it refuses to do
//
// It opens no file and no socket: the caller reads plugin.json and the attachments. It does
// not look for the source file that main names. It does not parse the text of a field of
// type json, because the plugin does that itself. It replaces no ${env:NAME}. It does not
// compare posthogVersion with anything.
//
// # Design notes
//
// Published plugins ran for years with slips in their plugin.json, because most of it was read
// by a settings page only. So a slip that leaves no doubt about what the plugin gets is a
// warning, and an error is kept for a text that is not JSON, for a structural key of the wrong
// JSON type and for a main outside the root. A null counts as an absent member everywhere.
//
// A key of the wrong type that is only shown (url, description, hint, …) is a warning too and
// has no effect: nobody should lose a replay to a description that is a number.
//
// The reader is our own since encoding/json gives no position for a value, keeps no order of
// members and stops at the first problem. It goes on after what people write most often by
// mistake: comments, trailing commas and missing commas.
//
// Filling in defaults and checking what is required and chosen is where we differ from the
// original runtime on purpose. There the settings page did it once, at installation, and a
// replay has no settings page.
// Source for all of it: the original runtime, fact sheet section 1.
package manifest
