// Package diff says what a change of plugins would do to an archive: it takes every record
// through two chains and reports in what the results differ.
//
// The front door is [Run], which returns a [Report]. Package page, below this one, makes a page
// for a browser of it.
//
// # Vocabulary
//
//	old, new     the two chains; either may be empty, which is the archive as it is
//	outcome      what a record is in the comparison: identical, changed, newly dropped, no longer
//	             dropped, or dropped by both; see Tally
//	member       a value inside an event, at a path
//	path         its names from the outside in, with [] for all elements of an array
//	kind         added, removed or changed, of a member; see the constants for those of examples
//	example      one record on which the chains differ, with its members before and after
//
// # What is a difference
//
// Two results are identical if they are equal as JSON: the order of members does not count, nor
// how a string is escaped or a number is spelled. 1.0 and 1 are equal, 12345678901234567890 and
// 12345678901234567000 are not: numbers are compared by their digits, however many there are. Of
// members of the same name the last one counts. null is not the same as no member.
//
// A member that one side lacks is added or removed as a whole, with all that is in it. So it is
// with a value of another type, which is changed. Arrays are compared element by element, behind
// the elements that they begin with in common and before those that they end with. Properties
// that stand in a row of a batch export as JSON text, and bodies of webhooks, are compared as the
// JSON that they hold.
//
// Records have the same event name if it is the same text, however it is escaped.
//
// Each path counts a record once, however many elements of an array differ in it.
//
// # What it refuses to do
//
// It does not guess that a member was renamed, and does not look for a record elsewhere in the
// archive: what two chains make of one record is compared, nothing else. It does not say what
// happens on schedules.
//
// # Design notes
//
// Nearly all records are identical, or differ in few members. Results are first compared as
// bytes. Those that differ are walked through side by side, without decoding: as both come from the
// same record they are the same bytes for the most part, and their members stand in the same
// order. Only values with different bytes are looked into, and only where names are there twice, or
// are escaped, the objects are indexed. With two small JavaScript plugins that make every event of
// 1.4 KB another one, a comparison takes 1.2 times the CPU time of two replays; without
// differences it takes less than those, as nothing is written.
//
// Workers add up their chunks, and the sums are merged in the order of the input, so that the
// report is the same at any number of workers. Memory is bounded: of paths, event names and days
// the first MaxPaths, MaxEvents and MaxDays are told apart and the rest is counted together;
// examples are few, and cut off.
//
// A report holds data of the archive, as that is what it is about, but no secret of either chain,
// even where an event holds one.
package diff
