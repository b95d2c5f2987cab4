// Package tally counts what is in an archive: which members its records have, which events there
// are, when, of how many people, and which uuids come more than once.
//
// The front door is [New] and [Tally.Record].
//
// # Vocabulary
//
//	member   a member of records at the top level, with the kinds of its values
//	exact    said of duplicates: every uuid was remembered
//
// # What it refuses to do
//
// It reads no files and knows no places. It looks at the values of four members only, and at no
// properties.
//
// # Design notes
//
// Memory has a bound: 16 bytes, and little more, for each of the first Options.MaxUUIDs uuids; after
// those an uuid is a duplicate if it is one of them, so the count is at least right. People are
// counted by HyperLogLog: 64 KiB, within half a percent. Names of events and of members that come
// after the first many are counted together.
//
// A record is checked whole and indexed once, by package sdk. Members mostly come in the same order
// as in the record before: each is found by comparing it with the one that came next then. Nothing is
// allocated for a record.
package tally
