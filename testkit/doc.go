// Package testkit helps to test plugins, in any of their languages, and the engines that run them.
//
// Its front door:
//
//	Run         a table of cases for a plugin: a directory, an archive or a built-in name
//	RunProgram  the same for a plugin that is compiled in
//	RunFiles    the tables and scenarios that stand as files beside a plugin
//	Replay      what became of every record of an archive, and assertions on it
//
// A table test of a plugin, in a Go file beside it:
//
//	func TestPlugin(t *testing.T) {
//		testkit.Run(t, ".", []testkit.Case{{
//			Name:   "private address is left alone",
//			Reason: "RFC 1918 addresses have no location",
//			In:     testkit.Pageview(testkit.Prop("$ip", "10.0.0.7")),
//			Want:   testkit.Pageview(testkit.Prop("$ip", "10.0.0.7")),
//		}})
//	}
//
// A case that fails says so in full: its name and reason, what differs, where in the plugin's source
// it failed, and what the plugin logged.
//
//	private address is left alone
//	reason: RFC 1918 addresses have no location
//	event (-want +got):
//	    -properties.$ip: "10.0.0.7"
//	    +properties.$geoip_country: "NL"
//	plugin log:
//	    WARN no location for 10.0.0.7
//
// Time passes as the times of events say. To see what scheduled tasks and jobs do, give a case two
// events that lie that far apart:
//
//	Events: []string{testkit.Event("a", testkit.With("now", "2024-01-31T12:00:10Z")), testkit.Event("b", testkit.With("now", "2024-01-31T12:03:00Z"))},
//	Logs:   []string{"INFO tick"}, // runEveryMinute once: several boundaries in a gap are one call
//
// # Files
//
// Tests need no Go. A plugin's directory may hold tables, NAME_cases.yaml or .json, with the fields
// of [Case] in lower case (see [ReadTable]), and scenarios, testdata/NAME.txtar, which are archives
// before and after, byte for byte (see [Scenario]). The command plugreel test runs them, and so does
// [RunFiles] in go test. For go test -update the test package defines the flag itself, so that
// it gets in nobody's way:
//
//	var _ = flag.Bool("update", false, "write what comes out into the scenarios")
//
// # The rest of the kit
//
//	Check, Scenario.Check                      one test outside go test
//	Event, Pageview, Identify, Autocapture     events for tables; Prop, With, Without change them,
//	Exported, List                             Exported makes a row of a batch export, List an array
//	World                                      a meta for tests that call hooks themselves, with
//	Clock, State, HTTP, GeoIP, Logs            fakes of all that a plugin sees
//	NeverThrows, Idempotent, KeepsDistinctID   what must hold whatever the event; Holds for others
//	Bench, Fuzz                                a plugin in testing.B and testing.F
//	Generator                                  an endless, reproducible archive of product events
//	Random                                     events that try to upset a plugin
//
// # Vocabulary
//
//	case      events, the config of the plugin and the world it sees, and what must come of them: Case
//	table     a list of cases
//	scenario  an archive before and after
//	outcome   what came of a case: events as written or dropped, failures, webhooks, log and so on
//	result    what became of one record of a replay: Result
//	failure   a hook that failed, or a config or plugin that could not be used; as a type, Failure,
//	          a test that did not get what it wants
//	archive   events on lines, as a replay reads them: Generator
//	property  what holds for every event
//
// A [Generator] stands in for an archive that nobody may share: its events have the members, sizes,
// number spellings, scripts and escapes of real ones, and none of their people. The same seed gives
// the same bytes on every machine, so a test, a benchmark and a bug report can name an archive of any
// size by three numbers.
//
// # What it refuses to do
//
// It has no assertions of its own beside the fields of a [Case] and the methods of [Replayed], and
// no settings: what a table shows must be what a replay with the default options does.
//
// It opens no connection: what a plugin fetches is answered by the case, from a recording, or not
// at all.
//
// The generator makes no damaged records: every line is one valid JSON object with a uuid of its
// own. Whoever needs broken input writes the few lines by hand, where the damage can be seen.
//
// # Design notes
//
// A case is a replay of its events with package batch, in an instance of its own. So a table cannot
// say something else than the archive will: the shapes of events, defaults of config, the clock and
// what becomes of an event after a failure are those of the command line. Events of cases are
// compared by meaning, since neither the order of members nor the spelling of a number is a plugin's
// to promise in every language; whoever must see the bytes writes a scenario.
//
// Cases and Replay give every record a chunk of its own: what a run writes when a chunk is done is
// what became of that record. No second way to run events is needed, and nothing in package batch
// knows of tests.
//
// [T] is an interface so that tables run outside go test too, and so that this package can test its
// own reports. Everything behind it works without a T: [Check] returns an error.
//
// Record i is computed from the seed and i alone, never from record i-1, so that any part of an
// archive can be made by itself, in parallel, or again after a failure. People, devices and sessions
// are hashes of the seed and a number drawn for the record; nothing is looked up or remembered.
//
// Both shapes of record i describe the same event: once as a client sent it, once as a batch export
// returns it. Only integer arithmetic decides what is drawn, because fused multiply-add makes floating
// point differ between processors.
package testkit
