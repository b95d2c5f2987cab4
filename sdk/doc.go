// Package sdk is what a plugin sees: the event, the meta, the hooks, the webhook and the errors.
// It is also the seam between the engines that run plugins and everything else. It uses the
// standard library only.
//
// The front door is [PluginEvent] for those who write plugins, [Program] and [Hooks] for those
// who run them.
//
//	func ProcessEvent(e *sdk.PluginEvent, meta *sdk.PluginMeta) (*sdk.PluginEvent, error) {
//		if e.Event() == "$autocapture" {
//			return nil, nil // drop it
//		}
//		e.Properties().Set("greeting", meta.Config.Get("greeting").StrOr("hello"))
//		return e, nil
//	}
//
// # Vocabulary
//
//	event        one JSON object: PluginEvent
//	member       a name and a value of an object
//	hook         a function that a plugin exports; see the table below
//	instance     one running copy of a plugin, with its own runtime and global: Hooks
//	meta         config, global, attachments, log and clock of an instance: PluginMeta
//	settings     the config as SetupPlugin reads it, with checks: Settings
//	chain        plugins in the order in which they see an event (package batch)
//
// # Hooks in Go and in JavaScript
//
//	Go                    JavaScript                           called
//	Hooks.SetupPlugin     setupPlugin(meta)                    once, before the first event
//	Hooks.ProcessEvent    processEvent(event, meta)            for every event, in chain order
//	Hooks.OnEvent         onEvent(event, meta)                 for every event that left the chain
//	Hooks.ComposeWebhook  composeWebhook(event, meta)          then, to make a request of it
//	Hooks.RunEvery        runEveryMinute, …Hour, …Day(meta)    on boundaries of event time
//	Hooks.Jobs            jobs.name(payload, meta)             when a queued job is due
//	Hooks.TeardownPlugin  teardownPlugin(meta)                 once, after the last event
//
// # What it refuses to do
//
// It does not decode an event into maps, does not normalise it, and does not guess: a value of
// the wrong kind reads as missing, a value that has no JSON form is not written.
//
// # Design notes
//
// An event stays its bytes until somebody looks. Reading a record checks the whole text and notes
// where the members of its top level stand, in one pass, without decoding. An object inside is
// indexed when it is first read; a write keeps the new text beside the old and marks the way to
// the top. Writing the event out copies spans of untouched members as they are. So the cost of an
// event is that of the members a plugin touches, and what it does not touch comes out byte for
// byte: numbers of 20 digits, key order, duplicate names, escapes.
//
// An index holds no pointers and lives in slabs ([Arena]) that are never used twice. A state that
// a plugin left behind stays readable because the next plugin's first write to an object gives
// that object a new index and keeps the old one ([PluginEvent.Checkpoint]); the same mechanism
// undoes what a plugin did when it ran out of time ([PluginEvent.Restore]).
package sdk
