// Package jsbridge runs plugins written in JavaScript and TypeScript: esbuild strips types and
// lowers what the engine has not, goja executes.
//
// The front door is [Load], which makes a [sdk.Program] of a directory; [ScriptError] is what a
// hook's failure looks like. [Inspect] tells what the source uses, without running it.
//
// [Sources] and [Realm] are for tools that run modules one by one: package jest. [WithCoverage]
// counts what runs.
//
// # Vocabulary
//
//	module      one source file, compiled once for the program
//	entry       the module that the manifest names, or index.js, or index.ts
//	instance    a runtime with the modules run in it; one goroutine at a time
//	lazy        an object of the event over its bytes, as JavaScript sees it
//	plain       an event decoded whole, for plugins that need it
//	realm       a runtime like an instance's in which nothing was run
//	dialect     how the modules of a realm become functions
//	shim        JavaScript of this package that runs before the plugin
//	twin        the form of an asynchronous hook that the host calls, which makes no promise
//
// # How values cross
//
//	JSON            JavaScript          back to JSON
//	object          lazy; in an array: native object
//	                                    members as JSON.stringify; unchanged ones keep their text
//	array           native array        likewise
//	string          string              escapes of JSON.stringify; lone surrogates as \udXXX
//	number          double              shortest text; unchanged ones keep their text
//	true, null      true, null          the same
//	-               undefined           the member is left out, null in an array
//	-               function, symbol    the same as undefined
//	-               NaN, Infinity       null
//	-               Date, toJSON        what toJSON returns
//	-               BigInt, cycle       the hook fails with a TypeError; the member stays what it was
//
// Integers beyond 2^53 read as the nearest double, as in V8; they keep all their digits unless the
// plugin assigns them. A copy by spread does not count as an assignment: a member of a new event
// that says what the old one said keeps the old text.
//
// # What it refuses to do
//
// It reads nothing outside the plugin's directory and opens no socket. It has no browser and no
// Node around it: a package that is neither provided nor installed in the plugin's node_modules
// is an error that says so.
//
// # Accepted differences from Node
//
//   - Nobody waits: when a hook awaits a timer, the clock jumps to it. A promise that nothing can
//     settle any more fails at once, where Node would wait.
//   - Timers that are still set when a hook has settled are dropped, so that no event's outcome
//     depends on another's. createBuffer of @posthog/plugin-contrib looks at the time with each object.
//   - exportEvents is handed a batch again at once when it asks for it, with the clock moved on,
//     where the original runtime put that off as a job.
//   - Messages of errors that the engine raises are its own where the plugin reads them. A hook's
//     failure is reworded as V8 says it where the source line tells enough; "undefined or null"
//     stands for both, because the engine does not say which it was.
//   - Bit operations on numbers beyond 2^63 give 0, and Number() of a BigInt beyond 64 bits keeps
//     the low 64: the engine's conversions are the processor's.
//   - Math functions may differ in the last digit: V8 has its own.
//   - A pattern that gives a default to an element of an array that has a default itself,
//     { items: [first = {}] = [] }, is a syntax error at load time: the engine's parser refuses it.
//   - Regular expressions run on RE2 where they can: a group inside a repeated group keeps what it
//     matched in an earlier round, a global match finds no empty match right behind another, K
//     and ſ match k and s under the flag i, and the flag m knows only line feeds. In global
//     matches over text beyond ASCII, and beside lookarounds, \b takes letters of all scripts for
//     word characters; split by a pattern that can match nothing may yield extra empty parts
//     there. The flags d and v, and RegExp.$1, do not exist.
//   - A class of the plugin's own with a method called map, filter, split, match or the like, which keeps a
//     function or a pattern that it is handed, is handed the same object each time: see package lower.
//   - The source of a regular expression shows how it was rewritten for the engine: \p{…}, classes
//     of surrogates and slashes are spelled otherwise and mean the same.
//   - A number that no double can hold keeps its text if it is not changed; Node writes null.
//   - What a plugin writes to the name __proto__ of an object of the event becomes a member; in Node it
//     sets the prototype.
//   - An object that JSON turns into something else (a Date, a String object) is no event.
//   - What package modules lists: Intl knows English, randomBytes is reproducible, and so on.
//   - An object with duplicate names lists a name that was written at its last place, not its
//     first.
//   - An event that the plugin keeps lists members that JSON has no form for, such as undefined, last once
//     its hook has settled.
//   - exports and module.exports of the entry are two objects, as in the original runtime.
//
// # Design notes
//
// The event is a dynamic object of goja's over [sdk.Object]: no map is made and no JSON passes
// through the runtime. What a dynamic object cannot do (freeze, defineProperty, Symbol keys) is
// looked for in the syntax tree at load time; a plugin that names it gets plain objects, and the
// difference between them and the event is written back member by member, so that the outcome is
// the same.
//
// Arrays are native, because they must be arrays. When the hook has settled they are compared with the
// text they were made from: if they still say the same, the text stays. That costs a walk over the
// arrays that were touched, and keeps the promise that a plugin changes only what it changes.
//
// A module runs as the body of a function, because variables of a function are found faster than
// globals. Only if nothing is exported is the entry run as a script, where top-level functions
// are globals and so count as hooks.
//
// An asynchronous hook costs a promise, and each await another turn of the engine's queue of jobs, though most
// hooks await nothing, or what is there. The host therefore calls the hook's twin, which goes on at once where
// nobody can tell: the hook itself awaits, not a function that it called, and no job waits for its turn. The
// engine does not say how many do; the length of its list is read by reflection, and if there were no such
// list, twins would wait like their originals. Plugins never see a twin: what calls a hook in the plugin gets
// its promise.
//
// Which patterns match a text is remembered as long as the memory for it lasts, because archives have few
// user agents and event names. A pattern with a memory of its own, or one that nobody asks twice about a
// text, is not remembered, and neither is any in a plugin whose source changes how patterns work.
//
// Coverage is counted by statements that are added to the syntax tree: see package cover. Without it
// nothing is added.
//
// The deadline is goja's Interrupt. It cannot stop a native loop (a back-tracking regular
// expression, a huge join); only a process can.
package jsbridge
