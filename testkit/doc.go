// Package testkit helps to test plugins and the engines that run them.
//
// Its front door:
//
//	Run         a table of cases for a plugin: a directory, an archive or a built-in name
//	RunProgram  the same for a plugin that is compiled in
//	Generator   an endless, reproducible archive of product events
//	Shape       which JSON form the events have: Capture or BatchExport
//
// A table test of a plugin, in a Go file beside it:
//
//	func TestPlugin(t *testing.T) {
//		testkit.Run(t, ".", []testkit.Case{{
//			Name:   "private address is left alone",
//			Reason: "RFC 1918 addresses have no location",
//			In:     `{"event":"$pageview","properties":{"$ip":"10.0.0.7"}}`,
//			Want:   `{"event":"$pageview","properties":{"$ip":"10.0.0.7"}}`,
//		}})
//	}
//
// A case that fails says so in full: its name and reason, what differs, and what the plugin logged.
//
//	private address is left alone
//	reason: RFC 1918 addresses have no location
//	event (-want +got):
//	    -properties.$ip: "10.0.0.7"
//	    +properties.$geoip_country: "NL"
//	plugin log:
//	    WARN no location for 10.0.0.7
//
// # Vocabulary
//
//	case      one event, the config of the plugin, and what must come of both: Case
//	table     a list of cases
//	outcome   what came of a case: the event as written or dropped, failures, webhook, log
//	failure   a hook that failed, or a config or plugin that could not be used
//	archive   events on lines, as a replay reads them: Generator
//
// A [Generator] stands in for an archive that nobody may share: its events have the members, sizes,
// number spellings, scripts and escapes of real ones, and none of their people. The same seed gives
// the same bytes on every machine, so a test, a benchmark and a bug report can name an archive of any
// size by three numbers.
//
// # What it refuses to do
//
// It has no assertions of its own beside the fields of a [Case], and no settings: what a table
// shows must be what a replay with the default options does.
//
// It makes no damaged records: every line is one valid JSON object with a uuid of its own. Whoever
// needs broken input writes the few lines by hand, where the damage can be seen.
//
// # Design notes
//
// A case is a replay of one event with package batch, in an instance of its own. So a table cannot
// say something else than the archive will: the shapes of events, defaults of config, the clock and
// what becomes of an event after a failure are those of the command line. Events are compared by
// meaning, since neither the order of members nor the spelling of a number is a plugin's to promise
// in every language; whoever must see the bytes compares the output of a replay.
//
// [T] is an interface so that tables run outside go test too, and so that this package can test its
// own reports.
//
// Record i is computed from the seed and i alone, never from record i-1, so that any part of an
// archive can be made by itself, in parallel, or again after a failure. People, devices and sessions
// are hashes of the seed and a number drawn for the record; nothing is looked up or remembered.
//
// Both shapes of record i describe the same event: once as a client sent it, once as a batch export
// returns it. Only integer arithmetic decides what is drawn, because fused multiply-add makes floating
// point differ between processors.
package testkit
