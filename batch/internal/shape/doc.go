// Package shape turns archive records into the events that plugins see, and what plugins did
// to them back into records.
//
// The front door is [Shaper.Open], whose result holds the event for processEvent and is
// encoded by [Record.AppendJSON], [Shaper.Left], which makes what onEvent and composeWebhook see,
// and [Shaper.Convert] from one shape to another.
//
// # Vocabulary
//
//	record       one line of an archive
//	kind         the shape of a record: capture, row, processed; see [Of]
//	capture      a record in the form in which clients send events; processEvent gets it as it is
//	row          a record of a batch export, with the columns of any year and destination
//	processed    a record in the form in which onEvent gets events, as the old S3 plugin wrote them
//	hint         what is known of the file that a record stands in
//	view         the event made of a row or a processed event
//	team         the team_id that the user gave for records that have none
//
// # Design notes
//
// A row is never taken apart: the view is a second event, made of copies of the texts that a
// plugin may read. What the plugin did is found afterwards by comparing texts, and only what
// differs is written into the row. So a row that no plugin changed comes out byte for byte,
// and what is not part of an event (elements_chain, person_properties, created_at) stays,
// also when a plugin returns a new object.
//
// A record is what its own members show. Only one that could be anything, with no more than uuid, event,
// distinct_id, timestamp and properties, is taken for what its file is: so a file of several shapes,
// as they come from cat, loses nothing.
//
// [Shaper.Convert] works on the text that would have been written, after all plugins: they see the
// same events whatever the output is.
//
// Source: fact sheet sections 5 and 8.7.
package shape
