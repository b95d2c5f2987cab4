// Package ids remembers which uuids were seen, in 16 bytes each and little more.
//
// The front door is [Of], which makes an [ID] of a uuid as it stands in a record, and [Set].
//
// # Vocabulary
//
//	ID      128 bits: those of a uuid, or a hash of a text that is none
//	shard   one of many tables that a Set consists of
//
// # What it refuses to do
//
// It forgets nothing: whoever has a limit looks at [Set.Bytes] or [Set.Len].
//
// # Design notes
//
// Tables are open: an id is in the first free slot from where its hash points, and a free slot
// is all zeros, so that there is nothing beside the ids themselves. Each of the shards grows by
// itself and by a quarter, so tables are between 70 and 87 percent full: an id takes 18 to 23 bytes,
// and growing needs room for one shard more, not for another set.
//
// The hash has a random key: nobody can make an archive whose uuids all fall into the same
// slots. What a Set answers does not depend on it.
package ids
