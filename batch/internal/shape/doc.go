// Package shape turns archive records into the events that plugins see, and what plugins did
// to them back into records.
//
// The front door is [Shaper.Open], whose result holds the event for processEvent and is
// encoded by [Record.AppendJSON], and [Shaper.Left], which makes what onEvent and composeWebhook see.
//
// # Vocabulary
//
//	record       one line of an archive
//	capture      a record in the form in which clients send events; processEvent gets it as it is
//	row          a record of a batch export: it has a member that only those have, see [IsRow]
//	view         the event made of a row
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
// Source: fact sheet sections 5 and 8.7.
package shape
