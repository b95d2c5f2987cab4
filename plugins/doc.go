// Package plugins opens plugins, and holds the first-party ones.
//
// # Front door
//
//   - [Open] maps a reference (a directory, an archive, a built-in name) to a [Plugin].
//   - [OpenFS] does so for a file system, such as one that a program embeds.
//   - [Builtins] lists the first-party plugins, which are part of every program that links this
//     package.
//   - [WithCompiled] gives Open more plugins that the program has linked in, as plugreel build
//     does; [Inspect] reads a manifest and leaves the code alone.
//   - [WithCoverage] counts what runs of a plugin's source; [AddSources] adds what nothing loads.
//
// A Plugin holds the manifest, for settings, and the program, for package batch:
//
//	p, err := plugins.Open("./plugins/geoip")
//	…
//	defer p.Close()
//	resolved, err := p.Resolve(manifest.Given{})
//	…
//	chain := batch.Chain{{
//		Name: p.Name, Program: p.Program,
//		Config: resolved.Config, Attachments: resolved.Attachments, Secrets: resolved.Secrets,
//	}}
//
// # Vocabulary
//
//	reference   what a user writes to name a plugin: ./plugins/geoip, geoip-1.2.0.tgz, hello-world
//	root        the directory, or the top or only folder of an archive, that holds plugin.json
//	archive     a .zip or .tgz of one plugin, such as npm pack and GitHub make; told by its content
//	built-in    a first-party plugin, opened by its name
//	compiled    said of a plugin in Go that is linked into the program: its name runs that
//	source      the code of a plugin as its author wrote it
//
// # The first-party plugins
//
// Those in Go are packages below this one: downsample, first-time-event, hello-world-go,
// pii-redact, property-filter, timestamp-parser, url-params and webhook. Their package docs show
// an event before and after and a table of config keys. Each has two functions:
//
//	func Hooks() sdk.Hooks        one instance, for the interpreter and for sdk.Native
//	func Program() sdk.Program    the plugin, for hosts that compile it in
//
// Such a host links package sdk and nothing else of plugreel. Without a plugin.json in between,
// Config is what the host gives; what it leaves out has the same defaults. The name opens what was
// compiled in, "interp:" and the name the same source, interpreted: for those who change it.
//
// hello-world (JavaScript), hello-world-ts (TypeScript) and hello-world-go give every event two
// properties. They are the format in a nutshell:
//
//	before   {"event":"$pageview","properties":{"$browser":"Chrome"}}
//	after    {"event":"$pageview","properties":{"$browser":"Chrome","hello":"world","bar":"baz"}}
//
//	key        type     default   effect
//	greeting   string   world     the property hello, where the event has none
//	bar        string   baz       the property bar
//
// http-post (JavaScript) turns events into HTTP requests and leaves the events alone:
//
//	event    {"uuid":"…","event":"signup","distinct_id":"ada","timestamp":"2024-01-01T12:00:00+01:00","properties":{"plan":"free"}}
//	request  POST https://example.com/events
//	         {"uuid":"…","event":"signup","distinct_id":"ada","timestamp":"2024-01-01T11:00:00.000Z","properties":{"plan":"free"}}
//
//	key               type     default    effect
//	url               string   required   where the requests go: http or https
//	method            choice   POST       POST, PUT or PATCH
//	eventsToInclude   string   (all)      names of events, with commas between them
//	apiKey            string   (none)     secret; the header Authorization: Bearer …
//
// # What it refuses to do
//
// It downloads nothing: a reference is never a URL or a name in a registry. It reads nothing
// outside the root of a plugin, installs no dependencies and runs no build. It opens no archive
// that is too large ([MaxArchiveBytes], [MaxArchiveEntries], [MaxArchiveRatio]) or whose names
// lead out of it. Go plugins of others that are compiled in need no opening: see sdk.Native.
//
// # Design notes
//
// This is the one place that knows which languages there are. Everything behind it sees an
// sdk.Program.
//
// A directory is opened as an os.Root, so that the kernel's view of a path decides what is inside,
// not a comparison of texts before it is followed. Symbolic links inside the root work.
//
// An archive is read whole, checked, and written anew in memory as a zip archive without
// compression, because the reader of such is a file system of the standard library. So there is
// one kind of archive behind Open, whose names and sizes are known to be good.
//
// A path wins over a built-in name: what is on the disk is what its owner meant. Write ./NAME where
// it must be the disk; there is no way to insist on the built-in plugin, other than to be where
// there is no such directory.
package plugins
